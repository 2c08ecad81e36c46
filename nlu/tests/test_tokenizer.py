import pytest
from conftest import Workshop, message
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.constants import TEXT

from components.tokenizer import FoldingTokenizer


def tokens(workshop: Workshop, text: str) -> list[Token]:
    read = message(text)
    workshop.make(FoldingTokenizer).process([read])
    return read.get(TOKENS_NAMES[TEXT])


def test_a_token_keeps_its_place_and_has_the_folded_form_as_lemma(workshop: Workshop) -> None:
    found = tokens(workshop, "Менің ҚАҒАЗЫМ, жоқ!")

    assert [(token.text, token.start, token.lemma) for token in found] == [
        ("Менің", 0, "менин"),
        ("ҚАҒАЗЫМ", 6, "кагазым"),
        ("жоқ", 15, "жок"),
    ]


def test_an_apostrophe_inside_a_word_does_not_split_it(workshop: Workshop) -> None:
    assert [token.text for token in tokens(workshop, "oʻgʻlim ma'lumot")] == ["oʻgʻlim", "ma'lumot"]


@pytest.mark.parametrize("text", ["🙂🙂", "?!", " "])
def test_a_text_without_words_is_one_token(workshop: Workshop, text: str) -> None:
    assert [token.text for token in tokens(workshop, text)] == [text]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1, max_size=80))
@example("/")
def test_tokens_are_pieces_of_the_text(workshop: Workshop, text: str) -> None:
    read = message(text)
    workshop.make(FoldingTokenizer).process([read])
    for token in read.get(TOKENS_NAMES[TEXT]):
        assert read.get(TEXT)[token.start : token.end] == token.text


@pytest.mark.parametrize("text", ["/greet", "/ дом", " //дом", "/"])
def test_nobody_can_order_an_intent_with_a_slash(workshop: Workshop, text: str) -> None:
    """Rasa's last step would take ``/greet`` for an order; places in the text stay as they were."""
    read = message(text)
    workshop.make(FoldingTokenizer).process([read])

    assert not read.get(TEXT).strip().startswith("/")
    assert len(read.get(TEXT)) == len(text)


def test_a_slash_inside_stays(workshop: Workshop) -> None:
    read = message("и/или")
    workshop.make(FoldingTokenizer).process([read])

    assert read.get(TEXT) == "и/или"
