"""The store as one object: connected, agreed on its layout."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog

from bot.store.cases import Cases
from bot.store.connection import connect
from bot.store.console import ConsoleStore
from bot.store.consumer import Consumer, until_done
from bot.store.counts import Counts
from bot.store.edition import Editions
from bot.store.inbox import Inbox
from bot.store.insight import Insight
from bot.store.keys import SESSION_TTL, Family, Keys
from bot.store.leases import LEASE_SECONDS, Leases
from bot.store.new_questions import NewQuestions
from bot.store.outbox import Outbox
from bot.store.reports import Reports
from bot.store.sessions import Sessions
from bot.store.streams import Backlog, Pulse, agree_on_shards, backlog, pulse
from bot.store.timekeeper import Timekeeper
from bot.store.topics import Topics
from bot.store.turns import Turns

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from bot.handoff.case import Case
    from bot.store.consumer import Handler
    from bot.store.timekeeper import Encode, Timing

_log = structlog.get_logger()


class Store:
    """Everything in Redis; made by ``open_store``.

    Args:
        redis: a client of ``connection.connect``.
        keys: the names of the keys.
        shards: as agreed by ``streams.agree_on_shards``.
        session_ttl: how long a session lives without a turn, in seconds.
        lease_seconds: how long a dead process's shards wait.

    Attributes:
        inbox: takes updates in.
        turns: begins and ends turns.
        outbox: appends effects, and records their ends.
        sessions: reads sessions.
        counts: reads counts.
        insight: reads what people ask, and how many.
        reports: which numbers people say are wrong.
        topics: which topic belongs to which case.
        cases: conversations with the staff.
        console: who is signed in to the console.
        editions: the answers that the console published.
        new_questions: what people ask and the bot has no answer to.
    """

    def __init__(
        self,
        redis: Redis,
        keys: Keys,
        shards: int,
        *,
        session_ttl: int = SESSION_TTL,
        lease_seconds: float = LEASE_SECONDS,
    ) -> None:
        self.redis = redis
        self.keys = keys
        self.shards = shards
        self.inbox = Inbox(redis, keys, shards)
        self.turns = Turns(redis, keys, shards, session_ttl)
        self.outbox = Outbox(redis, keys, shards)
        self.sessions = Sessions(redis, keys)
        self.counts = Counts(redis, keys)
        self.insight = Insight(redis, keys)
        self.reports = Reports(redis, keys)
        self.cases = Cases(redis, keys)
        self.console = ConsoleStore(redis, keys)
        self.editions = Editions(redis, keys)
        self.new_questions = NewQuestions(redis, keys)
        self.topics = Topics(redis, keys, shards, self.cases)
        self._lease_seconds = lease_seconds

    def consumer(self, family: Family, handle: Handler) -> Consumer:
        """One that hands the entries of a family to ``handle``, once it runs."""
        leases = Leases(self.redis, self.keys, family, self.shards, self._lease_seconds)
        return Consumer(self.redis, self.keys, family, leases, handle)

    def timekeeper(self, timing: Timing, encode: Encode) -> Timekeeper:
        """One that moves the timers that have ended to the inbox, once it runs."""
        return Timekeeper(self.redis, self.keys, self.shards, timing, encode)

    async def forget(self, chat_id: int) -> tuple[Case, ...]:
        """Erases everything kept about a person, cases too; their /forget goes by a turn.

        Returns:
            The cases as they were: whom to tell.
        """
        while True:  # again if the staff wrote in a case at this very moment
            erasure = await self.cases.erase(chat_id)
            if await self.turns.forget(chat_id, erasure.writes, erasure.keys):
                return erasure.cases

    async def backlog(self, family: Family) -> Backlog:
        """How much waits in a family, and for how long."""
        return await backlog(self.redis, self.keys, family, self.shards)

    async def pulse(self, family: Family) -> Pulse:
        """Which processes work on a family, and when its last entry came."""
        return await pulse(self.redis, self.keys, family, self.shards)

    async def close(self) -> None:
        """Closes all connections."""
        await self.redis.aclose()


async def open_store(
    url: str,
    prefix: str,
    shards: int,
    *,
    session_ttl: int = SESSION_TTL,
    lease_seconds: float = LEASE_SECONDS,
) -> Store:
    """Connects, waiting for a Redis that is not there yet, and agrees on the number of shards.

    Args:
        url: ``redis://``, ``rediss://`` or ``unix://``.
        prefix: what the names of all keys begin with.
        shards: the wanted number; the one in force may differ (``Store.shards``).
        session_ttl: how long a session lives without a turn, in seconds.
        lease_seconds: how long a dead process's shards wait.
    """
    redis, keys = connect(url), Keys(prefix)
    agreed = await until_done(lambda: agree_on_shards(redis, keys, shards), "store")
    if agreed != shards:
        _log.warning("shards_not_changed", wanted=shards, agreed=agreed)
    memory: Any = await until_done(lambda: redis.info("memory"), "store")
    if memory.get("maxmemory") and memory.get("maxmemory_policy") != "noeviction":
        _log.error("redis_may_forget", maxmemory_policy=memory.get("maxmemory_policy"))
    return Store(redis, keys, agreed, session_ttl=session_ttl, lease_seconds=lease_seconds)
