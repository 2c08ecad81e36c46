"""Variables: filled when the answers are loaded, never shown, no reason to translate anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.faults import BrokenLibraryError
from bot.answers.load import load_library
from bot.answers.model import AnswerText, Part
from bot.answers.pick import main_page
from bot.answers.stamp import stamp
from bot.answers.variables import InWords, as_text, filled
from bot.answers.watch import LibraryHolder
from bot.language.tags import Locale
from bot.sandbox.text.html_parser import parse_html
from bot.telegram.render.markdown import to_html, to_text
from tests.answers.small_folder import edit

if TYPE_CHECKING:
    from pathlib import Path

    from bot.answers.variables import Values


@pytest.fixture
def with_variable(folder: Path) -> Path:
    edit(folder / "housing/rent/ru.md", "монет", "монет за {days} дней")
    edit(folder / "housing/rent/uz.md", "tanga", "{days} kunga tanga")
    stamp(folder)
    return folder


def everyone(folder: Path, locale: Locale, values: Values | None) -> str:
    return load_library(folder, values).answers["rent"].texts[locale].parts[Part.EVERYONE]


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        (Locale.RU, "Около **100** монет за 180 дней."),
        (Locale.UZ, "Taxminan **100** 180 kunga tanga."),
        (Locale.UZ_CYRL, "Тахминан **100** 180 кунга танга."),
    ],
)
def test_the_value_stands_in_place_of_the_variable(
    with_variable: Path, locale: Locale, expected: str
) -> None:
    assert everyone(with_variable, locale, {"days": "180"}) == expected


def test_another_value_makes_no_translation_outdated(with_variable: Path) -> None:
    for days in ("180", "30"):
        answer = load_library(with_variable, {"days": days}).answers["rent"]
        assert not main_page(answer, Locale.UZ).outdated


def test_a_changed_text_makes_the_translation_outdated_as_ever(with_variable: Path) -> None:
    edit(with_variable / "housing/rent/ru.md", "Около", "Примерно")
    answer = load_library(with_variable, {"days": "180"}).answers["rent"]
    assert main_page(answer, Locale.UZ).outdated


def test_a_variable_without_a_value_is_a_fault_at_its_line(with_variable: Path) -> None:
    with pytest.raises(BrokenLibraryError) as error:
        load_library(with_variable, {"weeks": "5"})

    russian = [str(fault) for fault in error.value.faults if fault.file == "housing/rent/ru.md"]
    assert russian == ["housing/rent/ru.md:6: `{days}` has no value; known: {weeks}."]


def test_whoever_reads_no_texts_needs_no_values(with_variable: Path) -> None:
    assert "{days}" in everyone(with_variable, Locale.RU, None)


def test_the_running_bot_fills_a_changed_file_too(with_variable: Path) -> None:
    holder = LibraryHolder(with_variable, values={"days": "180"})
    edit(with_variable / "housing/rent/ru.md", "Около", "Где-то около")

    assert holder.refresh()
    russian = holder.library.answers["rent"].texts[Locale.RU]
    assert russian.parts[Part.EVERYONE] == "Где-то около **100** монет за 180 дней."


OWN_WORDS = InWords(tuple((locale, f"in {locale.value}") for locale in Locale))


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        (Locale.RU, "Около **100** монет за in ru дней."),
        (Locale.UZ, "Taxminan **100** in uz kunga tanga."),
        (Locale.UZ_CYRL, r"Тахминан **100** in uz\_Cyrl кунга танга."),
    ],
)
def test_words_are_those_of_the_language(
    with_variable: Path, locale: Locale, expected: str
) -> None:
    """Also where the text is made from the other script: the words are not."""
    assert everyone(with_variable, locale, {"days": OWN_WORDS}) == expected


def test_other_words_make_no_translation_outdated(with_variable: Path) -> None:
    answer = load_library(with_variable, {"days": OWN_WORDS}).answers["rent"]
    assert [locale for locale in answer.texts if main_page(answer, locale).outdated] == []


MARK_UP = st.sampled_from(
    [
        *("**", "*", "_", "~~", "||", "`", "\\", "!", "[", "]", "(", ")", "# ", "1. ", "- ", "> "),
        *("[a](https://example.org)", "<b>", "</b>", "<", "&lt;", "&", "{days}", "{operator}"),
        *("\n\n", "\n- ", "\n", " "),
    ]
)
SEEN = st.text(st.characters(exclude_categories=("C",)), max_size=10)
VALUES = st.lists(MARK_UP | SEEN, min_size=1, max_size=12).map("".join).filter(str.strip)


@pytest.mark.parametrize(("line", "mark"), [("{operator}", ""), ("- {operator}", "• ")])
@given(value=VALUES)
def test_whatever_a_value_holds_is_shown_as_text(line: str, mark: str, value: str) -> None:
    """Rule: an operator's setting is no mark-up, on no page; no message can be broken by it."""
    text = AnswerText("?", "?", {Part.EVERYONE: f"**Who?** {{operator}}\n\n{line}\n\nEnd"}, {})
    words = InWords(tuple((locale, value) for locale in Locale))
    found = filled({Locale.RU: text}, {"operator": words, "days": "7"})[Locale.RU]

    shown, entities = parse_html(to_html(found.parts[Part.EVERYONE]))
    one = " ".join(value.split())
    assert shown.replace("\u00a0", " ") == f"Who? {one}\n\n{mark}{one}\n\nEnd"
    assert [entity["type"] for entity in entities] == ["bold"]


@given(SEEN)
def test_a_value_by_itself_is_its_own_text(value: str) -> None:
    assert to_text(f"x {as_text(value)} y") == f"x {' '.join(value.split())} y"
