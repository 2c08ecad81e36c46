"""What is published on one machine is what the bot on another machine says, within seconds."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import library, retention
from bot.console.versions.model import Draft, Person, Proposal, Published, Saved
from bot.console.versions.sending import EditionSender, Sending
from bot.console.versions.versions import Versions
from bot.settings import ROOT, Settings
from bot.store.store import open_store
from tests.content import fresh_answers
from tests.e2e.helpline import Helpline, free_ports, texts
from tests.e2e.helpline import Person as Migrant
from tests.servers import StoreServer, start_server, stop_server

pytestmark = pytest.mark.e2e

RU = "work_permit/permit_cost/ru.md"
SECONDS = 15
START_SECONDS = 60


@pytest.fixture
def store() -> Iterator[StoreServer]:
    started = start_server("redis")
    yield started
    stop_server(started)


class Console:
    """The machine of the console: its folder of answers, and whoever works there.

    Args:
        folder: for its data.
        store: that all machines share.
    """

    def __init__(self, folder: Path, store: StoreServer) -> None:
        self.settings = Settings(redis_url=store.url)
        fresh_answers(folder / "answers")
        values = retention.variables(self.settings)
        git_dir = folder / "console/answers.git"
        self.versions = Versions(folder / "answers", git_dir, time.time, values)
        self._values = values

    def publish(self, sentence: str) -> None:
        """One writes a sentence into an answer, another publishes it."""
        now = self.versions.current(RU)
        assert now is not None
        text = now.text.replace("# visa-free\n", f"# visa-free\n{sentence} ", 1)
        saved = self.versions.save(Draft({RU: text}, now.version), Person("One", 1))
        assert isinstance(saved, Saved)
        handed_in = self.versions.submit(saved.proposal.id, Person("One", 1))
        assert isinstance(handed_in, Proposal)
        done = self.versions.publish(handed_in.id, Person("Two", 2), seen=handed_in.tip)
        assert isinstance(done, Published), done
        assert asyncio.run(self._send()) is Sending.SENT

    async def _send(self) -> Sending:
        store = await open_store(
            self.settings.store_url, self.settings.key_prefix, self.settings.shards
        )
        try:
            sender = EditionSender(self.versions, store.editions, time.time, self._values)
            return await sender.send()
        finally:
            await store.close()


@pytest.fixture
def bot(tmp_path: Path, store: StoreServer) -> Iterator[Helpline]:
    """The machine of a bot: the sandbox and `helpline bot`, with the answers of the checkout."""
    nobody = f"http://127.0.0.1:{free_ports(1)[0]}"
    helpline = Helpline(tmp_path, NLU_URL=nobody, REDIS_URL=store.url)
    with (tmp_path / "terminal.log").open("ab") as log:
        sandbox = subprocess.Popen(
            [sys.executable, "-m", "bot.cli", "sandbox"],
            cwd=ROOT,
            env=helpline.environment,
            stdout=log,
            stderr=log,
        )
    yield helpline
    for process in (helpline.process, sandbox):
        if process is not None:
            process.terminate()
            process.wait(timeout=30)


def start(helpline: Helpline) -> None:
    with (helpline.folder / "terminal.log").open("ab") as log:
        helpline.process = subprocess.Popen(
            [sys.executable, "-m", "bot.cli", "bot"],
            cwd=ROOT,
            env=helpline.environment,
            stdout=log,
            stderr=log,
        )
    helpline.wait_until(lambda: helpline.parts().get("store") is True, START_SECONDS)


def test_from_the_approval_to_the_migrant(
    tmp_path: Path, store: StoreServer, bot: Helpline
) -> None:
    console = Console(tmp_path / "elsewhere", store)
    console.publish("Первая правка.")
    start(bot)
    someone = Migrant(bot, 3201)
    someone.send("/start")
    someone.press("Русский")
    someone.press("🛂")
    someone.press("Сколько стоит")
    assert "Первая правка" in texts(someone.press("Узбекистан"))

    def says(sentence: str) -> bool:
        someone.press("✎")
        return sentence in texts(someone.press("Узбекистан"))

    console.publish("Вторая правка.")
    bot.wait_until(lambda: says("Вторая правка"), SECONDS)

    assert asyncio.run(library.drop(console.settings))
    bot.wait_until(lambda: not says("правка"), SECONDS)
