"""Who is not reached any more."""

from __future__ import annotations

from collections import Counter

import pytest

from bot.console.insight.figures import THE_REST, merged
from bot.console.insight.hidden import HIDDEN, Told
from bot.console.insight.reach import Trend, compared, people_told, trend
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
    found = compared(before, now, ("station", "village"))
    assert [(one.key, one.before, one.now) for one in found] == [
        ("mosque", 50, 0),
        ("village", 0, 0),
        ("market", 0, 30),
        ("station", 40, 41),
    ]


def test_what_fewer_than_five_share_is_not_named() -> None:
    found = compared(Counter(made_up=1), Counter(made_up=2, other=1, station=50), ())
    assert [one.key for one in found] == ["station", THE_REST]
    assert compared(Counter(), Counter(small=2, station=9), ("small",))[0].key == "station"


def test_a_time_of_which_nothing_is_kept_is_not_told() -> None:
    [found] = compared(Counter(), Counter(station=50), (), has_before=False)
    assert (found.before, found.now) == (None, 50)


def test_rows_with_few_are_put_together() -> None:
    counts = Counter({("a", 1): 3, ("a", 2): 2, ("b", 1): 4, ("c", 2): 3})
    assert merged(counts) == {("a", 1): 3, ("a", 2): 2, (THE_REST, 1): 4, (THE_REST, 2): 3}


def test_small_numbers_of_people_are_hidden_with_another_that_would_betray_them() -> None:
    told = people_told({"2026-W48": People({"ru": 90, "kk": 3, "uz": 20}, 113)})
    assert told == {"2026-W48": {"ru": 90, "kk": HIDDEN, "uz": HIDDEN}}
