"""What tests of the store need again and again."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

from bot.store.leases import Lease, Leases
from bot.store.streams import Entry, Raw, shard_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.store.consumer import Consumer, Delivery
    from bot.store.keys import Family
    from bot.store.store import Store


async def owned(store: Store, family: Family, chat_id: int) -> Lease:
    """A lease on the shard of a chat, as a process of its own would have it."""
    leases = Leases(store.redis, store.keys, family, store.shards, seconds=60)
    await leases.beat()
    return next(lease for lease in leases.held if lease.shard == shard_of(chat_id, store.shards))


async def entries(store: Store, family: Family) -> list[Entry]:
    """All that waits in a family, oldest first within each shard."""
    return [
        Entry(shard, entry_id, fields)
        for shard in range(store.shards)
        for entry_id, fields in await stream(store, store.keys.stream(family, shard))
    ]


async def stream(store: Store, name: str) -> list[Raw]:
    """All entries of a stream."""
    return cast("list[Raw]", await store.redis.xrange(name))


async def none_waits(store: Store, family: Family) -> bool:
    """Whether all entries of a family are done.

    Shards are read one after the other: what is done in a later one may put something new into an
    earlier one meanwhile. So it has to be true twice.
    """
    return not await entries(store, family) and not await entries(store, family)


class Recorder:
    """A handler that notes what it was given and deletes it, as a turn's commit would."""

    def __init__(self, store: Store, family: Family) -> None:
        self.seen: list[tuple[bytes, bytes]] = []
        self._store = store
        self._family = family
        self._changed = asyncio.Event()

    async def __call__(self, delivery: Delivery) -> None:
        entry = delivery.entry
        self.note(entry)
        await self._store.redis.xdel(self._store.keys.stream(self._family, entry.shard), entry.id)

    def note(self, entry: Entry) -> None:
        self.seen.append((entry.key, entry.data))
        self._changed.set()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Waits until what was seen is as wished; the test's own time limit ends it."""
        while not condition():
            self._changed.clear()
            await self._changed.wait()

    def of(self, key: bytes) -> list[bytes]:
        return [data for seen_key, data in self.seen if seen_key == key]


class Running:
    """A consumer that runs as long as the context lasts."""

    def __init__(self, consumer: Consumer) -> None:
        self.consumer = consumer
        self.task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Running:
        self.task = asyncio.create_task(self.consumer.run())
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self.task is not None
        self.consumer.stop()
        if not self.task.done():
            await self.task

    async def die(self) -> None:
        """Ends it as kill -9 would: nothing is released."""
        assert self.task is not None
        self.consumer._leases.leave = _nothing  # type: ignore[method-assign]
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)


async def _nothing() -> None:
    return None
