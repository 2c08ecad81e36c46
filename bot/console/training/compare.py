"""Measures two models on the development set, one after the other, as people would meet them.

Each is served by a classifier of its own on a free port of this machine; every message is read and
decided by the code that serves people (``helpline evaluate`` does the same with one).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.answers.faults import BrokenLibraryError
from bot.console.training.trouble import Cause, Trouble
from bot.console.training.verdicts import compared
from bot.understanding import labelled
from bot.understanding.evaluate import EvaluationError, measure
from bot.understanding.files import DataFileError
from bot.understanding.own_classifier import NoClassifierError, own_classifier

if TYPE_CHECKING:
    from pathlib import Path

    from bot.console.training.comparison import Comparison
    from bot.console.training.folders import Folders
    from bot.settings import Settings
    from bot.understanding.scores import Measured

Told = Callable[[str, int, int], None]
"""Told the name of the model at work, how many messages it has read, and of how many."""


async def compare(
    folders: Folders,
    settings: Settings,
    old: str | None,
    new: str,
    told: Told | None = None,
) -> Comparison | Trouble:
    """What a new model does better and worse than an old one; takes half a minute or more.

    Args:
        folders: of this installation; ``development`` has the messages.
        settings: where the answers are, and the thresholds.
        old: the old model's file name; None if there is none.
        new: the new one's.
        told: hears of the progress.
    """
    if folders.development is None:
        return Trouble(Cause.NO_DEVELOPMENT_SET)
    try:
        rows, faults = labelled.read(folders.development)
    except OSError as error:
        return Trouble(Cause.NO_DEVELOPMENT_SET, str(error))
    if not rows:
        return Trouble(Cause.NO_DEVELOPMENT_SET, f"there are no messages in {folders.development}")
    for name in filter(None, (old, new)):
        if not _file(folders, name).exists():
            return Trouble(Cause.MODEL_MISSING, name)
    measured: dict[str, list[Measured]] = {}
    try:
        for name in filter(None, (old, new)):
            measured[name] = await _measure(folders, settings, name, rows, told)
    except (NoClassifierError, EvaluationError, DataFileError, BrokenLibraryError) as error:
        return Trouble(Cause.NOT_COMPARED, str(error))
    return compared((old, measured[old]) if old else None, (new, measured[new]), faults)


async def _measure(
    folders: Folders,
    settings: Settings,
    name: str,
    rows: list[labelled.Labelled],
    told: Told | None,
) -> list[Measured]:
    def done(count: int) -> None:
        if told:
            told(name, count, len(rows))

    done(0)
    async with own_classifier(folders.root, _file(folders, name)) as address:
        return await measure(address, rows, settings, done)


def _file(folders: Folders, name: str) -> Path:
    return folders.models / name
