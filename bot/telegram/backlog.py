"""Measures what waits in the streams, for the metrics."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from redis.exceptions import RedisError

from bot.store.consumer import wait_for

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.store.consumer import Consumer
    from bot.store.keys import Family
    from bot.store.store import Store
    from bot.telegram.metrics import Metrics

SECONDS = 5.0
"""Between two measurements; Prometheus usually asks every 15 seconds."""


class Backlogs:
    """Keeps the gauges of one family up to date.

    Args:
        store: Redis.
        family: the inbox or the outbox.
        metrics: what Prometheus sees.
        consumer: the owner of some of the shards.
    """

    def __init__(self, store: Store, family: Family, metrics: Metrics, consumer: Consumer) -> None:
        self._store = store
        self._family = family
        self._metrics = metrics
        self._consumer = consumer
        self._ended = asyncio.Event()

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[None]:
        """Measures again and again, as long as the context lasts."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._watch())
            try:
                yield
            finally:
                self._ended.set()

    async def _watch(self) -> None:
        waiting = self._metrics.waiting.labels(family=self._family)
        oldest = self._metrics.oldest.labels(family=self._family)
        shards = self._metrics.shards.labels(family=self._family)
        while not self._ended.is_set():
            shards.set(self._consumer.shards)
            try:
                found = await self._store.backlog(self._family)
            except RedisError:
                pass  # the roles report it
            else:
                waiting.set(found.length)
                oldest.set(found.age)
            await wait_for(self._ended, SECONDS)
