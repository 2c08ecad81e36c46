"""The state of each conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from bot.dialogue.session import Session

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from bot.store.keys import Keys


class Stored(msgspec.Struct, frozen=True):
    """A session as it was found.

    Attributes:
        session: the state; a new one if there was none that could be read.
        raw: the bytes it was read from, empty if there were none; a commit checks that they are
            still the same.
        corrupt: there was something, but not a session; the next commit overwrites it.
    """

    session: Session
    raw: bytes = b""
    corrupt: bool = False


def decode(raw: bytes | None) -> Stored:
    """Reads a session; what is not one counts as corrupt and gives a new session."""
    if not raw:
        return Stored(Session())
    try:
        return Stored(msgspec.json.decode(raw, type=Session), raw)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return Stored(Session(), raw, corrupt=True)


def to_keep(session: Session | None) -> bytes:
    """The bytes to keep of a session; none for one with nothing in it."""
    if session is None or session == Session():
        return b""
    return msgspec.json.encode(session)


class Sessions:
    """Reads sessions; they are written by ``turns.Turns.commit`` only."""

    def __init__(self, redis: Redis, keys: Keys) -> None:
        self._redis = redis
        self._keys = keys

    async def load(self, chat_id: int) -> Stored:
        """The session of a chat."""
        raw: Any = await self._redis.get(self._keys.session(chat_id))
        return decode(raw)
