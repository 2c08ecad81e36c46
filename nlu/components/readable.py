"""A text in the spelling that the sentence model reads best; needs nothing of Rasa."""

from __future__ import annotations

from bot.language.tags import Locale
from bot.language.translit import to_cyrillic

_READ_CHARACTERS = 400
"""Time grows with the length, and what a person asks is said by then (about 100 word pieces)."""


def readable_text(text: str, locale: Locale | None) -> str:
    """Its beginning, Latin letters turned into Cyrillic and Uzbek Cyrillic into Latin.

    Args:
        text: as typed.
        locale: what it is written in; None for a language that is not ours.
    """
    beginning = text[:_READ_CHARACTERS]
    if locale is None or locale is Locale.UZ:
        return beginning
    if locale is Locale.UZ_CYRL:
        return _uzbek_latin(beginning)
    return to_cyrillic(beginning, locale)


_UZBEK_LATIN: dict[str, str] = {
    **dict(zip("абвгдезийклмнопрстуфхэқҳжы", "abvgdeziyklmnoprstufxeqhji", strict=True)),
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "sh",
    "ъ": "ʼ",
    "ь": "",
    "ғ": "gʻ",
    "ў": "oʻ",
    "ё": "yo",
    "ю": "yu",
    "я": "ya",
}
_LATIN = str.maketrans(
    {
        **_UZBEK_LATIN,
        **{letter.upper(): latin.capitalize() for letter, latin in _UZBEK_LATIN.items()},
    }
)


def _uzbek_latin(text: str) -> str:
    """Good enough to be understood; what people read is transliterated with more care."""
    return text.translate(_LATIN)
