"""The kill test: kill -9 at every step of an update's way, of our process and of the store.

What must hold: an update that was acknowledged to Telegram is answered exactly once in state (each
chat's count is right) and at least once in words, in order per chat.

The store runs with ``appendfsync always``, as the embedded one does: no write is answered before
it is on disk. With ``everysec`` a killed *process* would lose nothing either, as long as the disk
keeps up (the file was written, though not yet synced), but a power cut would lose up to two
seconds of updates that Telegram will not send again. Measured on two cores, ``always``
takes nothing from the rate of turns (about 2,000 a second either way, for many share one sync).
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

import pytest

from bot.dialogue.session import Session
from bot.store.keys import Family
from bot.store.store import open_store
from bot.telegram.steps import Step
from tests.servers import KINDS, start_server, stop_server
from tests.store.helpers import entries
from tests.telegram.bot_api import BotApi, message_update
from tests.telegram.mortal import SHARDS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from aiohttp.test_utils import TestServer

    from tests.servers import StoreServer

CHATS = range(1001, 1006)
EACH = 6
EXPECTED = [str(number) for number in range(1, EACH + 1)]
PREFIX = "kill:"


@pytest.fixture(params=KINDS)
def own_server(request: pytest.FixtureRequest) -> Iterator[StoreServer]:
    """A store of this test only, which may be killed."""
    server = start_server(request.param, fsync="always")
    yield server
    stop_server(server)


class Bench:
    """People who write, a process that answers, and the store between."""

    def __init__(self, server: StoreServer, api: BotApi, api_server: TestServer) -> None:
        self.server = server
        self.api = api
        self._api_url = str(api_server.make_url("/bot"))
        self._process: asyncio.subprocess.Process | None = None

    async def start(self, step: Step | None = None, times: int = 0) -> asyncio.subprocess.Process:
        """Starts the process, to die at a step or to live."""
        death = (step.value, str(times)) if step else ()
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.telegram.mortal"),
            *(self.server.url, PREFIX, self._api_url, *death),
            stdout=asyncio.subprocess.DEVNULL,
            env={**os.environ, "PYTHONWARNINGS": "default"},
        )
        return self._process

    async def end(self) -> int:
        """Ends the process in order, if it still lives; its exit code."""
        if self._process is None:
            return 0
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGTERM)
        return await self._process.wait()

    def write(self, first: int = 1, last: int = EACH) -> None:
        """Everyone writes their messages with these numbers, in turn."""
        for number in range(first, last + 1):
            for chat in CHATS:
                self.api.add(message_update(number * 100 + chat - 1001, chat))

    def answered(self, number: int = EACH) -> bool:
        return all(str(number) in self.api.of(chat) for chat in CHATS)

    async def check(self) -> None:
        """Exactly once in state, at least once in words, in order; and nothing is left over."""
        for chat in CHATS:
            texts = self.api.of(chat)
            assert [text for text, _ in groupby(texts)] == EXPECTED
        store = await open_store(self.server.url, PREFIX, SHARDS)
        try:
            sessions = [(await store.sessions.load(chat)).session for chat in CHATS]
            assert sessions == [Session(misses=EACH)] * len(CHATS)
            left = [await entries(store, family) for family in Family]
            assert left == [[], []]
            assert await store.redis.keys(f"{PREFIX}attempts:*") == []
            assert await store.redis.keys(f"{PREFIX}dead*") == []
        finally:
            await store.close()
        assert self.api.unconfirmed == []


@pytest.fixture
async def bench(
    own_server: StoreServer, api: BotApi, api_server: TestServer
) -> AsyncIterator[Bench]:
    made = Bench(own_server, api, api_server)
    yield made
    await made.end()


@pytest.mark.parametrize("step", [step for step in Step if step is not Step.TOPIC_MADE])
async def test_killed_at_a_step_nothing_is_lost_and_nothing_counted_twice(
    bench: Bench, step: Step
) -> None:
    """Dies when it passes the step first, then at the fourth time, then lives."""
    bench.api.batch = 4  # several batches, so that some are confirmed and some are not
    bench.write()
    for times in (1, 4):
        process = await bench.start(step, times)
        assert await process.wait() == -signal.SIGKILL
    await bench.start()
    await bench.api.until(bench.answered)
    await bench.api.until(lambda: not bench.api.unconfirmed)
    assert await bench.end() == 0
    await bench.check()


async def test_the_step_that_is_tested_is_the_one_it_is_called(bench: Bench) -> None:
    """Killed before the inbox was written nothing is there; after the commit, nothing was sent."""
    bench.write(1, 1)
    for step in (Step.BEFORE_INBOX, Step.IN_INBOX, Step.BEFORE_COMMIT, Step.COMMITTED, Step.SENT):
        process = await bench.start(step, 1)
        await process.wait()
        store = await open_store(bench.server.url, PREFIX, SHARDS)
        waiting = [len(await entries(store, family)) for family in Family]
        sent = len(bench.api.calls) - sum(call.method == "getMe" for call in bench.api.calls)
        sent -= sum(call.method == "deleteWebhook" for call in bench.api.calls)
        await store.close()
        match step:
            case Step.BEFORE_INBOX:
                assert (waiting, sent) == ([0, 0], 0)
            case Step.IN_INBOX:
                assert (waiting, sent) == ([5, 0], 0)
                assert len(bench.api.unconfirmed) == 5
            case Step.BEFORE_COMMIT:
                assert (waiting, sent) == ([5, 0], 0)
            case Step.COMMITTED:
                assert sum(waiting) == 5
                assert waiting[1] >= 1
            case Step.SENT:
                assert waiting[1] >= 1
                assert sent >= 1


async def test_a_killed_store_loses_nothing_that_was_confirmed(bench: Bench) -> None:
    """The process lives on, waits for the store to come back, and goes on where it was."""
    bench.api.batch = 4
    process = await bench.start()
    for number in range(1, EACH + 1):
        bench.write(number, number)
        if number % 2 == 0:  # every other time, what was written before is answered already
            await bench.api.until(partial(bench.answered, number - 1))
        bench.server.kill()
        bench.server.start()
    await bench.api.until(bench.answered)
    await bench.api.until(lambda: not bench.api.unconfirmed)
    assert process.returncode is None
    assert await bench.end() == 0
    await bench.check()
