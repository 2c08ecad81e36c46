"""Cases: what is kept of a migrant's conversations with the staff.

Reading is done here. What changes is given as writes, which a turn commits together with all else:
``Result.writes``, ``Ended.writes``.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from bot.handoff.case import Case
from bot.handoff.moves import Due, Timer
from bot.store import scripts
from bot.store.case_topics import CaseTopics, Topic
from bot.store.case_words import CaseWords, Line, Referral
from bot.store.figures import FigureCounts
from bot.store.keys import CLOSED_CASE_TTL, ERASED_TOPIC_TTL, LIMIT_TTL, OPEN_CASE_TTL
from bot.store.review import Question, ReviewQueue
from bot.store.shelf import milliseconds, read, read_all
from bot.store.staff import Ban, Banned, OnDuty, Reveal, Staff
from bot.store.writes import Expire, Field, Lapse, Put, Rank, Write, encoded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from redis.asyncio import Redis

    from bot.store.keys import Keys

__all__ = [
    "Ban",
    "Banned",
    "Cases",
    "Erasure",
    "Line",
    "Loaded",
    "OnDuty",
    "Question",
    "Referral",
    "Reveal",
    "Topic",
]

CARD = "card"
"""The name of a topic's first post in the map of its case."""


class Loaded(msgspec.Struct, frozen=True):
    """A case as it was found.

    Attributes:
        case: what it says; None if there is none that can be read.
        raw: its bytes, for the comparison of the commit; empty if there are none.
    """

    case: Case | None
    raw: bytes = b""


class Erasure(msgspec.Struct, frozen=True):
    """How a person's cases are erased: ``Result.forgets`` and ``Result.writes``.

    Attributes:
        keys: what is deleted.
        writes: what is taken out of what others share. A case that changed meanwhile makes it a
            conflict: read anew.
        cases: those that can be read, oldest first, as they were: whom to tell.
    """

    keys: tuple[str, ...]
    writes: tuple[Write, ...]
    cases: tuple[Case, ...]


class Cases(CaseTopics, CaseWords, ReviewQueue, Staff, FigureCounts):
    """Reads cases, and says what to write."""

    def __init__(self, redis: Redis, keys: Keys) -> None:
        super().__init__(redis, keys)
        self._write = scripts.load(redis, "writes", "write")

    async def next_number(self) -> int:
        """A number for a new case; one that is not used is left out."""
        return int(await self._redis.incr(self._keys.case_numbers()))

    async def load(self, number: int) -> Loaded:
        """A case, in its group's present id."""
        raw: Any = await self._redis.get(self._keys.case(number))
        if raw is None:
            return Loaded(None)
        case = read(raw, Case)
        if case is not None:
            case = replace(case, group=await self.canonical(case.group))
        return Loaded(case, raw)

    async def load_all(self, numbers: Sequence[int]) -> tuple[Case, ...]:
        """Those of some cases that are there, in the order of the numbers; only to look at."""
        if not numbers:
            return ()
        raws: Any = await self._redis.mget([self._keys.case(number) for number in numbers])
        return read_all((raw for raw in raws if raw is not None), Case)

    def put(self, case: Case, raw: bytes, now: float) -> tuple[Write, ...]:
        """Keeps a case, new or changed.

        Args:
            case: as it shall be.
            raw: as it was loaded; empty for a new one. If another turn changed it since, the commit
                is a conflict.
            now: seconds since the epoch.
        """
        keys, number = self._keys, case.number
        ttl = _seconds_left(case, now)
        before = read(raw, Case) if raw else None
        left: tuple[Write, ...] = ()
        if before is not None and before.group != case.group:
            left = (Rank(keys.open_cases(before.group), str(number), None),)
        opened = milliseconds(case.opened) if case.is_open else None
        return (
            Put(keys.case(number), msgspec.json.encode(case), ttl, before=raw),
            *left,
            Rank(keys.open_cases(case.group), str(number), opened, OPEN_CASE_TTL),
            Rank(keys.cases_of(case.chat_id), str(number), milliseconds(now + ttl)),
            Lapse(keys.cases_of(case.chat_id), milliseconds(now)),
            *(Expire(key, ttl) for key in self._belongings(number)),
        )

    def timers(self, case: int, chat_id: int, dues: Iterable[Due]) -> tuple[Write, ...]:
        """Sets and stops timers of a case; each comes back as a signal in the chat's order."""
        return tuple(self.timer(case, chat_id, due.timer, due.at) for due in dues)

    def timer(self, case: int, chat_id: int, timer: str, at: float | None) -> Write:
        """Sets a timer of any name (an edge's own too), in place of the one of that name.

        Args:
            case: its number.
            chat_id: the migrant's private chat.
            timer: its name.
            at: when it ends, in seconds since the epoch; None stops it.
        """
        member = f"{chat_id}:{case}:{timer}"
        return Rank(self._keys.timers(), member, None if at is None else milliseconds(at))

    async def earlier(self, chat_id: int) -> tuple[int, ...]:
        """The numbers of a person's cases, an open one too, oldest first."""
        found: Any = await self._redis.zrange(self._keys.cases_of(chat_id), 0, -1)
        return tuple(sorted(int(member) for member in found))

    async def open_in(self, group: int) -> tuple[int, ...]:
        """The numbers of a group's open cases, oldest first."""
        found: Any = await self._redis.zrange(self._keys.open_cases(group), 0, -1)
        numbers = [int(member) for member in found]
        pipeline = self._redis.pipeline(transaction=False)
        for number in numbers:
            pipeline.exists(self._keys.case(number))
        there = await pipeline.execute()
        return tuple(number for number, is_there in zip(numbers, there, strict=True) if is_there)

    async def erase(self, chat_id: int) -> Erasure:
        """How everything of a person's cases is erased, with what led to them.

        The ids of the topic and of its card stay for ``ERASED_TOPIC_TTL``, so that the staff can be
        told and the card be emptied; a block stays until it ends (``banned``).
        """
        keys, writes, cases = self._keys, list[Write](), list[Case]()
        erased = [keys.cases_of(chat_id), keys.recent(chat_id)]
        for number in await self.earlier(chat_id):
            loaded = await self.load(number)
            topic = keys.case_topic(number)
            erased += [key for key in self._belongings(number) if key != topic]
            writes += [
                Put(keys.case(number), b"", before=loaded.raw),
                Expire(topic, ERASED_TOPIC_TTL),
                *await self._only_the_card(number),
                *self.timers(number, chat_id, (Due(timer, None) for timer in Timer)),
            ]
            if loaded.case is not None:
                cases.append(loaded.case)
                group = keys.open_cases(loaded.case.group)
                writes.append(Rank(group, str(number), None))
        return Erasure(tuple(erased), tuple(writes), tuple(cases))

    async def write(self, writes: Iterable[Write]) -> bool:
        """Writes outside a turn, all or nothing; safe to repeat but for ``Append`` and ``Add``.

        Returns:
            Whether it was done; False if one disagrees (``Put.before``).
        """
        names, values = encoded(writes)
        return bool(await self._write(keys=names, args=values))

    async def hit(self, chat_id: int, what: str, limit: int, seconds: int) -> bool:
        """Counts something that a chat does; outside the commit, as it is safe to repeat.

        Args:
            chat_id: who.
            what: a short name of what is counted.
            limit: how often it may happen
            seconds: in this time from the first one on; at most ``LIMIT_TTL``.

        Returns:
            Whether it is still within the limit.
        """
        key = self._keys.limits(chat_id, what)
        pipeline = self._redis.pipeline(transaction=True)
        pipeline.incr(key)
        pipeline.expire(key, min(seconds, LIMIT_TTL), nx=True)
        times, _ = await pipeline.execute()
        return int(times) <= limit

    async def _only_the_card(self, number: int) -> tuple[Write, ...]:
        """Puts the card, and nothing else, back into the map of a case that is erased."""
        topic, key = await self.topic(number), self._keys.case_map(number)
        if topic is None or not topic.card:
            return ()
        return (
            Field(key, f"ref:{CARD}", b"%d" % topic.card, ERASED_TOPIC_TTL),
            Field(key, f"g{topic.card}", CARD.encode(), ERASED_TOPIC_TTL),
        )

    def _belongings(self, number: int) -> tuple[str, ...]:
        """What lives as long as a case."""
        keys = self._keys
        return (
            keys.case_map(number),
            keys.case_topic(number),
            keys.case_plan(number),
            keys.transcript(number),
            keys.referrals(number),
        )


def _seconds_left(case: Case, now: float) -> int:
    """How long a case is kept; a later change of a closed one does not lengthen it."""
    if case.is_open:
        return OPEN_CASE_TTL
    ended = now if case.closed is None else case.closed
    return max(1, math.ceil(ended + CLOSED_CASE_TTL - now))
