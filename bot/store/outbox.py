"""The effects that were decided and not yet carried out, and what became of them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import msgspec

from bot.store import days, scripts
from bot.store.keys import (
    BLOCKED_TTL,
    COUNTS_TTL,
    SENT_WEEKS,
    WEEK,
    Family,
)
from bot.store.streams import Follow, shard_of
from bot.store.writes import Write, encoded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from redis.asyncio import Redis
    from redis.typing import EncodableT, FieldT

    from bot.store.keys import Keys
    from bot.store.streams import Entry


class Outgoing(msgspec.Struct, frozen=True):
    """An effect on its way to the outbox.

    Attributes:
        chat_id: the destination, which decides the shard.
        key: effects of one key are carried out in order; the destination and its lane.
        payload: the encoded effect.
        effect_id: names the effect in logs and in the sent map.
        received: when the update that caused it was received, in ms since the epoch; 0 for none.
    """

    chat_id: int
    key: str
    payload: bytes
    effect_id: str
    received: int = 0


class Ended(msgspec.Struct, frozen=True):
    """How the sending of an effect ended.

    Attributes:
        chat_id: the destination.
        message_id: what Telegram made of it, if it made a message.
        ref: the name under which the message shall be found again, if any.
        blocked: the person has blocked the bot.
        count: what to count, if anything.
        follow: entries that follow from the end: ticks (``outbox.follow``) and signals
            (``inbox.signal_entry``). They are written once, however often the end is recorded.
        writes: what else to write, as the map of a case; ``Put.before`` is not looked at.
        along: the ids of further entries of the same stream that ended with this one.
    """

    chat_id: int
    message_id: int | None = None
    ref: str | None = None
    blocked: bool = False
    count: str | None = None
    follow: tuple[Follow, ...] = ()
    writes: tuple[Write, ...] = ()
    along: tuple[bytes, ...] = ()


class Outbox:
    """Appends effects outside a turn, and records their ends.

    Args:
        redis: the client.
        keys: the names of the keys.
        shards: as agreed by ``streams.agree_on_shards``.
    """

    def __init__(self, redis: Redis, keys: Keys, shards: int) -> None:
        self._redis = redis
        self._keys = keys
        self._shards = shards
        self._sent = scripts.load(redis, "writes", "sent")

    async def append(self, effects: Iterable[Outgoing]) -> None:
        """Appends effects, all or none; a turn's own effects go with its commit instead."""
        pipeline = self._redis.pipeline(transaction=True)
        for effect in effects:
            stream = self._keys.stream(Family.OUTBOX, shard_of(effect.chat_id, self._shards))
            pipeline.xadd(stream, fields(effect))
        await pipeline.execute()

    async def end(self, entry: Entry, ended: Ended) -> int:
        """Deletes an effect that was carried out or given up, and records what became of it.

        Returns:
            Redis' time in milliseconds since the epoch, the clock of all entry ids.
        """
        named = ended.ref is not None and ended.message_id is not None
        write_names, write_values = encoded(ended.writes)
        names = [
            self._keys.stream(Family.OUTBOX, entry.shard),
            self._keys.sent(ended.chat_id, _week()),
            self._keys.blocked(ended.chat_id),
            self._keys.counts(today()),
            *(
                self._keys.stream(one.family, shard_of(one.chat_id, self._shards))
                for one in ended.follow
            ),
            *write_names,
        ]
        values: list[EncodableT] = [
            b" ".join((entry.id, *ended.along)),
            (ended.ref or "") if named else "",
            ended.message_id or 0,
            SENT_WEEKS * WEEK,
            "1" if ended.blocked else "0",
            BLOCKED_TTL,
            ended.count or "",
            COUNTS_TTL,
            len(ended.follow),
            len(ended.writes),
            *write_values,
        ]
        for one in ended.follow:
            values.append(2 * len(one.fields))
            values += [part for field in one.fields.items() for part in field]
        return int(await self._sent(keys=names, args=values))

    async def message_of(self, chat_id: int, ref: str) -> int | None:
        """The message that an effect became, if it was sent in the last weeks."""
        found = await self._look_up(chat_id, f"ref:{ref}")
        return None if found is None else int(found)

    async def ref_of(self, chat_id: int, message_id: int) -> str | None:
        """The name of the effect that became a message, if it had one."""
        found = await self._look_up(chat_id, f"message:{message_id}")
        return None if found is None else found.decode()

    async def is_blocked(self, chat_id: int) -> bool:
        """Whether the last word from this person is that they blocked the bot."""
        return bool(await self._redis.exists(self._keys.blocked(chat_id)))

    async def _look_up(self, chat_id: int, field: str) -> bytes | None:
        pipeline = self._redis.pipeline(transaction=False)
        for name in sent_maps(self._keys, chat_id):
            pipeline.hget(name, field)
        values: list[bytes | None] = await pipeline.execute()
        return next((value for value in values if value is not None), None)


def follow(effect: Outgoing) -> Follow:
    """An effect that follows from the end of another one."""
    return Follow(Family.OUTBOX, effect.chat_id, fields(effect))


def fields(effect: Outgoing) -> dict[FieldT, EncodableT]:
    """The fields of an outbox entry."""
    return {
        "key": effect.key,
        "data": effect.payload,
        "effect": effect.effect_id,
        "received": effect.received,
    }


def sent_maps(keys: Keys, chat_id: int) -> list[str]:
    """The keys that can hold what a chat's effects became, newest first."""
    week = _week()
    return [keys.sent(chat_id, week - age) for age in range(SENT_WEEKS + 1)]


def today() -> str:
    """The day that counts go to."""
    return days.today().isoformat()


def _week() -> int:
    return int(time.time()) // WEEK
