"""What the staff groups have: who is on duty, whom they blocked, their own texts, the waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from bot.handoff.case import Counsellor
from bot.store.days import day_of, days_until
from bot.store.keys import (
    AUDIT_LENGTH,
    AUDIT_TTL,
    BAN_TTL,
    DAY,
    DUTY_TTL,
    SHUT_TTL,
    WAITS_LENGTH,
    WAITS_TTL,
)
from bot.store.shelf import Shelf, read, read_all
from bot.store.writes import Append, Field, Put, Write

if TYPE_CHECKING:
    from collections.abc import Iterable


class Ban(msgspec.Struct, frozen=True):
    """A person blocked by the staff. Times are seconds since the epoch.

    Attributes:
        until: when it ends; at most ``BAN_TTL`` after ``at``, however late it says.
        reason: the staff's words.
        by: who did it.
        at: when.
        group: the staff group.
        case: the number by which the staff know the person.
    """

    until: float
    reason: str
    by: Counsellor
    at: float
    group: int
    case: int


class Banned(msgspec.Struct, frozen=True):
    """A ban and whom it concerns; the staff are shown the case's number, never the chat."""

    chat_id: int
    ban: Ban


class OnDuty(msgspec.Struct, frozen=True):
    """A counsellor on duty until a moment, in seconds since the epoch."""

    who: Counsellor
    until: float


class Reveal(msgspec.Struct, frozen=True):
    """A counsellor looked at what was masked.

    Attributes:
        at: when, in seconds since the epoch.
        staff: the counsellor's user id.
        case: the number.
        kind: what was looked at (a phone, a document number, …), never the thing itself.
        group: where; 0 in what was kept by an earlier release.
    """

    at: float
    staff: int
    case: int
    kind: str
    group: int = 0


class Staff(Shelf):
    """Reads what the staff groups have. Groups are given by their present id (``canonical``)."""

    # Blocks

    def banned(self, chat_id: int, ban: Ban, known: Iterable[Banned] = ()) -> tuple[Write, ...]:
        """Blocks a person. /forget does not end it: that would be the way around every block.

        Args:
            chat_id: who.
            ban: the block.
            known: all other blocks of the group (``all_bans``): those that ended are dropped, and
                the list is kept until the last one of the others ends.
        """
        key, name = self._keys.bans(ban.group), str(ban.case)
        others = [one.ban for one in known if one.ban.case != ban.case]
        last = max((ban.until, *(one.until for one in others)))
        entry = msgspec.json.encode(Banned(chat_id, ban))
        return (
            Put(self._keys.ban(chat_id), msgspec.json.encode(ban), _seconds(ban.until, ban.at)),
            *(Field(key, str(one.case), b"") for one in others if one.until <= ban.at),
            Field(key, name, entry, _seconds(last, ban.at)),
        )

    def unbanned(self, chat_id: int, ban: Ban) -> tuple[Write, ...]:
        """Ends a block."""
        return (
            Put(self._keys.ban(chat_id), b""),
            Field(self._keys.bans(ban.group), str(ban.case), b""),
        )

    async def ban(self, chat_id: int) -> Ban | None:
        """Whether, why and until when the staff blocked a person."""
        raw: Any = await self._redis.get(self._keys.ban(chat_id))
        return None if raw is None else read(raw, Ban)

    async def bans(self, group: int, now: float) -> tuple[Banned, ...]:
        """Whom a group has blocked, the block that ends first first."""
        running = (one for one in await self.all_bans(group) if one.ban.until > now)
        return tuple(sorted(running, key=lambda one: one.ban.until))

    async def all_bans(self, group: int) -> tuple[Banned, ...]:
        """The same with those that ended and are not dropped yet."""
        found: Any = await self._redis.hvals(self._keys.bans(group))
        return read_all(found, Banned)

    async def ban_of_case(self, group: int, number: int) -> Banned | None:
        """The block of the person of a case."""
        raw: Any = await self._redis.hget(self._keys.bans(group), str(number))
        return None if raw is None else read(raw, Banned)

    # Groups that the bot cannot write to

    async def is_shut(self, group: int) -> bool:
        """Whether the bot was put out of a group, as far as it was told."""
        return bool(await self._redis.exists(self._keys.shut_out(group)))

    def shut(self, group: int, *, yes: bool = True) -> Write:
        """Notes that the bot was put out of a group, or is in it."""
        return Put(self._keys.shut_out(group), b"1" if yes else b"", SHUT_TTL)

    # Ready-made texts

    async def snippets(self, group: int) -> dict[str, str]:
        """A group's own ready-made texts by name, in alphabetical order."""
        found: Any = await self._redis.hgetall(self._keys.snippets(group))
        return {name.decode(): found[name].decode() for name in sorted(found)}

    def snippet(self, group: int, name: str, text: str) -> Write:
        """Keeps a ready-made text; an empty one deletes it."""
        return Field(self._keys.snippets(group), name, text.encode())

    # Duty

    async def on_duty(self, group: int, now: float) -> tuple[OnDuty, ...]:
        """Who of a group is on duty now, whoever stays longest first."""
        found: Any = await self._redis.hvals(self._keys.duty(group))
        there = (one for one in read_all(found, OnDuty) if one.until > now)
        return tuple(sorted(there, key=lambda one: -one.until))

    def duty(self, group: int, who: Counsellor, until: float | None) -> Write:
        """Enters somebody as on duty until a moment; None: not any more."""
        value = b"" if until is None else msgspec.json.encode(OnDuty(who, until))
        return Field(self._keys.duty(group), str(who.id), value, DUTY_TTL)

    # How long people wait

    async def waiting_seconds(self, group: int) -> tuple[float, ...]:
        """How long the last people waited for a counsellor's first word, oldest first."""
        found: Any = await self._redis.lrange(self._keys.waits(group), 0, -1)
        return tuple(float(one) for one in found)

    def waited(self, group: int, seconds: float) -> Write:
        """Keeps how long somebody waited."""
        return Append(self._keys.waits(group), b"%d" % seconds, WAITS_TTL, WAITS_LENGTH)

    # Who looked at what

    def revealed(self, reveal: Reveal) -> Write:
        """Keeps that a counsellor looked at what was masked."""
        key = self._keys.audit(day_of(reveal.at))
        return Append(key, msgspec.json.encode(reveal), AUDIT_TTL, AUDIT_LENGTH)

    async def reveals(self, now: float, days: int = AUDIT_TTL // DAY) -> tuple[Reveal, ...]:
        """Who looked at what was masked in the last days, oldest first."""
        pipeline = self._redis.pipeline(transaction=False)
        for day in days_until(now, days):
            pipeline.lrange(self._keys.audit(day), 0, -1)
        return read_all((raw for raws in await pipeline.execute() for raw in raws), Reveal)


def _seconds(until: float, now: float) -> int:
    return max(1, min(BAN_TTL, int(until - now)))
