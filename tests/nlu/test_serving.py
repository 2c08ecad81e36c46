"""How the serving process starts, ends and keeps quiet."""

from __future__ import annotations

import asyncio
import os
import socket
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import aiohttp
import pytest

from bot.settings import ROOT
from tests.nlu.conftest import NLU_PYTHON

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

pytestmark = [pytest.mark.rasa, pytest.mark.timeout(600)]

TOKEN = "only-in-the-environment"


@asynccontextmanager
async def serving(port: int, log: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    environment = {**os.environ, "NLU_PORT": str(port), "NLU_TOKEN": TOKEN}
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            NLU_PYTHON, "nlu/serve.py", cwd=ROOT, env=environment, stdout=output, stderr=output
        )
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()


async def wait_until_up(session: aiohttp.ClientSession, url: str) -> None:
    async with asyncio.timeout(120):
        while True:
            try:
                async with session.get(f"{url}/status", params={"token": TOKEN}) as response:
                    if response.status == 200:
                        return
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def test_it_ends_at_once_and_in_order_on_sigterm_and_has_logged_no_text(
    trained_model: None, tmp_path: Path
) -> None:
    port, log = free_port(), tmp_path / "nlu.log"
    url = f"http://127.0.0.1:{port}"
    async with serving(port, log) as process, aiohttp.ClientSession() as session:
        await wait_until_up(session, url)
        command_line = ROOT.joinpath(f"/proc/{process.pid}/cmdline").read_bytes()
        secret = "сокровенное"
        for body in ({"text": secret}, {"txet": secret}, [secret]):
            async with session.post(
                f"{url}/model/parse", params={"token": TOKEN}, json=body
            ) as response:
                await response.read()
        process.terminate()
        async with asyncio.timeout(10):
            assert await process.wait() == 0

    said = log.read_text(encoding="utf-8")
    assert secret not in said
    assert secret.encode("unicode_escape").decode() not in said
    assert TOKEN not in said
    assert TOKEN.encode() not in command_line


async def test_a_taken_port_ends_it_instead_of_leaving_it_deaf(
    trained_model: None, tmp_path: Path
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = int(taken.getsockname()[1])
        async with serving(port, tmp_path / "nlu.log") as process, asyncio.timeout(120):
            assert await process.wait() != 0


async def test_it_listens_on_loopback_only_unless_told_otherwise(
    trained_model: None, tmp_path: Path
) -> None:
    port = free_port()
    async with (
        serving(port, tmp_path / "nlu.log") as process,
        aiohttp.ClientSession() as session,
    ):
        await wait_until_up(session, f"http://127.0.0.1:{port}")
        listening = {
            line.split()[1]
            for line in ROOT.joinpath(f"/proc/{process.pid}/net/tcp").read_text().splitlines()[1:]
            if line.split()[3] == "0A" and line.split()[1].endswith(f":{port:04X}")
        }

    assert listening == {f"0100007F:{port:04X}"}
