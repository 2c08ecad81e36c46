"""Reads the figures, and keeps them for half a minute: a page and its charts ask for the same."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from typing import TYPE_CHECKING, Any, TypeVar

import structlog

from bot.console.insight.figures import LOCALES, Figures, figures
from bot.console.insight.names import Called, called
from bot.console.insight.period import Month, months_until, weeks_until
from bot.console.insight.reach import MonthsReach, Reach, people_told, reach, reached
from bot.handoff.figures import Summary, Tally, summarise
from bot.language.tags import Locale
from bot.store.insight import period_of, week_of
from bot.store.keys import DAY
from bot.understanding.files import DataFileError
from bot.understanding.places import Atlas, load_atlas

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from bot.clock import Clock
    from bot.console.answers_folder import AnswersFolder
    from bot.console.insight.hidden import Told
    from bot.handoff.groups import Group
    from bot.store.insight import Day
    from bot.store.store import Store

KEPT_SECONDS = 30.0

WAITS_DAYS = 30
"""The desk's counts live for a month (``keys.FIGURES_TTL``)."""

_T = TypeVar("_T")

_log = structlog.get_logger()


class Reader:
    """Reads the figures; raises ``RedisError`` while the store is away.

    Args:
        store: has the counts.
        folder: has the names of topics and questions.
        places: the gazetteer's file.
        groups: the staff groups.
        clock: the time.
        monotonic: a clock in seconds, for tests.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - what the figures come from
        self,
        store: Store,
        folder: AnswersFolder,
        places: Path,
        groups: Sequence[Group],
        clock: Clock,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._folder = folder
        self._places = places
        self._groups = tuple(groups)
        self._clock = clock
        self._now = monotonic
        self._one_at_a_time = asyncio.Lock()
        self._kept: dict[Hashable, tuple[float, Any]] = {}

    async def called(self) -> Called:
        """What topics, questions and cities are called."""
        loaded = await self._folder.loaded()
        return called(loaded.library, await self._remembered("atlas", self._atlas))

    def months(self) -> tuple[Month, ...]:
        """The months that can be asked for, the last one first."""
        return months_until(self._today())

    async def figures(self, month: Month) -> Figures:
        """What was asked in a month."""
        names = await self.called()

        async def read() -> Figures:
            days = await self._days(month)
            return await asyncio.to_thread(figures, days, names.topic_for)

        return await self._remembered(("figures", month), read)

    async def reach(self, month: Month) -> Reach:
        """Who was reached in a month, and in the one before."""
        names = await self.called()
        is_kept = month.before in self.months()

        async def read() -> Reach:
            before = await self._reached(month.before, names) if is_kept else None
            return reach(before, await self._reached(month, names), tuple(names.cities))

        return await self._remembered(("reach", month, is_kept), read)

    async def weeks(self) -> Mapping[date, Mapping[str, Told]]:
        """People by the Monday of the week, in the last quarter."""

        async def read() -> Mapping[date, Mapping[str, Told]]:
            mondays = weeks_until(self._today())
            locales = [locale.value for locale in Locale]
            people = await self._store.insight.people([week_of(day) for day in mondays], locales)
            told = people_told(dict(zip(map(week_of, mondays), people, strict=True)))
            return {monday: told[week_of(monday)] for monday in mondays}

        return await self._remembered(("weeks", self._today()), read)

    async def waits(self) -> tuple[dict[str, Summary], Summary]:
        """How long people waited in the last month: of each staff group by its name, and in all."""

        async def read() -> tuple[dict[str, Summary], Summary]:
            # Not today's: from two looks in an hour one would see each case that was opened.
            found = await self._store.cases.tallies(self._clock.now() - DAY, WAITS_DAYS)
            groups: dict[str, Summary] = {}
            together: Counter[Tally] = Counter()
            for group in self._groups:
                present = await self._store.cases.canonical(group.id)
                ids = {group.id, present}
                counted = sum((found[one] for one in ids if one in found), Counter[Tally]())
                groups[group.name] = summarise(counted)
                together += counted
            return groups, summarise(together)

        return await self._remembered(("waits", self._today()), read)

    async def _reached(self, month: Month, names: Called) -> MonthsReach:
        days = await self._days(month)
        told = await asyncio.to_thread(figures, days, names.topic_for)
        return reached(days, told.cities.rows)

    def _today(self) -> date:
        return self._clock.today()

    async def _days(self, month: Month) -> tuple[Day, ...]:
        return await self._store.insight.days([period_of(day) for day in month.days], LOCALES)

    async def _atlas(self) -> Atlas | None:
        try:
            return await asyncio.to_thread(load_atlas, self._places)
        except (DataFileError, OSError) as error:
            _log.warning("gazetteer_unreadable", error=type(error).__name__)
            return None

    async def _remembered(self, key: Hashable, read: Callable[[], Awaitable[_T]]) -> _T:
        async with self._one_at_a_time:
            now = self._now()
            self._kept = {k: v for k, v in self._kept.items() if now - v[0] < KEPT_SECONDS}
            if key not in self._kept:
                self._kept[key] = now, await read()
            found: _T = self._kept[key][1]
            return found
