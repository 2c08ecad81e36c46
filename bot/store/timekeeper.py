"""Moves the timers of cases that have ended to the inbox, as signals."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

import structlog
from redis.exceptions import RedisError

from bot.store import scripts
from bot.store.consumer import backoff, wait_for
from bot.store.keys import Family
from bot.store.streams import shard_of

if TYPE_CHECKING:
    from redis.asyncio import Redis
    from redis.typing import EncodableT

    from bot.store.keys import Keys

LOOK_SECONDS = 1.0
"""How soon a timer is noticed that was set meanwhile and ends before all others."""

AT_ONCE = 100
"""Timers moved by one script: short enough that no turn waits for it."""

Encode = Callable[[int, str], bytes]
"""The payload of the signal that says which timer of which case ended."""

_log = structlog.get_logger()


class Timing(Protocol):
    """The time that timers go by: ``bot.clock.Clock``."""

    def now(self) -> float:
        """Seconds since the epoch."""

    async def sleep_until(self, moment: float) -> None:
        """Returns when the time has come."""


class Timekeeper:
    """The role that looks after timers. Several at once are safe; one is enough.

    A timer leaves the sorted set and enters the inbox in one atomic script: whoever dies, and
    whenever, it is in exactly one of the two.

    Args:
        redis: the client.
        keys: the names of the keys.
        shards: as agreed by ``streams.agree_on_shards``.
        timing: the process's clock.
        encode: makes the signals.
    """

    def __init__(
        self, redis: Redis, keys: Keys, shards: int, timing: Timing, encode: Encode
    ) -> None:
        self._redis = redis
        self._keys = keys
        self._shards = shards
        self._timing = timing
        self._encode = encode
        self._due = scripts.load(redis, "due")
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """Asks ``run`` to end."""
        self._stopping.set()

    async def run(self) -> None:
        """Works until stopped, also where Redis is away at times."""
        tries = 0
        while not self._stopping.is_set():
            try:
                next_at = await self.look()
            except RedisError as error:
                tries += 1
                _log.warning("redis_away", waiting="timers", error=type(error).__name__)
                await wait_for(self._stopping, backoff(tries))
            else:
                tries = 0
                await self._sleep_until(next_at)

    async def look(self) -> float:
        """Moves what has ended; safe to repeat.

        Returns:
            When to look again, in seconds since the epoch.
        """
        while True:
            now = self._timing.now()
            found: Any = await self._redis.zrange(
                self._keys.timers(), 0, AT_ONCE - 1, withscores=True
            )
            due = [member for member, ends in found if ends <= now * 1000]
            if due:
                await self._move(due, int(now * 1000))
            if len(due) < AT_ONCE:
                coming = (ends / 1000 for _, ends in found[len(due) :])
                return min(now + LOOK_SECONDS, next(coming, now + LOOK_SECONDS))

    async def _move(self, members: list[bytes], now: int) -> None:
        names = [self._keys.timers()]
        values: list[EncodableT] = [now]
        for member in members:
            parts = member.decode("utf-8", "replace").split(":", 2)
            try:
                chat_id, case, timer = int(parts[0]), int(parts[1]), parts[2]
            except (ValueError, IndexError):
                _log.error("timer_unreadable", length=len(member))
                await self._redis.zrem(self._keys.timers(), member)
                continue
            shard = shard_of(chat_id, self._shards)
            names.append(self._keys.stream(Family.INBOX, shard))
            values += [member, str(chat_id), self._encode(case, timer)]
        await self._due(keys=names, args=values)

    async def _sleep_until(self, moment: float) -> None:
        """Waits for the time or the stop, whichever comes first."""
        sleep = asyncio.create_task(self._timing.sleep_until(moment))
        stop = asyncio.create_task(self._stopping.wait())
        try:
            await asyncio.wait((sleep, stop), return_when=asyncio.FIRST_COMPLETED)
        finally:
            sleep.cancel()
            stop.cancel()
