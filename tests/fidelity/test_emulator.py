"""The helpline on a Bot API emulator that is not ours: lo-bot-api-emulator, by both ways."""

from __future__ import annotations

import asyncio
import itertools
import json
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession

from tests.fidelity.chatlog import ChatLog
from tests.fidelity.grounds import EmulatorGround
from tests.fidelity.journeys import (
    ANYWHERE,
    Made,
    asks_by_buttons,
    end,
    finds_nobody_to_read,
    start,
)
from tests.fidelity.person import Person
from tests.fidelity.processes import EmulatorProcess, HelplineProcess, free_port
from tests.fidelity.shim import REFUSED, EmulatorShim

pytestmark = pytest.mark.e2e

JOURNEYS = (*ANYWHERE, finds_nobody_to_read)
_users = itertools.count(8001)


class Emulated:
    """A helpline at work on the emulator.

    Args:
        ground: Where people act.
        log: What they see.
        journal: The emulator's record of all requests.
        way: How updates reach the bot, as the journal calls it.
    """

    def __init__(self, ground: EmulatorGround, log: ChatLog, journal: Path, way: str) -> None:
        self.way = way
        self.made: Made = {}
        self._ground = ground
        self._log = log
        self.journal = journal

    def person(self) -> Person:
        """Somebody new."""
        return Person(self._ground, self._log, next(_users), "ru", set())


@pytest_asyncio.fixture(scope="module", params=["getUpdates", "webhook"])
async def emulated(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, http: ClientSession
) -> AsyncIterator[Emulated]:
    way: str = request.param
    folder = tmp_path_factory.mktemp(way)
    async with AsyncExitStack() as stack:
        emulator = await stack.enter_async_context(EmulatorProcess(folder))
        shim = await stack.enter_async_context(EmulatorShim(emulator.url))
        log, receiving = ChatLog(), asyncio.Event()
        first = "setWebhook" if way == "webhook" else "getUpdates"
        shim.arrivals.append(lambda call: receiving.set() if call.method == first else None)
        shim.listeners.append(log)
        await stack.enter_async_context(HelplineProcess(folder, shim.url, **_settings(way)))
        await receiving.wait()
        made = Emulated(EmulatorGround(http, emulator.url), log, emulator.journal, way)
        made.made = start(JOURNEYS, made.person)
        yield made
        await end(made.made)


def _settings(way: str) -> dict[str, Any]:
    if way != "webhook":
        return {}
    port = free_port()
    return {
        "WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram",
        "WEBHOOK_PORT": str(port),
        "WEBHOOK_SECRET": "only-for-this-one-test",
    }


@pytest.mark.parametrize("journey", [journey.__name__ for journey in JOURNEYS])
async def test_journey(emulated: Emulated, journey: str) -> None:
    await emulated.made[journey]


async def test_the_verdict_on_its_journal(emulated: Emulated) -> None:
    """Nothing was refused but what the shim names, and everything was called that should be."""
    person = emulated.person()
    await asks_by_buttons(person)
    required = ("getMe", "setMyCommands", "sendMessage", "editMessageText", "answerCallbackQuery")
    program = Path(sys.executable).with_name("lo-bot-api-emulator")
    verdict = await asyncio.create_subprocess_exec(
        *(program, "verdict", emulated.journal, "--require-response"),
        *(word for method in required for word in ("--require-method", method)),
        *(word for refusal in REFUSED for word in ("--allow-refusal", refusal)),
        stdout=asyncio.subprocess.PIPE,
    )
    said, _ = await verdict.communicate()
    assert verdict.returncode == 0, said.decode()
    assert emulated.way in json.loads(said)["successful_methods"]
