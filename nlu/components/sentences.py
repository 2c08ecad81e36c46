"""Dense features: what a sentence means, nearly the same whatever the language."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.embedder import VectorCache, embed
from components.glance import SETTLED
from components.language import likeliest_locale
from components.project import CACHE, code_fingerprint
from components.readable import readable_text


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceFeaturizer(DenseFeaturizer, GraphComponent):
    """The 384 numbers of multilingual-e5-small for the whole text.

    That model has read web pages, not ad-hoc Latin: Latin text in a language written in Cyrillic is
    turned into Cyrillic first, and Uzbek Cyrillic, of which it has seen little, into Latin. So it
    needs ``LanguageIdentifier`` before it.
    """

    def __init__(self, config: dict[str, Any], name: str) -> None:
        super().__init__(name, config)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The settings: Rasa's ``alias`` of any featurizer."""
        return {FEATURIZER_CLASS_ALIAS: None}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceFeaturizer:
        """A featurizer; there is nothing to train."""
        return cls(config, execution_context.node_name)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Adds the features to all training phrases; vectors are kept for the next training."""
        messages = training_data.training_examples
        if messages:
            cache = VectorCache(CACHE / "sentences.npz")
            vectors = cache.embed([readable(message) for message in messages])
            for message, vector in zip(messages, vectors, strict=True):
                self.add_features_to_message(None, vector[None, :], TEXT, message)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the features to each message that the words have not settled."""
        for message in messages:
            if message.get(SETTLED):
                continue
            self.add_features_to_message(None, embed([readable(message)]), TEXT, message)
        return messages

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """There is nothing to set."""

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Rasa's training cache is not to outlive a change of the code."""
        return code_fingerprint()


def readable(message: Message) -> str:
    """The text as the sentence model reads it best."""
    return readable_text(str(message.get(TEXT) or ""), likeliest_locale(message))
