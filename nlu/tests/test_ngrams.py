import numpy as np
from conftest import Workshop, message, taught
from hypothesis import given
from hypothesis import strategies as st
from rasa.shared.nlu.constants import TEXT

from components import ngrams
from components.ngrams import NgramFeaturizer


def features(featurizer: NgramFeaturizer, text: str) -> np.ndarray:
    read = message(text)
    featurizer.process([read])
    return read.get_sparse_features(TEXT)[1].features.toarray()[0]


def trained(workshop: Workshop) -> NgramFeaturizer:
    featurizer = workshop.make(NgramFeaturizer, seen=1)
    featurizer.train(taught())
    return featurizer


def test_both_scripts_and_a_poor_keyboard_give_the_same_features(workshop: Workshop) -> None:
    featurizer = trained(workshop)
    expected = features(featurizer, "жаңбыр жауа ма")

    for typed in ("жанбыр жауа ма", "janbyr zhaua ma", "ЖАҢБЫР ЖАУА МА"):
        assert np.array_equal(features(featurizer, typed), expected), typed


def test_words_and_pieces_of_words_count(workshop: Workshop) -> None:
    featurizer = trained(workshop)

    assert features(featurizer, "погодка") @ features(featurizer, "погода") > 0
    assert features(featurizer, "погода") @ features(featurizer, "погода") > features(
        featurizer, "погодка"
    ) @ features(featurizer, "погода")


def test_a_text_of_unknown_letters_has_no_features(workshop: Workshop) -> None:
    assert not features(trained(workshop), "漢字").any()


def test_an_n_gram_seen_once_is_left_out_by_default(workshop: Workshop) -> None:
    featurizer = workshop.make(NgramFeaturizer)
    featurizer.train(taught())

    assert features(featurizer, "жаңбыр").size < features(trained(workshop), "жаңбыр").size


@given(st.lists(st.text("аоепрс жұkl.,1\n", max_size=40), min_size=1, max_size=3))
def test_features_are_those_of_scikit_learn(texts: list[str]) -> None:
    """The counting of our own is only faster."""
    config = NgramFeaturizer.get_default_config()
    vectorizers = ngrams._untrained({**config, "seen": 1})
    for vectorizer in vectorizers:
        vectorizer.fit(["пара опор", "жаса kl 11", "роса, спор"])

    ours = ngrams._weigh(ngrams._counters(vectorizers), texts)

    theirs = np.hstack([v.transform(texts).toarray() for v in vectorizers])
    assert np.allclose(ours.toarray(), theirs, atol=1e-6)


def test_a_loaded_featurizer_gives_the_same(workshop: Workshop) -> None:
    expected = features(trained(workshop), "почём яблоки на базаре")
    loaded = workshop.load(NgramFeaturizer, seen=1)

    assert np.allclose(features(loaded, "почём яблоки на базаре"), expected)
