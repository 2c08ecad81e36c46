"""Shards have one owner each, are shared fairly, and are taken over from the dead."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.store.keys import Family, Keys
from bot.store.leases import Leases

if TYPE_CHECKING:
    from redis.asyncio import Redis


def process(redis: Redis, keys: Keys, seconds: float = 60) -> Leases:
    return Leases(redis, keys, Family.INBOX, 8, seconds)


async def test_the_first_process_takes_all(redis_client: Redis, keys: Keys) -> None:
    one = process(redis_client, keys)
    beat = await one.beat()
    assert (beat.fair, len(beat.gained), beat.lost) == (8, 8, ())
    assert [lease.shard for lease in one.held] == list(range(8))
    assert all(one.in_force(lease) for lease in one.held)


async def test_a_second_process_takes_its_half_as_it_is_released(
    redis_client: Redis, keys: Keys
) -> None:
    one, two = process(redis_client, keys), process(redis_client, keys)
    await one.beat()
    assert (await two.beat()).gained == ()
    assert (await one.beat()).fair == 4
    for lease in one.held[4:]:
        await one.release(lease)
    await two.beat()
    assert [lease.shard for lease in one.held] == [0, 1, 2, 3]
    assert [lease.shard for lease in two.held] == [4, 5, 6, 7]


async def test_no_process_takes_more_than_its_share(redis_client: Redis, keys: Keys) -> None:
    three = [process(redis_client, keys) for _ in range(3)]
    for one in three:  # all are known before the first takes anything
        await one.beat(take=False)
    for one in three:
        await one.beat()
    assert [len(one.held) for one in three] == [3, 3, 2]


async def test_tokens_are_never_given_twice(redis_client: Redis, keys: Keys) -> None:
    one = process(redis_client, keys)
    await one.beat()
    first = one.held
    for lease in first:
        await one.release(lease)
    await one.beat()
    assert not {lease.token for lease in first} & {lease.token for lease in one.held}


async def test_a_dead_processes_shards_are_taken_over(redis_client: Redis, keys: Keys) -> None:
    dead, heir = process(redis_client, keys, 0.3), process(redis_client, keys, 0.3)
    await dead.beat()
    while len(heir.held) < 8:
        await heir.beat()
        await asyncio.sleep(0.05)
    assert [lease.shard for lease in (await dead.beat()).lost] == list(range(8))
    assert dead.held == ()


async def test_a_lease_is_not_trusted_longer_than_it_lives(redis_client: Redis, keys: Keys) -> None:
    one = process(redis_client, keys, 0.05)
    await one.beat()
    lease = one.held[0]
    await asyncio.sleep(0.06)  # a lease is time itself: there is nothing else to await
    assert one.in_force(lease) is False


async def test_who_leaves_frees_its_shards_at_once(redis_client: Redis, keys: Keys) -> None:
    one, two = process(redis_client, keys), process(redis_client, keys)
    await one.beat()
    await one.leave()
    assert len((await two.beat()).gained) == 8


async def test_a_release_does_not_touch_another_owners_lease(
    redis_client: Redis, keys: Keys
) -> None:
    one, two = process(redis_client, keys), process(redis_client, keys)
    await one.beat()
    lease = one.held[0]
    await redis_client.delete(*(keys.lease(Family.INBOX, shard) for shard in range(8)))
    await two.beat()
    assert lease.shard in {taken.shard for taken in two.held}
    await one.release(lease)
    assert (await two.beat()).lost == ()


async def test_while_stopping_nothing_new_is_taken(redis_client: Redis, keys: Keys) -> None:
    assert (await process(redis_client, keys).beat(take=False)).gained == ()


async def test_families_are_leased_apart(redis_client: Redis, keys: Keys) -> None:
    await process(redis_client, keys).beat()
    outbox = Leases(redis_client, keys, Family.OUTBOX, 8, 60)
    assert len((await outbox.beat()).gained) == 8
