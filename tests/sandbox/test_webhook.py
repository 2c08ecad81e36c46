"""Delivery to a webhook: the secret, the order, another try, the pending count."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from telegram.error import BadRequest, Conflict

from bot.sandbox.webhook import SECRET_HEADER
from tests.sandbox.conftest import Api

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from aiohttp import ClientSession
    from telegram import Bot

    from tests.sandbox.conftest import StartSandbox


class Receiver:
    """A webhook that says what it is told to say."""

    def __init__(self) -> None:
        self.statuses: list[int] = []
        self.seen: asyncio.Queue[tuple[str | None, dict[str, Any]]] = asyncio.Queue()

    async def handle(self, request: web.Request) -> web.Response:
        await self.seen.put((request.headers.get(SECRET_HEADER), await request.json()))
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)


@pytest.fixture
async def sandbox(start_sandbox: StartSandbox) -> TestServer:
    return await start_sandbox(webhook_retry_seconds=0.01, webhook_retry_limit=0.02)


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
async def url(receiver: Receiver) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_post("/hook", receiver.handle)
    server = TestServer(app)
    await server.start_server()
    yield str(server.make_url("/hook"))
    await server.close()


async def test_updates_come_in_order_with_the_secret(
    bot: Bot, api: Api, receiver: Receiver, url: str
) -> None:
    await api.send("before")
    assert await bot.set_webhook(url, secret_token="s-1_x")
    await api.send("after")
    got = [await receiver.seen.get() for _ in range(2)]
    assert [(secret, update["message"]["text"]) for secret, update in got] == [
        ("s-1_x", "before"),
        ("s-1_x", "after"),
    ]


async def test_a_refused_update_comes_again_before_the_next(
    bot: Bot, api: Api, receiver: Receiver, url: str
) -> None:
    receiver.statuses = [500, 403]
    await bot.set_webhook(url)
    await api.send("one")
    await api.send("two")
    texts = [(await receiver.seen.get())[1]["message"]["text"] for _ in range(4)]
    assert texts == ["one", "one", "one", "two"]
    info = await bot.get_webhook_info()
    assert info.last_error_message == "Wrong response from the webhook: 403 Forbidden"
    assert info.last_error_date is not None


async def test_pending_count_and_drop(bot: Bot, api: Api, url: str) -> None:
    await api.send("one")
    await api.send("two")
    assert (await bot.get_webhook_info()).pending_update_count == 2
    await bot.delete_webhook(drop_pending_updates=True)
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count) == ("", 0)


async def test_nobody_there_is_a_refused_connection(bot: Bot, api: Api) -> None:
    await bot.set_webhook("http://127.0.0.1:9/hook", allowed_updates=["message"])
    await api.send("one")
    info = await bot.get_webhook_info()
    while not info.last_error_message:
        info = await bot.get_webhook_info()
    assert info.last_error_message == "Connection refused"
    assert info.pending_update_count == 1
    assert info.allowed_updates == ("message",)


async def test_polling_is_refused_while_a_webhook_is_set(bot: Bot, url: str) -> None:
    await bot.set_webhook(url)
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


@pytest.mark.parametrize("address", ["ftp://a.kz", "nonsense", "http://", "http://a:x/"])
async def test_a_wrong_address_is_refused(bot: Bot, address: str) -> None:
    with pytest.raises(BadRequest, match="Bad webhook: an https url must be provided"):
        await bot.set_webhook(address)


async def test_a_wrong_secret_is_refused(bot: Bot, url: str) -> None:
    with pytest.raises(BadRequest, match="Secret token contains unallowed characters"):
        await bot.set_webhook(url, secret_token="a b")


async def test_a_method_in_the_answer_is_honestly_missing(
    bot: Bot, raw: ClientSession, url: str
) -> None:
    answered: asyncio.Queue[bool] = asyncio.Queue()

    async def with_method(request: web.Request) -> web.Response:
        await answered.put(True)
        return web.json_response({"method": "sendMessage", "chat_id": 1001, "text": "x"})

    app = web.Application()
    app.router.add_post("/", with_method)
    async with TestServer(app) as server:
        await bot.set_webhook(str(server.make_url("/")))
        api = Api(raw)
        await api.send("one")
        await api.send("two")
        await answered.get()
        # The second update comes only after the first answer was read.
        await answered.get()
        errors = [call.get("error", "") for call in (await api.get("/calls"))["calls"]]
    assert "Not Implemented in the sandbox: a method call in the answer to a webhook" in errors
