"""The features of messages, as the matrices that readers take."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import scipy.sparse
from rasa.shared.nlu.constants import TEXT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rasa.shared.nlu.training_data.message import Message

    from components.readers import Matrix


def matrices(messages: Sequence[Message]) -> list[Matrix]:
    """The sparse and the dense features of whole texts, whichever of them there are.

    Any of Rasa's featurizers may have put them there; several of one kind stand side by side.
    """
    found: list[Matrix] = []
    sparse = [message.get_sparse_features(TEXT)[1] for message in messages]
    if sparse and None not in sparse:
        rows = [features.features for features in sparse]
        found.append(rows[0] if len(rows) == 1 else scipy.sparse.vstack(rows, format="csr"))
    dense = [message.get_dense_features(TEXT)[1] for message in messages]
    if dense and None not in dense:
        found.append(np.vstack([features.features for features in dense]).astype(np.float32))
    return found
