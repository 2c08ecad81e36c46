"""Which question a message asks."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.message_features import matrices
from components.project import code_fingerprint
from components.readers import Product, train

_FILE = "readers.npz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ProductClassifier(IntentClassifier, GraphComponent):
    """The intent with the highest product of the readers' probabilities, calibrated.

    See ``components.readers``. Reads the sparse and the dense features that it finds.
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
        """There have to be features."""
        return [Featurizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``ranking_length``: how many intents the answer lists, the likeliest first."""
        return {"ranking_length": 10}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ProductClassifier:
        """An untrained classifier."""
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
        """The classifier of a trained model."""
        return cls(config, load_product(model_storage, resource), model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learns the intents of all phrases that have one."""
        phrases = [m for m in training_data.intent_examples if m.get(INTENT) and m.get(TEXT)]
        self._product = train(matrices(phrases), [phrase.get(INTENT) for phrase in phrases])
        save_product(self._product, self._storage, self._resource)
        return self._resource

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

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Rasa's training cache is not to outlive a change of the code."""
        return code_fingerprint()


def save_product(product: Product, storage: ModelStorage, resource: Resource) -> None:
    """Keeps trained readers with the model."""
    with storage.write_to(resource) as folder:
        np.savez(folder / _FILE, **product.arrays())


def load_product(storage: ModelStorage, resource: Resource) -> Product:
    """The readers that ``save_product`` kept."""
    with (
        storage.read_from(resource) as folder,
        np.load(folder / _FILE, allow_pickle=False) as stored,
    ):
        return Product.from_arrays(dict(stored))
