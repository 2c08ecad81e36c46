"""The measure of plain language compares a text with its own language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.faults import FileFaults
from bot.answers.plain_language import (
    MAX_LISTED,
    Baseline,
    Measure,
    baseline,
    read_baselines,
    reading,
)
from bot.answers.uzbek import Transliterator
from bot.language.tags import Locale
from bot.settings import ROOT

USUAL = Baseline(Measure(100, 5.0, 5.0), long_word=8)


def test_the_baseline_is_that_of_the_sample() -> None:
    found = baseline("Он дал хлеб. Она взяла белый хлеб!\n" * 20)

    assert found == Baseline(Measure(40, 3.5, 3.71), long_word=5)


def test_a_small_sample_is_none() -> None:
    assert baseline("Он дал хлеб.\n" * 29) is None


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("Один два три четыре.", 4.0),
        ("Один два три. Один два три четыре пять!", 4.0),
        ("- один два три\n- один два три четыре пять", 4.0),
        ("**Один** [два](https://egov.kz/a/b) три, 25 четыре: /menu и {keep_days}.", 5.0),
        ("Заголовок\n\nодин два три четыре", 4.0),
        ("Один два 2026 г. три четыре", 5.0),
        ("Один два три четыре. eGov два три четыре.", 4.0),
    ],
)
def test_words_for_a_sentence(markdown: str, words: float) -> None:
    found = reading([markdown], USUAL, is_source=True)
    assert found is not None
    assert found.measure.words_per_sentence == words


def test_the_russian_word_of_the_counter_is_not_measured_in_a_translation() -> None:
    text = ["Shartnoma («гражданско-правовой договор») kerak boʻladi sizga."]
    own, russian = (reading(text, USUAL, is_source=source) for source in (False, True))

    assert own is not None
    assert russian is not None
    assert (own.measure.words_per_sentence, russian.measure.words_per_sentence) == (4.0, 6.0)


def test_long_words_are_listed_once_the_longest_first() -> None:
    text = "Удостоверение, удостоверение и документы тут. Да, свидетельство есть."
    found = reading([text], USUAL, is_source=True)
    assert found is not None
    assert found.long_words == ("свидетельство", "удостоверение", "документы")
    many = reading([" ".join("слово" + "а" * n for n in range(9, 40))], USUAL, is_source=True)
    assert many is not None
    assert len(many.long_words) == MAX_LISTED


def test_apostrophes_are_no_letters() -> None:
    found = reading(["Toʻgʻri maʼno soʻz"], USUAL, is_source=False)
    assert found is not None
    assert found.measure.letters_per_word == 4.0


@pytest.mark.parametrize(
    ("markdown", "reasons"),
    [
        ("Один один один один один.", []),
        ("Один один один один один один.", ["sentences 20 % longer than usual in the language"]),
        ("Длинно длинно длинно.", ["words 20 % longer than usual in the language"]),
        (
            "Да да да. Да да да. Да да да. Один два три четыре раз два три четыре раз два три раз.",
            ["a sentence of 12 words: Один два три четыре…"],
        ),
    ],
)
def test_why_a_text_is_hard(markdown: str, reasons: list[str]) -> None:
    found = reading([markdown], USUAL, is_source=True)
    assert found is not None
    assert [str(reason) for reason in found.reasons] == reasons
    assert found.is_hard is bool(reasons)


def test_a_text_of_no_sentence_has_no_measure() -> None:
    assert reading(["Да!", "**112**"], USUAL, is_source=True) is None


@given(st.text())
def test_any_text_can_be_measured(text: str) -> None:
    found = reading([text], USUAL, is_source=False)
    assert found is None or found.measure.words_per_sentence >= 3


def test_the_project_has_a_sample_of_every_language() -> None:
    faults = FileFaults("samples")
    cyrillic = Transliterator({}).to_cyrillic
    found = read_baselines(ROOT / "nlu_data" / "samples", faults, cyrillic)

    assert faults.found == ()
    assert set(found) == set(Locale)
    assert found[Locale.UZ].measure.words_per_sentence == (
        found[Locale.UZ_CYRL].measure.words_per_sentence
    )
