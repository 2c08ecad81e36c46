"""A scripted Bot API, a bot on it, metrics that can be read, and the stores."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from aiohttp.test_utils import TestServer
from prometheus_client import CollectorRegistry

from bot.telegram.metrics import Metrics
from tests.servers import either_server as store_server
from tests.servers import keys, redis_client, servers, store
from tests.telegram.bot_api import BotApi, make_bot

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from telegram import Bot

__all__ = ["keys", "redis_client", "servers", "store", "store_server"]


class Measured(Metrics):
    """Metrics of one test."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        super().__init__(self.registry)

    def value(self, name: str, **labels: str) -> float:
        """The value of a metric, 0 if it was never touched."""
        return self.registry.get_sample_value(f"helpline_{name}", labels) or 0.0


@pytest.fixture
def metrics() -> Measured:
    return Measured()


@pytest.fixture
async def api() -> BotApi:
    return BotApi()


@pytest.fixture
async def api_server(api: BotApi) -> AsyncIterator[TestServer]:
    server = TestServer(api.app)
    await server.start_server()
    yield server
    await server.close()


@pytest.fixture
async def bot(api: BotApi, api_server: TestServer) -> AsyncIterator[Bot]:
    async with make_bot(api_server) as made:
        api.calls.clear()
        yield made
