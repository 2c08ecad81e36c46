import numpy as np
import pytest
from conftest import Workshop, message
from rasa.shared.nlu.constants import TEXT

from components.embedder import embed
from components.sentences import SentenceFeaturizer, readable


@pytest.mark.parametrize(
    ("language", "typed", "read"),
    [
        ("ru", "skolko stoit hleb", "сколко стоит хлеб"),
        ("kk", "нан қанша тұрады", "нан қанша тұрады"),
        ("uz", "non qancha turadi", "non qancha turadi"),
        ("uz_Cyrl", "Чўл, ғишт қанча", "Choʻl, gʻisht qancha"),
    ],
)
def test_text_is_turned_into_the_script_that_the_sentence_model_knows(
    language: str, typed: str, read: str
) -> None:
    ranked = [{"name": language, "confidence": 1.0}]

    assert readable(message(typed, languages=ranked)) == read


@pytest.mark.parametrize("ranked", [None, [], [{"name": "other", "confidence": 1.0}]])
def test_text_of_no_known_language_stays(ranked: list[dict[str, object]] | None) -> None:
    assert readable(message("how much is bread", languages=ranked)) == "how much is bread"


def test_the_end_of_a_very_long_text_is_not_read() -> None:
    assert len(readable(message("а" * 5000))) == 400


def test_the_features_are_those_of_the_readable_text(workshop: Workshop) -> None:
    read = message("kakaya pogoda", languages=[{"name": "ru", "confidence": 1.0}])
    workshop.make(SentenceFeaturizer).process([read])

    features = read.get_dense_features(TEXT)[1].features
    assert np.allclose(features, embed([readable(read)]))


def test_a_text_without_letters_has_features_too(workshop: Workshop) -> None:
    read = message("🙂")
    workshop.make(SentenceFeaturizer).process([read])

    assert read.get_dense_features(TEXT)[1].features.shape == (1, 384)
