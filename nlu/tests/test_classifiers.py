"""The intent classifier and the urgency scorer: both are products of two readers."""

import pytest
from conftest import LOCKED, PRICE, WEATHER, Pipeline, Workshop, message, train_pipeline
from rasa.shared.nlu.constants import INTENT, METADATA, METADATA_INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from components.intents import ProductClassifier
from components.labels import of_urgent, urgency_labels
from components.urgency import UrgencyScorer


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("завтра дождь или снег", WEATHER),
        ("erten janbyr jaua ma", WEATHER),
        ("почём картошка", PRICE),
        ("бизди үйгө камап койду, чыгарбайт", LOCKED),  # a language it was not taught
    ],
)
def test_it_recognises_what_was_meant(pipeline: Pipeline, text: str, intent: str) -> None:
    assert pipeline.read(text).get(INTENT)["name"] == intent


def test_the_ranking_starts_with_the_intent_and_falls(pipeline: Pipeline) -> None:
    read = pipeline.read("сколько стоит мясо")
    confidences = [ranked["confidence"] for ranked in read.get("intent_ranking")]

    assert read.get("intent_ranking")[0] == read.get(INTENT)
    assert confidences == sorted(confidences, reverse=True)
    assert len(confidences) == 3
    assert abs(sum(confidences) - 1) < 1e-5


def test_the_ranking_is_as_long_as_configured(workshop: Workshop) -> None:
    pipeline = train_pipeline(workshop)
    classifier = workshop.load(ProductClassifier, ranking_length=2)
    read = pipeline.read("как пройти в библиотеку")
    classifier.process([read])

    assert len(read.get("intent_ranking")) == 2


def test_danger_is_urgent_and_a_price_is_not(pipeline: Pipeline) -> None:
    assert pipeline.read("нас заперли и не выпускают из сарая").get("urgency") > 0.5
    assert pipeline.read("сколько стоит хлеб").get("urgency") < 0.2


def test_several_messages_at_once_are_read_as_one_by_one(pipeline: Pipeline) -> None:
    texts = ["какая погода", "почём хлеб", "дверь на замке"]
    together = [message(text) for text in texts]
    for part in pipeline.parts:
        part.process(together)

    for text, read in zip(texts, together, strict=True):
        alone = pipeline.read(text)
        assert read.get(INTENT)["name"] == alone.get(INTENT)["name"]
        assert read.get("urgency") == pytest.approx(alone.get("urgency"), abs=1e-5)


@pytest.mark.parametrize("kind", [ProductClassifier, UrgencyScorer])
def test_untrained_it_says_nothing(workshop: Workshop, kind: type) -> None:
    read = message("почём хлеб")
    workshop.make(kind).process([read])

    assert read.get("intent_ranking") is None
    assert read.get("urgency") is None


@pytest.mark.parametrize(
    "text",
    ["🙂", "", "a", "\0", "а" * 4096, "\u202eслева", "12345"],
    ids=["emoji", "empty", "letter", "nul", "long", "right-to-left", "digits"],
)
def test_any_text_is_read(pipeline: Pipeline, text: str) -> None:
    read = pipeline.read(text)

    assert read.get(INTENT)["name"] in {WEATHER, PRICE, LOCKED}
    assert 0 <= read.get("urgency") <= 1


def test_doubt_about_which_danger_is_no_doubt_about_danger() -> None:
    ranking = [
        {"name": "violence", "confidence": 0.4},
        {"name": "trafficking", "confidence": 0.35},
        {"name": PRICE, "confidence": 0.25},
    ]

    assert of_urgent(ranking, ["trafficking", "violence"]) == pytest.approx(0.75)


def test_a_calm_phrase_of_an_urgent_intent_is_no_danger() -> None:
    """ "Must I show the police my passport?" is asked under ``detained`` too."""
    phrases = [
        Message({TEXT: "дверь на замке", INTENT: LOCKED, METADATA: {METADATA_INTENT: told}})
        for told in ({"language": "ru"}, {"language": "ru", "calm": True})
    ]
    phrases.append(message("почём хлеб", intent=PRICE))

    assert urgency_labels(phrases, [LOCKED]) == ["urgent", "calm", "calm"]
