"""Who is not reached (any more): languages, cities, outreach codes, against before; pure."""

from __future__ import annotations

import math
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from bot.console.insight import hidden
from bot.console.insight.equity import Z
from bot.console.insight.figures import THE_REST, city_and_language, unnamed
from bot.console.insight.hidden import FEWEST, HIDDEN, Told
from bot.language.tags import Locale
from bot.store.insight import ChoseLanguage, InCity, Newcomer, summed

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Mapping, Sequence

    from bot.store.insight import Day, People

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
    """How many in a month and in the one before; None where nothing was kept of it."""

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


class Counted(msgspec.Struct, frozen=True):
    """One breakdown of one month. It is veiled by itself, and so the same beside whatever other.

    Attributes:
        told: by key, with ``THE_REST``.
        few: the keys that are in the rest.
    """

    told: dict[str, Told]
    few: frozenset[str]

    def of(self, key: str) -> Told:
        """How many."""
        return HIDDEN if key in self.few else self.told.get(key, 0)


class MonthsReach(msgspec.Struct, frozen=True):
    """The breakdowns of a month; as in ``Reach``."""

    languages: Counted
    codes: Counted
    cities: Counted


def reached(days: Sequence[Day], cities: Mapping[str, Told]) -> MonthsReach:
    """Who was reached in a month.

    Args:
        days: all of it.
        cities: what ``figures`` tells of its questions by city: another veil over the same
            numbers would show what the first one hides.
    """

    def language(one: ChoseLanguage) -> str | None:
        return one.locale if one.locale in set(Locale) else None

    def city(one: InCity) -> str | None:
        found = city_and_language(one)
        return None if found is None else found[0]

    return MonthsReach(
        counted(summed(days, ChoseLanguage, language)),
        counted(summed(days, Newcomer, lambda one: one.place)),
        Counted(dict(cities), unnamed(summed(days, InCity, city))),
    )


def counted(numbers: Counter[str]) -> Counted:
    """A breakdown with its small keys put together."""
    few = unnamed(numbers)
    told: dict[str, Told] = {key: n for key, n in numbers.items() if n and key not in few}
    together = sum(numbers[key] for key in few)
    if together:
        told[THE_REST] = together if together >= FEWEST else HIDDEN
    return Counted(told, few)


def reach(before: MonthsReach | None, now: MonthsReach, cities: Iterable[str]) -> Reach:
    """Who was reached in a month, against the one before.

    Args:
        before: the month before it; None if it is not kept any more.
        now: the month.
        cities: that the gazetteer has.
    """
    known = tuple(locale.value for locale in Locale)
    return Reach(
        compared(before.languages if before else None, now.languages, known),
        compared(before.codes if before else None, now.codes),
        compared(before.cities if before else None, now.cities, tuple(cities)),
    )


def compared(
    before: Counted | None, now: Counted, known: Sequence[str] = ()
) -> tuple[Reached, ...]:
    """Two months side by side.

    Args:
        before: the month before; None if nothing is kept of it.
        now: the month.
        known: keys that are told also where there is nobody.

    Returns:
        Who is missing first, then the smallest numbers.
    """
    there = dict.fromkeys([*(before.told if before else ()), *now.told])
    few = now.few | (before.few if before else frozenset())
    rows = []
    for key in dict.fromkeys([*there, *(key for key in known if key not in few)]):
        numbers = before.of(key) if before else None, now.of(key)
        rows.append(Reached(key, *numbers, trend(*numbers)))
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
