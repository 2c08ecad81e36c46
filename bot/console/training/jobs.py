"""The one training in the background: starts it, watches it, ends it.

It runs in a process group of its own (``work``) and goes on when the console is restarted; what is
known of it is on disk (``job_state``).
"""

from __future__ import annotations

import asyncio
import os
import secrets
import signal
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import msgspec

from bot.console.training import models
from bot.console.training.comparison import Comparison
from bot.console.training.job_state import (
    Record,
    State,
    hold_lock,
    is_running,
    read_record,
    read_usual,
    write_record,
)
from bot.console.training.progress import USUAL_SECONDS, Stage, percent
from bot.console.training.trouble import Cause, Trouble
from bot.console.training.work import Order, order_as_json

if TYPE_CHECKING:
    from bot.console.training.folders import Folders
    from bot.settings import Settings

_END_SECONDS = 15.0
"""So long a training may take to end in order."""

_LOOK_SECONDS = 0.05
_ID_BYTES = 6
_OUTPUT = "output.log"
"""What the process itself complains of; the trainer's words are in the record."""


class Job(msgspec.Struct, frozen=True):
    """The last training, as a page shows it.

    Attributes:
        id: tells it from others.
        state: how it stands.
        stage: what it does, or did last.
        percent: an estimate of what is done; 100 when it is done.
        seconds: that it has taken so far, or took.
        started_at: seconds since the epoch.
        line: the trainer's last words, in English.
        old: the model that was in service when it began; None if there was none.
        candidate: the trained model's file name; None until there is one.
        comparison: old against new; None until it is there, or if it could not be made.
        trouble: why it failed; of one that is done, why there is no comparison.
    """

    id: str
    state: State
    stage: Stage
    percent: int
    seconds: float
    started_at: float
    line: str
    old: str | None
    candidate: str | None
    comparison: Comparison | None
    trouble: Trouble | None


def last(folders: Folders) -> Job | None:
    """The training that runs, or the last one that did; None if there was none."""
    record = read_record(folders.state)
    if record is None:
        return None
    if record.state is State.RUNNING and not is_running(folders.state):
        record = read_record(folders.state) or record  # it may have ended in between
    if record.state is State.RUNNING and not is_running(folders.state):
        record = msgspec.structs.replace(
            record, state=State.FAILED, ended_at=record.stage_at, trouble=Trouble(Cause.LOST)
        )
    return _job(record, read_usual(folders.state))


async def start(folders: Folders, settings: Settings) -> Job | Trouble:
    """Trains a candidate of all phrases of now and compares it, in the background.

    The model in service stays in service, whatever is trained and restarted, until somebody puts
    another one into service.

    Args:
        folders: of this installation.
        settings: of this process; the answers and thresholds to compare with.

    Returns:
        The training; or why there is none: ``NO_ENVIRONMENT``, ``BUSY``, ``NOTHING_NEW``,
        ``UNREADABLE``, ``NOT_KEPT``.
    """
    if not folders.classifier_python.exists():
        return Trouble(Cause.NO_ENVIRONMENT)
    known = await models.pin(folders)
    if isinstance(known, Trouble):
        return known
    if known.up_to_date:
        return Trouble(Cause.NOTHING_NEW)
    before = read_record(folders.state)
    if before is not None and before.state is not State.RUNNING:
        await _ended(folders)  # its process writes down that it is done, and then has to end
    try:
        with hold_lock(folders.state) as lock:
            if lock is None:
                return Trouble(Cause.BUSY)
            now = time.time()
            record = Record(
                id=secrets.token_hex(_ID_BYTES),
                state=State.RUNNING,
                stage=Stage.PREPARING,
                started_at=now,
                stage_at=now,
                old=known.in_service,
            )
            _begin(folders, settings, record, lock)
    except OSError as error:
        return Trouble(Cause.UNREADABLE, str(error))
    return _job(record, read_usual(folders.state))


async def cancel(folders: Folders) -> Job | None:
    """Ends the training that runs; what was trained until then is gone. The last training."""
    record = read_record(folders.state)
    if record is None or not is_running(folders.state):
        return last(folders)
    _signal(folders, signal.SIGTERM)
    if not await _ended(folders):
        _signal(folders, signal.SIGKILL)
        await _ended(folders)
    with hold_lock(folders.state) as lock:
        record = read_record(folders.state)
        if lock is not None and record is not None and record.state is State.RUNNING:
            ended = msgspec.structs.replace(record, state=State.CANCELLED, ended_at=time.time())
            write_record(folders.state, ended)
    return last(folders)


def _begin(folders: Folders, settings: Settings, record: Record, lock: int) -> None:
    """Starts the process; it and the trainer hold the lock from here on."""
    write_record(folders.state, record)
    with (folders.state / _OUTPUT).open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot.console.training.work"],
            env={**folders.environment, **_as_environment(settings)},
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
            pass_fds=(lock,),
            start_new_session=True,
        )
    assert process.stdin is not None  # noqa: S101 - a pipe was asked for
    write_record(folders.state, msgspec.structs.replace(record, process=process.pid))
    with process.stdin as stdin:  # from here on it keeps the record itself
        stdin.write(order_as_json(Order(folders, lock)))
    # looked after, so that it does not stay behind as a zombie
    threading.Thread(target=process.wait, name="training", daemon=True).start()


def _as_environment(settings: Settings) -> dict[str, str]:
    """What comparing takes of the settings, as the process's own settings read it."""
    names = ("answers_dir", "nlu_data_dir", *type(settings.thresholds).__struct_fields__)
    return {name.upper(): str(getattr(settings, name)) for name in names}


def _signal(folders: Folders, number: signal.Signals) -> None:
    """Tells the training's group, as long as the lock says that it is alive."""
    record = read_record(folders.state)
    if record is not None and record.process and is_running(folders.state):
        try:
            os.killpg(record.process, number)
        except ProcessLookupError:
            return


async def _ended(folders: Folders) -> bool:
    try:
        async with asyncio.timeout(_END_SECONDS):
            while is_running(folders.state):  # noqa: ASYNC110 - the kernel tells nobody
                await asyncio.sleep(_LOOK_SECONDS)
    except TimeoutError:
        return False
    return True


def _job(record: Record, usual: dict[Stage, float] | None) -> Job:
    now = time.time()
    done = percent(record.stage, now - record.stage_at, record.share, usual or USUAL_SECONDS)
    return Job(
        id=record.id,
        state=record.state,
        stage=record.stage,
        percent=100 if record.state is State.DONE else done,
        seconds=(record.ended_at or now) - record.started_at,
        started_at=record.started_at,
        line=record.line,
        old=record.old,
        candidate=record.candidate,
        comparison=record.comparison,
        trouble=record.trouble,
    )
