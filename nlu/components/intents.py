"""Which question a message asks."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.labels import labelled, set_intents
from components.message_features import dense_rows
from components.product_component import ProductComponent, opinions, unsettled


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ProductClassifier(ProductComponent, IntentClassifier):
    """The intent with the highest product of the readers' probabilities, calibrated.

    For the messages that ``FirstGlance`` left open; see ``components.readers``.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``ranking_length``: how many intents the answer lists, the likeliest first."""
        return {"ranking_length": 10}

    def train(self, training_data: TrainingData) -> Resource:
        """Learns the intents of all phrases that have one."""
        phrases = labelled(training_data)
        return self._learn(phrases, [phrase.get(INTENT) for phrase in phrases])

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets the intent and the ranking of each message."""
        open_ones = unsettled(messages)
        if self._product is None or not open_ones:
            return messages
        words = np.array([opinion.intents for opinion in opinions(open_ones)])
        rows = self._product.probabilities(words, dense_rows(open_ones))
        for message, chances in zip(open_ones, rows, strict=True):
            set_intents(message, self._product.classes, chances, self._config["ranking_length"])
        return messages
