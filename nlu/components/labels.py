"""What components say about a message, and what they learn it from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray
    from rasa.shared.nlu.training_data.message import Message
    from rasa.shared.nlu.training_data.training_data import TrainingData

URGENCY = "urgency"
"""The attribute of a message (and the field of the answer): a probability, 0 to 1."""

_CALM, _URGENT = "calm", "urgent"


def labelled(training_data: TrainingData) -> list[Message]:
    """The phrases that have an intent."""
    return [m for m in training_data.intent_examples if m.get(INTENT) and m.get(TEXT)]


def urgency_labels(intents: Iterable[str], urgent: Sequence[str]) -> list[str]:
    """Whether a phrase of each intent tells of danger."""
    return [_URGENT if intent in urgent else _CALM for intent in intents]


def set_intents(
    message: Message, classes: Sequence[str], chances: NDArray[np.float64], length: int
) -> list[dict[str, Any]]:
    """Sets the intent and the ranking of a message.

    Args:
        message: the message.
        classes: the intents.
        chances: the probability of each.
        length: of the ranking.

    Returns:
        The ranking, the likeliest first.
    """
    order = np.argsort(-chances, kind="stable")[:length]
    ranking = [{"name": classes[n], "confidence": float(chances[n])} for n in order]
    message.set(INTENT, dict(ranking[0]), add_to_output=True)
    message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
    return ranking


def set_urgency(
    message: Message,
    classes: Sequence[str],
    chances: NDArray[np.float64],
    ranking: Iterable[dict[str, Any]],
    urgent: Sequence[str],
) -> float:
    """Sets how urgent a message sounds: the greater of two opinions.

    The probabilities of the urgent intents, added up (whether it is violence or trafficking is no
    doubt about danger), and that of the readers which know only danger and the rest, for a message
    may ask about a fee and mention a locked door.

    Args:
        message: the message.
        classes: of ``urgency_labels``.
        chances: the probability of each.
        ranking: the message's intents.
        urgent: the intents that tell of danger.

    Returns:
        The urgency.
    """
    own = float(chances[list(classes).index(_URGENT)]) if _URGENT in classes else 0.0
    urgency = max(own, sum(r["confidence"] for r in ranking if r["name"] in urgent))
    message.set(URGENCY, urgency, add_to_output=True)
    return urgency
