"""The real processes: the sandbox, the whole helpline, and somebody else's emulator."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import socket
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self

from aiohttp import ClientError, ClientSession

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

ROOT = Path(__file__).resolve().parents[2]
HELPLINE_PYTHON = ROOT / ".venv" / "bin" / "python"
TOKEN = "42:fidelity-not-a-secret"
START_SECONDS = 90.0
LOOK_SECONDS = 0.05

_SANDBOX = """
import asyncio, sys, msgspec
from bot.sandbox.config import SandboxConfig
from bot.sandbox.server import serve
config = msgspec.json.decode(sys.argv[2], type=SandboxConfig)
asyncio.run(serve(port=int(sys.argv[1]), config=config))
"""


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


async def wait_until(condition: Callable[[], Awaitable[bool]], what: str) -> None:
    """Waits for another process.

    Raises:
        AssertionError: it did not come about.
    """
    end = time.monotonic() + START_SECONDS
    while not await condition():
        assert time.monotonic() < end, what
        await asyncio.sleep(LOOK_SECONDS)


class Process:
    """A process that ends with the block it was started for, and with this one.

    Args:
        command: Its words.
        log: Where its output goes.
        environment: Its variables.
        end_with: The signal that ends it in order.
    """

    def __init__(
        self,
        command: Sequence[str | Path],
        log: Path,
        environment: dict[str, str] | None = None,
        end_with: signal.Signals = signal.SIGTERM,
    ) -> None:
        self._command = command
        self._log = log
        self._environment = environment
        self._end_with = end_with
        self._process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> Self:
        leash = (HELPLINE_PYTHON, "-m", "bot.processes.leash")
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *map(str, (*leash, *self._command)),
                cwd=ROOT,
                env=self._environment,
                stdout=log,
                stderr=log,
            )
        try:
            await wait_until(self._is_up, f"{self._command[-1]} did not start")
        except BaseException:
            await self.__aexit__()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._process is not None
        if self._process.returncode is None:
            self._process.send_signal(self._end_with)
        await self._process.wait()

    async def ready(self) -> bool:
        """Whether it does its work already."""
        return True

    async def _is_up(self) -> bool:
        assert self._process is not None
        assert self._process.returncode is None, self.output()
        return await self.ready()

    def output(self) -> str:
        """The last lines it wrote."""
        return "\n".join(self._log.read_text("utf-8", "replace").splitlines()[-30:])


async def answers(url: str) -> bool:
    """Whether somebody answers HTTP there."""
    try:
        async with ClientSession() as session, session.get(url):
            return True
    except (ClientError, OSError):
        return False


class SandboxProcess(Process):
    """The helpline's sandbox.

    Args:
        folder: For its log.
        settings: Fields of ``SandboxConfig``.
    """

    def __init__(self, folder: Path, **settings: object) -> None:
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        config = json.dumps({"ready_people": False, **settings})
        command = (HELPLINE_PYTHON, "-c", _SANDBOX, str(port), config)
        super().__init__(command, folder / "sandbox.log")

    async def ready(self) -> bool:
        """Whether it listens."""
        return await answers(f"{self.url}/sandbox/api/people")


class EmulatorProcess(Process):
    """lo-bot-api-emulator, as its makers start it.

    Args:
        folder: For its log and its journal.
    """

    def __init__(self, folder: Path) -> None:
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.journal = folder / "requests.jsonl"
        program = Path(sys.executable).with_name("lo-bot-api-emulator")
        options = ("--port", str(port), "--enable-control", "--allow-insecure-loopback-webhooks")
        super().__init__((program, *options, "--journal", self.journal), folder / "emulator.log")

    async def ready(self) -> bool:
        """Whether it listens."""
        return await answers(self.url)


class HelplineProcess(Process):
    """`helpline run` with a token, so that it runs no sandbox of its own.

    Args:
        folder: For its data.
        api_url: The Bot API server that it is to use.
        classifier: Whether the trained classifier runs as well.
        settings: More environment variables.
    """

    def __init__(
        self, folder: Path, api_url: str, *, classifier: bool = False, **settings: str
    ) -> None:
        self._internal = free_port()
        self._part = "classifier" if classifier else "store"
        example = (ROOT / ".env.example").read_text()
        known = set(re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE))
        environment = {k: v for k, v in os.environ.items() if k not in known} | {
            "DATA_DIR": str(folder),
            "INTERNAL_PORT": str(self._internal),
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": api_url,
            "CONSOLE_PORT": str(free_port()),
            **({"NLU_PORT": str(free_port())} if classifier else {"NLU_URL": _nobody()}),
            **settings,
        }
        command = (HELPLINE_PYTHON, "-m", "bot.cli", "run", "--with-parent")
        super().__init__(command, folder / "terminal.log", environment, signal.SIGINT)

    async def ready(self) -> bool:
        """Whether the parts work that the tests need."""
        try:
            async with (
                ClientSession() as session,
                session.get(f"http://127.0.0.1:{self._internal}/readyz") as answer,
            ):
                return (await answer.json())["parts"].get(self._part) is True
        except (ClientError, OSError):
            return False


def _nobody() -> str:
    """The address of a classifier that is not there."""
    return f"http://127.0.0.1:{free_port()}"
