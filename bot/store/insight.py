"""Sums of a day: what was asked, where, how it ended, and how many people asked; nothing personal.

Each sum has two or three features, and no two sums can be joined: no entry tells city, outreach
code and intent of one question. What is shown to people goes through ``console/insight/hidden.py``
first.

A day is one in Kazakhstan: who looks at the figures lives there.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
import structlog

from bot.store.keys import INSIGHT_LENGTH, INSIGHT_TTL, PLACES_LENGTH
from bot.store.shelf import Shelf
from bot.store.writes import AddOnes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from bot.store.keys import Keys
    from bot.store.writes import Write

TEXT, TAP, PERSON = "text", "tap", "person"
"""How a question came: in words; by a button that bears it; a case was opened with the staff."""

_E = TypeVar("_E")
_K = TypeVar("_K")

_log = structlog.get_logger()


class Asked(msgspec.Struct, frozen=True, array_like=True, tag="q"):
    """A question.

    Attributes:
        way: ``TEXT``, ``TAP`` or ``PERSON``. A text that was answered by an offer counts once as
            offered, and the tap on one of the offered questions once as a tap.
        verdict: how it ended (``dialogue.outcome.Verdict``). ``asked`` means understood: only the
            citizenship was missing.
        subject: the intent or the kind of danger; empty where there is none.
        locale: a ``Locale``'s value; ``other`` for a language that the bot does not speak.
    """

    way: str
    verdict: str
    subject: str
    locale: str


class InCity(msgspec.Struct, frozen=True, array_like=True, tag="c"):
    """A question of somebody whose city is known; a key of the gazetteer. Else as ``Asked``."""

    way: str
    verdict: str
    city: str
    locale: str


class FromPlace(msgspec.Struct, frozen=True, array_like=True, tag="p"):
    """A question of somebody who came by an outreach code (``Session.place``). Else as above."""

    way: str
    verdict: str
    place: str
    locale: str


class AtHour(msgspec.Struct, frozen=True, array_like=True, tag="h"):
    """A question at an hour of the day in Kazakhstan, 0 to 23. Else as ``Asked``."""

    way: str
    verdict: str
    hour: int


class Rated(msgspec.Struct, frozen=True, array_like=True, tag="r"):
    """👍 (helpful) or 👎 for the answer to an intent."""

    helpful: bool
    intent: str
    locale: str


class Newcomer(msgspec.Struct, frozen=True, array_like=True, tag="n"):
    """Somebody of whom nothing was kept writes for the first time.

    Also who had everything erased, or comes back after half a year. The language is a guess by then
    (of the app, or of the first text): see ``ChoseLanguage``.

    Attributes:
        place: the outreach code that led here; empty for none.
        locale: as far as it is known; empty if it is not.
    """

    place: str
    locale: str


class ChoseLanguage(msgspec.Struct, frozen=True, array_like=True, tag="l"):
    """Somebody chose their language for the first time; else as ``Newcomer``."""

    place: str
    locale: str


class Taught(msgspec.Struct, frozen=True, array_like=True, tag="t"):
    """A question left the review queue.

    Attributes:
        done: what came of it (``review.Done``).
        intent: that it was labelled with; empty if it was not.
        locale: of the question.
        why: it was there (``review.Why``).
    """

    done: str
    intent: str
    locale: str
    why: str


Sum = Asked | InCity | FromPlace | AtHour | Rated | Newcomer | ChoseLanguage | Taught
"""What is counted."""

_OF_PLACES = (InCity, FromPlace, Newcomer, ChoseLanguage)
"""Those with a name that anybody can make up."""


class Noted(msgspec.Struct, frozen=True):
    """What a turn counts.

    Attributes:
        day: YYYY-MM-DD, in Kazakhstan.
        week: YYYY-Www, of the ISO calendar.
        sums: each is counted once more.
        visitor: the language under which the person counts as one of the day's and the week's;
            empty if it is not a person's turn.
    """

    day: str
    week: str
    sums: tuple[Sum, ...] = ()
    visitor: str = ""


class Day(msgspec.Struct, frozen=True):
    """What was counted on a day.

    Attributes:
        day: YYYY-MM-DD.
        counted: how often each sum.
        people: how many people by language, each once, to about 1 %; who used two languages counts
            for both.
        all_people: how many people in all.
    """

    day: str
    counted: dict[Sum, int]
    people: dict[str, int]
    all_people: int


class People(msgspec.Struct, frozen=True):
    """How many people wrote in a day or a week; attributes as in ``Day``."""

    by_locale: dict[str, int]
    all_people: int


def period_of(day: date) -> str:
    """How a day is named here; it is also what a week's name is made from: ``week_of``."""
    return day.isoformat()


def week_of(day: date) -> str:
    """How the week of a day is named: ``2026-W48``."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def field_of(entry: Sum) -> str:
    """The name of a sum in its hash."""
    return msgspec.json.encode(entry).decode()


def summed(days: Iterable[Day], kind: type[_E], key: Callable[[_E], _K | None]) -> Counter[_K]:
    """Adds up one kind of sum over days.

    Args:
        days: of ``Insight.days``.
        kind: which sums, as ``Asked``.
        key: by what; None leaves a sum out.
    """
    found: Counter[_K] = Counter()
    for day in days:
        for entry, number in day.counted.items():
            if isinstance(entry, kind) and (of := key(entry)) is not None:
                found[of] += number
    return found


def sums_written(keys: Keys, noted: Noted) -> tuple[Write, ...]:
    """Counts what a turn notes."""
    apart = [one for one in noted.sums if isinstance(one, _OF_PLACES)]
    rest = [one for one in noted.sums if not isinstance(one, _OF_PLACES)]
    written: list[Write] = []
    for key, found, length in (
        (keys.insight(noted.day), rest, INSIGHT_LENGTH),
        (keys.insight_places(noted.day), apart, PLACES_LENGTH),
    ):
        if found:
            written.append(AddOnes(key, tuple(map(field_of, found)), INSIGHT_TTL, length))
    return tuple(written)


class Insight(Shelf):
    """Reads what was counted; a turn writes it with its commit (``Turns``)."""

    async def days(self, days: Sequence[str], locales: Sequence[str]) -> tuple[Day, ...]:
        """What was counted on these days, in their order; empty for one with nothing.

        Args:
            days: as ``period_of`` names them.
            locales: whose people are counted.
        """
        pipeline = self._redis.pipeline(transaction=False)
        for day in days:
            pipeline.hgetall(self._keys.insight(day))
            pipeline.hgetall(self._keys.insight_places(day))
        replies: Any = await pipeline.execute()
        crowds = await self.people(days, locales)
        return tuple(
            Day(
                day,
                _sums(replies[2 * n]) | _sums(replies[2 * n + 1]),
                each.by_locale,
                each.all_people,
            )
            for n, (day, each) in enumerate(zip(days, crowds, strict=True))
        )

    async def people(self, periods: Sequence[str], locales: Sequence[str]) -> tuple[People, ...]:
        """How many people wrote in each of some days or weeks (``period_of``, ``week_of``).

        People of several days cannot be added up: each period has a secret of its own, so that
        nobody can tell who came back.
        """
        if not locales:
            return (People({}, 0),) * len(periods)
        pipeline = self._redis.pipeline(transaction=False)
        for period in periods:
            names = [self._keys.people(period, locale) for locale in locales]
            for name in names:
                pipeline.pfcount(name)
            pipeline.pfcount(*names)
        replies: Any = await pipeline.execute()
        width = len(locales) + 1
        found = []
        for n in range(len(periods)):
            *each, together = map(int, replies[n * width : (n + 1) * width])
            by_locale = {name: of for name, of in zip(locales, each, strict=True) if of}
            found.append(People(by_locale, together))
        return tuple(found)


def _sums(counted: dict[bytes, bytes]) -> dict[Sum, int]:
    """Reads a hash; what another version wrote is left out, with a line in the log."""
    found: dict[Sum, int] = {}
    for name, number in counted.items():
        try:
            found[msgspec.json.decode(name, type=Sum)] = int(number)
        except (msgspec.DecodeError, UnicodeDecodeError, ValueError):
            _log.error("insight_unreadable", length=len(name))
    return found
