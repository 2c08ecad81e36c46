"""What components say about a message, and what they learn it from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_RANKING_KEY,
    METADATA,
    METADATA_INTENT,
    TEXT,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray
    from rasa.shared.nlu.training_data.message import Message
    from rasa.shared.nlu.training_data.training_data import TrainingData

    from components.readers import Labeller

URGENCY = "urgency"
"""The attribute of a message (and the field of the answer): a probability, 0 to 1."""

_CALM, _URGENT = "calm", "urgent"


def labelled(training_data: TrainingData) -> list[Message]:
    """The phrases that have an intent."""
    return [m for m in training_data.intent_examples if m.get(INTENT) and m.get(TEXT)]


def urgency_labels(phrases: Iterable[Message], urgent: Sequence[str]) -> list[str]:
    """Whether each phrase tells of danger.

    Args:
        phrases: with their intents. A phrase of an urgent intent that only asks for information
            ("must I show the police my passport?") says ``calm: true`` in its metadata.
        urgent: the intents that tell of danger.
    """
    return [
        _URGENT if phrase.get(INTENT) in urgent and not _is_calm(phrase) else _CALM
        for phrase in phrases
    ]


def _is_calm(phrase: Message) -> bool:
    metadata = (phrase.get(METADATA) or {}).get(METADATA_INTENT) or {}
    return bool(metadata.get("calm"))


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


def of_urgent(ranking: Iterable[dict[str, Any]], urgent: Sequence[str]) -> float:
    """The probabilities of the urgent intents, added up.

    Whether it is violence or trafficking is no doubt about danger.
    """
    return float(sum(ranked["confidence"] for ranked in ranking if ranked["name"] in urgent))


def odds(labeller: Labeller, logs: NDArray[np.float64]) -> float:
    """The logarithm of the odds that a message tells of danger.

    Args:
        labeller: one that learnt ``urgency_labels``.
        logs: its log-probabilities for the message.
    """
    if _URGENT not in labeller.classes:
        return -np.inf
    place = labeller.classes.index(_URGENT)
    return float(logs[place] - logs[1 - place]) if len(logs) > 1 else np.inf


def set_urgency(message: Message, urgency: float) -> None:
    """Sets how urgent a message sounds, 0 to 1."""
    message.set(URGENCY, urgency, add_to_output=True)
