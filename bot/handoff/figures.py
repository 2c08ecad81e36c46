"""How the desk is doing: what of a case is counted, and what the counts say.

Nothing here tells one case from another. A time is counted as a step of a scale whose steps grow
by a tenth, so that counts of any number of cases stay small, can be added up by several processes
at once, and give medians that are right to 5 %.
"""

from __future__ import annotations

import math
from collections import Counter
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

import msgspec

from bot.handoff.case import Case, Ending, State
from bot.language.tags import Locale

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FEWEST = 5
"""Fewer cases than this are not told in a breakdown: one could be somebody. Nor have they a median
that says anything about the next one."""

HALF, NINE_OF_TEN = 50, 90
"""Percentiles."""

GROWTH = 1.1
"""From one step of the scale to the next."""

LAST_STEP = 200
"""Six years: longer than any case lives."""

WITHOUT_HELP = frozenset({Ending.CANCELLED, Ending.SPAM, Ending.BLOCKED})
"""How long these took says nothing about how long help takes."""

_K = TypeVar("_K")


class What(StrEnum):
    """What is counted."""

    OPENED = "opened"
    """A case was opened, or opened again."""
    REPLIED = "replied"
    """A counsellor's first word came, so long after the opening."""
    CLOSED = "closed"
    """It ended, so long after the opening; not if it was taken back, spam or blocked."""


class Tally(msgspec.Struct, frozen=True):
    """One more of something.

    Language and hour are counted apart, so that no entry tells both of one case.

    Attributes:
        what: happened.
        of: a ``Locale``'s value; or the hour of the opening on the group's clock, ``00`` to ``23``.
        step: how long it took, on the scale; 0 if it has no length.
    """

    what: What
    of: str
    step: int = 0


class Spread(msgspec.Struct, frozen=True):
    """How long something took.

    Attributes:
        number: of cases.
        median: half were faster, in seconds; None for fewer than ``FEWEST``.
        p90: nine of ten were faster; likewise.
    """

    number: int = 0
    median: float | None = None
    p90: float | None = None


class Row(msgspec.Struct, frozen=True):
    """Some of the cases: how many, and how long they waited for a reply and the end."""

    opened: int = 0
    replied: Spread = Spread()
    closed: Spread = Spread()


class Summary(msgspec.Struct, frozen=True):
    """What was counted.

    Attributes:
        total: all cases.
        by_locale: those languages that occur, the most frequent first.
        by_hour: of the opening, midnight first; 24. Ends are not counted by hour.
    """

    total: Row
    by_locale: dict[Locale, Row]
    by_hour: tuple[Row, ...]


class Standing(msgspec.Struct, frozen=True):
    """How many open cases wait for a counsellor, and how many have one."""

    waiting: int = 0
    claimed: int = 0


class Veil(StrEnum):
    """What is told instead of a number."""

    FEW = "<5"
    SOME = "5+"
    """It is hidden only because it would betray the one small number beside it."""


def tallies(old: Case | None, new: Case, zone: str) -> tuple[Tally, ...]:
    """What a change of a case counts.

    Args:
        old: as it was; None for a new one.
        new: as it is.
        zone: the group's time zone, of the IANA database.
    """
    was_open = old is not None and old.is_open
    answered_before = was_open and old is not None and old.answered is not None
    found: list[Tally] = []
    places = (new.locale.value, _hour(new.opened, zone))
    if new.is_open and not was_open:
        found += [Tally(What.OPENED, of) for of in places]
    if new.answered is not None and not answered_before and new.is_open:
        took = step(new.answered - new.opened)
        found += [Tally(What.REPLIED, of, took) for of in places]
    if was_open and not new.is_open and new.closed is not None and new.ending not in WITHOUT_HELP:
        found.append(Tally(What.CLOSED, new.locale.value, step(new.closed - new.opened)))
    return tuple(found)


def step(seconds: float) -> int:
    """Where a time is on the scale; 1 for whatever is not longer than a second."""
    if seconds <= 1:
        return 1
    return min(LAST_STEP, 1 + math.ceil(math.log(seconds, GROWTH)))


def seconds(at: int) -> float:
    """The middle of a step of the scale: at most 5 % from each time that is counted there."""
    return float(GROWTH ** (at - 1.5)) if at > 1 else 1.0


def percentile(steps: Mapping[int, int], percent: int) -> float | None:
    """The time within which so many percent of the cases were done, by nearest rank.

    Args:
        steps: how many cases took how long.
        percent: 1 to 100.

    Returns:
        Seconds; None for fewer than ``FEWEST`` cases.
    """
    number = sum(steps.values())
    if number < FEWEST:
        return None
    missing = -(-number * percent // 100)
    for at in sorted(steps):
        missing -= steps[at]
        if missing <= 0:
            return seconds(at)
    raise AssertionError("the shares of a whole add up to it")


def summarise(counted: Mapping[Tally, int]) -> Summary:
    """What the counts of some days say."""
    by_locale = {locale: _row(counted, (locale.value,)) for locale in Locale}
    present = [(locale, row) for locale, row in by_locale.items() if row != Row()]
    return Summary(
        _row(counted, tuple(locale.value for locale in Locale)),
        dict(sorted(present, key=lambda each: -each[1].opened)),
        tuple(_row(counted, (f"{hour:02}",)) for hour in range(24)),
    )


def standing(cases: Iterable[Case]) -> dict[Locale, Standing]:
    """How many of some cases are open, by the migrants' language; none without any."""
    counted: Counter[tuple[Locale, State]] = Counter((case.locale, case.state) for case in cases)
    found = {
        locale: Standing(counted[locale, State.WAITING], counted[locale, State.CLAIMED])
        for locale in Locale
    }
    return {locale: each for locale, each in found.items() if each != Standing()}


def veiled(counts: Mapping[_K, int]) -> dict[_K, int | Veil]:
    """The numbers of a breakdown as they may be told beside their sum.

    Rules: numbers under ``FEWEST`` are hidden, but for 0, which is nobody; where only one is, the
    next larger is hidden with it, as else the sum would betray the one.
    """
    shown: dict[_K, int | Veil] = {
        key: Veil.FEW if 0 < number < FEWEST else number for key, number in counts.items()
    }
    hidden = sum(1 for told in shown.values() if told is Veil.FEW)
    larger = [key for key, number in counts.items() if number >= FEWEST]
    if hidden == 1 and larger:
        shown[min(larger, key=lambda key: counts[key])] = Veil.SOME
    return shown


def _row(counted: Mapping[Tally, int], of: tuple[str, ...]) -> Row:
    steps: dict[What, Counter[int]] = {what: Counter() for what in What}
    for tally, number in counted.items():
        if tally.of in of:
            steps[tally.what][tally.step] += number
    return Row(
        steps[What.OPENED].total(), _spread(steps[What.REPLIED]), _spread(steps[What.CLOSED])
    )


def _spread(steps: Counter[int]) -> Spread:
    return Spread(steps.total(), percentile(steps, HALF), percentile(steps, NINE_OF_TEN))


def _hour(moment: float, zone: str) -> str:
    return f"{datetime.fromtimestamp(moment, UTC).astimezone(ZoneInfo(zone)):%H}"
