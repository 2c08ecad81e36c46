"""The updates that were received and not yet handled, and the signals among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from bot.store import scripts
from bot.store.keys import SEEN_TTL, Family
from bot.store.streams import Follow, shard_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redis.asyncio import Redis
    from redis.typing import EncodableT, FieldT

    from bot.store.keys import Keys
    from bot.store.streams import Entry


class Received(msgspec.Struct, frozen=True):
    """An update as it came.

    Attributes:
        update_id: Telegram's number of the update.
        chat_id: the chat, or the user if there is no chat; None if neither is known.
        payload: its JSON.
    """

    update_id: int
    chat_id: int | None
    payload: bytes


class Inbox:
    """Takes updates in, each once.

    Args:
        redis: the client.
        keys: the names of the keys.
        shards: as agreed by ``streams.agree_on_shards``.
    """

    def __init__(self, redis: Redis, keys: Keys, shards: int) -> None:
        self._keys = keys
        self._shards = shards
        self._receive = scripts.load(redis, "receive")

    async def add(self, update_id: int, chat_id: int | None, payload: bytes) -> bool:
        """Writes one update; see ``add_all``. False if it is a duplicate."""
        return (await self.add_all([Received(update_id, chat_id, payload)]))[0]

    async def add_all(self, updates: Sequence[Received]) -> list[bool]:
        """Writes updates to the shards of their chats, except those received before.

        Each id is checked by itself, not against the highest one so far: late ids are real.

        Returns:
            For each update, whether it was written; False for a duplicate.

        Raises:
            redis.exceptions.RedisError: all or none of them were written; add them again.
        """
        names: list[str] = []
        values: list[EncodableT] = [SEEN_TTL]
        for update in updates:
            number, chat_id = update.update_id, update.chat_id
            shard = shard_of(number if chat_id is None else chat_id, self._shards)
            names += [self._keys.seen(number), self._keys.stream(Family.INBOX, shard)]
            values += [f"update {number}" if chat_id is None else str(chat_id), update.payload]
        return [bool(written) for written in await self._receive(keys=names, args=values)]


def signal_entry(chat_id: int, payload: bytes) -> Follow:
    """A signal: what the helpline tells itself, handled in the order of a migrant's chat.

    Args:
        chat_id: the migrant's private chat.
        payload: of ``telegram.signals.encode``.
    """
    fields: dict[FieldT, EncodableT] = {"key": str(chat_id), "data": payload, "signal": "1"}
    return Follow(Family.INBOX, chat_id, fields)


def signalled_chat(entry: Entry) -> int | None:
    """The chat of an entry that is a signal; None for an update."""
    return int(entry.key) if b"signal" in entry.fields else None
