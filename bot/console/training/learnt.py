"""What each model has learnt: kept when it is trained, for a page that compares with it later.

In ``learnt.json`` beside the state of the training. Of the taught phrases only digests are kept.
"""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

import msgspec

from bot.console.training.comparison import Figures
from bot.console.training.phrases import Lesson
from bot.console.training.wording import same

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from bot.console.training.models import Model

_FILE = "learnt.json"
_KEPT = 50
"""Models; the trainer keeps fewer on disk."""

_DIGEST_BYTES = 8


class Learnt(msgspec.Struct, frozen=True):
    """What a model was trained with, and how good it is.

    Attributes:
        model: its file name.
        phrases: how many it was trained with; 0 if the trainer did not say.
        taught: those of them that were taught in the console, as ``mark`` names them.
        figures: on the development set; None where it was not measured.
    """

    model: str
    phrases: int
    taught: tuple[str, ...]
    figures: Figures | None = None


class Since(msgspec.Struct, frozen=True):
    """What a model has not learnt yet.

    Attributes:
        added: phrases that were taught since.
        removed: how many were taken back since.
    """

    added: tuple[Lesson, ...]
    removed: int


def mark(lesson: Lesson) -> str:
    """Tells a taught phrase from others, and the same phrase of another question."""
    said = msgspec.json.encode((lesson.locale.value, lesson.intent, lesson.calm, same(lesson.text)))
    return hashlib.blake2b(said, digest_size=_DIGEST_BYTES).hexdigest()


def read_learnt(folder: Path) -> dict[str, Learnt]:
    """What is known of models, by name; nothing if there is no file that can be read."""
    try:
        kept = msgspec.json.decode((folder / _FILE).read_bytes(), type=list[Learnt])
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return {}
    return {one.model: one for one in kept}


def keep_learnt(folder: Path, learnt: Learnt) -> None:
    """Keeps what a model has learnt.

    Raises:
        OSError: it cannot be written.
    """
    known = read_learnt(folder)
    known.pop(learnt.model, None)
    kept = [*known.values(), learnt][-_KEPT:]
    fresh = folder / f".{_FILE}-{os.getpid()}"
    fresh.write_bytes(msgspec.json.encode(kept))
    fresh.replace(folder / _FILE)


def since(
    model: Model | None, known: Mapping[str, Learnt], lessons: Iterable[Lesson]
) -> Since | None:
    """What was taught and taken back since a model was trained.

    Args:
        model: it; None where there is none, which has learnt nothing.
        known: of models, as ``read_learnt`` gives it.
        lessons: all that is taught now.

    Returns:
        None if nobody knows with what the model was trained.
    """
    if model is None or model.untaught:
        then: frozenset[str] = frozenset()
    elif model.name in known:
        then = frozenset(known[model.name].taught)
    else:
        return None
    now = {mark(lesson): lesson for lesson in lessons}
    added = tuple(lesson for name, lesson in now.items() if name not in then)
    return Since(added, len(then - now.keys()))
