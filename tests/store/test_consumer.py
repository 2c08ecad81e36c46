"""Entries are handled once, in order per key, by whoever owns their shard."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from redis.exceptions import ConnectionError as RedisConnectionError

from bot.store import streams
from bot.store.consumer import KEPT_PAYLOADS, Delivery, LostLeaseError
from bot.store.keys import Family
from tests.eventually import eventually
from tests.store.helpers import Recorder, Running, entries

if TYPE_CHECKING:
    from bot.store.store import Store

MANY_CHATS = 50


async def fill(store: Store, chats: int, each: int, start: int = 0) -> None:
    """Updates of several chats, interleaved; each says its number within the chat."""
    for number in range(each):
        for chat in range(chats):
            update_id = start + number * chats + chat
            await store.inbox.add(update_id, chat, str(start + number).encode())


async def test_order_per_chat_holds_with_many_chats(store: Store) -> None:
    record = Recorder(store, Family.INBOX)

    async def handle(delivery: Delivery) -> None:
        for _ in range(int(delivery.entry.key) % 7):  # some chats take longer than others
            await asyncio.sleep(0)
        await record(delivery)

    await fill(store, MANY_CHATS, 3)
    async with Running(store.consumer(Family.INBOX, handle)):
        await fill(store, MANY_CHATS, 3, start=1000)
        await record.until(lambda: len(record.seen) == MANY_CHATS * 6)
    for chat in range(MANY_CHATS):
        numbers = [int(data) for data in record.of(str(chat).encode())]
        assert numbers == [0, 1, 2, 1000, 1001, 1002]
    assert await entries(store, Family.INBOX) == []


async def test_a_slow_chat_holds_up_only_itself(store: Store) -> None:
    record, released = Recorder(store, Family.INBOX), asyncio.Event()

    async def handle(delivery: Delivery) -> None:
        if delivery.entry.key == b"0":
            await released.wait()
        await record(delivery)

    await fill(store, 8, 2)
    async with Running(store.consumer(Family.INBOX, handle)):
        await record.until(lambda: len(record.seen) == 14)
        assert record.of(b"0") == []
        released.set()
        await record.until(lambda: len(record.seen) == 16)


async def test_a_chat_with_a_long_queue_is_handled_in_order(store: Store) -> None:
    """Beyond a few entries only ids are kept in memory, and payloads are read again."""
    record, released = Recorder(store, Family.INBOX), asyncio.Event()

    async def handle(delivery: Delivery) -> None:
        if delivery.entry.key == b"0":
            await released.wait()
        await record(delivery)

    count = 20 * KEPT_PAYLOADS
    await fill(store, 1, count)
    await store.inbox.add(9999, 4, b"behind")
    async with Running(store.consumer(Family.INBOX, handle)):
        await record.until(lambda: len(record.of(b"4")) == 1)
        released.set()
        await record.until(lambda: len(record.seen) == count + 1)
    assert [int(data) for data in record.of(b"0")] == list(range(count))


async def test_a_dead_owners_entries_come_first_to_the_heir(store: Store) -> None:
    """What an owner had in hand when it died is still in the stream."""
    stuck = asyncio.Event()

    async def die_in_it(_: Delivery) -> None:
        stuck.set()
        await asyncio.Event().wait()

    record = Recorder(store, Family.INBOX)
    await store.inbox.add(1, 1001, b"first")
    async with Running(store.consumer(Family.INBOX, die_in_it)) as dead:
        await stuck.wait()
        await dead.die()
    await store.inbox.add(2, 1001, b"second")
    async with Running(store.consumer(Family.INBOX, record)):
        await record.until(lambda: len(record.seen) == 2)
    assert record.of(b"1001") == [b"first", b"second"]


async def test_two_processes_share_the_shards_and_handle_each_entry_once(store: Store) -> None:
    record = Recorder(store, Family.INBOX)
    one = Running(store.consumer(Family.INBOX, record))
    two = Running(store.consumer(Family.INBOX, record))
    async with one, two:
        await eventually(lambda: (one.consumer.shards, two.consumer.shards) == (2, 2))
        await fill(store, MANY_CHATS, 3)
        await record.until(lambda: len(record.seen) >= MANY_CHATS * 3)
    assert set(Counter(record.seen).values()) == {1}
    for chat in range(MANY_CHATS):
        assert record.of(str(chat).encode()) == [b"0", b"1", b"2"]


async def test_order_holds_while_shards_change_hands(store: Store) -> None:
    record = Recorder(store, Family.INBOX)
    filling = asyncio.create_task(fill(store, 20, 40))
    async with Running(store.consumer(Family.INBOX, record)) as one:
        async with Running(store.consumer(Family.INBOX, record)) as two:
            await eventually(lambda: two.consumer.shards > 0)
        await filling
        await eventually(lambda: one.consumer.shards == store.shards)
        await record.until(lambda: len(record.seen) >= 800)
    assert set(Counter(record.seen).values()) == {1}
    for chat in range(20):
        assert [int(data) for data in record.of(str(chat).encode())] == list(range(40))


async def test_stopping_finishes_what_was_started_and_leaves_the_rest(store: Store) -> None:
    record, started, released = Recorder(store, Family.INBOX), asyncio.Event(), asyncio.Event()

    async def handle(delivery: Delivery) -> None:
        started.set()
        await released.wait()
        await record(delivery)

    await fill(store, 1, 3)
    async with Running(store.consumer(Family.INBOX, handle)) as running:
        await started.wait()
        running.consumer.stop()
        released.set()
    assert record.seen == [(b"0", b"0")]
    assert [entry.data for entry in await entries(store, Family.INBOX)] == [b"1", b"2"]
    assert await store.redis.keys(f"{store.keys.prefix}lease:*") == []


async def test_an_entry_is_delivered_again_after_redis_was_away(store: Store) -> None:
    record = Recorder(store, Family.INBOX)
    repeats: list[bool] = []

    async def handle(delivery: Delivery) -> None:
        repeats.append(delivery.repeated)
        if len(repeats) < 3:
            raise RedisConnectionError
        await record(delivery)

    await fill(store, 1, 1)
    async with Running(store.consumer(Family.INBOX, handle)):
        await record.until(lambda: len(record.seen) == 1)
    assert repeats == [False, True, True]


async def test_an_entry_done_while_a_read_was_on_its_way_is_not_handled_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a fault everything is read anew, and the answer may show what was done meanwhile."""
    record, started, released = Recorder(store, Family.INBOX), asyncio.Event(), asyncio.Event()
    real, reads = streams.read, 0

    async def handle(delivery: Delivery) -> None:
        started.set()
        await released.wait()
        await record(delivery)

    async def read(*args: Any) -> Any:
        nonlocal reads
        reads += 1
        if reads == 2:
            await started.wait()
            raise RedisConnectionError
        found = await real(*args)
        if reads == 3:
            assert found
            released.set()
            await eventually(lambda: not consumer._queues)
        return found

    monkeypatch.setattr(streams, "read", read)
    await store.inbox.add(1, 0, b"once")
    consumer = store.consumer(Family.INBOX, handle)
    async with Running(consumer):
        await record.until(lambda: len(record.seen) == 1)
        await store.inbox.add(2, 0, b"after")
        await record.until(lambda: len(record.seen) >= 2)
    assert record.of(b"0") == [b"once", b"after"]


async def test_a_lost_lease_drops_the_shard_until_it_is_leased_again(store: Store) -> None:
    record = Recorder(store, Family.INBOX)
    tokens: list[bytes] = []

    async def handle(delivery: Delivery) -> None:
        tokens.append(delivery.lease.token)
        if len(tokens) == 1:
            await store.redis.delete(store.keys.lease(Family.INBOX, delivery.lease.shard))
            raise LostLeaseError
        await record(delivery)

    await fill(store, 1, 3)
    async with Running(store.consumer(Family.INBOX, handle)):
        await record.until(lambda: len(record.seen) == 3)
    assert record.of(b"0") == [b"0", b"1", b"2"]
    assert tokens[0] != tokens[1] == tokens[2] == tokens[3]


async def test_a_bug_in_a_handler_ends_the_role(store: Store) -> None:
    """The process runner starts it again; an entry is never passed over in silence."""

    async def handle(_: Delivery) -> None:
        raise ZeroDivisionError

    await fill(store, 1, 1)
    with pytest.raises(ExceptionGroup) as caught:
        await store.consumer(Family.INBOX, handle).run()
    assert caught.group_contains(ZeroDivisionError)
    assert len(await entries(store, Family.INBOX)) == 1


async def test_what_follows_can_be_ended_with_the_one_at_work(store: Store) -> None:
    """Also what is not kept in memory; others of the key come next, in order."""
    record, full = Recorder(store, Family.INBOX), asyncio.Event()
    taken: list[bytes] = []
    count = 2 * KEPT_PAYLOADS

    async def handle(delivery: Delivery) -> None:
        if delivery.entry.key == b"4":
            full.set()  # by then all of chat 0 is in hand, for it was written before
            await record(delivery)
            return
        await full.wait()
        if not taken:
            along = await consumer.following(delivery, KEPT_PAYLOADS + 2)
            taken.extend(entry.data for entry in along)
            stream = store.keys.stream(Family.INBOX, delivery.entry.shard)
            await store.redis.xdel(stream, *(entry.id for entry in along))
            consumer.done_along(delivery, [entry.id for entry in along])
        await record(delivery)

    await fill(store, 1, count)
    await store.inbox.add(9999, 4, b"behind")
    consumer = store.consumer(Family.INBOX, handle)
    async with Running(consumer):
        await record.until(lambda: b"%d" % (count - 1) in record.of(b"0"))
    numbers = [b"%d" % number for number in range(count)]
    assert taken == numbers[1 : KEPT_PAYLOADS + 3]
    assert record.of(b"0") == [numbers[0], *numbers[KEPT_PAYLOADS + 3 :]]
    assert await entries(store, Family.INBOX) == []


async def test_nothing_follows_once_the_rest_is_left_to_others(store: Store) -> None:
    found: list[int] = []
    full = asyncio.Event()

    async def handle(delivery: Delivery) -> None:
        if delivery.entry.key == b"4":
            full.set()
            return
        await full.wait()
        found.append(len(await consumer.following(delivery, 5)))
        consumer.stop()
        await consumer.leaves(delivery.lease)  # at once
        found.append(len(await consumer.following(delivery, 5)))

    await fill(store, 1, 3)
    await store.inbox.add(9999, 4, b"behind")
    consumer = store.consumer(Family.INBOX, handle)
    async with Running(consumer):
        await eventually(lambda: len(found) == 2)
    assert found == [2, 0]


async def test_a_shard_that_another_process_shall_have_is_left(store: Store) -> None:
    left: list[bytes] = []

    async def handle(delivery: Delivery) -> None:
        await consumer.leaves(delivery.lease)
        left.append(delivery.entry.data)

    await fill(store, 8, 1)
    consumer = store.consumer(Family.INBOX, handle)
    async with Running(consumer) as one:
        await eventually(lambda: one.consumer.shards == store.shards)
        record = Recorder(store, Family.INBOX)
        async with Running(store.consumer(Family.INBOX, record)):
            await record.until(lambda: len(record.seen) > 0)
    assert left
