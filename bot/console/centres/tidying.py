"""What somebody typed into the form, put into the form of the file. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import phonenumbers
from msgspec.structs import replace

from bot.console.centres.draft import LISTS, NAME_ORDER, TEXTS
from bot.console.centres.hours_input import tidied as tidied_hours

if TYPE_CHECKING:
    from bot.console.centres.draft import Draft
    from bot.understanding.places import City

BY_HAND = "put on the map by the staff"
"""Where coordinates come from that somebody picked in the console."""

_REGION = "KZ"
_LONGEST_SHORT = 5


def tidy(draft: Draft) -> Draft:
    """One line in each field, phones as they are dialled, a web address with its scheme."""
    texts = {name: _line(getattr(draft, name)) for name in TEXTS}
    lists = {name: _each(getattr(draft, name)) for name in LISTS}
    names = {name: _line(draft.names.get(name, "")) for name in NAME_ORDER}
    texts["hours"] = tidied_hours(texts["hours"])
    texts["site"] = _with_scheme(texts["site"])
    for name in ("latitude", "longitude"):
        texts[name] = texts[name].replace(",", ".")
    lists["phones"] = _each(tuple(map(dialled, lists["phones"])))
    return replace(
        draft,
        **texts,
        **lists,
        names={name: text for name, text in names.items() if text},
    )


def dialled(phone: str) -> str:
    """A number as it is dialled: ``8 (7172) …`` with its country code, ``116 16`` in one piece.

    What can be no number of Kazakhstan, nor of another country if it begins with ``+``, stays as
    it is, so that the check finds it.
    """
    digits = "".join(sign for sign in phone if sign.isdigit())
    rest = set(phone) - set(digits) - set(" -()./\u00a0\u2011\u2013")
    if rest - {"+"} or not digits.isascii():
        return phone
    if len(digits) <= _LONGEST_SHORT and "+" not in phone:
        return digits
    try:
        number = phonenumbers.parse(phone, _REGION)
    except phonenumbers.NumberParseException:
        return phone
    if not phonenumbers.is_possible_number(number):
        return phone
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def located(draft: Draft, before: Draft | None, city: City | None) -> Draft:
    """The draft with where its coordinates come from, and with the city's if it has none.

    Args:
        draft: tidied.
        before: what the file said; None for a new one.
        city: that it is in, if it is in one.
    """
    own = (draft.latitude, draft.longitude)
    moved = before is None or (before.latitude, before.longitude) != own
    other_city = before is not None and before.city != draft.city and not moved
    if not any(own) or (draft.approximate and other_city):
        if not (draft.approximate and city):
            return replace(draft, approximate=False, coordinates_source="")
        return replace(
            draft,
            latitude=str(city.latitude),
            longitude=str(city.longitude),
            coordinates_source=f"of the city ({city.source})",
        )
    said = before.coordinates_source if before else ""
    if not draft.coordinates_source or (moved and draft.coordinates_source == said):
        return replace(draft, coordinates_source=BY_HAND)
    return draft


def closed(draft: Draft, day: str, reason: str) -> Draft:
    """The entry of a place that no longer exists.

    What cannot be reached in any way is shown to nobody (the head of ``centres.yml``): so the ways
    to reach it go into the note, where counsellors still find them.

    Args:
        draft: as the file has it.
        day: of today, YYYY-MM-DD.
        reason: why it is gone, or empty.
    """
    was = (*draft.phones, draft.ask_at, draft.address, draft.site, draft.email)
    parts = [draft.note, f"No longer exists ({day})."]
    if reason:
        parts.append(_sentence(_line(reason)))
    if any(was):
        parts.append(f"It was: {'; '.join(filter(None, was))}.")
    return replace(
        draft,
        phones=(),
        ask_at="",
        address="",
        site="",
        email="",
        hours="",
        note=" ".join(filter(None, parts)),
    )


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _line(text: str) -> str:
    """One line without control characters."""
    visible = "".join(sign if sign.isprintable() or sign.isspace() else "" for sign in text)
    return " ".join(visible.split())


def _each(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(_line, texts))))


def _with_scheme(site: str) -> str:
    if not site or "://" in site or " " in site or "." not in site:
        return site
    return f"https://{site}"
