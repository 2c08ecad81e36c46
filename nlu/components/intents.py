"""Which question a message asks."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.message_features import matrices
from components.product_component import ProductComponent


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ProductClassifier(ProductComponent, IntentClassifier):
    """The intent with the highest product of the readers' probabilities, calibrated.

    See ``components.readers``. Reads the sparse and the dense features that it finds.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``ranking_length``: how many intents the answer lists, the likeliest first."""
        return {"ranking_length": 10}

    def train(self, training_data: TrainingData) -> Resource:
        """Learns the intents of all phrases that have one."""
        return self._learn(training_data, label_of=lambda intent: intent)

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets the intent and the ranking of each message."""
        if self._product is None or not messages:
            return messages
        rows = self._product.probabilities(matrices(messages))
        for message, chances in zip(messages, rows, strict=True):
            order = np.argsort(-chances, kind="stable")[: self._config["ranking_length"]]
            ranking = [
                {"name": self._product.classes[place], "confidence": float(chances[place])}
                for place in order
            ]
            message.set(INTENT, dict(ranking[0]), add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages
