"""The beginning and the atomic end of a turn."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from bot.dialogue.session import Session
from bot.store import scripts, sessions
from bot.store.counts import Count
from bot.store.insight import Noted, sums_written
from bot.store.keys import (
    ATTEMPTS_TTL,
    BLOCKED_TTL,
    COUNTS_TTL,
    DEAD_LENGTH,
    DEAD_TTL,
    SESSION_TTL,
    Family,
)
from bot.store.outbox import Outgoing, sent_maps, today
from bot.store.people import Crowd
from bot.store.streams import shard_of
from bot.store.writes import Write, encoded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from redis.asyncio import Redis
    from redis.typing import EncodableT

    from bot.store.keys import Keys
    from bot.store.leases import Lease
    from bot.store.streams import Entry


class Committed(StrEnum):
    """How a commit ended; only COMMITTED changed anything."""

    COMMITTED = "committed"
    ALREADY = "already"
    """The entry is gone: an earlier try succeeded, though its answer was lost."""
    CONFLICT = "conflict"
    """The session changed since it was read (by /forget from outside), or something that a write
    goes by (by the turn of another chat): do the turn again."""
    LOST_LEASE = "lost_lease"
    """Another process owns the shard; it does the turn."""


class Begun(msgspec.Struct, frozen=True):
    """What a turn starts from.

    Attributes:
        stored: the session.
        attempts: how often processes started this turn, with this time.
    """

    stored: sessions.Stored
    attempts: int


class Result(msgspec.Struct, frozen=True):
    """What a turn decided.

    Attributes:
        chat_id: the conversation, None for an update without one.
        before: the session's bytes as they were read.
        session: the new session; None erases everything kept about the person. One with nothing in
            it is not kept.
        blocked: whether the person has blocked the bot; None if the update does not say.
        outgoing: effects, in order.
        counts: what to count.
        set_aside: whether the update goes to where an operator finds it: processes died on it.
        writes: what else to write. If one disagrees (``Put.before``) nothing of the turn happens.
        forgets: more keys to erase where the person is forgotten; see ``Cases.erase``.
        noted: what it tells of people as a whole; None for nothing.
    """

    chat_id: int | None
    before: bytes
    session: Session | None
    blocked: bool | None = False
    outgoing: tuple[Outgoing, ...] = ()
    counts: tuple[Count, ...] = ()
    set_aside: bool = False
    writes: tuple[Write, ...] = ()
    forgets: tuple[str, ...] = ()
    noted: Noted | None = None


class Turns:
    """Begins and ends turns.

    Args:
        redis: the client.
        keys: the names of the keys.
        shards: as agreed by ``streams.agree_on_shards``.
        session_ttl: how long a session lives without a turn, in seconds.
    """

    def __init__(
        self, redis: Redis, keys: Keys, shards: int, session_ttl: int = SESSION_TTL
    ) -> None:
        self._redis = redis
        self._keys = keys
        self._shards = shards
        self._session_ttl = session_ttl
        self._crowd = Crowd(redis, keys)
        self._commit = scripts.load(redis, "forget", "writes", "commit")
        self._forget = scripts.load(redis, "forget", "writes", "forget_now")

    async def begin(self, entry: Entry, chat_id: int | None, *, counted: bool = True) -> Begun:
        """Reads the session and notes that the turn was started.

        Args:
            entry: the inbox entry.
            chat_id: the conversation, None for an update without one.
            counted: whether this start counts as an attempt; False when the same process only
                repeats it because Redis was away.
        """
        attempts = self._keys.attempts(entry.shard)
        pipeline = self._redis.pipeline(transaction=False)
        pipeline.hincrby(attempts, entry.id.decode(), 1 if counted else 0)
        pipeline.expire(attempts, ATTEMPTS_TTL)
        if chat_id is not None:
            pipeline.get(self._keys.session(chat_id))
        started, _, *found = await pipeline.execute()
        return Begun(sessions.decode(found[0] if found else None), int(started))

    async def commit(self, lease: Lease, entry: Entry, result: Result) -> Committed:
        """Ends a turn: writes the session and the effects, counts, and removes the inbox entry.

        All of it happens, or nothing. Safe to repeat when its answer was lost.

        Args:
            lease: the lease under which the turn was done.
            entry: the inbox entry.
            result: what the turn decided.
        """
        keys, chat_id = self._keys, result.chat_id
        forgets = chat_id is not None and result.session is None
        conversation = "none" if chat_id is None else "forgotten" if forgets else "kept"
        writes = (*result.writes, *await self._noted(result))
        write_names, write_values = encoded(writes)
        names = [
            keys.lease(Family.INBOX, entry.shard),
            keys.stream(Family.INBOX, entry.shard),
            keys.attempts(entry.shard),
            keys.counts(today()),
            keys.session(chat_id or 0),
            keys.blocked(chat_id or 0),
            keys.dead(),
            *(
                keys.stream(Family.OUTBOX, shard_of(effect.chat_id, self._shards))
                for effect in result.outgoing
            ),
            *write_names,
            *((*self._personal(chat_id), *result.forgets) if forgets and chat_id else ()),
        ]
        values: list[EncodableT] = [
            lease.token,
            entry.id,
            result.before,
            sessions.to_keep(result.session),
            self._session_ttl,
            "" if result.blocked is None else str(int(result.blocked)),
            BLOCKED_TTL,
            COUNTS_TTL,
            conversation,
            str(chat_id),
            str(int(result.set_aside)),
            DEAD_TTL,
            DEAD_LENGTH,
            len(result.counts),
            len(result.outgoing),
            len(writes),
            *(count.field() for count in result.counts),
        ]
        for effect in result.outgoing:
            values += [effect.key, effect.payload, effect.effect_id, effect.received]
        values += write_values
        committed = Committed((await self._commit(keys=names, args=values)).decode())
        noted = result.noted
        if committed is Committed.COMMITTED and chat_id is not None and noted and noted.visitor:
            self._crowd.done(chat_id, noted)
        return committed

    async def forget(
        self, chat_id: int, writes: Iterable[Write] = (), forgets: Iterable[str] = ()
    ) -> bool:
        """Erases everything kept about a person, at once; their /forget goes by ``commit``.

        A turn of theirs that is running at this moment is done again, with a new session.

        Args:
            chat_id: the person's chat.
            writes: what else to write, and
            forgets: what else to erase; see ``Cases.erase``.

        Returns:
            Whether it was done; False if one of the writes disagrees (``Put.before``).
        """
        writes = tuple(writes)
        names, values = encoded(writes)
        done = await self._forget(
            keys=[self._keys.dead(), *names, *self._personal(chat_id), *forgets],
            args=[str(chat_id), len(writes), *values],
        )
        return bool(done)

    async def _noted(self, result: Result) -> tuple[Write, ...]:
        """What a turn tells of people as a whole, as writes of its commit."""
        noted = result.noted
        if noted is None:
            return ()
        sums = sums_written(self._keys, noted)
        if result.chat_id is None or not noted.visitor:
            return sums
        return (*sums, *await self._crowd.counted(result.chat_id, noted))

    def _personal(self, chat_id: int) -> list[str]:
        """All keys that are about one person only."""
        keys = self._keys
        return [keys.session(chat_id), keys.blocked(chat_id), *sent_maps(keys, chat_id)]
