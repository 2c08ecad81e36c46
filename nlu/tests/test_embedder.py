from pathlib import Path

import numpy as np
import pytest

from components import embedder
from components.embedder import VectorCache, embed


@pytest.fixture
def embedded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that were really embedded."""
    texts: list[str] = []

    def spy(some: list[str]) -> np.ndarray:
        texts.extend(some)
        return embed(some)

    monkeypatch.setattr(embedder, "embed", spy)
    return texts


def test_a_vector_has_384_numbers_and_length_one() -> None:
    vectors = embed(["хлеб", "сколько стоит хлеб на базаре"])

    assert vectors.shape == (2, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)


def test_the_same_question_in_another_language_is_nearer_than_another_question() -> None:
    russian, kazakh, other = embed(
        ["сколько стоит хлеб", "нан қанша тұрады", "когда пойдёт дождь в горах"]
    )

    assert russian @ kazakh > russian @ other


def test_what_is_known_is_not_embedded_again(tmp_path: Path, embedded: list[str]) -> None:
    path = tmp_path / "vectors.npz"
    first = VectorCache(path).embed(["нан", "су"])

    again = VectorCache(path).embed(["су", "ет", "су"])

    assert embedded == ["нан", "су", "ет"]
    assert np.array_equal(again[0], first[1])
    assert np.array_equal(again[0], again[2])


def test_kept_vectors_are_as_good_as_fresh_ones(tmp_path: Path) -> None:
    kept = VectorCache(tmp_path / "vectors.npz").embed(["нан қанша"])

    assert np.allclose(kept, embed(["нан қанша"]), atol=1e-3)


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 cut off"])
def test_a_broken_cache_counts_as_empty(
    tmp_path: Path, embedded: list[str], content: bytes
) -> None:
    path = tmp_path / "vectors.npz"
    path.write_bytes(content)

    VectorCache(path).embed(["нан"])
    VectorCache(path).embed(["нан"])

    assert embedded == ["нан"]


def test_no_texts_give_no_vectors(tmp_path: Path, embedded: list[str]) -> None:
    assert len(VectorCache(tmp_path / "vectors.npz").embed([])) == 0
