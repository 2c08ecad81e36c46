"""The features of messages, as the matrices that readers take."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import scipy.sparse
from rasa.shared.nlu.constants import TEXT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from rasa.shared.nlu.training_data.message import Message


class NoFeaturesError(Exception):
    """A component runs before the featurizer that it needs."""


def sparse_rows(messages: Sequence[Message]) -> scipy.sparse.csr_matrix:
    """The sparse features of whole texts, a row per message.

    Raises:
        NoFeaturesError: no featurizer gave any.
    """
    found = [message.get_sparse_features(TEXT)[1] for message in messages]
    if None in found:
        raise NoFeaturesError("no sparse features: NgramFeaturizer has to come before")
    rows = [features.features for features in found]
    return rows[0] if len(rows) == 1 else scipy.sparse.vstack(rows, format="csr")


def dense_rows(messages: Sequence[Message]) -> NDArray[np.float32]:
    """The dense features of whole texts, a row per message.

    Raises:
        NoFeaturesError: no featurizer gave any.
    """
    found = [message.get_dense_features(TEXT)[1] for message in messages]
    if None in found:
        raise NoFeaturesError("no dense features: SentenceFeaturizer has to come before")
    return np.vstack([features.features for features in found]).astype(np.float32)
