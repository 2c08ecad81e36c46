"""Looking for help by need, as a person does: the button, the tap, the list; in every language."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answers.load import load_library
from bot.answers.model import Citizenship, Need
from bot.catalogs import Catalogs
from bot.dialogue import acts
from bot.dialogue.events import NeedChosen, NeedsWanted
from bot.dialogue.session import Session
from bot.dialogue.thresholds import Thresholds
from bot.dialogue.turn import turn
from bot.language.tags import Locale
from bot.sandbox.text.html_parser import parse_html
from bot.settings import ROOT
from bot.telegram.callbacks import decode
from bot.telegram.render import Context, draw
from bot.understanding.places import load_atlas

CATALOGS = Catalogs(ROOT / "locales")
ATLAS = load_atlas(ROOT / "nlu_data" / "places.yml")
REAL = load_library(ROOT / "answers")
ASKED_FOR = ("legal_aid", "shelter", "documents", "work", "women", "children")
"""What the helpline promises to look for; there may be more."""


def context(locale: Locale) -> Context:
    cities = {key: city.names[locale] for key, city in ATLAS.cities.items()}
    words = CATALOGS[locale]
    return Context(words, CATALOGS, REAL, cities, date(2026, 11, 22), Citizenship.UZBEKISTAN)


def buttons(locale: Locale) -> dict[str, str]:
    """The labels of the needs, with what each button carries."""
    step = turn(Session(), NeedsWanted(), REAL, Thresholds()).step
    screen = draw(step.acts[0], context(locale))
    return {button.text: button.data or "" for row in screen.rows for button in row}


def need(name: str) -> Need:
    return next(each for each in REAL.needs if each.name == name)


@pytest.mark.parametrize("name", [each.name for each in REAL.needs])
@pytest.mark.parametrize("locale", list(Locale))
def test_tapping_a_need_shows_those_who_serve_it(locale: Locale, name: str) -> None:
    label = f"{need(name).emoji} {need(name).titles[locale]}"
    event = decode(buttons(locale)[label])
    assert event == NeedChosen(name)
    session = Session(city="almaty", citizenship=Citizenship.UZBEKISTAN)

    (act,) = turn(session, event, REAL, Thresholds()).step.acts

    assert isinstance(act, acts.ShowCentres)
    found = [*(entry.centre for entry in act.entries), *act.nationwide]
    assert found != []
    assert [c.id for c in found if set(c.services).isdisjoint(need(name).services)] == []
    drawn = parse_html(draw(act, context(locale)).html)[0]
    assert drawn.startswith(label)


@pytest.mark.parametrize("locale", list(Locale))
def test_every_promised_need_has_a_button_of_its_own(locale: Locale) -> None:
    assert {each.name for each in REAL.needs} >= set(ASKED_FOR)
    titles = [each.titles[locale] for each in REAL.needs]
    assert len(set(titles)) == len(titles)
    assert len(buttons(locale)) == len(titles) + 1


def test_for_women_those_made_for_women_come_first() -> None:
    session = Session(city="shymkent")
    (act,) = turn(session, NeedChosen("women"), REAL, Thresholds()).step.acts

    assert isinstance(act, acts.ShowCentres)
    assert {entry.centre.id for entry in act.entries} >= {"ngo-komek", "ngo-sana"}
    assert act.nationwide[0].id == "hot-111"
