"""Delivery to a webhook: the secret, the order, another try, the pending count."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from telegram.error import BadRequest, Conflict

from bot.sandbox.bot_api.webhook import SECRET_HEADER
from tests.sandbox.conftest import Api
from tests.sandbox.menu_bot import TOKEN

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from aiohttp import ClientSession
    from telegram import Bot

    from tests.sandbox.calls import Calls
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


class SlowReceiver:
    """A webhook that answers when it is told to; knows how many requests wait at once."""

    def __init__(self) -> None:
        self.waiting: dict[str, asyncio.Future[int]] = {}
        self.came = asyncio.Event()

    async def handle(self, request: web.Request) -> web.Response:
        text = (await request.json())["message"]["text"]
        answer = self.waiting[text] = asyncio.get_running_loop().create_future()
        self.came.set()
        return web.Response(status=await answer)

    def answer(self, text: str, status: int = 200) -> None:
        self.waiting.pop(text).set_result(status)

    async def until_waiting(self, *texts: str) -> None:
        while set(self.waiting) != set(texts):
            self.came.clear()
            await self.came.wait()


async def test_chats_are_posted_at_once_up_to_max_connections_and_each_in_order(
    bot: Bot, api: Api
) -> None:
    """As WebhookActor.cpp does it; one connection only, until the webhook has answered once."""
    receiver = SlowReceiver()
    app = web.Application()
    app.router.add_post("/", receiver.handle)
    async with TestServer(app) as server:
        for user, text in ((1, "1a"), (2, "2a"), (1, "1b"), (3, "3a"), (4, "4a")):
            await api.send(text, user)
        await bot.set_webhook(str(server.make_url("/")), max_connections=3)
        await receiver.until_waiting("1a")
        receiver.answer("1a")
        await receiver.until_waiting("2a", "1b", "3a")
        receiver.answer("2a")
        await receiver.until_waiting("1b", "3a", "4a")
        receiver.answer("1b", 500)
        await receiver.until_waiting("1b", "3a", "4a")  # again, while the others still wait
        for text in ("1b", "3a", "4a"):
            receiver.answer(text)
        while (await bot.get_webhook_info()).pending_update_count:
            await asyncio.sleep(0)


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


@pytest.mark.parametrize("address", ["ftp://a.kz", "http://", "http://a:x/"])
async def test_a_wrong_address_is_refused(bot: Bot, address: str) -> None:
    with pytest.raises(BadRequest, match="Invalid webhook url specified"):
        await bot.set_webhook(address)


async def test_what_a_webhook_does_not_have_here_is_said(calls: Calls) -> None:
    words = await calls.refused("setWebhook", url="http://127.0.0.1:1/", ip_address="127.0.0.2")
    assert words == "Not Implemented in the sandbox: parameter ip_address"
    assert (await calls.ok("getWebhookInfo"))["url"] == ""


async def test_an_address_needs_its_scheme(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Bad webhook: an https url must be provided"):
        await bot.set_webhook("egov.kz/hook")


async def test_a_wrong_secret_is_refused(bot: Bot, url: str) -> None:
    with pytest.raises(BadRequest, match="Secret token contains unallowed characters"):
        await bot.set_webhook(url, secret_token="a b")


class Answering:
    """A webhook that writes a method into each of its answers."""

    def __init__(self, *answers: web.Response) -> None:
        self._answers = list(answers)
        self.asked: asyncio.Queue[None] = asyncio.Queue()

    async def handle(self, request: web.Request) -> web.Response:
        await self.asked.put(None)
        return self._answers.pop(0) if self._answers else web.Response()


async def _answers(bot: Bot, api: Api, *answers: web.Response) -> list[dict[str, Any]]:
    """Let a webhook answer some updates; return the calls that the journal has of it."""
    receiver = Answering(*answers)
    app = web.Application()
    app.router.add_post("/", receiver.handle)
    async with TestServer(app) as server:
        await bot.set_webhook(str(server.make_url("/")))
        before = (await api.get("/calls"))["now"]
        for _ in range(len(answers) + 1):
            await api.send("update")
            # The next update of a chat comes only after the answer to this one was read.
            await receiver.asked.get()
    calls: list[dict[str, Any]] = (await api.get(f"/calls?after={before}"))["calls"]
    return calls


async def test_a_method_in_the_answer_is_carried_out(bot: Bot, api: Api) -> None:
    message = {"method": "sendMessage", "chat_id": 1001}
    buttons = {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}
    calls = await _answers(
        bot,
        api,
        web.json_response(message | {"text": "as JSON", "reply_markup": buttons}),
        web.Response(
            text="method=sendMessage&chat_id=1001&text=as+a+form",
            content_type="application/x-www-form-urlencoded",
        ),
    )
    assert [call["ok"] for call in calls] == [True, True]
    texts = [m["text"] for m in await api.messages() if m["from"]["is_bot"]]
    assert texts == ["as JSON", "as a form"]


async def test_a_method_in_the_answer_may_be_refused(bot: Bot, api: Api) -> None:
    calls = await _answers(
        bot, api, web.json_response({"method": "sendMessage", "chat_id": 5, "text": "a"})
    )
    assert [call["error"] for call in calls] == ["Bad Request: chat not found"]


async def test_what_telegram_does_not_take_from_an_answer(bot: Bot, api: Api) -> None:
    calls = await _answers(
        bot,
        api,
        web.json_response({"method": "getMe"}),
        web.json_response({"method": "deleteWebhook"}),
        web.json_response({"method": 5}),
        web.json_response(["method"]),
        web.Response(text="{", content_type="application/json"),
        web.Response(text="method=getMe"),
    )
    assert calls == []
    assert (await bot.get_webhook_info()).url


async def test_what_became_of_the_webhook_is_told_in_words(raw: ClientSession, url: str) -> None:
    async def words(method: str, **params: str) -> str:
        async with raw.post(f"/bot{TOKEN}/{method}", json=params) as answer:
            told: str = (await answer.json())["description"]
            return told

    assert await words("setWebhook", url=url) == "Webhook was set"
    assert await words("setWebhook", url=url) == "Webhook is already set"
    assert await words("setWebhook", url="") == "Webhook was deleted"
    assert await words("deleteWebhook") == "Webhook is already deleted"
