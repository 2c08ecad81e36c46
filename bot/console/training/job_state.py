"""The state of the one training, on disk: it outlives the console's restart and a page's reload.

``job.json`` is written whole or not at all. A lock on ``lock``, which the kernel drops when the
last process of the training ends, says whether it still runs: more certain than a process id alone,
which another program may have by then.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from bot.console.training.comparison import Comparison
from bot.console.training.progress import Stage
from bot.console.training.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_STATE = "job.json"
_LOCK = "lock"
_USUAL = "usual.json"


class State(StrEnum):
    """How a training stands."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Record(msgspec.Struct, frozen=True):
    """What is kept of the training.

    Attributes:
        id: tells this training from others.
        state: how it stands.
        stage: what it does, or did last.
        started_at: seconds since the epoch.
        stage_at: when the stage began.
        ended_at: when it ended; 0 while it runs.
        share: how much of the stage is known to be done, 0 to 1.
        line: the trainer's last words.
        process: id of the process and of its group; 0 until it is there.
        old: the model that was in service when it began.
        candidate: the model that was trained.
        comparison: of the two.
        trouble: why it failed; or, if it is done, why nothing could be compared.
    """

    id: str
    state: State
    stage: Stage
    started_at: float
    stage_at: float
    ended_at: float = 0.0
    share: float = 0.0
    line: str = ""
    process: int = 0
    old: str | None = None
    candidate: str | None = None
    comparison: Comparison | None = None
    trouble: Trouble | None = None


def read_record(folder: Path) -> Record | None:
    """What is kept of the last training; None if there is nothing, or nothing that can be read."""
    try:
        return msgspec.json.decode((folder / _STATE).read_bytes(), type=Record)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None


def write_record(folder: Path, record: Record) -> None:
    """Keeps the state of the training.

    Raises:
        OSError: it cannot be written.
    """
    _write(folder / _STATE, msgspec.json.encode(record))


def read_usual(folder: Path) -> dict[Stage, float] | None:
    """How long the stages took the last time, in seconds."""
    try:
        return msgspec.json.decode((folder / _USUAL).read_bytes(), type=dict[Stage, float])
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None


def write_usual(folder: Path, seconds: dict[Stage, float]) -> None:
    """Keeps how long the stages took.

    Raises:
        OSError: it cannot be written.
    """
    _write(folder / _USUAL, msgspec.json.encode(seconds))


@contextmanager
def hold_lock(folder: Path) -> Iterator[int | None]:
    """The lock's descriptor, to be handed on to the training; None if a training has it.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
        else:
            yield descriptor
    finally:
        os.close(descriptor)


def is_running(folder: Path) -> bool:
    """Whether a process of a training is alive."""
    try:
        descriptor = os.open(folder / _LOCK, os.O_RDWR)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        return False
    finally:
        os.close(descriptor)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}-{os.getpid()}")
    fresh.write_bytes(content)
    fresh.replace(path)
