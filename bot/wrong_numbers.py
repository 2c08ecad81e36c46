"""The operator's list of numbers that people say are wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from bot.language.tags import Locale

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.answers.model import Centre
    from bot.store.reports import Reported

GONE = "(no longer in centres.yml)"
NOTHING = "Nobody has called a number wrong."


class Row(msgspec.Struct, frozen=True):
    """A centre whose number is said to be wrong; ``last`` is a day, YYYY-MM-DD."""

    centre: str
    name: str
    phones: tuple[str, ...]
    times: int
    last: str


def rows(reports: Iterable[Reported], centres: Iterable[Centre]) -> tuple[Row, ...]:
    """The reports with the names and phones that the centres have now."""
    by_id = {centre.id: centre for centre in centres}
    found = []
    for report in reports:
        centre = by_id.get(report.centre)
        name = centre.names[Locale.RU] if centre else GONE
        phones = centre.phones if centre else ()
        found.append(Row(report.centre, name, phones, report.times, report.last))
    return tuple(found)


def as_text(listed: Iterable[Row]) -> str:
    """One line for each, the most often reported first."""
    lines = [
        f"{row.times:>4} x  last {row.last}  {row.centre}: {row.name}, "
        f"{', '.join(row.phones) or 'no phone'}"
        for row in listed
    ]
    return "\n".join(lines) or NOTHING


def as_json(listed: Iterable[Row]) -> str:
    """The same for machines."""
    return msgspec.json.format(msgspec.json.encode(tuple(listed)), indent=2).decode()
