"""The numbers that people say are wrong, with what the file says of them now. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.console.centres.book import Book
    from bot.console.centres.draft import Draft
    from bot.store.reports import Reported


@dataclass(frozen=True, slots=True)
class Complaint:
    """A centre whose number was called wrong.

    Attributes:
        name: its id.
        draft: what the file says; None if it is not there any more.
        phones: that people are shown for it.
        times: how often, each chat once a day.
        last: the last day of it.
    """

    name: str
    draft: Draft | None
    phones: tuple[str, ...]
    times: int
    last: date


def complaints(reports: Iterable[Reported], book: Book) -> tuple[Complaint, ...]:
    """The reports, the most frequent first, as the store gives them."""
    found = []
    for report in reports:
        entry = book.find(report.centre)
        centre = book.centres.get(report.centre)
        phones = centre.phones if centre else ()
        draft = entry.draft if entry else None
        last = date.fromisoformat(report.last)
        found.append(Complaint(report.centre, draft, phones, report.times, last))
    return tuple(found)
