"""Two readers of one message, and the product of what they think.

A reader is a logistic regression on one kind of features: one knows the words, the other the
meaning of the sentence. They err on different messages, so that the product of their probabilities
is better than either, and better than one model of all features. How much each counts, and how
sure the words alone and the product may sound, is fitted on predictions for a quarter of the
phrases, by readers that were trained on the rest.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Union

import numpy as np
import scipy.optimize
import scipy.sparse
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

logger = logging.getLogger(__name__)

Matrix = Union["NDArray[np.float32]", scipy.sparse.csr_matrix]
"""Features, a row per message: dense ones are an array, sparse ones a CSR matrix."""

_SEED = 7
_FOLDS = 4
_SMALLEST = 1e-7
"""No probability counts as lower: one reader alone is not to rule an intent out."""

_SPARSE_TRUST = 20.0
_DENSE_TRUST = 10.0
"""Inverse strength of the regularisation (C), chosen by cross-validation on the phrases."""


@dataclass(frozen=True)
class Reader:
    """One trained logistic regression.

    Attributes:
        weights: a row per feature, a column per class.
        bias: per class.
        centre: subtracted from dense features, whose directions all point one way; empty if sparse.
    """

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    centre: NDArray[np.float32]

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Everything as arrays, for ``numpy.savez``."""
        return {"weights": self.weights, "bias": self.bias, "centre": self.centre}

    @classmethod
    def from_arrays(cls, stored: dict[str, NDArray[Any]]) -> Reader:
        """The reader that ``arrays`` gave."""
        return cls(stored["weights"], stored["bias"], stored["centre"])

    def __post_init__(self) -> None:
        """Lays the weights out by rows: else each sparse product copies all of them (4 ms)."""
        object.__setattr__(self, "weights", np.ascontiguousarray(self.weights))

    def log_probabilities(self, features: Matrix) -> NDArray[np.float64]:
        """A row per message, a column per class."""
        scores = np.asarray(_centred(features, self.centre) @ self.weights) + self.bias
        if self.centre.size:
            return _log_softmax(scores)
        chances = 1 / (1 + np.exp(-scores.astype(np.float64)))  # one against the rest
        return np.log(np.maximum(chances / chances.sum(axis=1, keepdims=True), _SMALLEST))


@dataclass(frozen=True)
class Labeller:
    """A reader with the names of its classes.

    Attributes:
        classes: in the order of all columns.
        reader: of one kind of features.
    """

    classes: tuple[str, ...]
    reader: Reader

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Everything as arrays, for ``numpy.savez``."""
        return {"classes": np.array(self.classes), **self.reader.arrays()}

    @classmethod
    def from_arrays(cls, stored: dict[str, NDArray[Any]]) -> Labeller:
        """The labeller that ``arrays`` gave."""
        return cls(tuple(map(str, stored["classes"])), Reader.from_arrays(stored))


@dataclass(frozen=True)
class Words:
    """The reader of the words, and how sure it may sound where nothing else is read.

    One against the rest, it is too modest: what it gives 0.7 is right nine times in ten.

    Attributes:
        labeller: the reader, whose opinion as it is goes into the product.
        share: its log-probabilities are multiplied by this, the inverse of a temperature.
    """

    labeller: Labeller
    share: float

    def probabilities(self, opinion: NDArray[np.float64]) -> NDArray[np.float64]:
        """A row per message, a column per class, calibrated.

        Args:
            opinion: the log-probabilities by the reader.
        """
        return np.exp(_pool([opinion], [self.share]))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Everything as arrays, for ``numpy.savez``."""
        return {"share": np.array(self.share), **self.labeller.arrays()}

    @classmethod
    def from_arrays(cls, stored: dict[str, NDArray[Any]]) -> Words:
        """The reader that ``arrays`` gave."""
        return cls(Labeller.from_arrays(stored), float(stored["share"]))


@dataclass(frozen=True)
class Product:
    """The reader of the sentence, and how much its opinion and that of the words count.

    Attributes:
        classes: in the order of all columns.
        reader: of dense features.
        shares: of the words' and of the sentence's log-probability.
    """

    classes: tuple[str, ...]
    reader: Reader
    shares: NDArray[np.float64]

    def probabilities(
        self, words: NDArray[np.float64], sentence: NDArray[np.float32]
    ) -> NDArray[np.float64]:
        """A row per message, a column per class.

        Args:
            words: the log-probabilities by the reader of the words.
            sentence: dense features.
        """
        return np.exp(_pool([words, self.reader.log_probabilities(sentence)], self.shares))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Everything as arrays, for ``numpy.savez``."""
        kept = {"classes": np.array(self.classes), "shares": self.shares}
        return {**kept, **self.reader.arrays()}

    @classmethod
    def from_arrays(cls, stored: dict[str, NDArray[Any]]) -> Product:
        """The product that ``arrays`` gave."""
        return cls(tuple(map(str, stored["classes"])), Reader.from_arrays(stored), stored["shares"])


def train_labeller(features: Matrix, labels: Sequence[str]) -> Labeller:
    """Trains a reader of one kind of features.

    Args:
        features: a row per phrase.
        labels: the class of each phrase; at least two different ones.
    """
    classes, targets = np.unique(np.array(labels), return_inverse=True)
    return Labeller(tuple(classes.tolist()), _train_reader(features, targets, len(classes)))


def train_product(
    words: scipy.sparse.csr_matrix, sentences: NDArray[np.float32], labels: Sequence[str]
) -> Product:
    """Trains the reader of sentences, and fits how the two readers are multiplied.

    Args:
        words: sparse features, a row per phrase; read as ``train_labeller`` learns to.
        sentences: dense features, a row per phrase.
        labels: the class of each phrase; at least two different ones.
    """
    known = np.array(labels)
    classes, targets = np.unique(known, return_inverse=True)
    logger.info("readers: %d phrases, %d classes", len(known), len(classes))
    reader = _train_reader(sentences, targets, len(classes))
    shares = _fit_shares([held_out(words, targets), held_out(sentences, targets)])
    logger.info("readers: shares %s", ", ".join(f"{share:.2f}" for share in shares))
    return Product(tuple(classes.tolist()), reader, shares)


def train_words(features: scipy.sparse.csr_matrix, labels: Sequence[str]) -> Words:
    """Trains a reader of words, and fits how sure it may sound.

    Args:
        features: sparse, a row per phrase.
        labels: the class of each phrase; at least two different ones.
    """
    targets = np.unique(np.array(labels), return_inverse=True)[1]
    share = _fit_shares([held_out(features, targets)])[0]
    logger.info("readers: the words alone count %.2f", share)
    return Words(train_labeller(features, labels), float(share))


def _train_reader(features: Matrix, targets: NDArray[np.int64], classes: int) -> Reader:
    if scipy.sparse.issparse(features):
        centre = np.zeros(0, np.float32)
        model = LogisticRegression(C=_SPARSE_TRUST, solver="liblinear", random_state=_SEED)
    else:
        centre = features.mean(axis=0)
        model = LogisticRegression(C=_DENSE_TRUST, max_iter=1000, multi_class="multinomial")
    model.fit(_centred(features, centre), targets)
    weights, bias = model.coef_.T, model.intercept_
    if classes == 2:  # scikit-learn keeps one column for two classes
        weights = np.hstack([-weights, weights])
        bias = np.concatenate([-bias, bias])
    return Reader(weights.astype(np.float32), bias.astype(np.float32), centre)


class HeldOut(NamedTuple):
    """What a reader thinks of phrases it was not trained on (log-probabilities), and the truth."""

    opinion: NDArray[np.float64]
    targets: NDArray[np.int64]


def held_out(features: Matrix, targets: NDArray[np.int64]) -> HeldOut | None:
    """Trains on three quarters of the phrases, asks about the last; None if there are too few.

    One quarter is enough for one or two numbers: with all four the shares came out 1 % otherwise
    (and the training took a minute longer).
    """
    counts = np.bincount(targets)
    if counts.min() < _FOLDS:
        return None
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=_SEED)
    learnt, held = next(iter(folds.split(targets, targets)))
    key = _digest(features, targets)
    if key not in _known:
        reader = _train_reader(features[learnt], targets[learnt], len(counts))
        _known.clear()
        _known[key] = reader.log_probabilities(features[held])
    return HeldOut(_known[key], targets[held])


_known: dict[str, NDArray[np.float64]] = {}
"""The last opinion held out: two components ask for that of the words, one after the other."""


def _digest(features: Matrix, targets: NDArray[np.int64]) -> str:
    parts = (features.indices, features.data) if scipy.sparse.issparse(features) else (features,)
    digest = hashlib.sha256(targets.tobytes())
    for part in parts:
        digest.update(np.ascontiguousarray(part).tobytes())
    return digest.hexdigest()


def _fit_shares(held: Sequence[HeldOut | None]) -> NDArray[np.float64]:
    """The shares with the least log-loss; their sum is the inverse of a temperature."""
    start = np.ones(len(held))
    opinions = [one.opinion for one in held if one is not None]
    if len(opinions) < len(held):
        return start
    targets = held[0].targets  # the same phrases for each

    def loss(shares: NDArray[np.float64]) -> float:
        return -float(_pool(opinions, shares)[np.arange(len(targets)), targets].mean())

    found = scipy.optimize.minimize(loss, start, method="L-BFGS-B", bounds=[(0, 5)] * len(start))
    return np.asarray(found.x)


def _pool(
    opinions: Sequence[NDArray[np.float64]], shares: Sequence[float] | NDArray[np.float64]
) -> NDArray[np.float64]:
    return _log_softmax(
        sum(share * opinion for share, opinion in zip(shares, opinions, strict=True))
    )


def _log_softmax(scores: NDArray[Any]) -> NDArray[np.float64]:
    shifted = scores.astype(np.float64) - scores.max(axis=1, keepdims=True)
    shifted -= np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return np.maximum(shifted, np.log(_SMALLEST))


def _centred(features: Matrix, centre: NDArray[np.float32]) -> Matrix:
    if not centre.size:
        return features
    moved = features - centre
    return moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9)
