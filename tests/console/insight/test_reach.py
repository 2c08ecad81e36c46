"""Who is not reached any more."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.console.insight.figures import THE_REST, merged, unnamed
from bot.console.insight.hidden import FEWEST, HIDDEN, Told
from bot.console.insight.reach import Trend, compared, counted, people_told, trend
from bot.store.insight import People


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (40, 0, Trend.GONE),
        (40, 20, Trend.FALLING),
        (40, 30, Trend.STEADY),  # chance does as much
        (20, 40, Trend.STEADY),
        (0, 0, Trend.NOBODY),
        (None, 0, Trend.NOBODY),
        (None, 9, Trend.UNKNOWN),
        (HIDDEN, 9, Trend.UNKNOWN),
        (9, HIDDEN, Trend.UNKNOWN),
    ],
)
def test_a_number_falls_only_if_it_is_no_chance(
    before: Told | None, now: Told, expected: Trend
) -> None:
    assert trend(before, now) == expected


def test_who_is_gone_stands_first_and_known_places_with_nobody_are_told() -> None:
    before, now = Counter(mosque=50, station=40), Counter(station=41, market=30)
    found = compared(counted(before), counted(now), ("station", "village"))
    assert [(one.key, one.before, one.now) for one in found] == [
        ("mosque", 50, 0),
        ("village", 0, 0),
        ("market", 0, 30),
        ("station", 40, 41),
    ]


def test_what_fewer_than_five_share_is_not_named() -> None:
    now = Counter(made_up=2, other=5, station=50)
    found = compared(counted(Counter(made_up=1)), counted(now))
    assert [(one.key, one.before, one.now) for one in found] == [
        ("station", 0, 50),
        (THE_REST, HIDDEN, 7),
    ]
    shown = compared(None, counted(Counter(small=2, other=5, station=9)), ("small", "nobody"))
    assert [one.key for one in shown] == ["nobody", "station", THE_REST]


def test_a_time_of_which_nothing_is_kept_is_not_told() -> None:
    [found] = compared(None, counted(Counter(station=50)))
    assert (found.before, found.now) == (None, 50)


def test_rows_with_few_are_put_together() -> None:
    counts = Counter({("a", 1): 3, ("a", 2): 2, ("b", 1): 4, ("c", 2): 3})
    assert merged(counts) == {("a", 1): 3, ("a", 2): 2, (THE_REST, 1): 4, (THE_REST, 2): 3}


def test_a_month_is_told_alike_beside_the_one_before_and_the_one_after() -> None:
    """Rule: two tables that hide different numbers of one month would tell what each hides."""
    months = [Counter(a=9, b=3, c=40), Counter(a=6, b=5, c=2, d=30), Counter(b=1, c=50)]
    first, middle, last = map(counted, months)
    as_now = {one.key: one.now for one in compared(first, middle)}
    as_before = {one.key: one.before for one in compared(middle, last)}
    assert {key: as_now[key] for key in as_now.keys() & as_before} == {
        key: as_before[key] for key in as_now.keys() & as_before
    }


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 12)))
def test_the_rest_does_not_tell_how_few_anybody_in_it_is(numbers: dict[str, int]) -> None:
    few = unnamed(Counter(numbers))
    assert {key for key, number in numbers.items() if 0 < number < FEWEST} <= few
    together = sum(numbers[key] for key in few)
    everybody = {key for key, number in numbers.items() if number}
    assert not few or few == everybody or together - (len(few) - 1) >= FEWEST


def test_small_numbers_of_people_are_hidden_with_another_that_would_betray_them() -> None:
    told = people_told({"2026-W48": People({"ru": 90, "kk": 3, "uz": 20}, 113)})
    assert told == {"2026-W48": {"ru": 90, "kk": HIDDEN, "uz": HIDDEN}}
