"""The internal port: alive, ready, metrics."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.internal import internal_app


def check(*, works: bool) -> Callable[[], Awaitable[bool]]:
    async def answer() -> bool:
        return works

    return answer


@pytest.fixture
async def connect() -> AsyncIterator[Callable[..., Awaitable[TestClient]]]:
    clients = []

    async def make(**parts: bool) -> TestClient:
        app = internal_app({name.replace("_", "?"): check(works=w) for name, w in parts.items()})
        client = TestClient(TestServer(app))
        await client.start_server()
        clients.append(client)
        return client

    yield make
    for client in clients:
        await client.close()


async def test_alive_says_nothing_of_the_parts(
    connect: Callable[..., Awaitable[TestClient]],
) -> None:
    client = await connect(store=False)
    assert (await client.get("/healthz")).status == 200


async def test_ready_needs_the_store_and_can_do_without_the_classifier(
    connect: Callable[..., Awaitable[TestClient]],
) -> None:
    without_classifier = await (await connect(store=True, classifier_=False)).get("/readyz")
    assert without_classifier.status == 200
    assert await without_classifier.json() == {
        "ready": True,
        "parts": {"store": True, "classifier": False},
    }
    without_store = await (await connect(store=False, classifier_=True)).get("/readyz")
    assert without_store.status == 503


async def test_metrics_are_prometheus_text(
    connect: Callable[..., Awaitable[TestClient]],
) -> None:
    answer = await (await connect(store=True)).get("/metrics")
    assert "# HELP" in await answer.text()
