"""Each guard finds what it is for, and is silent otherwise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.tags import Locale
from bot.understanding.phrases.guards import (
    FEWEST,
    FEWEST_OUT_OF_SCOPE,
    Doubt,
    Kind,
    Placed,
    counted,
    counts,
    doubts,
)


def phrase(text: str, intent: str = "price", locale: Locale = Locale.RU) -> Placed:
    return Placed(text, intent, locale, f"{locale.value}/{intent}.yml")


def found(*phrases: Placed, measured: tuple[str, ...] = ()) -> list[Doubt]:
    """What is doubtful, but for there being few phrases."""
    return [doubt for doubt in doubts(phrases, measured) if doubt.kind is not Kind.TOO_FEW]


def test_one_phrase_under_two_intents_is_an_error() -> None:
    (doubt,) = found(phrase("почём хлеб"), phrase("Почём  хлеб", "bread"))

    assert (doubt.kind, doubt.file, doubt.phrase) == (
        Kind.TWO_INTENTS,
        "ru/bread.yml",
        "Почём  хлеб",
    )
    assert doubt.kind.is_error
    assert "price" in doubt.sentence


def test_one_phrase_under_two_intents_of_two_languages_is_none() -> None:
    assert found(phrase("нан"), phrase("нан", "bread", Locale.KK)) == []


def test_a_phrase_that_stands_twice_under_its_intent_is_told() -> None:
    (doubt,) = found(phrase("почём хлеб"), phrase("ПОЧЁМ ХЛЕБ"))

    assert doubt.kind is Kind.TWICE
    assert not doubt.kind.is_error


@pytest.mark.parametrize(
    "again", ["хлеб сколько стоит", "skolko stoit hleb", "Сколько, стоит хлеб???"]
)
def test_the_same_words_in_another_order_or_spelling_under_two_intents_are_told(again: str) -> None:
    (doubt,) = found(phrase("сколько стоит хлеб"), phrase(again, "bread"))

    assert doubt.kind is Kind.SAME_WORDS


def test_a_long_phrase_one_word_apart_from_another_intents_is_a_note() -> None:
    (doubt,) = found(
        phrase("скажите сколько стоит чёрный хлеб"),
        phrase("скажите сколько стоит белый хлеб", "bread"),
    )

    assert doubt.kind is Kind.ONE_WORD_APART
    assert doubt.kind.is_note


def test_short_phrases_may_be_one_word_apart() -> None:
    assert found(phrase("почём хлеб"), phrase("почём соль", "salt")) == []


def test_a_phrase_that_the_understanding_is_measured_with_is_an_error() -> None:
    text = "скажите сколько стоит хлеб"

    (doubt,) = found(phrase(text), measured=(text.upper(), "хлеб"))

    assert doubt.kind is Kind.MEASURED_WITH
    assert doubt.kind.is_error


def test_what_everybody_types_may_be_measured_with() -> None:
    assert found(phrase("почём хлеб"), measured=("почём хлеб",)) == []


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("қайда нан", Locale.KY),
        ("где ўша хлеб", Locale.RU),
        ("ӯ кӣ", Locale.UZ_CYRL),
        ("наң қайда ө", Locale.TG),
    ],
)
def test_a_letter_of_another_alphabet_is_a_note(text: str, locale: Locale) -> None:
    doubts_of_letters = found(phrase(text, locale=locale))

    assert {doubt.kind for doubt in doubts_of_letters} == {Kind.FOREIGN_LETTER}
    assert Kind.FOREIGN_LETTER.is_note


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("қайда нан, ұнтақ әлі жоқ, һәм ғана ің үй өң", Locale.KK),
        ("кайда нан, өң үй", Locale.KY),
        ("ӯ кӣ ҳаст, ҷойи қанд, ғам", Locale.TG),
        ("ўша қанд ғам ҳам", Locale.UZ_CYRL),
        ("съешь ещё этих булок", Locale.RU),
        ("съешь ещё bread", Locale.KK),
        ("oʻsha non", Locale.UZ),
    ],
)
def test_letters_of_the_alphabet_russian_words_and_latin_ones_are_right(
    text: str, locale: Locale
) -> None:
    assert found(phrase(text, locale=locale)) == []


def test_a_word_of_two_alphabets_is_a_note() -> None:
    (doubt,) = found(phrase("почём xлеб"))

    assert doubt.kind is Kind.TWO_ALPHABETS
    assert doubt.kind.is_note


def test_too_few_phrases_of_an_intent_in_a_language_are_an_error() -> None:
    enough = [phrase(f"хлеб {number}") for number in range(FEWEST)]

    few = [doubt for doubt in doubts(enough) if doubt.kind is Kind.TOO_FEW]

    assert len(few) == len(Locale) - 1
    assert all(doubt.kind.is_error and "price has 0 phrases" in doubt.sentence for doubt in few)


def test_of_what_is_none_of_our_subjects_more_are_wanted() -> None:
    some = [phrase(f"хлеб {number}", "out_of_scope") for number in range(FEWEST)]

    sentences = [doubt.sentence for doubt in doubts(some) if doubt.kind is Kind.TOO_FEW]

    assert sentences[1].startswith(f"out_of_scope has {FEWEST} phrases in ru")
    assert f"{FEWEST_OUT_OF_SCOPE} are wanted" in sentences[1]


def test_kinds_are_counted_in_the_order_of_their_gravity() -> None:
    several = found(phrase("почём xлеб"), phrase("почём xлеб"), phrase("почём xлеб", "bread"))

    assert counted(several) == {Kind.TWO_INTENTS: 1, Kind.TWICE: 1, Kind.TWO_ALPHABETS: 3}


@given(
    st.lists(
        st.builds(
            phrase,
            st.text(max_size=30),
            st.sampled_from(["price", "bread"]),
            st.sampled_from(list(Locale)),
        ),
        max_size=12,
    )
)
def test_any_phrases_can_be_looked_through(phrases: list[Placed]) -> None:
    told = list(doubts(phrases, (each.text for each in phrases)))

    assert sum(counted(told).values()) == len(told)
    assert sum(sum(each.values()) for each in counts(phrases).values()) == len(phrases)
