from pathlib import Path

import pytest
from conftest import Pipeline, Workshop, message, taught
from rasa.shared.nlu.constants import METADATA

from bot.language.identify import Sample
from bot.language.scripts import Script, main_script
from bot.language.tags import Locale
from components import project
from components.language import (
    PRIOR,
    LanguageIdentifier,
    likeliest_locale,
    read_samples,
    read_words,
)


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


def test_sentences_and_words_are_read_by_the_names_of_their_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(project, "SAMPLES", tmp_path)
    (tmp_path / "ru.txt").write_text("# everyday\n\nСегодня идёт снег: зима.\n", encoding="utf-8")
    (tmp_path / "ru.words.txt").write_text("# words\n12: и на\nснег снега\n", encoding="utf-8")
    (tmp_path / "ky.names.txt").write_text("япония\n", encoding="utf-8")

    assert read_samples() == [Sample("Сегодня идёт снег: зима.", "ru")]
    assert read_words() == [
        Sample("япония", "ky"),
        Sample("и на", "ru", 12),
        Sample("снег снега", "ru"),
    ]


def test_the_words_we_have_are_in_the_script_of_their_language(
    real_samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(project, "SAMPLES", real_samples)

    found = read_words()

    assert {words.name for words in found} == {"kk", "ky", "ru", "tg", "uz"}
    for words in found:
        expected = Script.LATIN if words.name == "uz" else Script.CYRILLIC
        assert main_script(words.text) is expected, words.text
        assert 1 <= words.copies <= 60
