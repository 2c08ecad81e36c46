"""The processes: restarted when they die, ended together, and never losing what was written."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.settings import ROOT
from tests.e2e.helpline import Helpline, Person, buttons, free_ports, texts

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]


def nobody() -> str:
    """An address at which no classifier answers."""
    return f"http://127.0.0.1:{free_ports(1)[0]}"


@pytest.fixture(scope="module")
def helpline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Helpline]:
    """A helpline whose classifier is away."""
    running = Helpline(tmp_path_factory.mktemp("processes"), NLU_URL=nobody())
    running.start(wait_for="store")
    yield running
    if running.process is not None and running.process.poll() is None:
        running.stop()


def alive(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


class TestWithoutTheClassifier:
    def test_menus_centres_hotlines_and_danger_work_and_the_person_is_told(
        self, helpline: Helpline
    ) -> None:
        someone = Person(helpline, 3001)
        someone.send("/start")
        someone.press("Русский")
        told = someone.send("сколько стоит патент?")
        assert "не могу прочитать" in texts(told)
        assert any("🛂" in button["text"] for message in told for button in buttons(message))
        assert "МРП" in texts(open_answer(someone))
        assert "Алмат" in texts(someone.send("Алматы"))
        assert "116 16" in texts(someone.send("меня держат взаперти и не отпускают"))


class Api:
    """A sandbox of its own."""

    def __init__(self, port: int) -> None:
        self._url = f"http://127.0.0.1:{port}/sandbox/api"

    def post(self, path: str, body: object) -> None:
        data = json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{self._url}/{path}", data=data, headers=headers)
        urllib.request.urlopen(request, timeout=5).close()

    def calls(self) -> int:
        with urllib.request.urlopen(f"{self._url}/calls", timeout=5) as answer:
            return len(json.load(answer)["calls"])


@contextmanager
def stand_in(folder: Path) -> Iterator[tuple[Api, int]]:
    """A sandbox in place of Telegram, for a helpline that has a token."""
    port = free_ports(1)[0]
    command = [sys.executable, "-m", "bot.cli", "sandbox"]
    environment = {**os.environ, "SANDBOX_PORT": str(port)}
    with (folder / "sandbox.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    api = Api(port)
    end = time.monotonic() + 30
    while True:
        try:
            api.calls()
            break
        except OSError:
            assert time.monotonic() < end
            time.sleep(0.1)
    yield api, port
    process.terminate()
    process.wait()


def open_answer(someone: Person) -> list[dict[str, object]]:
    someone.press("🛂")
    someone.press("Сколько стоит")
    return someone.press("Узбекистан")


class TestDeath:
    @pytest.mark.parametrize("program", ["bot", "store", "sandbox"])
    def test_a_process_that_dies_is_restarted(self, helpline: Helpline, program: str) -> None:
        before = helpline.pids()[program]
        os.kill(before, signal.SIGKILL)
        helpline.wait_until(lambda: helpline.pids().get(program, before) != before, 30)
        helpline.wait_until(lambda: helpline.parts().get("store") is True, 30)
        helpline.wait_until(helpline.sandbox_answers, 30)
        assert texts(Person(helpline, before).send("/start"))

    def test_what_was_chosen_survives_the_death_of_bot_and_store(self, helpline: Helpline) -> None:
        someone = Person(helpline, 3002)
        someone.send("/start")
        someone.press("Кыргызча")
        pids = helpline.pids()
        for program in ("store", "bot"):
            os.kill(pids[program], signal.SIGKILL)
        greeting = someone.send("/start")
        assert len(buttons(greeting[0])) > 6  # the topics, not the languages


class TestEnd:
    def test_a_killed_runner_leaves_no_orphan(self, tmp_path: Path) -> None:
        doomed = Helpline(tmp_path, NLU_URL=nobody())
        doomed.start(wait_for="store")
        pids = doomed.pids()
        assert doomed.process is not None
        doomed.process.kill()
        doomed.process.wait()
        doomed.process = None
        assert sorted(pids) == ["bot", "console", "sandbox", "store"]
        doomed.wait_until(lambda: not any(map(alive, pids.values())), 30)

    def test_ctrl_c_ends_every_process(self, helpline: Helpline) -> None:
        """The last test of this file: it ends the helpline that the others use."""
        pids = helpline.pids()
        assert sorted(pids) == ["bot", "console", "sandbox", "store"]
        assert helpline.stop() == 0
        assert not any(map(alive, pids.values()))


class TestOneClearLine:
    """What a new user may get wrong: one line each that says what to do, never a traceback."""

    def run(self, folder: Path, **settings: str) -> list[str]:
        helpline = Helpline(folder, **{"NLU_URL": nobody(), **settings})
        command = [sys.executable, "-m", "bot.cli", "run"]
        ended = subprocess.run(
            command,
            cwd=ROOT,
            env=helpline.environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert ended.returncode == 2
        return ended.stderr.strip().splitlines()

    def test_a_bad_token(self, tmp_path: Path) -> None:
        lines = self.run(tmp_path, TELEGRAM_BOT_TOKEN="nonsense")
        assert len(lines) == 1
        assert "TELEGRAM_BOT_TOKEN" in lines[0]
        assert "@BotFather" in lines[0]

    @pytest.mark.parametrize("method", ["getMe", "getUpdates"])
    def test_a_token_that_telegram_refuses(self, tmp_path: Path, method: str) -> None:
        """At the start, or revoked later. Said once, and not started again and again."""
        with stand_in(tmp_path) as (api, port):
            api.post("fault", {"method": method, "error_code": 401, "times": 1000})
            helpline = Helpline(
                tmp_path,
                NLU_URL=nobody(),
                TELEGRAM_BOT_TOKEN="123456789:well-formed-but-revoked",
                TELEGRAM_API_URL=f"http://127.0.0.1:{port}",
            )
            helpline.begin()
            try:
                helpline.wait_until(lambda: "@BotFather" in helpline.terminal(), 30)
                helpline.wait_until(lambda: "bot" not in helpline.pids(), 30)
                calls = api.calls()
                time.sleep(3)  # a restart would come after one second
                assert api.calls() == calls
                assert helpline.terminal().count("@BotFather") == 1
                assert "Traceback" not in helpline.terminal()
            finally:
                helpline.stop()

    def test_a_taken_port(self, tmp_path: Path) -> None:
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            lines = self.run(tmp_path, SANDBOX_PORT=str(other.getsockname()[1]))
        assert len(lines) == 1
        assert "SANDBOX_PORT" in lines[0]

    def test_a_broken_answer_file(self, tmp_path: Path) -> None:
        broken = tmp_path / "answers"
        subprocess.run(["cp", "-r", str(ROOT / "answers"), str(broken)], check=True)
        (broken / "work_permit" / "permit_need" / "answer.yml").write_text("status: maybe\n")
        lines = self.run(tmp_path, ANSWERS_DIR=str(broken))
        assert all("permit_need/answer.yml:" in line for line in lines)
        assert 1 <= len(lines) <= 6


class TestOtherSurroundings:
    """The same helpline on a Redis of one's own, by webhook, and while answers are edited."""

    def test_on_debians_redis_by_webhook_with_edited_answers(self, tmp_path: Path) -> None:
        redis_port, webhook_port = free_ports(2)
        answers = tmp_path / "answers"
        subprocess.run(["cp", "-r", str(ROOT / "answers"), str(answers)], check=True)
        redis = subprocess.Popen(
            [
                "redis-server",
                "--port",
                str(redis_port),
                "--dir",
                str(tmp_path),
                "--appendonly",
                "yes",
            ],
            stdout=subprocess.DEVNULL,
        )
        helpline = Helpline(
            tmp_path,
            NLU_URL=nobody(),
            REDIS_URL=f"redis://127.0.0.1:{redis_port}/0",
            WEBHOOK_URL=f"http://127.0.0.1:{webhook_port}/telegram",
            WEBHOOK_SECRET="only-for-this-one-test",
            WEBHOOK_PORT=str(webhook_port),
            ANSWERS_DIR=str(answers),
        )
        try:
            helpline.start(wait_for="store")
            someone = Person(helpline, 3101)
            someone.send("/start")
            someone.press("Русский")
            assert "МРП" in texts(open_answer(someone))
            text = answers / "work_permit" / "permit_cost" / "ru.md"
            good = text.read_text()
            text.write_text("not an answer any more")
            helpline.wait_until(lambda: "permit_cost/ru.md" in helpline.terminal(), 30)
            assert "МРП" in texts(someone.press("✎") and someone.press("Узбекистан"))
            text.write_text(good.replace("# visa-free\n", "# visa-free\nПравка видна сразу. ", 1))

            def edited() -> bool:
                someone.press("✎")
                return "Правка видна сразу" in texts(someone.press("Узбекистан"))

            helpline.wait_until(edited, 30)
        finally:
            helpline.stop()
            redis.terminate()
            redis.wait()
