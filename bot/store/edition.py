"""The edition: the answers that the console published, for the bots of every machine.

One hash, written by one command, so that nobody reads half of it. What is packed in it, and how, is
the answers room's business (``bot.answers.edition``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from bot.store.keys import Keys


class Edition(msgspec.Struct, frozen=True):
    """What was published.

    Attributes:
        version: the hash of all names and contents; two editions of one version are the same.
        at: when it was published, in seconds since the epoch.
        packed: the files.
    """

    version: str
    at: float
    packed: bytes


class Editions:
    """Reads and writes the one edition that there is."""

    def __init__(self, redis: Redis, keys: Keys) -> None:
        self._redis = redis
        self._keys = keys

    async def version(self) -> str | None:
        """The version of the edition, without loading it; None if there is none."""
        found: Any = await self._redis.hget(self._keys.edition(), "version")
        return None if found is None else found.decode("utf-8", "replace")

    async def load(self) -> Edition | None:
        """The edition; None if there is none. What is missing in it is empty."""
        found: Any = await self._redis.hgetall(self._keys.edition())
        if b"version" not in found:
            return None
        try:
            at = float(found.get(b"at", 0))
        except ValueError:
            at = 0.0
        return Edition(found[b"version"].decode("utf-8", "replace"), at, found.get(b"packed", b""))

    async def put(self, edition: Edition) -> None:
        """Replaces the edition; the bots serve it within seconds."""
        fields = ("version", edition.version, "at", edition.at, "packed", edition.packed)
        await self._redis.hset(self._keys.edition(), items=list(fields))

    async def drop(self) -> bool:
        """Removes the edition: every bot goes back to its own folder within seconds.

        A running console puts it there again: stop it first.

        Returns:
            Whether there was one.
        """
        return bool(await self._redis.delete(self._keys.edition()))
