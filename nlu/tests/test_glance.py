"""What the words alone settle, and what is left to the reader of sentences."""

import numpy as np
import pytest
from conftest import LOCKED, PRICE, Pipeline, Workshop, message, train_pipeline
from rasa.shared.nlu.constants import INTENT, TEXT

from components.glance import OPINION, SETTLED, FirstGlance
from components.intents import ProductClassifier
from components.message_features import NoFeaturesError
from components.urgency import UrgencyScorer

KNOWN = "сколько стоит килограмм яблок"


@pytest.fixture
def easily_sure(workshop: Workshop) -> Pipeline:
    """The pipeline, but words settle nearly everything that is not danger."""
    return with_glance(workshop, sure=0.5, calm=0.4, alarmed=1.1)


def with_glance(workshop: Workshop, **config: float) -> Pipeline:
    """The pipeline with other settings of the first glance."""
    trained = train_pipeline(workshop)
    glance = workshop.load(FirstGlance, urgent=[LOCKED], **config)
    parts = [glance if isinstance(part, FirstGlance) else part for part in trained.parts]
    return Pipeline(tuple(parts))


def test_where_the_words_leave_no_doubt_the_sentence_is_not_read(easily_sure: Pipeline) -> None:
    read = easily_sure.read(KNOWN)

    assert read.get(SETTLED)
    assert read.get(INTENT)["name"] == PRICE
    assert read.get(INTENT)["confidence"] >= 0.5
    assert read.get("urgency") < 0.4
    assert read.get_dense_features(TEXT)[1] is None


def test_danger_that_words_leave_in_doubt_is_never_settled(easily_sure: Pipeline) -> None:
    read = easily_sure.read("меня заперли в доме и не выпускают")

    assert not read.get(SETTLED)
    assert read.get("urgency") > 0.5
    assert read.get_dense_features(TEXT)[1] is not None


def test_danger_that_the_words_are_certain_of_is_settled(workshop: Workshop) -> None:
    alarmed = with_glance(workshop, sure=0.5, calm=0.0, alarmed=0.6)

    cry = alarmed.read("меня заперли в доме и не выпускают")
    question = alarmed.read(KNOWN)

    assert cry.get(SETTLED)
    assert cry.get(INTENT)["name"] == LOCKED
    assert cry.get("urgency") >= 0.6
    assert not question.get(SETTLED)


def test_what_is_in_doubt_is_read_as_a_sentence(pipeline: Pipeline) -> None:
    read = pipeline.read("как пройти в библиотеку")

    assert not read.get(SETTLED)
    assert read.get_dense_features(TEXT)[1] is not None


def test_messages_settled_and_open_may_come_together(easily_sure: Pipeline) -> None:
    together = [message(KNOWN), message("нас заперли"), message("🙂")]
    for part in easily_sure.parts:
        part.process(together)

    for read in together:
        alone = easily_sure.read(read.get(TEXT))
        assert read.get(INTENT)["name"] == alone.get(INTENT)["name"]
        assert read.get("urgency") == pytest.approx(alone.get("urgency"), abs=1e-5)


def test_the_opinion_is_of_probabilities(pipeline: Pipeline) -> None:
    opinion = pipeline.read(KNOWN).get(OPINION)

    assert np.exp(opinion.intents).sum() == pytest.approx(1, abs=1e-5)
    assert np.exp(opinion.urgency).sum() == pytest.approx(1, abs=1e-5)


def test_untrained_it_says_nothing(workshop: Workshop) -> None:
    read = message(KNOWN)
    workshop.make(FirstGlance).process([read])

    assert read.get(OPINION) is None


def test_without_features_it_says_what_is_missing(workshop: Workshop) -> None:
    train_pipeline(workshop)

    with pytest.raises(NoFeaturesError, match="NgramFeaturizer has to come before"):
        workshop.load(FirstGlance).process([message(KNOWN)])


@pytest.mark.parametrize("kind", [ProductClassifier, UrgencyScorer])
def test_without_the_first_glance_the_others_say_what_is_missing(
    workshop: Workshop, kind: type
) -> None:
    parts = train_pipeline(workshop).parts
    read = message(KNOWN)
    for part in parts:
        if not isinstance(part, FirstGlance | ProductClassifier | UrgencyScorer):
            part.process([read])

    with pytest.raises(NoFeaturesError, match="FirstGlance has to come before"):
        next(part for part in parts if isinstance(part, kind)).process([read])
