"""What people ask most lately, for the order of the menus."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog
from redis.exceptions import RedisError

from bot.dialogue.outcome import Verdict
from bot.store.days import last_days

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.store.counts import Counts

DAYS = 30
"""A season changes what is asked; a month smooths a single busy day."""

REFRESH_SECONDS = 300.0
"""Menus need not follow within the minute, and should not reorder while somebody reads one."""

_log = structlog.get_logger()


class Asked:
    """Remembers how often each question was answered in the last 30 days.

    Args:
        counts: what was counted.
    """

    def __init__(self, counts: Counts) -> None:
        self._counts = counts
        self._known: Mapping[str, int] = {}

    def __call__(self) -> Mapping[str, int]:
        """The counts as they were last read; none before that."""
        return self._known

    async def refresh(self) -> None:
        """Reads them anew; while Redis is away, the last ones stay."""
        try:
            found = await self._counts.by_subject(Verdict.ANSWERED.value, last_days(DAYS))
        except RedisError as error:
            _log.warning("asked_not_read", error=type(error).__name__)
        else:
            self._known = found

    async def watch(self) -> None:
        """Refreshes for ever."""
        while True:
            await self.refresh()
            await asyncio.sleep(REFRESH_SECONDS)
