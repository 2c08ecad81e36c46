from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.endings import Case, Ending, Form, forms, parse
from bot.language.skeleton import skeleton

PLAIN = Form("")


@pytest.mark.parametrize(
    ("word", "stem", "case", "first_person"),
    [
        ("Павлодар", "Павлодар", Case.PLAIN, False),
        ("Павлодарда", "Павлодар", Case.AT_OR_TO, False),
        ("Павлодарға", "Павлодар", Case.AT_OR_TO, False),
        ("Павлодардан", "Павлодар", Case.FROM, False),
        ("Павлодардың", "Павлодар", Case.OTHER, False),
        ("Павлодардағы", "Павлодар", Case.OTHER, False),
        ("Тәжікстаннан", "Тәжікстан", Case.FROM, False),
        ("Тәжікстаннанмын", "Тәжікстан", Case.FROM, True),
        ("Tojikistondanman", "Tojikiston", Case.FROM, True),
        ("tojikistonlikmiz", "Tojikiston", Case.OTHER, True),
        ("Тоҷикистониям", "Тоҷикистон", Case.OTHER, True),
        ("Тоҷикистонба", "Тоҷикистон", Case.AT_OR_TO, False),
        ("Кыргызстанданбыз", "Кыргызстан", Case.FROM, True),
    ],
)
def test_turkic_and_tajik_endings(word: str, stem: str, case: Case, first_person: bool) -> None:
    ending = parse(skeleton(word), skeleton(stem), PLAIN)
    assert ending is not None
    assert (ending.case, ending.first_person) == (case, first_person)


@pytest.mark.parametrize("word", ["Павлодарец", "павлодарский", "павло", "тарала"])
def test_what_is_no_ending_is_another_word(word: str) -> None:
    assert parse(skeleton(word), skeleton("Павлодар"), PLAIN) is None


def test_a_plural_is_told() -> None:
    assert parse("узбеклар", "узбек", PLAIN) == Ending(Case.OTHER, plural=True)


@pytest.mark.parametrize(
    ("spelling", "expected"),
    [
        ("Караганда", {"Караганды", "Караганде", "Караганду"}),
        ("Россия", {"России", "Россию", "Россией"}),
        ("Казахстан", {"Казахстана", "Казахстане", "Казахстаном"}),
        ("Костанай", {"Костаная", "Костанае", "Костанаем"}),
        ("Казань", {"Казани", "Казанью"}),
        ("Эмираты", {"Эмиратов", "Эмиратах"}),
        ("Корея", {"Кореи", "Корее", "Корею"}),
    ],
)
def test_russian_cases(spelling: str, expected: set[str]) -> None:
    assert expected <= {form.text for form in forms(spelling, with_plural=False)}


def test_a_russian_case_form_takes_no_further_ending() -> None:
    assert parse("казахстанада", "казахстана", Form("Казахстана", final=True)) is None


@given(st.text(max_size=20), st.text(min_size=1, max_size=10))
def test_any_words_can_be_compared(word: str, stem: str) -> None:
    parse(word, stem, PLAIN)


@given(st.text(min_size=1, max_size=20))
def test_a_spelling_is_among_its_own_forms(spelling: str) -> None:
    assert forms(spelling, with_plural=True)[0].text == spelling
