"""Hands the entries of leased shards to a handler: in order per key, different keys concurrently.

Reading needs no consumer group: a shard has one owner at a time, whatever is in its stream is not
done, and a new owner reads from the start. Reading is harmless without the lease; ending a turn is
what the lease fences. (Pending lists of a group would not be fenced: an owner that lost its lease
could read a new entry into them, where the new owner, having read what was pending, would never
look.)
"""

from __future__ import annotations

import asyncio
import random
from collections import deque
from collections.abc import Awaitable, Callable
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

import msgspec
import structlog
from redis.exceptions import RedisError

from bot.store import streams
from bot.store.leases import Lease
from bot.store.streams import FIRST, Entry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from redis.asyncio import Redis

    from bot.store.keys import Family, Keys
    from bot.store.leases import Leases

READ_COUNT = 64
"""Entries of each shard in one read."""

BLOCK_MS = 1000
"""How long one read waits: a shard that was gained meanwhile is read at the latest then."""

KEPT_PAYLOADS = 8
"""Payloads of one key kept in memory; those behind are read again when it is their turn, so that
one chat with thousands of entries neither fills the memory nor holds up the chats behind it."""

MAX_IN_HAND = 100_000
"""Entries in hand, as ids of about 100 bytes, after which reading pauses."""

MAX_KEYS = 10_000
"""Keys at work at the same time, each a task, after which reading pauses."""

STOP_SECONDS = 10.0
"""How long a stop waits for what is in hand; the process runner kills after 20 seconds."""

_T = TypeVar("_T")

_log = structlog.get_logger()


class LostLeaseError(Exception):
    """The shard belongs to another process now: drop what is in hand of it."""


class Delivery(msgspec.Struct, frozen=True):
    """An entry to handle.

    Attributes:
        entry: the entry.
        lease: the lease it is handled under.
        repeated: it was delivered before in this process, and Redis was away.
    """

    entry: Entry
    lease: Lease
    repeated: bool = False


Handler = Callable[[Delivery], Awaitable[None]]
"""Handles one entry; it returns when the entry is gone from the stream.

A RedisError means that Redis is away: the entry is delivered again later, with ``repeated`` set.
LostLeaseError drops the shard. Any other exception is a bug and ends the role.
"""


class _Shard:
    """A shard under one lease."""

    __slots__ = ("cursor", "draining", "gone", "in_hand", "just_done", "lease", "leaving")

    def __init__(self, lease: Lease) -> None:
        self.lease = lease
        self.cursor = FIRST
        self.in_hand: set[bytes] = set()
        self.just_done: set[bytes] = set()  # since the running read began: it may still show them
        self.draining = False
        self.gone = asyncio.Event()
        self.leaving = asyncio.Event()  # what has not begun of it is left to others


class _Item:
    """An entry in the queue of its key."""

    __slots__ = ("entry", "id", "shard")

    def __init__(self, shard: _Shard, entry: Entry, *, with_payload: bool) -> None:
        self.shard = shard
        self.id = entry.id
        self.entry = entry if with_payload else None


class Consumer:
    """The owner of some shards of a family.

    Args:
        redis: the client.
        keys: the names of the keys.
        family: the inbox or the outbox.
        leases: of this process in the family.
        handle: handles one entry.
    """

    def __init__(
        self, redis: Redis, keys: Keys, family: Family, leases: Leases, handle: Handler
    ) -> None:
        self._redis = redis
        self._keys = keys
        self._family = family
        self._leases = leases
        self._handle = handle
        self._shards: dict[int, _Shard] = {}
        self._queues: dict[bytes, deque[_Item]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopping = asyncio.Event()
        self._ended = asyncio.Event()
        self._beat_now = asyncio.Event()
        self._changed = asyncio.Event()
        self._in_hand = 0

    @property
    def shards(self) -> int:
        """How many shards this process owns."""
        return len(self._shards)

    def behind(self, key: bytes) -> list[bytes]:
        """The payloads in memory of what waits behind the entry of a key that is at work."""
        items = islice(self._queues.get(key, ()), 1, None)
        return [item.entry.data for item in items if item.entry is not None]

    async def following(self, delivery: Delivery, most: int) -> list[Entry]:
        """The entries right behind one that is at work, of the same key, in order.

        Raises:
            RedisError: one of them had to be read again, and Redis is away.
        """
        found: list[Entry] = []
        for item in list(islice(self._queues.get(delivery.entry.key, ()), 1, 1 + most)):
            if item.shard.lease != delivery.lease or self._is_left_to_others(item.shard):
                break
            entry = item.entry or await self._read_again(item)
            if entry is None:
                break
            found.append(entry)
        return found

    def done_along(self, delivery: Delivery, entries: Iterable[bytes]) -> None:
        """Entries of ``following`` are gone from the stream together with the one at work."""
        done, queue = set(entries), self._queues.get(delivery.entry.key, deque())
        for item in [item for item in islice(queue, 1, None) if item.id in done]:
            queue.remove(item)
            self._count_done(item)

    async def leaves(self, lease: Lease) -> None:
        """Returns when what has not begun of a shard is to be left to others, or to a restart."""
        shard = self._shards.get(lease.shard)
        if shard is not None and shard.lease == lease and not self._stopping.is_set():
            await shard.leaving.wait()

    def in_force(self, lease: Lease) -> bool:
        """Whether a lease can still be ours by our own clock."""
        return self._leases.in_force(lease)

    def stop(self) -> None:
        """Asks ``run`` to end: what has been started is finished, the rest is left to others."""
        self._stopping.set()
        self._changed.set()
        for shard in self._shards.values():
            shard.leaving.set()

    async def run(self) -> None:
        """Works until stopped, then gives the leases back."""
        async with asyncio.TaskGroup() as at_work:
            at_work.create_task(self._keep_leases())
            reads = at_work.create_task(self._read(at_work))
            try:
                await self._stopping.wait()
                await self._finish()
            finally:
                # Flags end the loops, for a cancellation alone may not: asyncio.wait_for, which the
                # client uses, can lose one (https://github.com/python/cpython/issues/86296).
                self.stop()
                self._ended.set()
                self._beat_now.set()
                reads.cancel()
        try:
            async with asyncio.timeout(2):
                await self._leases.leave()
        except (RedisError, TimeoutError):
            _log.warning("leases_not_released", family=self._family)  # they end by themselves

    async def _finish(self) -> None:
        try:
            async with asyncio.timeout(STOP_SECONDS):
                while self._queues:
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            _log.warning("stopped_with_work_in_hand", family=self._family, keys=len(self._queues))
            for task in self._tasks:
                task.cancel()

    # Leases

    async def _keep_leases(self) -> None:
        while not self._ended.is_set():
            self._beat_now.clear()
            try:
                beat = await self._leases.beat(take=not self._stopping.is_set())
            except RedisError as error:
                _log.warning("lease_beat_failed", family=self._family, error=type(error).__name__)
                await wait_for(self._beat_now, self._leases.seconds / 10)
                continue
            for lease in beat.lost:
                self._drop(lease)
            for lease in self._leases.held:
                if lease.shard not in self._shards:
                    self._shards[lease.shard] = _Shard(lease)
            if beat.lost or beat.gained:
                _log.info("shards_owned", family=self._family, shards=len(self._shards))
                self._changed.set()
            await self._drain_surplus(beat.fair)
            await wait_for(self._beat_now, self._leases.seconds / 4)

    async def _drain_surplus(self, fair: int) -> None:
        """Shards above our share are given up, once what was started of them is finished."""
        surplus = len(self._shards) - fair
        for number, shard in enumerate(sorted(self._shards.values(), key=lambda s: -s.lease.shard)):
            if shard.draining and number >= surplus:
                shard.cursor = FIRST  # kept after all: read again what was left to others
            shard.draining = number < surplus
            if shard.draining:
                shard.leaving.set()
            elif not self._stopping.is_set():
                shard.leaving.clear()
        for shard in [shard for shard in self._shards.values() if shard.draining]:
            if not shard.in_hand:
                del self._shards[shard.lease.shard]
                await self._release(shard.lease)

    async def _release(self, lease: Lease) -> None:
        try:
            await self._leases.release(lease)
        except RedisError:
            _log.warning("leases_not_released", family=self._family)  # it ends by itself

    def _drop(self, lease: Lease) -> None:
        shard = self._shards.get(lease.shard)
        if shard is not None and shard.lease == lease:
            del self._shards[lease.shard]
            shard.gone.set()
            shard.leaving.set()
            _log.warning("lease_lost", family=self._family, shard=lease.shard)

    # Reading

    async def _read(self, at_work: asyncio.TaskGroup) -> None:
        while not self._stopping.is_set():
            self._changed.clear()
            shards = [shard for shard in self._shards.values() if not shard.draining]
            if not shards or self._in_hand >= MAX_IN_HAND or len(self._queues) >= MAX_KEYS:
                await wait_for(self._changed, BLOCK_MS / 1000)
                continue
            for shard in shards:
                shard.just_done.clear()
            positions = {self._stream(shard): shard.cursor for shard in shards}
            try:
                found = await streams.read(self._redis, positions, READ_COUNT, BLOCK_MS)
            except RedisError as error:
                _log.warning("read_failed", family=self._family, error=type(error).__name__)
                await asyncio.sleep(self._leases.seconds / 10)
                for shard in shards:  # a new primary may have other ids: look at all of it again
                    shard.cursor = FIRST
                continue
            for shard in shards:
                if shard.cursor == positions[self._stream(shard)]:  # else to be read anew
                    self._take(shard, found.get(self._stream(shard), ()), at_work)

    def _stream(self, shard: _Shard) -> str:
        return self._keys.stream(self._family, shard.lease.shard)

    def _take(
        self,
        shard: _Shard,
        found: Iterable[streams.Raw],
        at_work: asyncio.TaskGroup,
    ) -> None:
        """Queues what was read, unless the shard was lost or is being given up meanwhile."""
        if shard.gone.is_set() or shard.draining or self._stopping.is_set():
            return
        for entry_id, fields in found:
            shard.cursor = entry_id
            if entry_id in shard.in_hand or entry_id in shard.just_done:
                continue
            shard.in_hand.add(entry_id)
            self._in_hand += 1
            entry = Entry(shard.lease.shard, entry_id, fields)
            queue = self._queues.get(entry.key)
            if queue is None:
                queue = self._queues[entry.key] = deque()
                task = at_work.create_task(self._work_off(entry.key, queue))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
            # Behind an entry from before a lost lease: that one may be this one, about to be done.
            doubtful = bool(queue) and queue[0].shard is not shard
            keep = len(queue) < KEPT_PAYLOADS and not doubtful
            queue.append(_Item(shard, entry, with_payload=keep))

    # Handling

    async def _work_off(self, key: bytes, queue: deque[_Item]) -> None:
        """Handles the entries of one key, one after the other, until there are no more."""
        try:
            while queue:
                item = queue[0]
                if not self._is_left_to_others(item.shard):
                    await self._deliver(item)
                queue.popleft()
                self._count_done(item)
        finally:
            del self._queues[key]
            self._changed.set()

    def _count_done(self, item: _Item) -> None:
        item.shard.in_hand.discard(item.id)
        item.shard.just_done.add(item.id)
        self._in_hand -= 1

    def _is_left_to_others(self, shard: _Shard) -> bool:
        return shard.gone.is_set() or shard.draining or self._stopping.is_set()

    async def _deliver(self, item: _Item) -> None:
        """Delivers an entry until it is done, its shard is lost, or we stop while Redis is away."""
        tries = 0
        while not item.shard.gone.is_set():
            try:
                entry = item.entry or await self._read_again(item)
                if entry is not None:
                    await self._handle(Delivery(entry, item.shard.lease, tries > 0))
            except RedisError as error:
                _log.warning("redis_away", family=self._family, error=type(error).__name__)
                tries += 1
                await wait_for(item.shard.gone, backoff(tries))
                if self._stopping.is_set():
                    return
            except LostLeaseError:
                self._drop(item.shard.lease)
                self._beat_now.set()
                return
            else:
                return

    async def _read_again(self, item: _Item) -> Entry | None:
        fields = await streams.read_one(self._redis, self._stream(item.shard), item.id)
        return None if fields is None else Entry(item.shard.lease.shard, item.id, fields)


QUIET_TRIES = 5
"""About three seconds: as long as a store that starts beside us takes."""


def backoff(tries: int, *, longest: float = 5.0) -> float:
    """How long to wait after so many failures, in seconds: doubling, with jitter."""
    return min(longest, 0.1 * 2.0 ** min(tries, 20)) * random.uniform(0.5, 1.5)  # noqa: S311


async def until_done(call: Callable[[], Awaitable[_T]], event: str) -> _T:
    """Repeats a call until Redis answers it, with growing waits; ``event`` names it in the log.

    For calls that are safe to repeat and whose result must not be lost.
    """
    tries = 0
    while True:
        try:
            return await call()
        except RedisError as error:
            tries += 1
            if tries > QUIET_TRIES:
                _log.warning("redis_away", waiting=event, tries=tries, error=type(error).__name__)
            await asyncio.sleep(backoff(tries))


async def wait_for(event: asyncio.Event, seconds: float) -> None:
    """Waits for an event, at most so long."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        pass
