"""A desk on a sandbox of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestServer

from bot.sandbox.config import SandboxConfig
from bot.sandbox.server import create_app
from bot.store.store import open_store
from tests.servers import SHARDS
from tests.telegram.desk.house import House

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.store.keys import Keys
    from bot.store.store import Store
    from tests.servers import StoreServer
    from tests.telegram.conftest import Measured


SHORT_LEASE = 0.6
"""Seconds after which the work of a dead process is another's."""


@pytest.fixture
async def bare_house(store: Store, metrics: Measured) -> AsyncIterator[House]:
    """Everything but the wiring: a test chooses the staff groups."""
    server = TestServer(create_app(SandboxConfig()), handler_cancellation=True)
    await server.start_server()
    root = str(server.make_url("/"))
    async with ClientSession(base_url=root) as session:
        made = House(store, root, session, metrics)
        async with made.application:
            yield made
    await server.close()


@pytest.fixture
async def house(bare_house: House) -> AsyncIterator[House]:
    """With the sandbox's ready staff group, which works always."""
    bare_house.furnish()
    async with bare_house.roles:
        yield bare_house


@pytest.fixture
async def brittle_house(
    store_server: StoreServer, keys: Keys, metrics: Measured
) -> AsyncIterator[House]:
    """Wired, with no process at work; what a dead process had is soon another's."""
    store = await open_store(store_server.url, keys.prefix, SHARDS, lease_seconds=SHORT_LEASE)
    server = TestServer(create_app(SandboxConfig()), handler_cancellation=True)
    await server.start_server()
    root = str(server.make_url("/"))
    async with ClientSession(base_url=root) as session:
        made = House(store, root, session, metrics)
        async with made.application:
            made.furnish()
            yield made
    await server.close()
    await store.close()
