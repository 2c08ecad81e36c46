"""Working hours as the desk counts: in seconds since the epoch."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.handoff import hours

if TYPE_CHECKING:
    from bot.handoff.hours import Hours

DAY = 86_400.0
YEAR = 366 * DAY


def is_open(working: Hours | None, now: float) -> bool:
    """Whether a group works at a moment; one without hours always does."""
    return working is None or hours.is_open(working, _aware(now))


def next_opening(working: Hours | None, now: float) -> float | None:
    """When a group that is closed works again; None if it is open, or never will be."""
    if working is None or is_open(working, now):
        return None
    found = hours.next_opening(working, _aware(now))
    return None if found is None else found.timestamp()


def after(working: Hours, moment: float, period: float) -> float:
    """When so many seconds of working time have passed after a moment, to the second.

    A group that does not open again within a year is counted as if it worked always: its cases
    still alarm.
    """
    start = _aware(moment)

    def worked_until(end: float) -> float:
        return hours.open_seconds_between(working, start, _aware(end))

    late = moment + period
    while worked_until(late) < period:
        if late - moment > YEAR:
            return moment + period
        late = moment + 2 * max(late - moment, DAY)
    early = moment
    while late - early > 1:
        middle = (early + late) / 2
        early, late = (early, middle) if worked_until(middle) >= period else (middle, late)
    return late


def _aware(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
