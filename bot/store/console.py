"""Who is signed in to the console, what they may do there, and what they changed."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import msgspec

from bot.store.days import day_of, days_until
from bot.store.keys import (
    CONSOLE_CHANGES_LENGTH,
    CONSOLE_CHANGES_TTL,
    CONSOLE_IDLE_TTL,
    DAY,
    LINK_TTL,
)
from bot.store.shelf import Shelf, read, read_all
from bot.store.writes import Put

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.store.writes import Write


class Member(msgspec.Struct, frozen=True):
    """A member of the staff, by Telegram's user id and the name that Telegram shows."""

    id: int
    name: str


class Change(msgspec.Struct, frozen=True):
    """Somebody changed something in the console.

    Attributes:
        at: when, in seconds since the epoch.
        who: the member.
        what: the kind of change, e.g. ``answer_published``.
        about: what was changed: a path, an intent, a centre, a user id; never a migrant.
        note: the person's reason, or empty.
    """

    at: float
    who: Member
    what: str
    about: str = ""
    note: str = ""


class ConsoleStore(Shelf):
    """Keeps links and sessions by the hash of their secrets: who reads Redis cannot sign in."""

    # Links

    async def offer(self, secret: str, member: Member) -> None:
        """Makes a secret good for one sign-in within ``LINK_TTL``."""
        key = self._keys.console_link(_digest(secret))
        await self._redis.set(key, msgspec.json.encode(member), ex=LINK_TTL)

    def offering(self, secret: str, member: Member) -> Write:
        """The same with a turn's commit."""
        return Put(self._keys.console_link(_digest(secret)), msgspec.json.encode(member), LINK_TTL)

    async def offered(self, secret: str) -> Member | None:
        """Whom a link would sign in; it stays good."""
        raw: Any = await self._redis.get(self._keys.console_link(_digest(secret)))
        return None if raw is None else read(raw, Member)

    async def accept(self, secret: str) -> Member | None:
        """Whom a link signs in, the first time it is asked for; None ever after."""
        raw: Any = await self._redis.getdel(self._keys.console_link(_digest(secret)))
        return None if raw is None else read(raw, Member)

    # Sessions

    async def begin(self, session: str, member: Member) -> None:
        """Begins a session."""
        digest, mine = _digest(session), self._keys.console_sessions_of(member.id)
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.set(
                self._keys.console_session(digest), msgspec.json.encode(member), CONSOLE_IDLE_TTL
            )
            pipe.sadd(mine, digest)
            pipe.expire(mine, CONSOLE_IDLE_TTL)
            await pipe.execute()

    async def touch(self, session: str) -> Member | None:
        """Whose session it is, if it is alive; it lives on for ``CONSOLE_IDLE_TTL``."""
        digest = _digest(session)
        raw: Any = await self._redis.getex(self._keys.console_session(digest), ex=CONSOLE_IDLE_TTL)
        member = None if raw is None else read(raw, Member)
        if member is not None:
            await self._redis.expire(self._keys.console_sessions_of(member.id), CONSOLE_IDLE_TTL)
        return member

    async def look(self, session: str) -> Member | None:
        """Whose session it is, if it is alive; it lives no longer for being looked at."""
        raw: Any = await self._redis.get(self._keys.console_session(_digest(session)))
        return None if raw is None else read(raw, Member)

    async def end(self, session: str) -> None:
        """Ends a session."""
        await self._redis.delete(self._keys.console_session(_digest(session)))

    async def end_all(self, user: int) -> None:
        """Ends all sessions of a member: they left, or a coordinator says so."""
        mine = self._keys.console_sessions_of(user)
        digests: Any = await self._redis.smembers(mine)
        keys = [self._keys.console_session(digest.decode()) for digest in digests]
        await self._redis.delete(mine, *keys)

    async def signed_in(self) -> dict[Member, int]:
        """Who is signed in, and how often."""
        found: dict[Member, int] = {}
        pattern = self._keys.console_session("*")
        async for key in self._redis.scan_iter(match=pattern, count=1000):
            raw: Any = await self._redis.get(key)
            member = None if raw is None else read(raw, Member)
            if member is not None:
                found[member] = found.get(member, 0) + 1
        return found

    # Roles

    async def roles(self, user: int) -> frozenset[str]:
        """What a coordinator lets a member do."""
        raw: Any = await self._redis.hget(self._keys.console_roles(), str(user))
        return frozenset() if raw is None else frozenset(raw.decode().split(","))

    async def all_roles(self) -> dict[int, frozenset[str]]:
        """The same of everybody who was given a role, by user id."""
        found: Any = await self._redis.hgetall(self._keys.console_roles())
        return {int(user): frozenset(raw.decode().split(",")) for user, raw in found.items()}

    async def give_roles(self, user: int, roles: Iterable[str]) -> None:
        """Sets what a member may do, in place of what they might."""
        given = ",".join(sorted(roles))
        if given:
            await self._redis.hset(self._keys.console_roles(), str(user), given)
        else:
            await self._redis.hdel(self._keys.console_roles(), str(user))

    # Who changed what

    async def changed(self, change: Change) -> None:
        """Keeps that somebody changed something."""
        key = self._keys.console_changes(day_of(change.at))
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.rpush(key, msgspec.json.encode(change))
            pipe.ltrim(key, -CONSOLE_CHANGES_LENGTH, -1)
            pipe.expire(key, CONSOLE_CHANGES_TTL)
            await pipe.execute()

    async def changes(
        self, now: float, days: int = CONSOLE_CHANGES_TTL // DAY
    ) -> tuple[Change, ...]:
        """Who changed what in the last days, oldest first."""
        pipeline = self._redis.pipeline(transaction=False)
        for day in days_until(now, days):
            pipeline.lrange(self._keys.console_changes(day), 0, -1)
        return read_all((raw for raws in await pipeline.execute() for raw in raws), Change)


def _digest(secret: str) -> str:
    """A hash that nobody can guess the secret from: it has 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()
