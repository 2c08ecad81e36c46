"""How far a training is: the trainer's lines as stages, and stages as a share of the whole."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Stage(StrEnum):
    """What a training does, in this order."""

    PREPARING = "preparing"
    """Rasa starts and reads the phrases."""
    LANGUAGES = "languages"
    """It learns to tell the languages apart."""
    WORDS = "words"
    """It learns the words."""
    SENTENCES = "sentences"
    """It reads the sentences, the new ones for the first time."""
    QUESTIONS = "questions"
    """It learns which question a sentence asks."""
    PACKING = "packing"
    """It learns danger, and packs the model."""
    OLD_MODEL = "old_model"
    """The model in service is measured on the development set."""
    NEW_MODEL = "new_model"
    """The new model is."""


USUAL_SECONDS: Mapping[Stage, float] = {
    Stage.PREPARING: 25,
    Stage.LANGUAGES: 47,
    Stage.WORDS: 33,
    Stage.SENTENCES: 30,
    Stage.QUESTIONS: 30,
    Stage.PACKING: 6,
    Stage.OLD_MODEL: 15,
    Stage.NEW_MODEL: 15,
}
"""Measured with 22,270 phrases, a handful of them new, on two shared cores."""

_ALMOST = 0.95
"""No stage is more than that done while it goes on."""

_OURS = re.compile(r"^→ classifier: ")
_MARKS: tuple[tuple[re.Pattern[str], Stage], ...] = (
    (re.compile(r"^languages: learning"), Stage.LANGUAGES),
    (re.compile(r"^n-grams: "), Stage.WORDS),
    (re.compile(r"^readers: the words alone"), Stage.SENTENCES),
    (re.compile(r"^sentence vectors: (?P<done>\d+) of (?P<all>\d+)"), Stage.SENTENCES),
    (re.compile(r"^readers: \d+ phrases"), Stage.QUESTIONS),
    (re.compile(r"^readers: shares"), Stage.PACKING),
)
"""What the components of ``nlu/`` say when a stage begins."""

_PHRASES = re.compile(r"^training with (\d+) phrases")
_MODEL = re.compile(r"helpline-[0-9a-f]+\.tar\.gz")


class Heard(NamedTuple):
    """A line of the trainer: the words, the stage it tells of and how much of that is done."""

    line: str
    stage: Stage | None = None
    share: float = 0.0


def hear(line: str) -> Heard:
    """What a line of the trainer's output says."""
    words = _OURS.sub("", line.strip())
    for pattern, stage in _MARKS:
        found = pattern.match(words)
        if found:
            counts = found.groupdict()
            share = int(counts["done"]) / max(1, int(counts["all"])) if counts else 0.0
            return Heard(words, stage, min(1.0, share))
    return Heard(words)


def named_model(line: str) -> str | None:
    """The model that a line of the trainer names: that it made, or that was there already."""
    found = _MODEL.search(line)
    return found.group() if found else None


def named_phrases(line: str) -> int | None:
    """With how many phrases it trains, if a line of the trainer says so."""
    found = _PHRASES.match(_OURS.sub("", line.strip()))
    return int(found[1]) if found else None


def percent(
    stage: Stage,
    seconds: float,
    share: float = 0.0,
    usual: Mapping[Stage, float] = USUAL_SECONDS,
) -> int:
    """An estimate of how much of the whole is done, 0 to 99.

    Args:
        stage: at work.
        seconds: since that stage began.
        share: how much of the stage is known to be done, 0 to 1.
        usual: how long each stage takes, in seconds; a stage that is missing takes none.
    """
    whole = sum(usual.values())
    if whole <= 0:
        return 0
    stages = list(Stage)
    before = sum(usual.get(each, 0.0) for each in stages[: stages.index(stage)])
    length = usual.get(stage, 0.0)
    passed = min(seconds / length, 1.0) if length > 0 else 1.0
    return min(99, int(100 * (before + length * min(_ALMOST, max(passed, share))) / whole))
