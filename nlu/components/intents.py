"""Which question a message asks."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.glance import opinions, unsettled
from components.labels import labelled, set_intents
from components.message_features import dense_rows, sparse_rows
from components.ngrams import NgramFeaturizer
from components.project import code_fingerprint
from components.readers import Product, train_product
from components.sentences import SentenceFeaturizer

_FILE = "product.npz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ProductClassifier(GraphComponent, IntentClassifier):
    """The intent with the highest product of the readers' probabilities, calibrated.

    For the messages that ``FirstGlance`` left open; see ``components.readers``.
    """

    def __init__(
        self,
        config: dict[str, Any],
        product: Product | None,
        storage: ModelStorage,
        resource: Resource,
    ) -> None:
        self._config = config
        self._product = product
        self._storage = storage
        self._resource = resource

    @classmethod
    def required_components(cls) -> list[type]:
        """Features of words and of sentences, to learn from.

        To Rasa a classifier is nothing that another component can require, so that ``FirstGlance``
        came before is checked when a message is read.
        """
        return [NgramFeaturizer, SentenceFeaturizer]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ProductClassifier:
        """An untrained component."""
        return cls(config, None, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> ProductClassifier:
        """The component of a trained model."""
        with (
            model_storage.read_from(resource) as folder,
            np.load(folder / _FILE, allow_pickle=False) as stored,
        ):
            product = Product.from_arrays(dict(stored))
        return cls(config, product, model_storage, resource)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Rasa's training cache is not to outlive a change of the code."""
        return code_fingerprint()

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``ranking_length``: how many intents the answer lists, the likeliest first."""
        return {"ranking_length": 10}

    def train(self, training_data: TrainingData) -> Resource:
        """Learns the intents of all phrases that have one."""
        phrases = labelled(training_data)
        labels = [phrase.get(INTENT) for phrase in phrases]
        self._product = train_product(sparse_rows(phrases), dense_rows(phrases), labels)
        with self._storage.write_to(self._resource) as folder:
            np.savez(folder / _FILE, **self._product.arrays())
        return self._resource

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
