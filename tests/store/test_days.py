"""A day is Kazakhstan's, wherever the machine stands and whatever its zone is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import Clock
from bot.store import days

MOMENTS = st.floats(min_value=1_600_000_000, max_value=2_500_000_000)


@pytest.mark.parametrize(
    ("utc", "day"),
    [
        ("2026-11-23T18:59:59", "2026-11-23"),
        ("2026-11-23T19:00:00", "2026-11-24"),  # midnight in Kazakhstan
        ("2026-11-23T23:59:59", "2026-11-24"),
        ("2026-11-24T00:00:00", "2026-11-24"),
        ("2026-12-31T19:00:00", "2027-01-01"),
    ],
)
def test_a_day_begins_at_midnight_in_kazakhstan(utc: str, day: str) -> None:
    moment = datetime.fromisoformat(utc).replace(tzinfo=UTC).timestamp()
    assert days.day_of(moment) == day


@given(MOMENTS)
def test_a_moment_lies_in_its_day(moment: float) -> None:
    begin = days.began(days.day_of(moment))
    assert begin <= moment < begin + 86_400


@given(MOMENTS, st.integers(min_value=0, max_value=400))
def test_days_until_now_are_each_named_once_and_todays_is_the_last(
    moment: float, number: int
) -> None:
    found = [date.fromisoformat(day) for day in days.days_until(moment, number)]
    assert found[-1].isoformat() == days.day_of(moment)
    assert [late - early for early, late in pairwise(found)] == ([timedelta(days=1)] * number)


@pytest.mark.parametrize("hour", range(24))
def test_the_store_and_the_clock_mean_the_same_day(
    hour: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = datetime(2026, 11, 23, hour, 30, tzinfo=UTC).timestamp()
    monkeypatch.setattr("time.time", lambda: moment)
    assert Clock().today() == days.today()
    assert Clock().today().isoformat() == days.day_of(moment) == days.last_days(1)[0]
