from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pytest
import scipy.sparse
from hypothesis import given
from hypothesis import strategies as st

from components import readers
from components.readers import (
    Labeller,
    Product,
    Words,
    train_labeller,
    train_product,
    train_words,
)

LABELS = ["a"] * 12 + ["b"] * 12 + ["c"] * 12


def blobs(spread: float, seed: int, labels: list[str] = LABELS) -> np.ndarray:
    """Points around a corner per class."""
    random = np.random.default_rng(seed)
    corners = np.eye(5)[[ord(label) - ord("a") for label in labels]]
    return (corners + random.normal(0, spread, corners.shape)).astype(np.float32)


def sparse(rows: np.ndarray) -> scipy.sparse.csr_matrix:
    return scipy.sparse.csr_matrix(np.maximum(rows, 0))


class Both(NamedTuple):
    """Both readers, as the pipeline uses them one after the other."""

    words: Labeller
    product: Product

    def probabilities(self, sparse_rows: Any, dense: np.ndarray) -> np.ndarray:
        return self.product.probabilities(self.words.reader.log_probabilities(sparse_rows), dense)

    def names(self, found: np.ndarray) -> list[str]:
        return [self.product.classes[place] for place in found.argmax(axis=1)]


def train(sparse_rows: Any, dense: np.ndarray, labels: Sequence[str] = LABELS) -> Both:
    return Both(train_labeller(sparse_rows, labels), train_product(sparse_rows, dense, labels))


@pytest.fixture(scope="module")
def both() -> Both:
    return train(sparse(blobs(0.3, 1)), blobs(0.3, 2))


def test_it_learns_what_both_kinds_of_features_say(both: Both) -> None:
    assert both.names(both.probabilities(sparse(blobs(0.1, 3)), blobs(0.1, 4))) == LABELS


def test_the_words_alone_say_much(both: Both) -> None:
    assert both.names(both.words.reader.log_probabilities(sparse(blobs(0.1, 3)))) == LABELS


@given(st.integers(0, 10_000))
def test_probabilities_are_probabilities(both: Both, seed: int) -> None:
    found = both.probabilities(sparse(blobs(2, seed)), blobs(2, seed + 1))

    assert np.allclose(found.sum(axis=1), 1, atol=1e-5)
    assert (found > 0).all()


def test_features_of_nothing_still_give_probabilities(both: Both) -> None:
    nothing = np.zeros((1, 5), np.float32)

    assert np.isfinite(both.probabilities(sparse(nothing), nothing)).all()


def test_the_same_data_give_the_same_readers(both: Both) -> None:
    again = train(sparse(blobs(0.3, 1)), blobs(0.3, 2))

    for one, other in zip(both, again, strict=True):
        for name, array in one.arrays().items():
            assert np.array_equal(other.arrays()[name], array), name


def test_they_survive_being_stored(both: Both) -> None:
    stored = Both(
        Labeller.from_arrays(both.words.arrays()), Product.from_arrays(both.product.arrays())
    )
    features = (sparse(blobs(0.5, 5)), blobs(0.5, 6))

    assert stored.product.classes == both.product.classes == stored.words.classes
    assert np.array_equal(stored.probabilities(*features), both.probabilities(*features))


def test_a_reader_that_knows_nothing_counts_less() -> None:
    shares = train(sparse(blobs(0.2, 1)), blobs(50, 2)).product.shares

    assert shares[0] > shares[1]


def test_the_words_alone_sound_as_sure_as_they_are_right() -> None:
    labels = LABELS * 20
    words = train_words(sparse(blobs(0.5, 1, labels)), labels)
    asked = sparse(blobs(0.5, 2, labels))

    found = words.probabilities(words.labeller.reader.log_probabilities(asked))
    right = (found.argmax(axis=1) == [ord(label) - ord("a") for label in labels]).mean()

    assert np.allclose(found.sum(axis=1), 1)
    assert abs(found.max(axis=1).mean() - right) < 0.05


def test_the_reader_of_words_survives_being_stored() -> None:
    words = train_words(sparse(blobs(0.3, 1)), LABELS)
    stored = Words.from_arrays(words.arrays())

    assert stored.share == words.share
    assert stored.labeller.classes == words.labeller.classes


def test_with_too_few_phrases_to_hold_out_the_words_count_as_they_are() -> None:
    assert train_words(sparse(blobs(0.1, 1, ["a", "b"])), ["a", "b"]).share == 1.0


def test_weights_lie_by_rows_so_that_a_sparse_product_copies_nothing() -> None:
    reader = readers.Reader(
        np.asfortranarray(np.ones((5, 3), np.float32)), np.zeros(3), np.zeros(0)
    )

    assert reader.weights.flags.c_contiguous


def test_noise_does_not_sound_sure() -> None:
    """The shares are fitted on phrases held out, so what cannot be known has no high confidence."""
    random = np.random.default_rng(0)
    labels = list(random.permutation(LABELS))
    both = train(sparse(blobs(0.2, 1)), blobs(0.2, 2), labels)

    found = both.probabilities(sparse(blobs(0.2, 7)), blobs(0.2, 8))

    assert found.max(axis=1).mean() < 0.6


def test_two_classes_have_a_column_each() -> None:
    labels = ["a"] * 10 + ["b"] * 10
    both = train(sparse(blobs(0.2, 1, labels)), blobs(0.2, 2, labels), labels)

    found = both.probabilities(sparse(blobs(0.1, 3, labels)), blobs(0.1, 4, labels))

    assert both.names(found) == labels


def test_with_too_few_phrases_to_hold_out_both_readers_count_the_same() -> None:
    labels = ["a", "a", "b", "b"]
    rows = blobs(0.1, 1, labels)

    assert list(train(sparse(rows), rows, labels).product.shares) == [1.0, 1.0]


def test_no_probability_is_zero_so_no_reader_rules_an_intent_out() -> None:
    reader = readers.Reader(
        np.array([[1000, -1000]], np.float32), np.zeros(2, np.float32), np.zeros(1, np.float32)
    )

    assert np.isfinite(reader.log_probabilities(np.ones((1, 1), np.float32))).all()
