"""Opening hours as people write them, put into the form of the file where that is safe. Pure."""

from __future__ import annotations

import re

from bot.answers.hours import ALWAYS, DAYS

_ALWAYS = frozenset(
    {
        *("24/7", "7/24", "24x7", "24 часа", "круглосуточно", "around the clock", "24 hours"),
        *("тәулік бойы", "kecha-kunduz", "шабонарӯзӣ", "күнү-түнү"),
    }
)

# Russian and Kazakh; «ср» and «сб» are the same day in both.
_RUSSIAN = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")
_KAZAKH = ("дс", "сс", "ср", "бс", "жм", "сб", "жс")
_NAMES = {
    **{name.lower(): name for name in DAYS},
    **dict(zip(_KAZAKH, DAYS, strict=True)),
    **dict(zip(_RUSSIAN, DAYS, strict=True)),
}
_WORD = re.compile(r"[^\W\d_]+\.?")
_DASH = re.compile(r"\s*[-\u2010-\u2015\u2212]\s*")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2})[:.](\d{2})(?!\d)")


def tidied(text: str) -> str:
    """Day names in English, times with two digits, one kind of dash; the rest as it was.

    What is no day name stays, so that the check of the hours finds it.

    Args:
        text: e.g. ``пн–пт 9:00–18:00``.
    """
    text = " ".join(text.split())
    if text.lower() in _ALWAYS:
        return ALWAYS
    text = _DASH.sub("-", text)
    text = _CLOCK.sub(lambda found: f"{int(found[1]):02}:{found[2]}", text)
    text = _WORD.sub(lambda found: _NAMES.get(found[0].rstrip(".").lower(), found[0]), text)
    text = re.sub(r"\s*;\s*", "; ", text)
    return re.sub(r"\s*,\s*", ", ", text)
