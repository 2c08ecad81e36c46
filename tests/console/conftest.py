"""The console on each kind of store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.store.store import open_store
from tests.console import house as houses
from tests.servers import (
    KINDS,
    SHARDS,
    StoreServer,
    keys,
    redis_client,
    servers,
    start_server,
    stop_server,
    store,
)
from tests.servers import either_server as store_server

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from bot.store.keys import Keys
    from bot.store.store import Store

__all__ = ["keys", "redis_client", "servers", "store", "store_server"]


@pytest.fixture
async def house(store: Store, tmp_path: Path) -> AsyncIterator[houses.House]:
    async with houses.house(store, tmp_path) as made:
        yield made


@pytest.fixture(params=KINDS)
def own_server(request: pytest.FixtureRequest) -> Iterator[StoreServer]:
    """A store of this test only, to be killed and started again."""
    server = start_server(request.param, fsync="no")
    yield server
    stop_server(server)


@pytest.fixture
async def brittle_house(
    own_server: StoreServer, keys: Keys, tmp_path: Path
) -> AsyncIterator[houses.House]:
    """A console whose store may be killed."""
    store = await open_store(own_server.url, keys.prefix, SHARDS)
    async with houses.house(store, tmp_path) as made:
        yield made
    await store.close()
