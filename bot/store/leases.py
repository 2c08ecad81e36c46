"""Which process owns which shards.

A lease is a key with a token and a short life, renewed by beats. Its token fences what the owner
writes: once the lease is lost, the scripts that end a turn refuse it.
"""

from __future__ import annotations

import os
import socket
import time
from secrets import token_hex
from typing import TYPE_CHECKING

import msgspec

from bot.store import scripts

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from bot.store.keys import Family, Keys

LEASE_SECONDS = 10.0
"""How long a dead process's shards wait for another owner."""


class Lease(msgspec.Struct, frozen=True):
    """The right to handle a shard's entries.

    Attributes:
        shard: the shard.
        token: proves the ownership; no two leases ever given have the same.
    """

    shard: int
    token: bytes


class Beat(msgspec.Struct, frozen=True):
    """What changed with a beat.

    Attributes:
        fair: how many shards each live process should have at most.
        lost: leases that ended; what is in hand of them must be dropped.
        gained: leases that began.
    """

    fair: int
    lost: tuple[Lease, ...]
    gained: tuple[Lease, ...]


class Leases:
    """The leases of one process in one family of streams.

    Args:
        redis: the client.
        keys: the names of the keys.
        family: the inbox or the outbox.
        shards: as agreed by ``streams.agree_on_shards``.
        seconds: how long a lease lives without a beat.
    """

    def __init__(
        self, redis: Redis, keys: Keys, family: Family, shards: int, seconds: float = LEASE_SECONDS
    ) -> None:
        self.shards = shards
        self.seconds = seconds
        self.process = f"{socket.gethostname()}:{os.getpid()}:{token_hex(4)}"
        self._processes = keys.processes(family)
        self._names = [keys.lease(family, shard) for shard in range(shards)]
        self._fence = keys.fence()
        self._redis = redis
        self._beat = scripts.load(redis, "lease")
        self._release = scripts.load(redis, "release")
        self._held: dict[int, Lease] = {}
        self._renewed_at = -seconds

    @property
    def held(self) -> tuple[Lease, ...]:
        """The leases as of the last beat."""
        return tuple(self._held.values())

    def in_force(self, lease: Lease) -> bool:
        """Whether a lease can still be ours by our own clock; Redis knows better."""
        fresh = time.monotonic() - self._renewed_at < self.seconds
        return fresh and self._held.get(lease.shard) == lease

    async def beat(self, *, take: bool = True) -> Beat:
        """Shows that this process lives, renews its leases and takes free shards up to its share.

        Args:
            take: whether to take free shards; False while stopping.
        """
        started_at = time.monotonic()
        tokens = [self._held[i].token if i in self._held else b"" for i in range(self.shards)]
        milliseconds = int(self.seconds * 1000)
        fair, lost, gained, new_tokens = await self._beat(
            keys=[self._processes, self._fence, *self._names],
            args=[self.process, milliseconds, "1" if take else "0", *tokens],
        )
        self._renewed_at = started_at
        lost_leases = tuple(self._held.pop(shard) for shard in lost)
        gained_leases = tuple(
            Lease(shard, token) for shard, token in zip(gained, new_tokens, strict=True)
        )
        self._held.update({lease.shard: lease for lease in gained_leases})
        return Beat(fair, lost_leases, gained_leases)

    async def release(self, lease: Lease) -> None:
        """Gives a shard up, so that another process can take it at once."""
        if self._held.get(lease.shard) == lease:
            del self._held[lease.shard]
        await self._release(keys=[self._names[lease.shard]], args=[lease.token])

    async def leave(self) -> None:
        """Gives all shards up and no longer counts as a live process."""
        for lease in self.held:
            await self.release(lease)
        await self._redis.zrem(self._processes, self.process)
