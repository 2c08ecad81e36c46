"""Periods: whatever is subtracted from whatever, no part of a month is left."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise, product

from hypothesis import given
from hypothesis import strategies as st

from bot.console.insight.period import MONTHS, WEEKS, Month, month_of, months_until, weeks_until
from bot.store.keys import DAY, INSIGHT_TTL

days = st.dates(date(2020, 1, 1), date(2060, 12, 31))


@given(days, st.integers(0, 500))
def test_periods_offered_at_any_two_times_are_the_same_or_have_no_day_in_common(
    today: date, later: int
) -> None:
    """Rule: only then sums and differences of tables are never those of a part of a period."""
    offered = {one.days for one in months_until(today)}
    offered_later = {one.days for one in months_until(today + timedelta(days=later))}
    for one, other in product(offered, offered_later):
        assert one == other or not set(one) & set(other)
    weeks, weeks_later = weeks_until(today), weeks_until(today + timedelta(days=later))
    assert all((a - b).days % 7 == 0 for a, b in product(weeks, weeks_later))


@given(days)
def test_only_what_is_over_and_wholly_kept_is_offered(today: date) -> None:
    months = months_until(today)
    assert (len(months), len(set(months))) == (MONTHS, MONTHS)
    assert months[0].next == month_of(today)
    assert all(after == before.next for after, before in pairwise(months))
    kept = timedelta(days=INSIGHT_TTL // DAY)
    for month in months:
        assert month.days[-1] < today
        assert month.first > today - kept
    weeks = weeks_until(today)
    assert len(weeks) == WEEKS
    assert all(monday.weekday() == 0 for monday in weeks)
    assert weeks[-1] + timedelta(days=6) < today <= weeks[-1] + timedelta(days=13)


@given(days)
def test_every_day_is_in_its_month_only(day: date) -> None:
    month = month_of(day)
    assert day in month.days
    assert month.before.days[-1] + timedelta(days=1) == month.first
    assert month.next.first == month.days[-1] + timedelta(days=1)


def test_a_month_is_named_as_in_addresses() -> None:
    assert str(Month(2026, 2)) == "2026-02"
    assert len(Month(2024, 2).days) == 29
    assert Month(2026, 12).next == Month(2027, 1)
    assert Month(2027, 1).before == Month(2026, 12)
