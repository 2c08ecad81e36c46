"""Where a case is in its staff group: the topic, the messages, the group's new id.

The sender writes topics and messages (``store.topics``); this is what turns need of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from bot.store import scripts
from bot.store.keys import OPEN_CASE_TTL
from bot.store.shelf import Shelf
from bot.store.writes import Put, Write

if TYPE_CHECKING:
    from collections.abc import Iterable

    from redis.asyncio import Redis

    from bot.store.keys import Keys

MOVES = 5
"""How often a group's id is followed: Telegram upgrades a group once, the rest would be a loop."""


class Topic(msgspec.Struct, frozen=True):
    """A case's forum topic.

    Attributes:
        group: where it is.
        thread: Telegram's id of it.
        card: the message of the card, the first post; None before it is sent.
    """

    group: int
    thread: int
    card: int | None = None


class CaseTopics(Shelf):
    """Finds topics and messages."""

    def __init__(self, redis: Redis, keys: Keys) -> None:
        super().__init__(redis, keys)
        self._group_moved = scripts.load(redis, "group_moved")

    # Topics

    async def in_topic(self, group: int, thread: int) -> int | None:
        """The number of the case whose topic this is; the case may be gone already."""
        found: Any = await self._redis.getex(self._keys.thread(group, thread), ex=OPEN_CASE_TTL)
        return None if found is None else int(found)

    async def topic(self, number: int) -> Topic | None:
        """The topic of a case; None before it is opened and after it is lost."""
        found: Any = await self._redis.hgetall(self._keys.case_topic(number))
        if b"group" not in found or b"thread" not in found:
            return None
        card = found.get(b"card")
        return Topic(int(found[b"group"]), int(found[b"thread"]), int(card) if card else None)

    async def groups_of(self, number: int) -> tuple[int, ...]:
        """The groups in which a case has a topic: where it is, and where it was before."""
        found: Any = await self._redis.hkeys(self._keys.case_topic(number))
        names = (name.decode() for name in found)
        return tuple(int(name.removeprefix("at:")) for name in names if name.startswith("at:"))

    def plan(self, number: int, payload: bytes) -> Write:
        """Keeps how a case's topic is opened (``telegram.effects.TopicPlan`` as JSON)."""
        return Put(self._keys.case_plan(number), payload, life_of=self._keys.case(number))

    # Messages

    async def map_lookup(self, number: int, *fields: str) -> tuple[str | None, ...]:
        """Fields of a case's map (``Keys.case_map``), in the order asked for."""
        if not fields:
            return ()
        found: Any = await self._redis.hmget(self._keys.case_map(number), list(fields))
        return tuple(None if value is None else value.decode() for value in found)

    async def whose(self, numbers: Iterable[int], *fields: str) -> int | None:
        """The first of some cases whose map has one of these fields."""
        cases = list(numbers)
        pipeline = self._redis.pipeline(transaction=False)
        for number in cases:
            pipeline.hmget(self._keys.case_map(number), list(fields))
        found = zip(cases, await pipeline.execute(), strict=True)
        return next((number for number, values in found if any(values)), None)

    # Groups

    async def canonical(self, group: int) -> int:
        """The present id of a group, which may have been upgraded to a supergroup."""
        for _ in range(MOVES):
            found: Any = await self._redis.get(self._keys.group_alias(group))
            if found is None:
                break
            group = int(found)
        return group

    async def follow_group(self, old: int, new: int) -> None:
        """A group has a new id: what is kept under the old one moves. Safe to repeat."""
        keys = self._keys
        kinds = (keys.open_cases, keys.bans, keys.snippets, keys.duty, keys.waits)
        names = [name for kind in kinds for name in (kind(old), kind(new))]
        await self._group_moved(keys=[keys.group_alias(old), *names], args=[new])
