"""The request class maps every fault to python-telegram-bot's errors, over real HTTP."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer, unused_port
from telegram import Bot, InputFile
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.telegram.request import AiohttpRequest
from tests.telegram.bot_api import TOKEN, BotApi, make_bot, refusal

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

SENT = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}}


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (refusal(400, "Bad Request: chat not found"), BadRequest),
        (refusal(401, "Unauthorized"), InvalidToken),
        (refusal(403, "Forbidden: bot was blocked by the user"), Forbidden),
        (refusal(404, "Not Found"), InvalidToken),
        (refusal(409, "Conflict: terminated by other getUpdates request"), Conflict),
        (refusal(429, "Too Many Requests: retry after 7", retry_after=7), RetryAfter),
        (refusal(400, "Bad Request: group upgraded", migrate_to_chat_id=-1005), ChatMigrated),
        (refusal(500, "Internal Server Error"), NetworkError),
        (refusal(502, "Bad Gateway"), NetworkError),
    ],
)
async def test_telegrams_errors_are_mapped(
    api: BotApi, bot: Bot, answer: dict[str, object], error: type[TelegramError]
) -> None:
    api.script(answer)
    with pytest.raises(error) as caught:
        await bot.send_message(1, "x")
    assert type(caught.value) is error


async def test_the_wait_and_the_new_chat_are_carried_over(api: BotApi, bot: Bot) -> None:
    api.script(refusal(429, "Too Many Requests", retry_after=7))
    with pytest.raises(RetryAfter) as waiting:
        await bot.send_message(1, "x")
    assert waiting.value._retry_after.total_seconds() == 7
    api.script(refusal(400, "group upgraded", migrate_to_chat_id=-1005))
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(1, "x")
    assert moved.value.new_chat_id == -1005


async def test_words_of_any_script_arrive_as_they_are(api: BotApi, bot: Bot) -> None:
    text = "Ўзбекча «қ» 😀 \u202e & <b> \x01"
    await bot.send_message(1, text)
    assert api.of(1) == [text]


async def test_a_file_goes_as_a_form(bot: Bot, api: BotApi) -> None:
    await bot.send_document(1, InputFile(b"a file", filename="a.txt"), caption="сөз")
    (call,) = api.calls
    assert (call.method, call.params["caption"]) == ("sendDocument", "сөз")
    assert "document" in call.params


@pytest.fixture
async def odd_server() -> AsyncIterator[TestServer]:
    """Answers as no Bot API does."""

    async def answer(request: web.Request) -> web.StreamResponse:
        match request.match_info["method"]:
            case "getMe":
                await asyncio.sleep(3600)
            case "close":
                assert request.transport is not None
                request.transport.abort()
            case "logOut":
                raise web.HTTPFound("https://example.org/")
            case "getWebhookInfo":
                return web.Response(text="<html>not ours: secret words</html>")
        return web.Response(text=json.dumps(["no", "object"]))

    app = web.Application()
    app.router.add_route("*", "/bot{token}/{method}", answer)
    server = TestServer(app)
    await server.start_server()
    yield server
    await server.close()


@pytest.fixture
async def odd(odd_server: TestServer) -> AsyncIterator[Bot]:
    bot = make_bot(odd_server)
    async with bot.request:
        yield bot


async def test_no_answer_in_time(odd: Bot) -> None:
    with pytest.raises(TimedOut):
        await odd.get_me(read_timeout=0.05, write_timeout=0.05)


async def test_a_cut_connection_says_nothing_about_the_address(odd: Bot) -> None:
    with pytest.raises(NetworkError) as caught:
        await odd.close()
    assert TOKEN not in str(caught.value)


async def test_a_redirect_is_not_followed(odd: Bot) -> None:
    """It would carry the token to another host."""
    with pytest.raises(NetworkError):
        await odd.log_out()


@pytest.mark.parametrize("method", ["get_webhook_info", "get_my_name"])
async def test_an_answer_that_is_none_is_not_logged(
    odd: Bot, method: str, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(TelegramError):
        await getattr(odd, method)()
    assert "secret words" not in caplog.text


async def test_nobody_listens() -> None:
    address = f"http://127.0.0.1:{unused_port()}/bot"
    bot = Bot(TOKEN, base_url=address, request=AiohttpRequest())
    async with bot.request:
        with pytest.raises(NetworkError) as caught:
            await bot.get_me()
    assert TOKEN not in str(caught.value)


async def test_too_few_connections_is_a_time_out_that_sent_nothing(odd_server: TestServer) -> None:
    request = AiohttpRequest(connections=1)
    async with request:
        url = str(odd_server.make_url(f"/bot{TOKEN}/getMe"))
        hanging = asyncio.create_task(request.do_request(url, "POST", read_timeout=None))
        await asyncio.sleep(0)
        with pytest.raises(TimedOut, match="nothing was sent"):
            await request.do_request(url, "POST", pool_timeout=0.02, connect_timeout=0.02)
        hanging.cancel()
        await asyncio.gather(hanging, return_exceptions=True)


async def test_it_can_be_opened_again_but_not_used_closed() -> None:
    request = AiohttpRequest()
    with pytest.raises(RuntimeError):
        await request.do_request("http://127.0.0.1:1/", "POST")
    await request.initialize()
    await request.shutdown()
    await request.initialize()
    await request.shutdown()


def test_the_default_read_timeout_is_told() -> None:
    assert AiohttpRequest(read_timeout=3.0).read_timeout == 3.0
