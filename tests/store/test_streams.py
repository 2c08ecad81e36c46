"""Shards: which one a chat has, how many there are, what waits in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.store.counts import Count
from bot.store.keys import Family, Keys
from bot.store.leases import Leases
from bot.store.store import Store, open_store
from bot.store.streams import Backlog, Pulse, agree_on_shards, shard_of

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from tests.servers import StoreServer


def test_a_chats_shard_never_changes() -> None:
    """Another hash in a later release would tear the order of what waits."""
    assert [shard_of(chat, 16) for chat in (0, 1001, 1002, -1001234567890)] == [1, 1, 11, 5]


@given(st.integers(), st.integers(1, 256))
def test_every_number_has_a_shard(number: int, shards: int) -> None:
    assert 0 <= shard_of(number, shards) < shards


async def test_the_first_process_sets_the_number_of_shards(redis_client: Redis, keys: Keys) -> None:
    assert await agree_on_shards(redis_client, keys, 8) == 8
    assert await agree_on_shards(redis_client, keys, 8) == 8


async def test_the_number_changes_when_nothing_runs_and_nothing_waits(
    redis_client: Redis, keys: Keys
) -> None:
    await agree_on_shards(redis_client, keys, 8)
    assert await agree_on_shards(redis_client, keys, 4) == 4


@pytest.mark.parametrize("family", Family)
async def test_the_number_stays_while_something_waits(
    redis_client: Redis, keys: Keys, family: Family
) -> None:
    await agree_on_shards(redis_client, keys, 8)
    await redis_client.xadd(keys.stream(family, 7), {"key": "1"})
    assert await agree_on_shards(redis_client, keys, 4) == 8


@pytest.mark.parametrize("family", Family)
async def test_the_number_stays_while_a_process_runs(
    redis_client: Redis, keys: Keys, family: Family
) -> None:
    await agree_on_shards(redis_client, keys, 8)
    leases = Leases(redis_client, keys, family, 8, seconds=60)
    await leases.beat()
    assert await agree_on_shards(redis_client, keys, 4) == 8
    await leases.leave()
    assert await agree_on_shards(redis_client, keys, 4) == 4


async def test_an_opened_store_uses_the_number_in_force(
    store_server: StoreServer, store: Store
) -> None:
    await store.inbox.add(1, 1, b"x")
    other = await open_store(store_server.url, store.keys.prefix, store.shards + 1)
    assert other.shards == store.shards
    await other.close()


@pytest.mark.parametrize(
    ("policy", "told"), [("noeviction", False), ("allkeys-lru", True), ("volatile-ttl", True)]
)
async def test_a_server_that_would_forget_is_told_to_the_operator(
    store_server: StoreServer, redis_client: Redis, keys: Keys, policy: str, told: bool
) -> None:
    await redis_client.config_set("maxmemory", 2**30)
    await redis_client.config_set("maxmemory-policy", policy)
    try:
        with capture_logs() as logs:
            opened = await open_store(store_server.url, keys.prefix, 4)
    finally:
        await redis_client.config_set("maxmemory-policy", "noeviction")
        await redis_client.config_set("maxmemory", 0)
    await opened.close()
    assert ("redis_may_forget" in [log["event"] for log in logs]) is told


async def test_the_backlog_counts_all_shards(store: Store) -> None:
    assert await store.backlog(Family.INBOX) == Backlog(0, 0.0)
    for update_id in range(5):
        await store.inbox.add(update_id, update_id, b"x")
    found = await store.backlog(Family.INBOX)
    assert found.length == 5
    assert 0 <= found.age < 60


async def test_the_pulse_tells_who_works_and_when_anything_came_last(store: Store) -> None:
    assert await store.pulse(Family.INBOX) == Pulse(0, None)
    leases = Leases(store.redis, store.keys, Family.INBOX, store.shards)
    await leases.beat()
    await store.inbox.add(1, 1, b"x")
    for shard in range(store.shards):  # also when it is done already
        await store.redis.xtrim(store.keys.stream(Family.INBOX, shard), maxlen=0)
    found = await store.pulse(Family.INBOX)
    assert found.processes == 1
    assert found.quiet is not None
    assert 0 <= found.quiet < 60
    assert (await store.pulse(Family.OUTBOX)).processes == 0
    await leases.leave()
    assert (await store.pulse(Family.INBOX)).processes == 0


@given(st.builds(Count, *[st.text("abc_-:é", max_size=8)] * 3))
def test_a_counts_field_is_read_again(count: Count) -> None:
    assert Count.from_field(count.field()) == count
