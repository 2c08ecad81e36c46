"""The list of the centres: what each one lacks, filters, and search in any language. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.console.centres.draft import NAME_ORDER
from bot.language.fold import words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from bot.console.centres.book import Book, Entry
    from bot.console.centres.draft import Draft

OLD_DAYS = 365
"""A number that nobody has looked at for a year may be another's by now."""

NATIONWIDE = "-"
"""In the filter by city: those that serve the whole country."""


class Mark(StrEnum):
    """Something that whoever looks at the list should see."""

    FAULTY = "faulty"
    REPORTED = "reported"
    HIDDEN = "hidden"
    NO_PHONE = "no_phone"
    OLD = "old"
    UNDATED = "undated"
    MEDIUM = "medium"
    PROPOSED = "proposed"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list.

    Attributes:
        entry: as the file has it.
        marks: what is to be seen.
        reported: how often its number was called wrong; 0 for never, or not known.
        proposals: ids of the open proposals that change it.
    """

    entry: Entry
    marks: tuple[Mark, ...]
    reported: int = 0
    proposals: tuple[str, ...] = ()

    @property
    def draft(self) -> Draft:
        """What the file says."""
        return self.entry.draft


@dataclass(frozen=True, slots=True)
class Filters:
    """What somebody wants to see; empty: everything."""

    search: str = ""
    city: str = ""
    kind: str = ""
    service: str = ""
    language: str = ""
    confidence: str = ""
    mark: str = ""


def rows(
    book: Book, reported: Mapping[str, int], proposed: Mapping[str, tuple[str, ...]], today: date
) -> tuple[Row, ...]:
    """All centres, in the order of the file.

    Args:
        book: the file.
        reported: how often people called a number wrong, by centre.
        proposed: ids of the open proposals that change it, by centre.
        today: the day.
    """
    found = []
    for entry in book.entries:
        name = entry.draft.id
        times, ids = reported.get(name, 0), proposed.get(name, ())
        marks = tuple(_marks(entry, times, ids, today))
        found.append(Row(entry, marks, times, ids))
    return tuple(found)


def _marks(entry: Entry, times: int, proposals: Collection[str], today: date) -> Iterable[Mark]:
    draft = entry.draft
    if entry.faults:
        yield Mark.FAULTY
    if times:
        yield Mark.REPORTED
    if not draft.is_shown:
        yield Mark.HIDDEN
    elif not draft.phones:
        yield Mark.NO_PHONE
    if not draft.source_date:
        yield Mark.UNDATED
    elif is_old(draft.source_date, today):
        yield Mark.OLD
    if draft.confidence == "medium":
        yield Mark.MEDIUM
    if proposals:
        yield Mark.PROPOSED


def is_old(written: str, today: date) -> bool:
    """Whether a date is more than a year ago; ``2024`` and ``2024-03`` mean their last day.

    Args:
        written: YYYY, YYYY-MM or YYYY-MM-DD; anything else is not old, but a fault of the file.
        today: the day.
    """
    try:
        year, month, day = (*map(int, written.split("-")), 0, 0)[:3]
        if day:
            last = date(year, month, day)
        elif month:
            last = date(year + month // 12, month % 12 + 1, 1)
        else:
            last = date(year + 1, 1, 1)
    except ValueError:
        return False
    return (today - last).days > OLD_DAYS


def chosen(
    listed: Iterable[Row], filters: Filters, called: Mapping[str, Iterable[str]]
) -> tuple[Row, ...]:
    """Those that somebody wants to see.

    Args:
        listed: all.
        filters: what they want.
        called: by key, the names of cities and services in the languages that may be searched.
    """
    wanted = words(filters.search)
    return tuple(
        row for row in listed if _passes(row, filters) and _says(row.draft, wanted, called)
    )


def _passes(row: Row, filters: Filters) -> bool:
    draft = row.draft
    return (
        (not filters.city or (draft.city or NATIONWIDE) == filters.city)
        and filters.kind in ("", draft.kind)
        and (not filters.service or filters.service in draft.services)
        and (not filters.language or filters.language in draft.languages)
        and filters.confidence in ("", draft.confidence)
        and _has_mark(row, filters.mark)
    )


def _has_mark(row: Row, mark: str) -> bool:
    if mark == "shown":
        return Mark.HIDDEN not in row.marks
    if mark == Mark.NO_PHONE:
        return not row.draft.phones
    return not mark or mark in row.marks


def _says(draft: Draft, wanted: Collection[str], called: Mapping[str, Iterable[str]]) -> bool:
    """Whether each word begins a word of the entry, in any spelling that the bot understands."""
    if not wanted:
        return True
    digits = "".join(sign for sign in "".join(draft.phones) if sign.isdigit())
    texts = [
        *(draft.names.get(name, "") for name in NAME_ORDER),
        *(draft.id, draft.address, draft.site, draft.email, draft.source, draft.note),
        *called.get(draft.city, ()),
        *(name for service in draft.services for name in called.get(service, ())),
    ]
    known = {word for text in texts for word in words(text)}
    return all(
        any(word.startswith(one) for word in known) or (one.isdecimal() and one in digits)
        for one in wanted
    )
