"""How many different people, without keeping who.

A HyperLogLog of a period gets a hash of the chat's id with a random secret of that period. Once the
secret is gone, an hour after the period's end, nothing tells any more whether a chat was among
them, nor whether those of one period were those of another. (HyperLogLog: Flajolet et al., 2007;
Redis' has a standard error of 0.81 %.)
"""

from __future__ import annotations

import hashlib
import time
from datetime import date
from secrets import token_bytes
from typing import TYPE_CHECKING

from bot.store.days import began
from bot.store.keys import DAY, INSIGHT_TTL, SALT_SLACK, WEEK
from bot.store.writes import Distinct

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from bot.store.insight import Noted
    from bot.store.keys import Keys
    from bot.store.writes import Write

_SALT_BYTES = 16
_KNOWN = 4
"""Salts that a process keeps at hand: two days' and two weeks', around midnight."""


_LATELY = 20_000
"""People of whom a process remembers, in memory only, that they are counted: it saves writes."""


class Crowd:
    """Counts people; safe to repeat.

    Args:
        redis: the client.
        keys: the names of the keys.
    """

    def __init__(self, redis: Redis, keys: Keys) -> None:
        self._redis = redis
        self._keys = keys
        self._salts: dict[str, bytes] = {}
        self._lately: set[tuple[int, str, str]] = set()

    async def counted(self, chat_id: int, noted: Noted) -> tuple[Write, ...]:
        """Counts a person as one of the day's and of the week's, unless that is done."""
        if (chat_id, noted.day, noted.visitor) in self._lately:
            return ()
        return tuple(
            [
                Distinct(
                    self._keys.people(period, noted.visitor),
                    _digest(await self._salt(period, seconds), chat_id),
                    INSIGHT_TTL,
                )
                for period, seconds in ((noted.day, DAY), (noted.week, WEEK))
            ]
        )

    def done(self, chat_id: int, noted: Noted) -> None:
        """What ``counted`` gave is written."""
        if len(self._lately) >= _LATELY:
            self._lately.clear()
        self._lately.add((chat_id, noted.day, noted.visitor))

    async def _salt(self, period: str, seconds: int) -> bytes:
        """The secret of a period; whoever comes first makes it."""
        known = self._salts.get(period)
        if known is not None:
            return known
        key = self._keys.people_salt(period)
        pipeline = self._redis.pipeline(transaction=True)
        pipeline.set(key, token_bytes(_SALT_BYTES), nx=True, ex=_life(period, seconds))
        pipeline.get(key)
        _, found = await pipeline.execute()
        salt = bytes(found)
        while len(self._salts) >= _KNOWN:
            del self._salts[next(iter(self._salts))]
        self._salts[period] = salt
        return salt


def _life(period: str, seconds: int) -> int:
    """Until the end of a period and a little longer; in seconds."""
    year, _, week = period.partition("-W")
    first = date.fromisocalendar(int(year), int(week), 1) if week else date.fromisoformat(period)
    left = began(first.isoformat()) + seconds - time.time()
    return max(0, int(left)) + SALT_SLACK


def _digest(salt: bytes, chat_id: int) -> bytes:
    return hashlib.blake2b(b"%d" % chat_id, key=salt, digest_size=16).digest()
