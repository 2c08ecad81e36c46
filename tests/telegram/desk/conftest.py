"""A desk on a sandbox of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestServer

from bot.sandbox.config import SandboxConfig
from bot.sandbox.server import create_app
from tests.telegram.desk.house import House

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.store.store import Store
    from tests.telegram.conftest import Measured


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
