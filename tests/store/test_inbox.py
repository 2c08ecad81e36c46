"""The inbox takes each update once, in order, or says that it could not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from redis.exceptions import ResponseError

from bot.store.inbox import Received
from bot.store.keys import SEEN_TTL, Family
from tests.store.helpers import entries

if TYPE_CHECKING:
    from bot.store.store import Store


async def test_an_update_is_written_with_its_chat_and_payload(store: Store) -> None:
    assert await store.inbox.add(7, 1001, b'{"update_id":7}') is True
    (entry,) = await entries(store, Family.INBOX)
    assert (entry.key, entry.data) == (b"1001", b'{"update_id":7}')


async def test_a_duplicate_is_dropped(store: Store) -> None:
    assert await store.inbox.add(7, 1001, b"first") is True
    assert await store.inbox.add(7, 1001, b"again") is False
    assert [entry.data for entry in await entries(store, Family.INBOX)] == [b"first"]


async def test_a_late_id_is_accepted(store: Store) -> None:
    """No high-water mark: an id below those seen is new if it was not seen itself."""
    assert await store.inbox.add(9, 1001, b"nine") is True
    assert await store.inbox.add(3, 1001, b"three") is True
    assert [entry.data for entry in await entries(store, Family.INBOX)] == [b"nine", b"three"]


async def test_a_batch_keeps_its_order_and_tells_duplicates(store: Store) -> None:
    await store.inbox.add(2, 5, b"two")
    batch = [Received(1, 5, b"one"), Received(2, 5, b"two"), Received(3, 5, b"three")]
    assert await store.inbox.add_all(batch) == [True, False, True]
    found = [entry.data for entry in await entries(store, Family.INBOX)]
    assert found == [b"two", b"one", b"three"]


async def test_the_same_id_twice_in_one_batch_is_written_once(store: Store) -> None:
    batch = [Received(1, 5, b"one"), Received(1, 5, b"one")]
    assert await store.inbox.add_all(batch) == [True, False]


async def test_updates_without_a_chat_have_a_queue_each(store: Store) -> None:
    await store.inbox.add(1, None, b"a")
    await store.inbox.add(2, None, b"b")
    assert {entry.key for entry in await entries(store, Family.INBOX)} == {
        b"update 1",
        b"update 2",
    }


async def test_a_chats_updates_share_a_shard(store: Store) -> None:
    for update_id in range(20):
        await store.inbox.add(update_id, -100123, b"x")
    assert len({entry.shard for entry in await entries(store, Family.INBOX)}) == 1


async def test_ids_are_remembered_for_longer_than_telegram_keeps_updates(store: Store) -> None:
    await store.inbox.add(7, 1001, b"x")
    ttl = await store.redis.ttl(store.keys.seen(7))
    assert 24 * 3600 < ttl <= SEEN_TTL


async def test_full_memory_refuses_a_batch_as_a_whole(store: Store) -> None:
    await store.inbox.add(1, 1001, b"before")
    await store.redis.config_set("maxmemory", 1)
    try:
        with pytest.raises(ResponseError):
            await store.inbox.add_all([Received(1, 1001, b"x"), Received(2, 1001, b"y")])
    finally:
        await store.redis.config_set("maxmemory", 0)
    assert await store.inbox.add_all([Received(2, 1001, b"y")]) == [True]
