"""What a turn of the conversation gave a person, in the terms of labelled messages."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from bot.dialogue import acts
from bot.dialogue.session import Session
from bot.dialogue.turn import turn

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.answers.model import Library
    from bot.dialogue.acts import Act
    from bot.dialogue.events import TextReceived
    from bot.dialogue.thresholds import Thresholds


class Outcome(StrEnum):
    """What a person gets for a message."""

    ANSWERED_RIGHT = "answered_right"
    ANSWERED_WRONG = "answered_wrong"
    OFFERED_RIGHT = "offered_right"
    OFFERED_WRONG = "offered_wrong"
    FALLBACK = "fallback"


class Reached(msgspec.Struct, frozen=True):
    """What a person was shown.

    Attributes:
        answered: the intents that were answered at once; a danger card answers its kind.
        offered: the intents that were offered as buttons.
        card: whether a danger card was shown.
    """

    answered: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    card: bool = False

    def outcome(self, right: Iterable[str]) -> Outcome:
        """How good that is for a message that asks one of the ``right`` intents."""
        wanted = set(right)
        if self.answered:
            good = wanted.intersection(self.answered)
            return Outcome.ANSWERED_RIGHT if good else Outcome.ANSWERED_WRONG
        if self.offered:
            good = wanted.intersection(self.offered)
            return Outcome.OFFERED_RIGHT if good else Outcome.OFFERED_WRONG
        return Outcome.FALLBACK


def reached(event: TextReceived, library: Library, thresholds: Thresholds) -> Reached:
    """What the helpline gives somebody it does not know for a first message.

    Args:
        event: the message, read.
        library: the curated answers.
        thresholds: how sure the classifier must be.
    """
    said = turn(Session(), event, library, thresholds).step.acts
    answered = tuple(dict.fromkeys(intent for act in said if (intent := _answers(act))))
    offered = tuple(
        intent for act in said if isinstance(act, acts.DidYouMean) for intent in act.intents
    )
    card = any(isinstance(act, acts.ShowDanger) for act in said)
    return Reached(answered, offered, card)


def _answers(act: Act) -> str | None:
    """The intent that an act answers; asking for the citizenship is how some answers begin."""
    match act:
        case acts.ShowAnswer() | acts.AskCitizenship():
            return act.intent
        case acts.ShowDanger():
            return act.kind.value
        case acts.ShowHuman():
            return "talk_to_human"
        case acts.ShowCentres():
            return "find_centre"
        case acts.AskLocale():
            return "change_language"
        case acts.Forgotten():
            return "privacy"
        case _:
            return None
