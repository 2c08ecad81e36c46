"""Which language a message is in; see ``bot.language.identify``."""

from __future__ import annotations

import gzip
import json
import logging
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import METADATA, METADATA_INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.language.identify import Identifier, Ranked, Sample, ScriptModel, train
from bot.language.scripts import Script
from bot.language.tags import Locale, from_tag
from components.project import code_fingerprint, sample_files

if TYPE_CHECKING:
    from pathlib import Path

logger = logging.getLogger(__name__)

LANGUAGES = "languages"
"""The attribute of a message (and the field of the answer) with the ranking, best first."""

PRIOR = "languages_prior"
"""The key of a message's metadata with how much likelier than usual each language is."""

_FILE = "languages.json.gz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class LanguageIdentifier(GraphComponent):
    """Ranks the languages a message may be in.

    Trained on the training phrases, whose metadata name their language, and on the sentences of
    ``nlu_data/samples``, also of languages the helpline does not speak (``other.txt``).
    """

    def __init__(
        self, identifier: Identifier | None, storage: ModelStorage, resource: Resource
    ) -> None:
        self._identifier = identifier
        self._storage = storage
        self._resource = resource

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LanguageIdentifier:
        """An untrained identifier."""
        return cls(None, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LanguageIdentifier:
        """The identifier of a trained model."""
        with model_storage.read_from(resource) as folder:
            identifier = _from_json(json.loads(gzip.decompress((folder / _FILE).read_bytes())))
        return cls(identifier, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from the phrases that say their language, and from the samples."""
        samples = [
            Sample(message.get(TEXT), locale.value)
            for message in training_data.training_examples
            if (locale := tagged_locale(message)) is not None and message.get(TEXT)
        ]
        samples += read_samples()
        words = read_words()
        logger.info("languages: learning from %d texts, %d word lists", len(samples), len(words))
        self._identifier = train(samples, words)
        with self._storage.write_to(self._resource) as folder:
            packed = gzip.compress(json.dumps(_to_json(self._identifier)).encode(), 6, mtime=0)
            (folder / _FILE).write_bytes(packed)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """A training phrase is in the language that its metadata name."""
        unnamed = []
        for message in training_data.training_examples:
            locale = tagged_locale(message)
            if locale is None:
                unnamed.append(message)
            else:
                message.set(LANGUAGES, [{"name": locale.value, "confidence": 1.0}])
        self.process(unnamed)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets the ranking of each message; empty for a text without letters."""
        for message in messages:
            ranking = self._rank(message.get(TEXT) or "", message)
            message.set(LANGUAGES, [asdict(ranked) for ranked in ranking], add_to_output=True)
        return messages

    def _rank(self, text: str, message: Message) -> tuple[Ranked, ...]:
        if self._identifier is None:
            return ()
        prior = (message.get(METADATA) or {}).get(PRIOR)
        return self._identifier.rank(text, prior)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Rasa's training cache is not to outlive a change of the code or the samples."""
        return code_fingerprint(*sample_files())


def tagged_locale(message: Message) -> Locale | None:
    """The locale that the metadata of a training phrase name."""
    metadata = (message.get(METADATA) or {}).get(METADATA_INTENT) or {}
    return from_tag(metadata["language"]) if "language" in metadata else None


def likeliest_locale(message: Message) -> Locale | None:
    """The locale of ours that a message is likeliest in."""
    for ranked in message.get(LANGUAGES) or ():
        if ranked["name"] in _LOCALES:
            return Locale(ranked["name"])
    return None


_LOCALES = frozenset(locale.value for locale in Locale)


def read_samples() -> list[Sample]:
    """The sentences of ``nlu_data/samples``, one a line, in files named as their locale."""
    return [
        Sample(line, path.stem)
        for path in sample_files()
        if not _is_word_list(path)
        for line in _lines(path)
    ]


def read_words() -> list[Sample]:
    """The lists of words there, ``<language>.<what>.txt``; ``20: …`` counts a line so often."""
    found = []
    for path in filter(_is_word_list, sample_files()):
        for line in _lines(path):
            copies, colon, words = line.rpartition(":")
            name = path.name.partition(".")[0]
            found.append(Sample(words.strip(), name, int(copies) if colon else 1))
    return found


def _is_word_list(path: Path) -> bool:
    return "." in path.stem


def _lines(path: Path) -> list[str]:
    """Without the empty ones and the comments."""
    lines = map(str.strip, path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def _to_json(identifier: Identifier) -> dict[str, Any]:
    return {
        script.value: {
            "names": model.names,
            "packed": model.packed,
            "temperature": model.temperature,
        }
        for script, model in identifier.models.items()
    }


def _from_json(stored: dict[str, Any]) -> Identifier:
    return Identifier(
        {
            Script(script): ScriptModel(
                tuple(model["names"]), model["packed"], model["temperature"]
            )
            for script, model in stored.items()
        }
    )
