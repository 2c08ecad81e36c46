"""The embedded store: persistent, adopted, stopped in order."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import redis

from bot.processes import store

if TYPE_CHECKING:
    from collections.abc import Iterator

RUN = "import sys, pathlib; from bot.processes import store; store.run(pathlib.Path(sys.argv[1]))"


@pytest.fixture
def socket(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "s" / "valkey.sock"
    yield path
    if store.is_running(path):
        store._shut_down(path)


def start(socket: Path) -> subprocess.Popen[bytes]:
    process = subprocess.Popen([sys.executable, "-c", RUN, str(socket)], stdout=subprocess.DEVNULL)
    while not store.is_running(socket):
        assert process.poll() is None
        time.sleep(0.02)
    return process


def catches(process: subprocess.Popen[bytes], number: signal.Signals) -> bool:
    """Whether a process handles a signal by now (proc(5), ``SigCgt``)."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    caught = next(line.split()[1] for line in status.splitlines() if line.startswith("SigCgt"))
    return bool(int(caught, 16) >> (number - 1) & 1)


def client(socket: Path) -> redis.Redis:
    return redis.Redis(unix_socket_path=str(socket), decode_responses=True)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_what_was_written_survives_the_end_of_the_process(
    socket: Path, how: signal.Signals
) -> None:
    process = start(socket)
    with client(socket) as connected:
        connected.set("kept", "yes")
    process.send_signal(how)
    process.wait()
    again = start(socket)
    with client(socket) as connected:
        assert connected.get("kept") == "yes"
    again.terminate()
    again.wait()


def test_full_memory_never_forgets(socket: Path) -> None:
    process = start(socket)
    with client(socket) as connected:
        assert connected.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
        assert connected.config_get("appendonly") == {"appendonly": "yes"}
    process.terminate()
    process.wait()


def test_a_running_store_is_adopted_and_stopped_with_the_rest(socket: Path) -> None:
    orphan = start(socket)
    keeper = subprocess.Popen([sys.executable, "-c", RUN, str(socket)], stdout=subprocess.DEVNULL)
    with client(socket) as connected:
        connected.set("kept", "yes")
        assert orphan.poll() is None
        while not catches(keeper, signal.SIGTERM):  # then it has looked, and adopted the other
            assert keeper.poll() is None
            time.sleep(0.02)
        assert connected.info("server")["process_id"] == orphan.pid
    keeper.terminate()
    keeper.wait()
    orphan.wait()
    assert not store.is_running(socket)


def test_an_adopted_store_that_dies_is_replaced(socket: Path) -> None:
    orphan = start(socket)
    keeper = subprocess.Popen([sys.executable, "-c", RUN, str(socket)], stdout=subprocess.DEVNULL)
    while not catches(keeper, signal.SIGTERM):
        assert keeper.poll() is None
        time.sleep(0.02)
    orphan.kill()
    orphan.wait()
    while not store.is_running(socket):
        assert keeper.poll() is None
        time.sleep(0.02)
    keeper.terminate()
    keeper.wait()
