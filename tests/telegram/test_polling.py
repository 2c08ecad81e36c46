"""An update is confirmed to Telegram once it is in the inbox, whatever stands in the way."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest
from redis.exceptions import ConnectionError as RedisConnectionError
from structlog.testing import capture_logs

from bot.store.inbox import Received
from bot.store.keys import Family
from bot.telegram.polling import MAX_REFUSALS, Polling, TokenRefusedError
from bot.telegram.steps import Step
from tests.eventually import eventually
from tests.store.helpers import entries
from tests.telegram.bot_api import TOKEN, BotApi, make_bot, message_update, refusal
from tests.telegram.helpers import Running

if TYPE_CHECKING:
    from aiohttp.test_utils import TestServer
    from telegram import Bot

    from bot.store.store import Store
    from tests.telegram.conftest import Measured


@pytest.fixture
def polling(store: Store, bot: Bot, metrics: Measured) -> Polling:
    return Polling(store.inbox, bot, metrics, long_poll=5)


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.polling.LONGEST_WAIT", 0.02)


async def received(store: Store) -> list[dict[str, Any]]:
    return [json.loads(entry.data) for entry in await entries(store, Family.INBOX)]


async def test_updates_are_kept_as_they_came_and_then_confirmed(
    api: BotApi, polling: Polling, store: Store, metrics: Measured
) -> None:
    odd = {"update_id": 12, "a_kind_to_come": {"x": [1, None, "қ"]}}
    api.add(message_update(10), message_update(11), odd)
    async with Running(polling):
        await api.until(lambda: not api.unconfirmed)
    found = sorted(await received(store), key=lambda update: update["update_id"])
    assert found == [message_update(10), message_update(11), odd]
    assert metrics.value("updates_received_total") == 3


async def test_what_telegram_sends_again_is_dropped(
    api: BotApi, polling: Polling, store: Store, metrics: Measured
) -> None:
    await store.inbox.add(10, 1001, b"{}")
    api.add(message_update(10))
    async with Running(polling):
        await api.until(lambda: not api.unconfirmed)
    assert await received(store) == [{}]
    assert metrics.value("updates_duplicate_total") == 1


async def test_nothing_is_confirmed_while_redis_is_away(
    api: BotApi, polling: Polling, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries, back = 0, asyncio.Event()
    add_all = store.inbox.add_all

    async def away(batch: list[Received]) -> list[bool]:
        nonlocal tries
        tries += 1
        if tries < 3:
            raise RedisConnectionError
        await back.wait()
        return await add_all(batch)

    monkeypatch.setattr(store.inbox, "add_all", away)
    api.add(message_update(10))
    async with Running(polling):
        await eventually(lambda: tries == 3)
        assert (api.unconfirmed, api.polls) == ([10], 1)
        back.set()
        await api.until(lambda: not api.unconfirmed)
    assert len(await received(store)) == 1


@pytest.mark.parametrize(
    "answer",
    [refusal(409, "Conflict: terminated by other getUpdates request"), refusal(502, "Bad Gateway")],
)
async def test_faults_are_waited_out(
    api: BotApi, polling: Polling, store: Store, answer: dict[str, Any]
) -> None:
    api.script(answer, "getUpdates", times=3)
    api.add(message_update(10))
    async with Running(polling):
        await api.until(lambda: not api.unconfirmed)
    assert len(await received(store)) == 1


async def test_another_receiver_is_named_in_the_log(api: BotApi, polling: Polling) -> None:
    api.script(refusal(409, "Conflict: terminated by other getUpdates request"), "getUpdates")
    api.add(message_update(10))
    with capture_logs() as logs:
        async with Running(polling):
            await api.until(lambda: not api.unconfirmed)
    assert "another_receiver" in [log["event"] for log in logs]
    assert TOKEN not in str(logs)


async def test_a_webhook_is_taken_down_first(api: BotApi, polling: Polling) -> None:
    async with Running(polling):
        await api.until(lambda: api.polls > 0)
    assert api.calls[0].method == "deleteWebhook"


async def test_a_wrong_token_ends_it_with_a_sentence(
    store: Store, api_server: TestServer, metrics: Measured
) -> None:
    bot = make_bot(api_server, "1:a-wrong-token")
    async with bot.request:
        with pytest.raises(TokenRefusedError, match="@BotFather"):
            await Polling(store.inbox, bot, metrics).run()


async def test_a_token_that_worked_may_be_refused_for_a_moment(
    api: BotApi, polling: Polling, store: Store
) -> None:
    api.script(refusal(401, "Unauthorized"), "getUpdates", times=MAX_REFUSALS - 1)
    api.add(message_update(10))
    async with Running(polling):
        await api.until(lambda: not api.unconfirmed)
    assert len(await received(store)) == 1


async def test_a_revoked_token_ends_it(api: BotApi, polling: Polling) -> None:
    api.script(refusal(401, "Unauthorized"), "getUpdates", times=MAX_REFUSALS)
    with pytest.raises(TokenRefusedError):
        await polling.run()


async def test_what_is_no_update_is_counted(
    api: BotApi, polling: Polling, store: Store, metrics: Measured
) -> None:
    api.script({"ok": True, "result": [3, {"update_id": "x"}, message_update(9)]}, "getUpdates")
    async with Running(polling):
        await api.until(lambda: api.polls > 0)
    assert [update["update_id"] for update in await received(store)] == [9]
    assert metrics.value("updates_rejected_total", cause="malformed") == 2


async def test_stopping_does_not_wait_for_the_long_poll(
    api: BotApi, store: Store, bot: Bot, metrics: Measured
) -> None:
    """The poll would last longer than this test may."""
    async with Running(Polling(store.inbox, bot, metrics, long_poll=3600)):
        await api.until(lambda: api.polls > 0)


async def test_the_steps_are_passed_in_order(
    store: Store, bot: Bot, api: BotApi, metrics: Measured
) -> None:
    steps: list[Step] = []
    api.add(message_update(1))
    async with Running(Polling(store.inbox, bot, metrics, long_poll=5, at=steps.append)):
        await api.until(lambda: not api.unconfirmed)
    assert steps == [Step.BEFORE_INBOX, Step.IN_INBOX]
