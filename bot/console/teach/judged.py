"""Whether a new model is better than the one in service, in reasons that people can weigh. Pure."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from bot.console.training.comparison import Asking, Comparison, Part

CHANCE = 0.05
"""As usual for tests: what chance alone brings about more often says little."""

QUESTIONS = 12
"""That are told of."""


class Verdict(StrEnum):
    """What the comparison says of all messages."""

    BETTER = "better"
    """More messages get something better, by more than chance."""
    ALIKE = "alike"
    """The difference may be chance."""
    WORSE = "worse"
    """More messages get something worse, by more than chance."""
    FIRST = "first"
    """There was none to compare with."""
    UNKNOWN = "unknown"
    """Nothing was measured."""


class Against(StrEnum):
    """Why somebody should think twice before it is put into service."""

    UNMEASURED = "unmeasured"
    WORSE = "worse"
    """More messages get something worse than something better, be it by chance."""
    DANGER = "danger"
    """Fewer of those in danger get a danger card."""
    WRONG = "wrong"
    """More messages get a wrong answer."""
    LANGUAGE = "language"
    """A language gets worse, by more than chance."""


class Reason(msgspec.Struct, frozen=True):
    """A reason against a model.

    Attributes:
        why: which.
        old: the number that it is about, of the old model.
        new: the same of the new one.
        language: the tag, of ``LANGUAGE``.
    """

    why: Against
    old: int = 0
    new: int = 0
    language: str = ""


def verdict(found: Comparison | None) -> Verdict:
    """What is to be said first of a comparison."""
    if found is None:
        return Verdict.UNKNOWN
    if found.whole.old is None:
        return Verdict.FIRST
    if found.whole.chance > CHANCE or found.whole.better == found.whole.worse:
        return Verdict.ALIKE
    return Verdict.BETTER if found.whole.better > found.whole.worse else Verdict.WORSE


def against(found: Comparison | None) -> tuple[Reason, ...]:
    """Why somebody should think twice; nothing if the model is at least as good in all that counts.

    A wrong answer can cost a person money or deportation, and a missing danger card more: there one
    message more is a reason. Of languages, each of which has few messages, only what is no chance.
    """
    if found is None:
        return (Reason(Against.UNMEASURED),)
    whole, old = found.whole, found.whole.old
    if old is None:
        return ()
    reasons = []
    if whole.worse > whole.better:
        reasons.append(Reason(Against.WORSE, whole.better, whole.worse))
    if whole.new.urgent_shown < old.urgent_shown:
        reasons.append(Reason(Against.DANGER, old.urgent_shown, whole.new.urgent_shown))
    if whole.new.answered_wrongly > old.answered_wrongly:
        reasons.append(Reason(Against.WRONG, old.answered_wrongly, whole.new.answered_wrongly))
    reasons += [
        Reason(Against.LANGUAGE, part.better, part.worse, part.language)
        for part in found.languages
        if _is_worse(part)
    ]
    return tuple(reasons)


def moved(found: Comparison) -> tuple[Asking, ...]:
    """The questions with the largest changes, which are told of; none if nothing was compared."""
    if found.old is None:
        return ()
    return tuple(one for one in found.intents if one.better or one.worse)[:QUESTIONS]


def _is_worse(part: Part) -> bool:
    return part.worse > part.better and part.chance <= CHANCE
