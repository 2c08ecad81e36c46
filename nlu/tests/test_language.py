from conftest import Pipeline, Workshop, message, taught
from rasa.shared.nlu.constants import METADATA

from bot.language.tags import Locale
from components.language import PRIOR, LanguageIdentifier, likeliest_locale


def best(read: object) -> str:
    return read.get("languages")[0]["name"]


def test_it_tells_apart_what_it_was_taught(pipeline: Pipeline) -> None:
    assert best(pipeline.read("завтра будет холодно")) == "ru"
    assert best(pipeline.read("ертең суық болады")) == "kk"


def test_confidences_add_up_to_one(pipeline: Pipeline) -> None:
    ranking = pipeline.read("хлеб").get("languages")

    assert abs(sum(language["confidence"] for language in ranking) - 1) < 1e-6


def test_a_text_without_letters_has_no_language(pipeline: Pipeline) -> None:
    assert pipeline.read("123 🙂").get("languages") == []


def test_a_script_that_none_of_our_languages_uses_is_another_language(pipeline: Pipeline) -> None:
    assert best(pipeline.read("ما هو الطقس غدا")) == "other"


def test_a_prior_in_the_metadata_settles_a_doubt(pipeline: Pipeline) -> None:
    def share_of_kazakh(**prior: float) -> float:
        ranking = pipeline.read("базар", **{METADATA: {PRIOR: prior}}).get("languages")
        return next(r["confidence"] for r in ranking if r["name"] == "kk")

    assert share_of_kazakh(kk=5.0) > share_of_kazakh() > share_of_kazakh(ru=5.0)


def test_the_metadata_of_a_training_phrase_decide(workshop: Workshop) -> None:
    data = taught()
    identifier = workshop.make(LanguageIdentifier)
    identifier.train(data)

    processed = identifier.process_training_data(data).training_examples

    assert {likeliest_locale(phrase) for phrase in processed} == {Locale.RU, Locale.KK}
    assert {best(phrase) for phrase in processed} == {"ru", "kk"}


def test_a_loaded_identifier_ranks_as_the_trained_one(workshop: Workshop) -> None:
    trained = workshop.make(LanguageIdentifier)
    trained.train(taught())
    loaded = workshop.load(LanguageIdentifier)
    rankings = []
    for identifier in (trained, loaded):
        read = message("кешке жаңбыр")
        identifier.process([read])
        rankings.append(read.get("languages"))

    assert rankings[1] == rankings[0]
