"""All answers with one of them edited: only that one is read anew. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from bot.answers import topics_file, uzbek
from bot.answers.consistency import cross_faults
from bot.answers.load import read_library
from bot.answers.loaded import DANGER
from bot.answers.model import DangerKind
from bot.answers.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.answers.loaded import Loaded
    from bot.answers.variables import Values


def folder_of(path: str) -> str | None:
    """The folder of the answer that a file belongs to; None if it belongs to none."""
    return path.rpartition("/")[0] if path.count("/") == 2 else None


def with_folder(
    loaded: Loaded, files: Mapping[str, bytes], folder: str, values: Values | None
) -> Loaded:
    """What ``read_library`` would give, for the price of one answer.

    Args:
        loaded: all answers before the edit.
        files: all files after it.
        folder: of the edited answer.
        values: of the variables in the texts.

    Returns:
        All answers; the faults are those of the edited one only.
    """
    needed = (topics_file.FILE, uzbek.FILE)
    few = {p: c for p, c in files.items() if p in needed or p.startswith(f"{folder}/")}
    read = read_library(Snapshot(few), values)
    entries = {entry.folder: entry for entry in (*loaded.answers, *read.answers)}
    answers = tuple(entries[name] for name in sorted(entries))
    library = msgspec.structs.replace(
        loaded.library,
        version="edited",
        answers={e.answer.intent: e.answer for e in answers if e.answer.topic != DANGER},
        cards={DangerKind(e.answer.intent): e.answer for e in answers if e.answer.topic == DANGER},
    )
    edited = replace(loaded, library=library, answers=answers, faults=())
    inner = replace(read, faults=())
    between = frozenset(cross_faults(inner))  # of so few files: almost all of them wrong
    own = [f for f in read.faults if f not in between and _is_in(f.file, folder)]
    own += [f for f in cross_faults(edited) if _is_in(f.file, folder)]
    return replace(edited, faults=tuple(sorted(own)))


def _is_in(file: str, folder: str) -> bool:
    return file == folder or file.startswith(f"{folder}/")
