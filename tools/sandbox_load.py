"""Loads a sandbox of its own on one core, from another: does it keep out of the bot's way?

What stands for the bot here does nothing but answer, in words and buttons as long as the
helpline's. Loopback only, bounded in count.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import msgspec

CONNECTIONS = 8
UPDATES = 4000
PEOPLE = 400

BOT = "/bot1:sandbox-only-not-a-secret"
ANSWER = (
    "<b>Да, нужно.</b> Разрешение выдаёт миграционная полиция на 1–12 месяцев.\n\n"
    + "1. Получите ИИН в ЦОН.\n2. Заплатите налог за 1–3 месяца.\n3. Подайте заявление.\n" * 4
    + '\n<i>⚠️ Ещё не проверено юристом.</i>\n<a href="https://egov.kz/cms/ru">eGov</a> (2026)'
)
BUTTONS = [
    [{"text": "👍", "callback_data": "r:1:x"}, {"text": "👎", "callback_data": "r:0:x"}],
    [{"text": "Сколько стоит разрешение?", "callback_data": "a:permit_cost"}],
    [{"text": "Меню", "callback_data": "m"}],
]


class Connection:
    """One kept-alive HTTP connection; as little work as possible for a request."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def post(self, path: str, body: object) -> bytes:
        """Posts JSON; returns the answer's body.

        Raises:
            RuntimeError: the answer is not 200.
        """
        if self._reader is None or self._writer is None:
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        data = msgspec.json.encode(body)
        head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        self._writer.write(f"{head}Content-Length: {len(data)}\r\n\r\n".encode() + data)
        told = (await self._reader.readuntil(b"\r\n\r\n")).lower()
        length = int(told.partition(b"content-length:")[2].partition(b"\r\n")[0])
        answer = await self._reader.readexactly(length)
        if not told.startswith(b"http/1.1 200"):
            raise RuntimeError(f"{path} was answered with {answer[:200]!r}")
        return answer


class Load:
    """People who write, and a bot that polls and answers each message with one.

    Args:
        port: the sandbox's.
        updates: how many messages people write.
    """

    def __init__(self, port: int, updates: int) -> None:
        self._port = port
        self._updates = updates
        self._numbers = iter(range(updates))
        self._chats: asyncio.Queue[int | None] = asyncio.Queue()

    async def run(self) -> float:
        """Returns how long it took until the last message was answered, in seconds."""
        began = time.monotonic()
        async with asyncio.TaskGroup() as group:
            group.create_task(self._poll())
            for _ in range(CONNECTIONS):
                group.create_task(self._write())
                group.create_task(self._answer())
        return time.monotonic() - began

    async def _write(self) -> None:
        connection = Connection(self._port)
        for number in self._numbers:
            text = f"нужно ли мне разрешение на работу? {number}"
            body = {"user": 10_000 + number % PEOPLE, "language_code": "ru", "text": text}
            await connection.post("/sandbox/api/send", body)

    async def _poll(self) -> None:
        connection, offset, seen = Connection(self._port), 0, 0
        while seen < self._updates:
            body = {"offset": offset, "timeout": 10, "limit": 100}
            told = msgspec.json.decode(await connection.post(f"{BOT}/getUpdates", body))
            for update in told["result"]:
                self._chats.put_nowait(update["message"]["chat"]["id"])
                offset = update["update_id"] + 1
            seen += len(told["result"])
        for _ in range(CONNECTIONS):
            self._chats.put_nowait(None)

    async def _answer(self) -> None:
        connection = Connection(self._port)
        # Nested values are strings of JSON, as python-telegram-bot sends them.
        body = {
            "text": ANSWER,
            "parse_mode": "HTML",
            "reply_markup": json.dumps({"inline_keyboard": BUTTONS}),
            "link_preview_options": json.dumps({"is_disabled": True}),
        }
        while (chat_id := await self._chats.get()) is not None:
            await connection.post(f"{BOT}/sendMessage", body | {"chat_id": chat_id})


def measure() -> str:
    """Starts a sandbox on one core, loads it from another, and says how fast it was."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    cores = sorted(os.sched_getaffinity(0))
    command = [sys.executable, "-m", "bot.sandbox", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        os.sched_setaffinity(process.pid, {cores[0]})
        os.sched_setaffinity(0, {cores[-1]})
        _await(port, process)
        before = _cpu_seconds(process.pid)
        seconds = asyncio.run(Load(port, UPDATES).run())
        used = _cpu_seconds(process.pid) - before
    finally:
        os.sched_setaffinity(0, set(cores))
        process.terminate()
        process.wait()
    each = 1000 * used / UPDATES
    return f"{UPDATES / seconds:.0f} updates/s, {each:.2f} ms of one core each"


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if process.poll() is not None or time.monotonic() > end:
                raise
            time.sleep(0.05)
        else:
            return


def _cpu_seconds(pid: int) -> float:
    """What a process has used of a core so far (``man 5 proc``: utime and stime)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    print(measure())
