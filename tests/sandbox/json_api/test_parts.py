"""The helpline's parts, under a real supervisord with small programs in their place."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from aiohttp import ClientSession

from bot.sandbox.errors import InputError
from bot.sandbox.json_api.parts import Part, Parts, PartsAwayError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.sandbox.conftest import StartSandbox

CONFIGURATION = """\
[supervisord]
nodaemon=true
silent=true
logfile={folder}/supervisord.log
pidfile={folder}/supervisord.pid

[unix_http_server]
file={folder}/s.sock
chmod=0700

[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface

[program:sandbox]
command=sleep 1000

[program:bot]
command=sleep 1000

[program:store]
command=sleep 1000

[program:nlu]
command={python} -c "raise SystemExit(1)"
autostart=false
"""


@pytest.fixture(scope="module")
def socket() -> Iterator[Path]:
    """supervisord's socket; in a short folder, since a unix socket's path may not be long."""
    folder = Path(tempfile.mkdtemp(prefix="parts-"))
    configuration = folder / "supervisord.conf"
    configuration.write_text(CONFIGURATION.format(folder=folder, python=sys.executable))
    supervisord = Path(sys.executable).with_name("supervisord")
    process = subprocess.Popen([supervisord, "-c", configuration])
    yield folder / "s.sock"
    process.terminate()
    process.wait()
    shutil.rmtree(folder)


@pytest.fixture
async def parts(socket: Path) -> Parts:
    """Once both programs run; the test's time limit ends the wait."""
    found = Parts(socket)
    while True:
        try:
            states = {part.name: part.state for part in await found.all()}
        except PartsAwayError:  # supervisord is starting
            states = {}
        if states.get("bot") == states.get("store") == "RUNNING":
            return found
        await asyncio.sleep(0.05)


async def test_the_parts_in_order_of_start_without_the_sandbox_itself(parts: Parts) -> None:
    assert await parts.all() == [
        Part("store", running=True, state="RUNNING"),
        Part("nlu", running=False, state="STOPPED"),
        Part("bot", running=True, state="RUNNING"),
    ]


async def test_a_part_is_stopped_and_stays_away_until_it_is_started(parts: Parts) -> None:
    stopped = await parts.switch("bot", running=False)
    assert stopped == Part("bot", running=False, state="STOPPED")
    assert stopped in await parts.all()
    assert await parts.switch("bot", running=False) == stopped
    started = await parts.switch("bot", running=True)
    assert started == Part("bot", running=True, state="RUNNING")
    assert await parts.switch("bot", running=True) == started


async def test_two_clicks_at_once_do_no_harm(parts: Parts) -> None:
    both = await asyncio.gather(*(parts.switch("store", running=False) for _ in range(2)))
    assert {part.state for part in both} == {"STOPPED"}
    await asyncio.gather(*(parts.switch("store", running=True) for _ in range(2)))
    assert Part("store", running=True, state="RUNNING") in await parts.all()


async def test_a_part_that_dies_at_its_start_is_not_called_running(parts: Parts) -> None:
    broken = await parts.switch("nlu", running=True)
    assert (broken.running, broken.state) == (False, "BACKOFF")
    assert (await parts.switch("nlu", running=False)).state == "STOPPED"


@pytest.mark.parametrize("name", ["sandbox", "supervisord", "", "store:*", "all"])
async def test_nothing_else_can_be_switched(parts: Parts, name: str) -> None:
    with pytest.raises(InputError, match="there are store, nlu, bot"):
        await parts.switch(name, running=False)


async def test_a_sandbox_alone_has_no_parts() -> None:
    alone = Parts(None)
    assert await alone.all() == []
    with pytest.raises(InputError, match="runs alone"):
        await alone.switch("bot", running=False)


async def test_a_supervisord_that_is_gone_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(PartsAwayError, match="does not answer"):
        await Parts(tmp_path / "gone.sock").all()


async def test_over_http(parts: Parts, socket: Path, start_sandbox: StartSandbox) -> None:
    server = await start_sandbox(parts_socket=socket)
    async with ClientSession(base_url=server.make_url("/")) as client:
        path = "/sandbox/api/parts"
        async with client.get(path) as answer:
            shown = await answer.json()
        assert {"name": "bot", "running": True, "state": "RUNNING"} in shown
        async with client.post(path, json={"name": "bot", "running": False}) as answer:
            assert await answer.json() == {"name": "bot", "running": False, "state": "STOPPED"}
        foreign = {"Origin": "http://elsewhere.example"}
        on = {"name": "bot", "running": True}
        async with client.post(path, json=on, headers=foreign) as answer:
            assert answer.status == 403
        async with client.post(path, json=on) as answer:
            assert (await answer.json())["state"] == "RUNNING"
