"""The process of one training: trains a candidate, then compares it with the model in service.

``python -m bot.console.training.work``, started by ``jobs`` with the folders as JSON on its
standard input. It writes what happens into the training's record.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import structlog

from bot.console.training.compare import compare
from bot.console.training.comparison import Comparison
from bot.console.training.folders import Folders
from bot.console.training.job_state import Record, State, read_record, write_record, write_usual
from bot.console.training.learnt import Learnt, keep_learnt, mark
from bot.console.training.phrases import taught
from bot.console.training.progress import Stage, hear, named_model, named_phrases
from bot.console.training.trouble import Cause, Trouble
from bot.settings import SettingsError, load_settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

_log = structlog.get_logger()

_LONGEST = 1800.0
"""Seconds of a training; with all sentence vectors new it takes 10 minutes."""

_NICENESS = 10
"""People who ask come first."""

_WRITE_SECONDS = 0.5
_LONGEST_LINE = 300
_BUFFER = 256 * 1024


class Order(msgspec.Struct, frozen=True):
    """What to do: the folders, and the descriptor of the lock, which the trainer holds as well."""

    folders: Folders
    lock: int


class Diary:
    """Keeps the record of a training up to date; knows how long its stages took."""

    def __init__(self, folder: Path, record: Record) -> None:
        self._folder = folder
        self.record = record
        self.seconds: dict[Stage, float] = {}
        self.phrases = 0
        self._written = 0.0

    def note(self, *, at_once: bool = True, **changes: Any) -> None:  # noqa: ANN401 - of the record
        """Changes the record; what is not to be written at once may be left out."""
        now = time.time()
        stage = changes.get("stage", self.record.stage)
        if stage is not self.record.stage:
            self._end_stage(now)
            changes = {"stage_at": now, "share": 0.0, **changes}
            at_once = True
        self.record = msgspec.structs.replace(self.record, **changes)
        if at_once or time.monotonic() - self._written > _WRITE_SECONDS:
            write_record(self._folder, self.record)
            self._written = time.monotonic()

    def end(self, state: State, **changes: Any) -> None:  # noqa: ANN401 - of the record
        """The training is over."""
        now = time.time()
        self._end_stage(now)
        self.note(state=state, ended_at=now, **changes)

    def _end_stage(self, now: float) -> None:
        stage = self.record.stage
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self.record.stage_at


async def work(order: Order, record: Record) -> None:
    """Trains and compares."""
    folders = order.folders
    diary = Diary(folders.state, record)
    marks = tuple(mark(lesson) for lesson in taught(folders).lessons)
    trained = await _train(order, diary)
    if isinstance(trained, Trouble):
        _log.warning("training_failed", cause=trained.cause.value)
        diary.end(State.FAILED, trouble=trained)
        return
    diary.note(candidate=trained, line="")
    old = record.old if record.old != trained else None

    def told(name: str, done: int, of: int) -> None:
        stage = Stage.NEW_MODEL if name == trained else Stage.OLD_MODEL
        diary.note(at_once=False, stage=stage, share=done / max(1, of))

    try:
        result = await compare(folders, load_settings(), old, trained, told)
    except SettingsError as error:
        result = Trouble(Cause.NOT_COMPARED, "; ".join(error.faults))
    figures = result.whole.new if isinstance(result, Comparison) else None
    keep_learnt(folders.state, Learnt(trained, diary.phrases, marks, figures))
    if isinstance(result, Trouble):
        diary.end(State.DONE, trouble=result)
    else:
        diary.end(State.DONE, comparison=result)
        write_usual(folders.state, diary.seconds)
    _log.info("training_done", seconds=round(diary.record.ended_at - record.started_at))


async def _train(order: Order, diary: Diary) -> str | Trouble:
    """The name of the candidate, or why there is none."""
    folders = order.folders
    try:
        process = await asyncio.create_subprocess_exec(
            str(folders.classifier_python),
            "-u",
            str(folders.root / "nlu" / "train.py"),
            "--candidate",
            env=folders.environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            limit=_BUFFER,
            pass_fds=(order.lock,),
        )
    except OSError as error:
        return Trouble(Cause.NO_ENVIRONMENT, str(error))
    complaint, candidate = "", None
    try:
        async with asyncio.timeout(_LONGEST), asyncio.TaskGroup() as tasks:
            complaints = tasks.create_task(_last_line(process.stderr))
            async for line in _lines(process.stdout):
                heard = hear(line)
                candidate = named_model(line) or candidate
                diary.phrases = named_phrases(line) or diary.phrases
                stage = heard.stage or diary.record.stage
                share = heard.share if heard.stage else diary.record.share
                words = heard.line[:_LONGEST_LINE]
                diary.note(at_once=False, stage=stage, share=share, line=words)
            complaint = await complaints
            await process.wait()
    except TimeoutError:
        return Trouble(Cause.TOO_LONG, f"{_LONGEST:.0f} s")
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        said = complaint or diary.record.line or f"exit code {process.returncode}"
        return Trouble(Cause.TRAINING_FAILED, said[:_LONGEST_LINE])
    return candidate or Trouble(Cause.TRAINING_FAILED, "the trainer named no model")


async def _lines(stream: asyncio.StreamReader | None) -> AsyncIterator[str]:
    """The lines of a stream that are not empty; one that is too long is left out."""
    while stream is not None:
        try:
            line = await stream.readline()
        except ValueError:
            continue
        if not line:
            return
        if line.strip():
            yield line.decode(errors="replace").strip()


async def _last_line(stream: asyncio.StreamReader | None) -> str:
    last = ""
    async for line in _lines(stream):
        last = line
    return last


def main() -> int:
    """Does what the standard input says; the exit code."""
    order = msgspec.json.decode(sys.stdin.buffer.read(), type=Order, dec_hook=_to_path)
    record = read_record(order.folders.state)
    if record is None:
        return 1
    with suppress(OSError):
        os.nice(_NICENESS)
    asyncio.run(work(order, record))
    return 0


def order_as_json(order: Order) -> bytes:
    """The order, for the standard input of this process."""
    return msgspec.json.encode(order, enc_hook=str)


def _to_path(kind: type, value: object) -> Path:
    if kind is Path or issubclass(kind, Path):
        return Path(str(value))
    raise NotImplementedError(kind)


if __name__ == "__main__":
    sys.exit(main())
