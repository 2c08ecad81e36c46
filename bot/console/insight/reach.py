"""Who is not reached (any more): languages, cities, outreach codes, against before; pure."""

from __future__ import annotations

import math
from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from bot.console.insight import hidden
from bot.console.insight.equity import Z
from bot.console.insight.figures import THE_REST, merged
from bot.console.insight.hidden import FEWEST, Told
from bot.language.tags import Locale
from bot.store import insight
from bot.store.insight import ChoseLanguage, InCity, Newcomer, People, summed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.store.insight import Day

NO_CODE = ""
"""The outreach code of who came without one."""


class Trend(StrEnum):
    """How a number is against the one before."""

    GONE = "gone"
    """There were some, and there is nobody any more."""
    FALLING = "falling"
    """Clearly fewer than before."""
    NOBODY = "nobody"
    """There is nobody, in a place that we know of."""
    STEADY = "steady"
    """Neither."""
    UNKNOWN = "unknown"
    """One of the numbers is not told, or nothing was kept of the time before."""


class Reached(msgspec.Struct, frozen=True):
    """How many in this period and, as long, before; None where nothing was kept of it."""

    key: str
    before: Told | None
    now: Told
    trend: Trend


class Reach(msgspec.Struct, frozen=True):
    """Who was reached.

    Attributes:
        languages: people who chose their language for the first time, by it.
        codes: new people by the outreach code that led here (``NO_CODE`` for none).
        cities: questions by city.
    """

    languages: tuple[Reached, ...]
    codes: tuple[Reached, ...]
    cities: tuple[Reached, ...]


def reach(before: Sequence[Day] | None, now: Sequence[Day], cities: Iterable[str]) -> Reach:
    """Who was reached in a period.

    Args:
        before: the days of the period before it; None if they are not kept any more.
        now: its days.
        cities: that the gazetteer has.
    """

    def language(one: ChoseLanguage) -> str | None:
        return one.locale if one.locale in set(Locale) else None

    def city(one: InCity) -> str | None:
        return one.city if one.way != insight.PERSON else None

    old = before or ()
    known = tuple(locale.value for locale in Locale)
    has_before = before is not None
    return Reach(
        compared(
            summed(old, ChoseLanguage, language),
            summed(now, ChoseLanguage, language),
            known,
            has_before=has_before,
        ),
        compared(
            summed(old, Newcomer, lambda one: one.place),
            summed(now, Newcomer, lambda one: one.place),
            has_before=has_before,
        ),
        compared(
            summed(old, InCity, city),
            summed(now, InCity, city),
            tuple(cities),
            has_before=has_before,
        ),
    )


def compared(
    before: Counter[str], now: Counter[str], known: Sequence[str] = (), *, has_before: bool = True
) -> tuple[Reached, ...]:
    """Two periods side by side, veiled as one table.

    Args:
        before: numbers of the period before.
        now: of this one.
        known: keys that are told also where there is nobody.
        has_before: whether anything is kept of the time before.

    Returns:
        Who is missing first, then the smallest numbers.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for column, numbers in (("before", before), ("now", now)):
        for key, number in numbers.items():
            counts[key, column] += number
    told = hidden.table(merged(counts), (), ("before", "now"))
    rows = [
        Reached(
            key,
            told.cells[key, "before"] if has_before else None,
            told.cells[key, "now"],
            trend(told.cells[key, "before"] if has_before else None, told.cells[key, "now"]),
        )
        for key in told.rows
    ]
    # A known key that is not in the table had fewer than FEWEST, and is in THE_REST, or nobody.
    missing = [key for key in known if key not in told.rows and not before[key] and not now[key]]
    rows += [Reached(key, 0 if has_before else None, 0, Trend.NOBODY) for key in missing]
    order = list(Trend)
    return tuple(
        sorted(
            rows, key=lambda one: (one.key == THE_REST, order.index(one.trend), _size(one), one.key)
        )
    )


def trend(before: Told | None, now: Told) -> Trend:
    """How a number is against the one before.

    Two counts differ clearly if their difference is larger than chance makes it in 95 of 100 cases
    (both taken as Poisson's).
    """
    if not isinstance(now, int) or (before is not None and not isinstance(before, int)):
        return Trend.UNKNOWN
    if before is None:
        return Trend.NOBODY if now == 0 else Trend.UNKNOWN
    if now == 0:
        return Trend.GONE if before >= FEWEST else Trend.NOBODY
    return Trend.FALLING if before - now > Z * math.sqrt(before + now) else Trend.STEADY


def people_told(weeks: Mapping[str, People]) -> dict[str, dict[str, Told]]:
    """People by week and language; sums are not told: who used two languages counts for both."""
    return {week: dict(hidden.line(people.by_locale).cells) for week, people in weeks.items()}


def _size(one: Reached) -> int:
    return one.now if isinstance(one.now, int) else 0
