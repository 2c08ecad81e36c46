"""The facts and sources that an answer rests on, as its page shows them. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.answers.answer_checks import days_allowed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.answers.facts_file import Fact
    from bot.answers.model import Answer, Source


@dataclass(frozen=True, slots=True)
class Rests:
    """What an answer rests on.

    Attributes:
        facts: those that it names and that are there.
        unknown: names that it has and no file of facts.
        sources: that people are shown.
        days: for how many days it counts as fresh after a check.
        answer: None if its file cannot be read.
    """

    facts: tuple[Fact, ...]
    unknown: tuple[str, ...]
    sources: tuple[Source, ...]
    days: int
    answer: Answer | None


def rests_on(answer: Answer | None, facts: Mapping[str, Fact]) -> Rests:
    """What an answer rests on."""
    if answer is None:
        return Rests((), (), (), 0, None)
    return Rests(
        tuple(facts[name] for name in answer.facts if name in facts),
        tuple(name for name in answer.facts if name not in facts),
        (*answer.sources, *answer.sources_russia),
        days_allowed(answer, facts),
        answer,
    )
