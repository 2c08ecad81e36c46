"""Opening hours as they are written in ``centres.yml``, so that any language can show them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

ALWAYS = "24/7"
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

_DAY = "|".join(DAYS)
_TIME = r"(?:[01]\d|2[0-3]):[0-5]\d"
_BLOCK = re.compile(
    rf"(?P<first>{_DAY})(?:-(?P<last>{_DAY}))? (?P<spans>{_TIME}-{_TIME}(?:, {_TIME}-{_TIME})*)"
)


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """When a place is open on a run of days.

    Attributes:
        first_day: 0 is Monday.
        last_day: the same as ``first_day`` for a single day.
        spans: opening and closing times of a day; a break lies between two spans.
    """

    first_day: int
    last_day: int
    spans: tuple[tuple[time, time], ...]


def parse_hours(text: str) -> tuple[OpeningHours, ...] | None:
    """The opening hours of ``24/7`` or ``Mon-Fri 09:00-13:00, 14:30-17:30; Sat 09:00-12:00``.

    Returns:
        The runs of days in order; empty for ``24/7`` (always open); None if written otherwise.
    """
    if text == ALWAYS:
        return ()
    runs = [_run(block) for block in text.split("; ")]
    if any(run is None for run in runs):
        return None
    return tuple(run for run in runs if run is not None)


def _run(block: str) -> OpeningHours | None:
    found = _BLOCK.fullmatch(block)
    if not found:
        return None
    first = DAYS.index(found["first"])
    last = DAYS.index(found["last"] or found["first"])
    spans = tuple(_span(span) for span in found["spans"].split(", "))
    times = [moment for span in spans for moment in span]
    if last < first or times != sorted(set(times)):
        return None
    return OpeningHours(first, last, spans)


def _span(span: str) -> tuple[time, time]:
    opens, closes = span.split("-")
    return time.fromisoformat(opens), time.fromisoformat(closes)
