from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.language.fold import fold, words

ANY_TEXT = st.text(max_size=200) | st.text(
    alphabet="оуеьъджчДЖйЙёЁіІғқңөўӯҷһaeiopxчşğö'’ʻ\u0301\u200d \n\t01", max_size=40
)


@given(ANY_TEXT)
@example("дждж")
@example("ИИй\u0306")
@example("\ud800\x00\u202e")
@example("ǅ ﷺ ½ ℡")
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT)
def test_words_are_found_in_the_folded_text(text: str) -> None:
    assert all(word in fold(text) for word in words(text))


@pytest.mark.parametrize(
    ("correct", "typed"),
    [
        ("Жұмысқа рұқсат қажет пе?", "жумыска руксат кажет пе?"),
        ("Өкмөт, үйдөн, жаңы", "окмот, уйдон, жаны"),
        ("Ҳуҷҷат, ғам, рӯз, дӯстӣ", "хуччат, гам, руз, дусти"),
        ("ҷавоб", "джавоб"),
        ("Ўзбекистон, ғалаба, ҳужжат", "узбекистон, галаба, хужжат"),
        ("oʻgʻil maʼlumot", "o'g`il ma’lumot"),
        ("oʻgʻil", "ogil"),
        ("şahar, çiqish", "shahar, chiqish"),
        ("съезд, дверь", "сезд, двер"),
        ("ещё", "еше"),
        ("бір жыл", "бiр жыл"),
        ("казахстан", "кaзaxстaн"),
        ("помогите", "ПОМОГИИИТЕ"),
        ("кет\u200bті", "кетті"),
        ("\u202eрахмет", "рахмет"),
        ("ｈｅｌｐ", "help"),
    ],
)
def test_spellings_of_a_word_share_one_form(correct: str, typed: str) -> None:
    assert fold(correct) == fold(typed)


@pytest.mark.parametrize(
    ("one", "other"),
    [("үй", "ой"), ("жоқ", "жақ"), ("қайтты", "қалды"), ("он", "онлайн"), ("100", "1000")],
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_numbers_keep_their_repeated_digits() -> None:
    assert words("1000 тг, 11 күн, ٣ жыл") == ["1000", "тг", "11", "кун", "3", "жыл"]


def test_numbers_are_words_of_their_own() -> None:
    assert words("90күн") == ["90", "кун"]


def test_a_latin_word_with_a_cyrillic_look_alike_stays_latin() -> None:
    assert fold("раsроrt") == "pasport"


def test_a_word_mixed_beyond_look_alikes_is_left_alone() -> None:
    assert fold("smsлар") == "smsлар"


def test_white_space_becomes_single_spaces() -> None:
    assert fold("  a\u00a0\n b ") == "a b"
