"""A request of Telegram's is answered 200 once its update is in the inbox, and only then."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestClient, TestServer, unused_port
from redis.exceptions import ConnectionError as RedisConnectionError

from bot.store.keys import Family
from bot.telegram.polling import TokenRefusedError
from bot.telegram.webhook import MAX_BODY, SECRET_HEADER, Webhook
from tests.store.helpers import entries
from tests.telegram.bot_api import BotApi, make_bot, message_update, refusal
from tests.telegram.helpers import Running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from telegram import Bot

    from bot.store.store import Store
    from tests.telegram.conftest import Measured

SECRET = "a-secret-of-some-length"
RIGHT = {SECRET_HEADER: SECRET}
BODY = json.dumps(message_update(7)).encode()


def webhook(store: Store, bot: Bot, metrics: Measured, port: int = 1) -> Webhook:
    return Webhook(
        store.inbox,
        bot,
        metrics,
        url="https://example.org/hook",
        secret=SECRET,
        host="127.0.0.1",
        port=port,
    )


@pytest.fixture
async def client(store: Store, bot: Bot, metrics: Measured) -> AsyncIterator[TestClient[Any, Any]]:
    async with TestClient(TestServer(webhook(store, bot, metrics).app())) as made:
        yield made


async def post(client: TestClient[Any, Any], body: bytes, headers: dict[str, str]) -> int:
    async with client.post("/hook", data=body, headers=headers) as answer:
        return answer.status


async def test_an_update_is_kept_byte_by_byte(
    client: TestClient[Any, Any], store: Store, metrics: Measured
) -> None:
    assert await post(client, BODY, RIGHT) == 200
    (entry,) = await entries(store, Family.INBOX)
    assert (entry.key, entry.data) == (b"1001", BODY)
    assert metrics.value("updates_received_total") == 1


async def test_a_repeated_update_is_dropped(
    client: TestClient[Any, Any], store: Store, metrics: Measured
) -> None:
    assert [await post(client, BODY, RIGHT) for _ in range(2)] == [200, 200]
    assert len(await entries(store, Family.INBOX)) == 1
    assert metrics.value("updates_duplicate_total") == 1


@pytest.mark.parametrize(
    "headers", [{}, {SECRET_HEADER: ""}, {SECRET_HEADER: SECRET[:-1]}, {SECRET_HEADER: "é"}]
)
async def test_without_the_secret_nothing_is_taken(
    client: TestClient[Any, Any], store: Store, metrics: Measured, headers: dict[str, str]
) -> None:
    assert await post(client, BODY, headers) == 403
    assert await entries(store, Family.INBOX) == []
    assert metrics.value("updates_rejected_total", cause="secret") == 1


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"update_id":"7"}', b"\xff\x00"])
async def test_what_is_no_update_is_refused_and_counted(
    client: TestClient[Any, Any], store: Store, metrics: Measured, body: bytes
) -> None:
    assert await post(client, body, RIGHT) == 400
    assert await entries(store, Family.INBOX) == []
    assert metrics.value("updates_rejected_total", cause="malformed") == 1


async def test_a_body_too_large_is_refused(client: TestClient[Any, Any]) -> None:
    body = BytesIO(b" " * (MAX_BODY + 1))
    async with client.post("/hook", data=body, headers=RIGHT) as answer:
        assert answer.status == 413


async def test_while_redis_is_away_telegram_is_told_to_come_again(
    client: TestClient[Any, Any], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(_: object) -> list[bool]:
        raise RedisConnectionError

    with monkeypatch.context() as patched:
        patched.setattr(store.inbox, "add_all", away)
        assert await post(client, BODY, RIGHT) == 503
    assert await post(client, BODY, RIGHT) == 200
    assert len(await entries(store, Family.INBOX)) == 1


async def test_other_paths_and_methods_are_not_there(client: TestClient[Any, Any]) -> None:
    async with client.post("/", data=BODY, headers=RIGHT) as answer:
        assert answer.status == 404
    async with client.get("/hook", headers=RIGHT) as answer:
        assert answer.status == 405


async def test_it_listens_before_telegram_is_told_where(
    store: Store, bot: Bot, api: BotApi, metrics: Measured
) -> None:
    api.script(refusal(502, "Bad Gateway"), "setWebhook")
    port = unused_port()
    async with Running(webhook(store, bot, metrics, port)):
        await api.until(lambda: len(api.calls) == 2)
        async with (
            ClientSession() as session,
            session.post(f"http://127.0.0.1:{port}/hook", data=BODY, headers=RIGHT) as answer,
        ):
            assert answer.status == 200
    params = api.calls[-1].params
    assert (params["url"], params["secret_token"]) == ("https://example.org/hook", SECRET)
    assert "callback_query" in json.loads(params["allowed_updates"])


async def test_a_wrong_token_ends_it_with_a_sentence(
    store: Store, api_server: TestServer, metrics: Measured
) -> None:
    bot = make_bot(api_server, "1:a-wrong-token")
    async with bot.request:
        with pytest.raises(TokenRefusedError):
            await webhook(store, bot, metrics, unused_port()).run()
