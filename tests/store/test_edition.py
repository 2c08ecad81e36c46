"""The edition in the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.store.edition import Edition

if TYPE_CHECKING:
    from bot.store.store import Store

FIRST = Edition("aaaaaaaaaaaa", 1_800_000_000.0, b"\x00\xffpacked")
SECOND = Edition("bbbbbbbbbbbb", 1_800_000_060.5, b"other")


async def test_at_first_there_is_none(store: Store) -> None:
    assert await store.editions.version() is None
    assert await store.editions.load() is None
    assert not await store.editions.drop()


async def test_the_last_one_counts(store: Store) -> None:
    await store.editions.put(FIRST)
    assert (await store.editions.version(), await store.editions.load()) == ("aaaaaaaaaaaa", FIRST)

    await store.editions.put(SECOND)
    assert (await store.editions.version(), await store.editions.load()) == ("bbbbbbbbbbbb", SECOND)


async def test_it_stays_until_it_is_dropped(store: Store) -> None:
    await store.editions.put(FIRST)
    assert await store.redis.ttl(store.keys.edition()) == -1

    assert await store.editions.drop()
    assert await store.editions.load() is None


@pytest.mark.parametrize("missing", ["at", "packed"])
async def test_one_that_is_not_whole_can_be_read_all_the_same(store: Store, missing: str) -> None:
    await store.editions.put(FIRST)
    await store.redis.hdel(store.keys.edition(), missing)
    found = await store.editions.load()

    assert found is not None
    assert found.version == FIRST.version
    assert getattr(found, missing) in (0.0, b"")


async def test_without_a_version_it_is_none(store: Store) -> None:
    await store.editions.put(FIRST)
    await store.redis.hdel(store.keys.edition(), "version")

    assert await store.editions.version() is None
    assert await store.editions.load() is None
