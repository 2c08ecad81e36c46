"""Variables: filled when the answers are loaded, never shown, no reason to translate anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.answers.faults import BrokenLibraryError
from bot.answers.load import load_library
from bot.answers.model import Part
from bot.answers.pick import main_page
from bot.answers.stamp import stamp
from bot.answers.watch import LibraryHolder
from bot.language.tags import Locale
from tests.answers.small_folder import edit

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def with_variable(folder: Path) -> Path:
    edit(folder / "housing/rent/ru.md", "монет", "монет за {days} дней")
    edit(folder / "housing/rent/uz.md", "tanga", "{days} kunga tanga")
    stamp(folder)
    return folder


def everyone(folder: Path, locale: Locale, values: dict[str, str] | None) -> str:
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
