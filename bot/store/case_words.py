"""What people said, masked: a case's transcript, and what was before it.

The caller masks; nothing else may come here.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from bot.handoff.case import Said
from bot.store.keys import (
    ALBUM_TTL,
    RECENT_LENGTH,
    RECENT_TTL,
    TRANSCRIPT_LENGTH,
)
from bot.store.shelf import Shelf, milliseconds, read_all
from bot.store.writes import Append, Expire, Field, Write

Side = Literal["migrant", "staff", "bot", "note"]
"""Who wrote a line; a note is the staff's among themselves."""


class Line(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that was written in a case.

    Attributes:
        at: when, in seconds since the epoch.
        side: by whom.
        kind: of the message (text, photo, voice, …).
        text: the words, masked.
        message: the id of the message where it was written; 0 for what the bot said.
        version: 0 as first written, then one more for each edit.
        file: Telegram's name of the file, by which nobody can fetch it; whether an edit put
            another one in its place.
    """

    at: float
    side: Side
    kind: str
    text: str
    message: int = 0
    version: int = 0
    file: str = ""


class Referral(msgspec.Struct, frozen=True):
    """A centre that a counsellor named in a case, and when (seconds since the epoch)."""

    centre: str
    at: float


class CaseWords(Shelf):
    """Reads what was said."""

    def line(self, number: int, line: Line) -> Write:
        """Adds to the transcript of a case."""
        key, life = self._keys.transcript(number), self._keys.case(number)
        return Append(key, msgspec.json.encode(line), 0, TRANSCRIPT_LENGTH, life_of=life)

    async def transcript(self, number: int) -> tuple[Line, ...]:
        """What was written in a case, oldest first."""
        return read_all(await self._list(self._keys.transcript(number)), Line)

    def remember(self, chat_id: int, said: Said) -> Write:
        """Keeps a turn with the bot for the card of a case that may follow."""
        key = self._keys.recent(chat_id)
        return Append(key, msgspec.json.encode(said), RECENT_TTL, RECENT_LENGTH)

    async def recent(self, chat_id: int) -> tuple[Said, ...]:
        """The last turns of the last day with the bot, oldest first."""
        return read_all(await self._list(self._keys.recent(chat_id)), Said)

    def referred(self, number: int, referral: Referral) -> Write:
        """Keeps which centre a counsellor named."""
        key, life = self._keys.referrals(number), self._keys.case(number)
        return Field(key, referral.centre, b"%d" % milliseconds(referral.at), life_of=life)

    async def referrals(self, number: int) -> tuple[Referral, ...]:
        """The centres that were named in a case, oldest first."""
        found: Any = await self._redis.hgetall(self._keys.referrals(number))
        named = (Referral(name.decode(), int(at) / 1000) for name, at in found.items())
        return tuple(sorted(named, key=lambda referral: referral.at))

    def album_part(self, chat_id: int, media_group: str, payload: bytes) -> Write:
        """Keeps a part of an album until the others are there (10 at most, Telegram's limit)."""
        return Append(self._keys.album(chat_id, media_group), payload, ALBUM_TTL, 10)

    async def album(self, chat_id: int, media_group: str) -> tuple[bytes, ...]:
        """The parts of an album, in the order they came."""
        return tuple(await self._list(self._keys.album(chat_id, media_group)))

    def album_gone(self, chat_id: int, media_group: str) -> Write:
        """Drops the parts of an album, which are on their way."""
        return Expire(self._keys.album(chat_id, media_group), 0)

    async def _list(self, key: str) -> list[bytes]:
        found: Any = await self._redis.lrange(key, 0, -1)
        return [bytes(one) for one in found]
