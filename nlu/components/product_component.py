"""What the intent classifier and the urgency scorer share: a product that is learnt and kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message

from components.glance import OPINION, SETTLED, Opinion
from components.message_features import NoFeaturesError, dense_rows, sparse_rows
from components.ngrams import NgramFeaturizer
from components.project import code_fingerprint
from components.readers import Product, train_product
from components.sentences import SentenceFeaturizer

_FILE = "product.npz"


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

    def _learn(self, phrases: Sequence[Message], labels: Sequence[str]) -> Resource:
        """Learns the labels of phrases, and keeps what was learnt."""
        self._product = train_product(sparse_rows(phrases), dense_rows(phrases), labels)
        with self._storage.write_to(self._resource) as folder:
            np.savez(folder / _FILE, **self._product.arrays())
        return self._resource


def unsettled(messages: Sequence[Message]) -> list[Message]:
    """The messages that the first glance left open."""
    return [message for message in messages if not message.get(SETTLED)]


def opinions(messages: Sequence[Message]) -> list[Opinion]:
    """What the words made the first glance think of each message.

    Raises:
        NoFeaturesError: it did not come before.
    """
    found = [message.get(OPINION) for message in messages]
    if None in found:
        raise NoFeaturesError("no opinion of the words: FirstGlance has to come before")
    return found
