"""Groups questions by what they mean, with the sentence vectors of the classifier's environment.

How, and how good the groups are: ``nlu/vectors.py``. Where that environment is not on this machine,
only questions that are the same but for their spelling are put together; the result says so.
"""

from __future__ import annotations

import asyncio
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec
import structlog

from bot.console.training.wording import same, suggestion
from bot.language.tags import Locale

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.console.training.folders import Folders

_log = structlog.get_logger()

MOST = 2000
"""Questions that are compared with one another; those beyond are grouped by spelling."""

_PATIENCE = 120.0
"""Seconds; 2,000 questions take about 20."""


class Asked(msgspec.Struct, frozen=True):
    """A question to be grouped.

    Attributes:
        id: names it.
        text: masked.
        locale: of its conversation; None for a language that is not ours.
        times: how often it came.
    """

    id: str
    text: str
    locale: Locale | None = None
    times: int = 1


class Group(msgspec.Struct, frozen=True):
    """Questions that are alike.

    Attributes:
        ids: those that are the most like the others come first; the first one stands for all.
        times: how often they came, together.
    """

    ids: tuple[str, ...]
    times: int


class By(StrEnum):
    """What questions were put together by."""

    MEANING = "meaning"
    SPELLING = "spelling"
    """Only what is the same but for its spelling: the classifier's environment is not here."""


class Likeness(msgspec.Struct, frozen=True):
    """The groups, the most frequent first; ``detail`` says why not by meaning, for operators."""

    groups: tuple[Group, ...]
    by: By
    detail: str = ""


class _Placed(msgspec.Struct, frozen=True):
    group: int
    likeness: float


async def group(folders: Folders, asked: Sequence[Asked], patience: float = _PATIENCE) -> Likeness:
    """Puts like questions together; the same questions always into the same groups.

    Args:
        folders: of this installation.
        asked: the questions; their ids differ.
        patience: seconds to wait for the vectors.
    """
    alike = _spelt_alike(asked)
    ours, beyond = alike[:MOST], alike[MOST:]
    if not ours:
        return Likeness((), By.MEANING)
    placed = await _place(folders, [some[0] for some in ours], patience)
    if isinstance(placed, str):
        _log.warning("questions_grouped_by_spelling", questions=len(asked))
        return Likeness(_sorted(_group(some) for some in alike), By.SPELLING, placed)
    members: dict[int, list[tuple[float, list[Asked]]]] = {}
    for some, place in zip(ours, placed, strict=True):
        members.setdefault(place.group, []).append((place.likeness, some))
    groups = [
        _group([one for _, some in sorted(found, key=_likest_first) for one in some])
        for found in members.values()
    ]
    return Likeness(_sorted([*groups, *map(_group, beyond)]), By.MEANING)


def by_spelling(asked: Iterable[Asked]) -> tuple[Group, ...]:
    """Questions that are the same but for their spelling; at once, without any vectors."""
    return _sorted(_group(some) for some in _spelt_alike(asked))


def _spelt_alike(asked: Iterable[Asked]) -> list[list[Asked]]:
    """Questions that are the same when folded, the most frequent first."""
    found: dict[str, list[Asked]] = {}
    for one in asked:
        key = same(suggestion(one.text)) or one.text
        found.setdefault(key, []).append(one)
    for some in found.values():
        some.sort(key=lambda one: (-one.times, one.id))
    return sorted(found.values(), key=lambda some: (-sum(one.times for one in some), some[0].id))


def _likest_first(found: tuple[float, list[Asked]]) -> tuple[float, str]:
    likeness, some = found
    return (-likeness, some[0].id)


def _group(some: Sequence[Asked]) -> Group:
    return Group(tuple(one.id for one in some), sum(one.times for one in some))


def _sorted(groups: Iterable[Group]) -> tuple[Group, ...]:
    return tuple(sorted(groups, key=lambda each: (-each.times, -len(each.ids), each.ids)))


async def _place(folders: Folders, asked: Sequence[Asked], patience: float) -> list[_Placed] | str:
    """The group of each question, or why it cannot be had."""
    if not folders.classifier_python.exists():
        return "the classifier's environment is not on this machine"
    rows = [
        {"text": suggestion(one.text), "language": one.locale.tag if one.locale else ""}
        for one in asked
    ]
    lines = b"".join(msgspec.json.encode(row) + b"\n" for row in rows)
    try:
        process = await asyncio.create_subprocess_exec(
            str(folders.classifier_python),
            str(folders.root / "nlu" / "vectors.py"),
            env=folders.environment,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
    except OSError as error:
        return str(error)
    try:
        async with asyncio.timeout(patience):
            said, complained = await process.communicate(lines)
    except TimeoutError:
        return f"no vectors within {patience:.0f} s"
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        reasons = complained.decode(errors="replace").strip().splitlines()
        return reasons[-1] if reasons else f"exit code {process.returncode}"
    try:
        placed = [msgspec.json.decode(line, type=_Placed) for line in said.splitlines()]
    except msgspec.DecodeError as error:
        return str(error)
    if len(placed) != len(asked):
        return f"{len(placed)} answers to {len(asked)} questions"
    return placed
