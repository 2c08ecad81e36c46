"""Sparse features: words and pieces of words, whatever script and keyboard they were typed with."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
import scipy.sparse
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.language.skeleton import skeleton
from components.project import code_fingerprint

logger = logging.getLogger(__name__)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class NgramFeaturizer(SparseFeaturizer, GraphComponent):
    """Weighted counts (tf-idf) of words, word pairs and character n-grams of the skeleton.

    The skeleton (``bot.language.skeleton``) is the form that Latin and Cyrillic spellings share, so
    that a word learnt in Uzbek Cyrillic is known in Uzbek Latin, and ``жұмыс`` in ``jumys``.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The settings.

        ``longest``: of the character n-grams; ``seen``: in how many phrases one has to occur.
        """
        return {FEATURIZER_CLASS_ALIAS: None, "shortest": 2, "longest": 5, "words": 2, "seen": 2}

    def __init__(
        self,
        config: dict[str, Any],
        name: str,
        storage: ModelStorage,
        resource: Resource,
        vectorizers: tuple[TfidfVectorizer, ...] = (),
    ) -> None:
        super().__init__(name, config)
        self._counters = _counters(vectorizers)
        self._storage = storage
        self._resource = resource

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> NgramFeaturizer:
        """An untrained featurizer."""
        return cls(config, execution_context.node_name, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> NgramFeaturizer:
        """The featurizer of a trained model."""
        vectorizers = _untrained(config)
        with model_storage.read_from(resource) as folder:
            for vectorizer, kind in zip(vectorizers, _KINDS, strict=True):
                grams = json.loads((folder / f"{kind}.json").read_text(encoding="utf-8"))
                vectorizer.vocabulary_ = {gram: column for column, gram in enumerate(grams)}
                vectorizer.idf_ = np.load(folder / f"{kind}.npy", allow_pickle=False)
        return cls(config, execution_context.node_name, model_storage, resource, vectorizers)

    def train(self, training_data: TrainingData) -> Resource:
        """Learns which n-grams there are, and how telling each is."""
        texts = [_skeleton(message) for message in training_data.training_examples]
        vectorizers = _untrained(self._config)
        with self._storage.write_to(self._resource) as folder:
            for vectorizer, kind in zip(vectorizers, _KINDS, strict=True):
                vectorizer.fit(texts)
                grams = sorted(vectorizer.vocabulary_, key=vectorizer.vocabulary_.__getitem__)
                (folder / f"{kind}.json").write_text(
                    json.dumps(grams, ensure_ascii=False), encoding="utf-8"
                )
                np.save(folder / f"{kind}.npy", vectorizer.idf_.astype(np.float32))
                logger.info("n-grams: %d of %s", len(grams), kind)
        self._counters = _counters(vectorizers)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Adds the features to all training phrases."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the features of the whole text to each message."""
        texts = [_skeleton(message) for message in messages]
        if not texts or not self._counters:
            return messages
        rows = _weigh(self._counters, texts)
        for number, message in enumerate(messages):
            self.add_features_to_message(None, rows[number], TEXT, message)
        return messages

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Any integers will do."""

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Rasa's training cache is not to outlive a change of the code."""
        return code_fingerprint()


def _untrained(config: dict[str, Any]) -> tuple[TfidfVectorizer, ...]:
    def vectorizer(analyzer: str, shortest: int, longest: int) -> TfidfVectorizer:
        return TfidfVectorizer(
            analyzer=analyzer,
            ngram_range=(shortest, longest),
            token_pattern=r"\w+" if analyzer == "word" else None,
            lowercase=False,
            min_df=config["seen"],
            sublinear_tf=True,
            dtype=np.float32,
        )

    return (
        vectorizer("char_wb", config["shortest"], config["longest"]),
        vectorizer("word", 1, config["words"]),
    )


_KINDS = ("letters", "words")


class _Counter(NamedTuple):
    """What a trained vectorizer knows.

    Attributes:
        analyze: gives the n-grams of a text, with repetitions.
        columns: of the n-grams.
        weights: how telling each is, by column.
    """

    analyze: Callable[[str], Iterable[str]]
    columns: dict[str, int]
    weights: NDArray[np.float32]


def _counters(vectorizers: Iterable[TfidfVectorizer]) -> tuple[_Counter, ...]:
    """Counters whose columns follow one another."""
    return tuple(
        _Counter(v.build_analyzer(), v.vocabulary_, v.idf_.astype(np.float32)) for v in vectorizers
    )


def _weigh(counters: Sequence[_Counter], texts: Sequence[str]) -> scipy.sparse.csr_matrix:
    """As ``TfidfVectorizer.transform`` of each, side by side; the checks of that take 2 ms."""
    columns: list[NDArray[np.int32]] = []
    weights: list[NDArray[np.float32]] = []
    ends = [0]
    for text in texts:
        start = 0
        for counter in counters:
            counts: dict[int, int] = {}
            for gram in counter.analyze(text):
                column = counter.columns.get(gram)
                if column is not None:
                    counts[column] = counts.get(column, 0) + 1
            places = np.fromiter(counts, np.int32, len(counts))
            often = np.fromiter(counts.values(), np.float32, len(counts))
            weight = (1 + np.log(often)) * counter.weights[places]
            if counts:
                weight /= np.sqrt(weight @ weight)
            columns.append(places + np.int32(start))
            weights.append(weight)
            start += len(counter.columns)
        ends.append(ends[-1] + sum(map(len, weights[-len(counters) :])))
    shape = (len(texts), sum(len(counter.columns) for counter in counters))
    found = (np.concatenate(weights), np.concatenate(columns), np.array(ends, np.int32))
    return scipy.sparse.csr_matrix(found, shape)


def _skeleton(message: Message) -> str:
    return skeleton(str(message.get(TEXT) or ""))
