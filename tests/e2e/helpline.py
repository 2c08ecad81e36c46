"""Drives a whole running helpline the way people do: through the sandbox's JSON API."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from bot.settings import ROOT, Settings

START_SECONDS = 90
REPLY_SECONDS = 20


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on at this moment."""
    sockets = [socket.socket() for _ in range(count)]
    for found in sockets:
        found.bind(("127.0.0.1", 0))
    ports = [int(found.getsockname()[1]) for found in sockets]
    for found in sockets:
        found.close()
    return ports


class Helpline:
    """`helpline run` on ports and data of its own.

    Args:
        folder: for its data.
        settings: more environment variables.
    """

    def __init__(self, folder: Path, **settings: str) -> None:
        sandbox, internal, nlu, console = free_ports(4)
        self.folder = folder
        self.sandbox = f"http://127.0.0.1:{sandbox}"
        self.internal = f"http://127.0.0.1:{internal}"
        self.console = f"http://127.0.0.1:{console}"
        self.classifier = f"http://127.0.0.1:{nlu}"
        folder.mkdir(parents=True, exist_ok=True)
        # As an operator sets them; the classifier, which knows no such file, has to get them too.
        (folder / "settings.env").write_text(f"NLU_PORT={nlu}\n")
        known = {name.upper() for name in Settings.model_fields}
        self.environment = {k: v for k, v in os.environ.items() if k not in known} | {
            "ENV_FILE": str(folder / "settings.env"),
            "DATA_DIR": str(folder),
            "SANDBOX_PORT": str(sandbox),
            "INTERNAL_PORT": str(internal),
            "CONSOLE_PORT": str(console),
            "TELEGRAM_BOT_TOKEN": "",
            "REDIS_URL": "",
            **settings,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, wait_for: str = "classifier") -> None:
        """Starts all processes and waits until a part works."""
        self.begin()
        self.wait_until(lambda: self.parts().get(wait_for) is True, START_SECONDS)

    def begin(self) -> None:
        """Starts all processes."""
        command = [sys.executable, "-m", "bot.cli", "run", "--with-parent"]
        with (self.folder / "terminal.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log
            )

    def stop(self) -> int:
        """Ends it as Ctrl-C does; returns the exit code."""
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=60)

    def parts(self) -> dict[str, bool]:
        """What /readyz says of each part; nothing while the bot is not up."""
        try:
            with urllib.request.urlopen(f"{self.internal}/readyz", timeout=2) as response:
                return json.load(response)["parts"]  # type: ignore[no-any-return]
        except urllib.error.HTTPError as error:
            return json.load(error)["parts"]  # type: ignore[no-any-return]
        except OSError:
            return {}

    def calls(self) -> list[dict[str, Any]]:
        """The Bot API calls of the bot, as the sandbox wrote them down."""
        with urllib.request.urlopen(f"{self.sandbox}/sandbox/api/calls", timeout=5) as response:
            return json.load(response)["calls"]  # type: ignore[no-any-return]

    def sandbox_answers(self) -> bool:
        """Whether the sandbox is up."""
        try:
            with urllib.request.urlopen(f"{self.sandbox}/sandbox/api/people", timeout=2):
                return True
        except OSError:
            return False

    def wait_until(self, condition: Any, seconds: float) -> None:
        """Waits for a condition.

        Raises:
            AssertionError: it did not come about; the terminal's last lines say why.
        """
        end = time.monotonic() + seconds
        while not condition():
            assert self.process is None or self.process.poll() is None, self.terminal()
            assert time.monotonic() < end, self.terminal()
            time.sleep(0.1)

    def terminal(self) -> str:
        """The last lines a person at the terminal would see."""
        log = self.folder / "terminal.log"
        return "\n".join(log.read_text().splitlines()[-30:]) if log.exists() else ""

    def pids(self) -> dict[str, int]:
        """The process id of each program that supervisord runs."""
        assert self.process is not None
        found = {}
        for status in Path("/proc").glob("[0-9]*/status"):
            try:
                lines = dict(
                    line.split(":\t", 1)
                    for line in status.read_text().splitlines()
                    if ":\t" in line
                )
                words = (status.parent / "cmdline").read_bytes().decode().split("\0")
            except OSError:
                continue
            if int(lines["PPid"]) == self.process.pid:
                found[_program(words)] = int(status.parent.name)
        return found


def _program(words: list[str]) -> str:
    joined = " ".join(words)
    for name in ("valkey", "serve.py", "sandbox", "cli bot", "cli console"):
        if name in joined:
            ours = {"valkey": "store", "serve.py": "nlu"}
            return ours.get(name, name.removeprefix("cli "))
    return joined


class Person:
    """Someone who chats with the helpline in the sandbox."""

    def __init__(self, helpline: Helpline, user: int, language_code: str = "ru") -> None:
        self._helpline = helpline
        self._language_code = language_code
        self._seen = 0
        self.user = user

    def send(self, text: str | None = None, **content: Any) -> list[dict[str, Any]]:
        """Sends a message; returns what the bot then says."""
        body = {"user": self.user, "language_code": self._language_code, **content}
        if text is not None:
            body["text"] = text
        sent = self.post("send", body)
        self._seen = max(self._seen, sent["message"]["message_id"])
        return self.replies()

    def press(self, label: str) -> list[dict[str, Any]]:
        """Presses the newest button with this label; returns new messages and edits."""
        before = self.messages()
        for message in reversed(before):
            for button in buttons(message):
                if label in button["text"]:
                    self.post(
                        "press",
                        {
                            "user": self.user,
                            "chat": self.user,
                            "message_id": message["message_id"],
                            "data": button["callback_data"],
                        },
                    )
                    return self.replies(before)
        raise AssertionError(f"no button {label!r} in {[m.get('text') for m in before]}")

    def replies(self, before: list[dict[str, Any]] | None = None) -> list[dict[str, Any]]:
        """The bot's messages that are new, or changed since ``before``; waits for them."""
        known = {m["message_id"]: m for m in before or []}

        def fresh() -> list[dict[str, Any]]:
            return [
                m
                for m in self.messages()
                if m["from"]["is_bot"]
                and (m["message_id"] > self._seen or (before and known.get(m["message_id"]) != m))
            ]

        self._helpline.wait_until(lambda: bool(fresh()), REPLY_SECONDS)
        settled: list[dict[str, Any]] = []
        while settled != (settled := fresh()):
            time.sleep(0.5)  # more parts of the same reply
        self._seen = max(m["message_id"] for m in self.messages())
        return settled

    def messages(self) -> list[dict[str, Any]]:
        """The whole chat, edits applied."""
        url = f"{self._helpline.sandbox}/sandbox/api/chats/{self.user}?after=0"
        with urllib.request.urlopen(url, timeout=5) as response:
            return json.load(response)["messages"]  # type: ignore[no-any-return]

    def forge(self, data: str) -> None:
        """Presses a button that is not there, on the newest message of the bot."""
        newest = max(m["message_id"] for m in self.messages() if m["from"]["is_bot"])
        self.post("press", {"user": self.user, "message_id": newest, "data": data, "forged": True})

    def post(self, path: str, body: dict[str, Any]) -> Any:
        request = urllib.request.Request(
            f"{self._helpline.sandbox}/sandbox/api/{path}",
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=5) as response:
            return json.load(response)


def buttons(message: dict[str, Any]) -> list[dict[str, Any]]:
    """The inline buttons of a message."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


def texts(messages: list[dict[str, Any]]) -> str:
    """All words of some messages."""
    return "\n".join(m.get("text", "") for m in messages)
