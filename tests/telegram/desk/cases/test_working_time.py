"""Working time in seconds since the epoch."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.handoff.hours import Hours, hours_of
from bot.telegram.desk.cases import working_time

MINUTE, HOUR = 60.0, 3600.0


def hours(written: str = "Mon-Fri 09:00-18:00", country: str | None = None) -> Hours:
    found = hours_of(written, "Asia/Almaty", country)
    assert isinstance(found, Hours)
    return found


def almaty(day: int, hour: int, minute: int = 0) -> float:
    """A moment of November 2026 (the 23rd is a Monday); Almaty is five hours ahead of UTC."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC).timestamp() - 5 * HOUR


@pytest.mark.parametrize(
    ("start", "period", "end"),
    [
        (almaty(23, 10), 30 * MINUTE, almaty(23, 10, 30)),
        (almaty(23, 17, 50), 30 * MINUTE, almaty(24, 9, 20)),
        (almaty(23, 3), 30 * MINUTE, almaty(23, 9, 30)),
        (almaty(27, 17, 50), 30 * MINUTE, almaty(30, 9, 20)),
        (almaty(28, 12), 0.0, almaty(28, 12)),
    ],
    ids=["within", "overnight", "before opening", "weekend", "nothing"],
)
def test_a_period_counts_working_hours_only(start: float, period: float, end: float) -> None:
    assert abs(working_time.after(hours(), start, period) - end) <= 1


def test_a_group_that_works_always_counts_every_hour() -> None:
    assert abs(working_time.after(hours("24/7"), almaty(28, 3), HOUR) - almaty(28, 4)) <= 1


def test_a_group_that_never_opens_still_alarms() -> None:
    week = Hours(((),) * 7)
    assert working_time.after(week, almaty(23, 10), HOUR) == almaty(23, 11)


def test_open_and_closed() -> None:
    assert working_time.is_open(None, almaty(28, 3))
    assert working_time.is_open(hours(), almaty(23, 10))
    assert not working_time.is_open(hours(), almaty(28, 10))
    assert working_time.next_opening(hours(), almaty(28, 10)) == almaty(30, 9)
    assert working_time.next_opening(hours(), almaty(23, 10)) is None
    assert working_time.next_opening(None, almaty(23, 10)) is None


@settings(max_examples=30)
@given(st.floats(0, 14 * 24 * HOUR), st.floats(1, 60 * HOUR), st.floats(1, 60 * HOUR))
def test_longer_periods_end_later(offset: float, one: float, two: float) -> None:
    start = almaty(16, 0) + offset
    ends = [working_time.after(hours(), start, period) for period in sorted((one, two))]
    assert start <= ends[0] <= ends[1] + 1
