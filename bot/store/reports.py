"""Numbers that people say are wrong: how often, by day and centre; nothing of who said so.

The chat is kept for a day as a hash with the day's secret, so that it counts once; the secret dies
with it.
"""

from __future__ import annotations

import hashlib
from secrets import token_bytes
from typing import TYPE_CHECKING, Any

import msgspec

from bot.store import days, scripts
from bot.store.keys import DAY, REPORTED_TTL, REPORTS_TTL

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from bot.store.keys import Keys

KEPT_DAYS = REPORTS_TTL // DAY

_SECRET_BYTES = 16


class Reported(msgspec.Struct, frozen=True):
    """What people say of one centre's number.

    Attributes:
        centre: its id.
        times: how often it was called wrong, each chat once a day.
        last: the last day of it (YYYY-MM-DD).
    """

    centre: str
    times: int
    last: str


class Reports:
    """Counts what people report, and reads it."""

    def __init__(self, redis: Redis, keys: Keys) -> None:
        self._redis = redis
        self._keys = keys
        self._count = scripts.load(redis, "report")

    async def add(self, centre: str, chat_id: int) -> bool:
        """Counts a report; safe to repeat.

        Returns:
            Whether it is the chat's first for this centre today: only that one is counted.
        """
        day = days.today().isoformat()
        digest = self._digest(await self._secret(day), centre, chat_id)
        names = [self._keys.reported(day, digest), self._keys.reports(day)]
        counted = await self._count(keys=names, args=[centre, REPORTED_TTL, REPORTS_TTL])
        return bool(counted)

    async def all(self) -> tuple[Reported, ...]:
        """What is known of all centres that were reported, the most often reported first."""
        pipeline = self._redis.pipeline(transaction=False)
        newest_first = days.last_days(KEPT_DAYS + 1)
        for day in newest_first:
            pipeline.hgetall(self._keys.reports(day))
        times: dict[str, int] = {}
        last: dict[str, str] = {}
        for day, counted in zip(newest_first, await pipeline.execute(), strict=True):
            for name, value in counted.items():
                centre = name.decode()
                times[centre] = times.get(centre, 0) + int(value)
                last.setdefault(centre, day)
        found = [Reported(centre, number, last[centre]) for centre, number in times.items()]
        return tuple(sorted(found, key=lambda report: (-report.times, report.centre)))

    async def clear(self, centre: str) -> bool:
        """Takes a centre off the list: somebody called, or has corrected the number.

        Whoever called it wrong today is not counted again before tomorrow.

        Returns:
            Whether it was on the list.
        """
        pipeline = self._redis.pipeline(transaction=False)
        for day in days.last_days(KEPT_DAYS + 1):
            pipeline.hdel(self._keys.reports(day), centre)
        return any(await pipeline.execute())

    async def _secret(self, day: str) -> bytes:
        """The day's secret; whoever comes first makes it."""
        key = self._keys.report_salt(day)
        await self._redis.set(key, token_bytes(_SECRET_BYTES), nx=True, ex=REPORTED_TTL)
        found: Any = await self._redis.get(key)
        return bytes(found or b"")

    @staticmethod
    def _digest(secret: bytes, centre: str, chat_id: int) -> str:
        said = f"{chat_id} {centre}".encode()
        return hashlib.blake2b(said, key=secret, digest_size=16).hexdigest()
