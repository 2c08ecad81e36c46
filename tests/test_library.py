"""Bots with folders of their own, and an edition in a real store."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from secrets import token_hex

import pytest

from bot import library
from bot.answers import snapshot
from bot.answers.edition import pack
from bot.answers.watch import LibraryHolder
from bot.language.tags import Locale
from bot.library import first_edition, refresh
from bot.settings import Settings
from bot.store.edition import Edition
from bot.store.store import Store, open_store
from tests.answers.conftest import folder
from tests.answers.small_folder import edit
from tests.servers import StoreServer, start_server, stop_server

__all__ = ["folder"]

RU = "housing/rent/ru.md"
OLD, NEW, NEWEST = "Сколько стоит комната?", "Почём комната?", "Что стоит комната?"


@pytest.fixture
def server() -> Iterator[StoreServer]:
    started = start_server("redis", fsync="no")
    yield started
    stop_server(started)


@pytest.fixture
async def store(server: StoreServer) -> AsyncIterator[Store]:
    opened = await open_store(server.url, f"test-{token_hex(4)}:", 4)
    yield opened
    await opened.close()


def question(holder: LibraryHolder) -> str:
    return holder.library.answers["rent"].texts[Locale.RU].question


async def put(store: Store, folder: Path) -> str:
    taken = snapshot.take(folder)
    await store.editions.put(Edition(taken.version, 0.0, pack(taken)))
    return taken.version


@pytest.fixture
def elsewhere(folder: Path, tmp_path: Path) -> Path:
    """The folder of another machine."""
    copied = tmp_path / "elsewhere"
    shutil.copytree(folder, copied)
    return copied


async def test_without_an_edition_the_folder_is_served_and_followed(
    store: Store, folder: Path
) -> None:
    holder = LibraryHolder(folder, edition=await first_edition(store.editions))
    assert question(holder) == OLD
    edit(folder / RU, OLD, NEW)

    assert await refresh(holder, store.editions)
    assert question(holder) == NEW


async def test_an_edition_reaches_every_bot(store: Store, folder: Path, elsewhere: Path) -> None:
    here, there = LibraryHolder(folder), LibraryHolder(elsewhere)
    edit(folder / RU, OLD, NEW)
    version = await put(store, folder)

    assert await refresh(here, store.editions)
    assert await refresh(there, store.editions)
    assert (question(here), question(there)) == (NEW, NEW)
    assert (here.library.version, there.library.version) == (version, version)
    started_later = LibraryHolder(elsewhere, edition=await first_edition(store.editions))
    assert question(started_later) == NEW
    assert not await refresh(started_later, store.editions)


async def test_a_broken_edition_is_refused_once_and_the_next_good_one_taken(
    store: Store, folder: Path, elsewhere: Path
) -> None:
    holder = LibraryHolder(elsewhere)
    edit(folder / RU, "# everyone", "# nobody")
    await put(store, folder)
    assert not await refresh(holder, store.editions)
    assert not await refresh(holder, store.editions)
    assert question(holder) == OLD

    edit(folder / RU, "# nobody", "# everyone")
    edit(folder / RU, OLD, NEW)
    await put(store, folder)
    assert await refresh(holder, store.editions)
    assert question(holder) == NEW


async def test_while_the_store_is_away_an_edition_stays_in_service(
    store: Store, server: StoreServer, folder: Path, elsewhere: Path
) -> None:
    with_edition, without = LibraryHolder(elsewhere), LibraryHolder(folder)
    edit(folder / RU, OLD, NEW)
    await put(store, folder)
    await refresh(with_edition, store.editions)
    server.kill()
    edit(elsewhere / RU, OLD, NEWEST)

    assert not await refresh(with_edition, store.editions)
    assert question(with_edition) == NEW
    assert await refresh(without, store.editions)
    assert question(without) == NEW
    server.start()
    assert not await refresh(with_edition, store.editions)


async def test_an_operator_can_drop_it(
    store: Store, server: StoreServer, folder: Path, elsewhere: Path
) -> None:
    holder = LibraryHolder(elsewhere)
    edit(folder / RU, OLD, NEW)
    await put(store, folder)
    await refresh(holder, store.editions)
    settings = Settings(redis_url=server.url, key_prefix=store.keys.prefix, shards=4)

    assert await library.drop(settings)
    assert await refresh(holder, store.editions)
    assert question(holder) == OLD
    assert not await library.drop(settings)


async def test_an_edition_that_is_not_whole_does_no_harm(store: Store, folder: Path) -> None:
    await put(store, folder)
    await store.redis.hdel(store.keys.edition(), "packed")
    holder = LibraryHolder(folder, edition=await first_edition(store.editions))

    assert question(holder) == OLD
    edit(folder / RU, OLD, NEW)
    assert await refresh(holder, store.editions)
