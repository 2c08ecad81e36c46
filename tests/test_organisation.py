"""Who runs the helpline: named in six languages, or said to be unnamed; an operator is warned."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs

from bot import organisation
from bot.answers.load import load_library
from bot.answers.model import Part
from bot.answers.pick import main_page
from bot.answers.variables import OPERATOR, InWords
from bot.app import CannotServeError, main
from bot.catalogs import Catalogs
from bot.language.tags import Locale
from bot.retention import variables
from bot.settings import ROOT, Settings

if TYPE_CHECKING:
    from pathlib import Path

CATALOGS = Catalogs(ROOT / "locales")
TOKEN = "123456:not-a-real-token"
NAME = "Пример <b>help</b>"
NUMBER = "000000000000"
CONTACT = "help@example.org"


def told(locale: Locale, **settings: str) -> str:
    values = organisation.variables(Settings(**settings), CATALOGS)  # type: ignore[arg-type]
    found = values[OPERATOR]
    assert isinstance(found, InWords)
    return found.said(locale)


@pytest.mark.parametrize(
    ("locale", "word"),
    [
        (Locale.RU, "БИН"),
        (Locale.KK, "БСН («БИН»)"),
        (Locale.UZ, "BIN"),
        (Locale.UZ_CYRL, "БИН"),
        (Locale.TG, "БИН"),
        (Locale.KY, "БИН"),
    ],
)
def test_name_number_and_contact_are_told(locale: Locale, word: str) -> None:
    full = told(locale, operator_name=NAME, operator_bin=NUMBER, operator_contact=CONTACT)
    assert full == f"{NAME}, {word} {NUMBER}, {CONTACT}"
    assert told(locale, operator_name=NAME) == NAME


def test_who_has_no_name_is_not_passed_over() -> None:
    """Rule: people are told that nobody named himself, and where to ask, each in his language."""
    sentences = {told(locale) for locale in Locale}
    assert len(sentences) == len(Locale)
    assert [sentence for sentence in sentences if "/human" not in sentence] == []


@pytest.mark.parametrize("locale", list(Locale))
@pytest.mark.parametrize("settings", [{}, {"operator_name": "Пример-1"}])
def test_the_privacy_answer_says_it_on_its_first_page(
    locale: Locale, settings: dict[str, str]
) -> None:
    values = variables(Settings(**settings))  # type: ignore[arg-type]
    privacy = load_library(ROOT / "answers", values).answers["privacy"]
    page = privacy.texts[locale].parts[Part.EVERYONE].replace("\\", "")
    assert told(locale, **settings) in page
    assert not main_page(privacy, locale).outdated


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"telegram_bot_token": TOKEN}, ["operator_unnamed"]),
        ({"telegram_bot_token": TOKEN, "operator_name": NAME}, []),
        ({"telegram_bot_token": ""}, []),
    ],
)
def test_the_start_warns_once_where_people_are_not_told(
    tmp_path: Path, settings: dict[str, str], expected: list[str]
) -> None:
    """Rule: of a real bot only; on the sandbox nobody is deceived. (It ends for want of words.)"""
    with capture_logs() as logs, pytest.raises(CannotServeError):
        asyncio.run(main(Settings(locales_dir=tmp_path, **settings)))  # type: ignore[arg-type]

    warned = [line["event"] for line in logs if line["log_level"] == "warning"]
    assert warned == expected
    assert NAME not in str(logs)
