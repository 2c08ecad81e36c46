"""What people are told about how long something is kept is what the store does."""

from __future__ import annotations

import inspect

import pytest

from bot import retention
from bot.answers.load import load_library
from bot.answers.model import AnswerText
from bot.language.tags import Locale
from bot.settings import ROOT, Settings
from bot.store.keys import DAY, IMPERSONAL, OF_THE_STAFF, UNTIL_ANSWERED, WEEK, Kept, Keys, kept


def kinds_of_keys() -> set[str]:
    return {name for name, _ in inspect.getmembers(Keys, inspect.isfunction) if name[0] != "_"}


def test_of_every_kind_of_key_it_is_said_whether_it_is_personal() -> None:
    personal = {one.kind for one in kept()} | UNTIL_ANSWERED

    assert personal | OF_THE_STAFF | IMPERSONAL == kinds_of_keys()
    assert personal & IMPERSONAL == set()
    assert OF_THE_STAFF & (personal | IMPERSONAL) == set()


def test_one_variable_stands_for_one_period() -> None:
    periods: dict[str, set[int]] = {}
    for one in kept():
        periods.setdefault(one.variable, set()).add(one.period)

    assert [name for name, found in periods.items() if len(found) > 1] == []


@pytest.mark.parametrize(
    ("seconds", "unit", "period"),
    [(180 * DAY, DAY, 180), (DAY + 1, DAY, 2), (5 * WEEK, WEEK, 5), (1, DAY, 1)],
)
def test_a_period_is_rounded_up(seconds: int, unit: int, period: int) -> None:
    assert Kept("keep_it_days", "session", seconds, unit).period == period


def test_the_operators_setting_is_what_people_are_told() -> None:
    assert retention.variables(Settings(session_days=30))["keep_session_days"] == "30"


@pytest.mark.parametrize("locale", list(Locale))
def test_the_privacy_answer_says_every_period_in_every_language(locale: Locale) -> None:
    """With numbers that are nowhere else, so that one typed by hand is not taken for it."""
    names = retention.variables(Settings())
    unusual = {name: str(7001 + index) for index, name in enumerate(names)}
    text = load_library(ROOT / "answers", unusual).answers["privacy"].texts[locale]

    assert [name for name, number in unusual.items() if number not in words(text)] == []


def words(text: AnswerText) -> str:
    return "\n".join(text.parts.values())
