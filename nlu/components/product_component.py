"""What the intent classifier and the urgency scorer share: readers that are learnt and kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.message_features import matrices
from components.project import code_fingerprint
from components.readers import Product, train

_FILE = "readers.npz"


class ProductComponent(GraphComponent):
    """Labels messages by the product of two readers; see ``components.readers``.

    Rasa resolves the annotations of components at run time: import what they name.
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

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ProductComponent:
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
    ) -> ProductComponent:
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

    def _learn(self, training_data: TrainingData, label_of: Callable[[str], str]) -> Resource:
        """Learns a label made from the intent, for all phrases that have one, and keeps it."""
        phrases = [m for m in training_data.intent_examples if m.get(INTENT) and m.get(TEXT)]
        labels = [label_of(phrase.get(INTENT)) for phrase in phrases]
        self._product = train(matrices(phrases), labels)
        with self._storage.write_to(self._resource) as folder:
            np.savez(folder / _FILE, **self._product.arrays())
        return self._resource
