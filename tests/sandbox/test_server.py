"""Starting a sandbox."""

from __future__ import annotations

import asyncio
import socket
import sys
import time
from typing import TYPE_CHECKING

import pytest
from aiohttp import ClientSession

from bot.sandbox.config import next_update_id
from bot.sandbox.errors import PortTakenError
from bot.sandbox.server import serve

if TYPE_CHECKING:
    from tests.sandbox.conftest import StartSandbox


async def test_a_taken_port_is_one_clear_sentence() -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        with pytest.raises(PortTakenError, match=f"cannot listen on 127.0.0.1:{port}"):
            await serve("127.0.0.1", port)
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot.sandbox", "--port", str(port),
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        _, told = await process.communicate()
    assert process.returncode == 1
    assert told.decode().count("\n") == 1
    assert "Traceback" not in told.decode()


async def test_first_update_id_is_a_setting(start_sandbox: StartSandbox) -> None:
    server = await start_sandbox(first_update_id=500, ready_people=False)
    async with ClientSession(base_url=server.make_url("/")) as raw:
        sent = {"user": 1, "text": "a"}
        async with raw.post("/sandbox/api/send", json=sent) as answer:
            assert (await answer.json())["update_id"] == 500


def test_a_new_run_begins_above_the_ids_of_the_run_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", lambda: 1_795_000_000.0)
    first = next_update_id()
    monkeypatch.setattr(time, "time", lambda: 1_795_000_010.0)
    assert next_update_id() - first == 200
    assert 0 < first < 2**31 - 1_000_000


async def test_only_loopback_by_default() -> None:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    running = asyncio.create_task(serve(port=port))
    try:
        writer = None
        while writer is None:
            assert not running.done()
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.01)
        writer.close()
        # Who listens on every address, listens on this one too.
        with pytest.raises(OSError, match="Connect call failed"):
            await asyncio.open_connection("127.0.0.2", port)
    finally:
        running.cancel()
        await asyncio.wait([running])
