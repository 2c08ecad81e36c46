"""Small counters: what people ask and how it went, by day; nothing personal."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from redis.asyncio import Redis

    from bot.store.keys import Keys

_SEPARATOR = "|"


class Count(msgspec.Struct, frozen=True, order=True):
    """What is counted.

    Attributes:
        verdict: how a turn ended (``dialogue.outcome.Verdict``), or how a send failed.
        subject: the intent or danger kind, or empty.
        locale: the language of the reply, or empty.
    """

    verdict: str
    subject: str = ""
    locale: str = ""

    def field(self) -> str:
        """Its name in the day's hash."""
        return _SEPARATOR.join((self.verdict, self.subject, self.locale))

    @classmethod
    def from_field(cls, field: str) -> Count:
        """The inverse of ``field``."""
        parts = [*field.split(_SEPARATOR), "", ""]
        return cls(parts[0], parts[1], parts[2])


class Counts:
    """Reads what was counted; turns and sends write it with their commit."""

    def __init__(self, redis: Redis, keys: Keys) -> None:
        self._redis = redis
        self._keys = keys

    async def of_day(self, day: str) -> dict[Count, int]:
        """The counts of a day (YYYY-MM-DD)."""
        found: Any = await self._redis.hgetall(self._keys.counts(day))
        return {Count.from_field(name.decode()): int(value) for name, value in found.items()}

    async def by_subject(self, verdict: str, days: Iterable[str]) -> dict[str, int]:
        """How often a verdict was counted for each subject, over these days (as ``of_day``)."""
        pipeline = self._redis.pipeline(transaction=False)
        for day in days:
            pipeline.hgetall(self._keys.counts(day))
        found: Counter[str] = Counter()
        for counted in await pipeline.execute():
            for name, value in counted.items():
                count = Count.from_field(name.decode())
                if count.verdict == verdict and count.subject:
                    found[count.subject] += int(value)
        return dict(found)
