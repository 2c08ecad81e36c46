"""The kill test of topics: kill -9 between Telegram's answer and our note of the topic.

Telegram has no list of topics, and a second one is made since the first is not known. But Telegram
tells the bot of each topic that it opened; the one that belongs to no case is deleted a minute
later. What people wrote stands in the other one, once.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from typing import TYPE_CHECKING

import pytest
from aiohttp import ClientSession
from telegram import Bot

from bot.store.keys import Family
from bot.store.store import open_store
from bot.telegram.request import AiohttpRequest
from bot.telegram.steps import Step
from tests.eventually import eventually
from tests.sandbox.conftest import Api
from tests.store.helpers import none_waits
from tests.telegram.bot_api import TOKEN
from tests.telegram.case_bench import CASE, GROUP, CaseBench, relay
from tests.telegram.mortal import SHARDS
from tests.telegram.test_kill import PREFIX, own_server
from tests.telegram.test_topics import sandbox

if TYPE_CHECKING:
    from aiohttp.test_utils import TestServer

    from tests.servers import StoreServer
    from tests.telegram.conftest import Measured

__all__ = ["own_server", "sandbox"]


@pytest.mark.parametrize("step", [Step.TOPIC_MADE, Step.SENT])
async def test_killed_while_a_topic_is_opened_there_is_one_in_the_end(
    own_server: StoreServer, sandbox: TestServer, metrics: Measured, step: Step
) -> None:
    root = str(sandbox.make_url("/"))
    store = await open_store(own_server.url, PREFIX, SHARDS)

    async def start(*death: str) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.telegram.mortal"),
            *(own_server.url, PREFIX, f"{root}bot", *death),
            stdout=asyncio.subprocess.DEVNULL,
            env={**os.environ, "PYTHONWARNINGS": "default"},
        )

    async with (
        ClientSession(base_url=root) as session,
        Bot(TOKEN, base_url=f"{root}bot", request=AiohttpRequest()) as bot,
    ):
        bench = CaseBench(store, bot, Api(session), metrics)
        await bench.open_case()
        await bench.post(relay(await bench.write("help"), "help"))
        process = await start(step.value, "1")
        assert await process.wait() == -signal.SIGKILL
        process = await start()

        async def all_is_well() -> bool:
            topics = [topic["id"] for topic in (await bench.view())["topics"]]
            known = await store.cases.topic(CASE)
            if known is None or known.card is None or topics != [1, known.thread]:
                return False
            return await none_waits(store, Family.OUTBOX)

        await eventually(all_is_well)
        texts = await bench.texts(await bench.thread())
        if step is Step.TOPIC_MADE:
            assert texts == ["Case 12", "help"]
        else:  # sent, and not recorded: at least once in words
            assert texts in (
                ["Case 12", "help"],
                ["Case 12", "help", "help"],
                ["Case 12", "Case 12", "help"],
            )
        assert await store.cases.in_topic(GROUP, await bench.thread()) == CASE
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0
    await store.close()
