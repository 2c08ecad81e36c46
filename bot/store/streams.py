"""What the sharded streams of both families have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast
from zlib import crc32

import msgspec
from redis.typing import EncodableT, FieldT

from bot.store import scripts
from bot.store.keys import Family

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from bot.store.keys import Keys

Raw = tuple[bytes, Mapping[bytes, bytes]]
"""An entry as Redis gives it: id and fields."""

FIRST = b"0-0"
"""Reading after this id gives a stream from its start."""


class Entry(msgspec.Struct, frozen=True):
    """One entry of a shard.

    Attributes:
        shard: which shard it is in.
        id: its id in the stream, ``milliseconds-number`` by Redis' clock.
        fields: ``key`` says whose turn it is (entries of one key are handled in order), ``data``
            is the payload.
    """

    shard: int
    id: bytes
    fields: Mapping[bytes, bytes]

    @property
    def key(self) -> bytes:
        """Entries with equal keys are handled in order."""
        return self.fields.get(b"key", b"")

    @property
    def data(self) -> bytes:
        """The payload."""
        return self.fields.get(b"data", b"")

    @property
    def milliseconds(self) -> int:
        """When it was written, in milliseconds since the epoch, by Redis' clock."""
        return int(self.id.partition(b"-")[0])


class Follow(msgspec.Struct, frozen=True):
    """An entry that follows from the end of another one.

    Attributes:
        family: where it goes.
        chat_id: decides the shard.
        fields: of the entry.
    """

    family: Family
    chat_id: int
    fields: Mapping[FieldT, EncodableT]


class Backlog(msgspec.Struct, frozen=True):
    """What waits in a family.

    Attributes:
        length: number of entries.
        age: of the oldest one, in seconds; 0 if there is none.
    """

    length: int
    age: float


class Pulse(msgspec.Struct, frozen=True):
    """Whether a family is being worked on.

    Attributes:
        processes: how many live processes take its entries.
        quiet: for how many seconds nothing has come in; None if nothing ever did.
    """

    processes: int
    quiet: float | None


def shard_of(number: int, shards: int) -> int:
    """The shard of a chat (or, without a chat, of an update); the same in every process."""
    return crc32(str(number).encode()) % shards


async def agree_on_shards(redis: Redis, keys: Keys, wanted: int) -> int:
    """The number of shards that all processes use.

    It changes to ``wanted`` only while no process runs and nothing waits in any shard; otherwise
    the number in force is returned.
    """
    prefixes = (keys.stream(family, 0).removesuffix("0") for family in Family)
    script = scripts.load(redis, "layout")
    names = [keys.shards(), *(keys.processes(family) for family in Family)]
    return int(await script(keys=names, args=[wanted, *prefixes]))


async def read(
    redis: Redis, positions: Mapping[str, bytes], count: int, block_ms: int
) -> dict[str, list[Raw]]:
    """Reads several streams at once, each after a position, waiting for something to come.

    Args:
        redis: a client of ``connection.connect``.
        positions: the id after which to read, by stream.
        count: how many entries of each stream at most.
        block_ms: how long to wait at most, in milliseconds.
    """
    found = await redis.xread(cast("Any", positions), count=count, block=block_ms)
    by_name = cast("dict[bytes, list[Raw]]", found)
    return {name.decode(): entries for name, entries in by_name.items()}


async def read_one(redis: Redis, stream: str, entry_id: bytes) -> Mapping[bytes, bytes] | None:
    """The fields of an entry; None if it is gone."""
    found = await redis.xrange(stream, min=entry_id, max=entry_id)
    return cast("list[Raw]", found)[0][1] if found else None


async def backlog(redis: Redis, keys: Keys, family: Family, shards: int) -> Backlog:
    """How much waits in a family, and for how long."""
    pipeline = redis.pipeline(transaction=False)
    for shard in range(shards):
        pipeline.xlen(keys.stream(family, shard))
        pipeline.xrange(keys.stream(family, shard), count=1)
    pipeline.time()
    *found, (seconds, microseconds) = await pipeline.execute()
    now = int(seconds) + int(microseconds) / 1e6
    firsts = [Entry(0, entries[0][0], {}) for entries in found[1::2] if entries]
    oldest = min((entry.milliseconds / 1000 for entry in firsts), default=now)
    return Backlog(sum(found[::2]), max(0.0, now - oldest))


async def pulse(redis: Redis, keys: Keys, family: Family, shards: int) -> Pulse:
    """Which processes work on a family, and when its last entry came, done or not."""
    pipeline = redis.pipeline(transaction=False)
    pipeline.time()
    pipeline.zrange(keys.processes(family), 0, -1, withscores=True)
    for shard in range(shards):
        pipeline.xinfo_stream(keys.stream(family, shard))
    # A stream that never had an entry is an error.
    (seconds, microseconds), alive, *streams = await pipeline.execute(raise_on_error=False)
    now = int(seconds) + int(microseconds) / 1e6
    processes = sum(1 for _, until in alive if until > now * 1000)
    last = max(
        (
            Entry(0, bytes(one["last-generated-id"]), {}).milliseconds / 1000
            for one in streams
            if isinstance(one, dict)
        ),
        default=0.0,
    )
    return Pulse(processes, max(0.0, now - last) if last else None)
