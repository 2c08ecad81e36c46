"""What a turn tells of people as a whole: questions, thumbs, newcomers; nothing else."""

from __future__ import annotations

import pytest

from bot.answers.model import Citizenship, DangerKind
from bot.dialogue.events import (
    AnswerChosen,
    CitizenshipChosen,
    Command,
    CommandGiven,
    Event,
    LocaleChosen,
    MoreWanted,
    NoneOfThese,
    Rated,
    Started,
    TextReceived,
    TopicChosen,
)
from bot.dialogue.session import Session
from bot.dialogue.thresholds import Thresholds
from bot.dialogue.turn import turn
from bot.handoff.case import Case, Opening, State
from bot.language.tags import Locale
from bot.store.insight import (
    Asked,
    AtHour,
    ChoseLanguage,
    FromPlace,
    InCity,
    Newcomer,
    Sum,
)
from bot.store.insight import Rated as RatedSum
from bot.telegram import notes
from tests import factories

LIBRARY = factories.library()
UZBEK = Session(locale=Locale.UZ, locale_confirmed=True)
TRAVELLER = Session(Locale.UZ, locale_confirmed=True, city="almaty", place="bazaar")


def of(event: Event, before: Session = UZBEK) -> tuple[Sum, ...]:
    """What a turn at two o'clock counts."""
    outcome = turn(before, event, LIBRARY, Thresholds())
    return notes.of_turn(before, event, outcome, LIBRARY, 14)


@pytest.mark.parametrize(
    ("event", "asked"),
    [
        (factories.read_as("permit_cost"), Asked("text", "answered", "permit_cost", "uz")),
        (factories.read_as("permit_need"), Asked("text", "asked", "permit_need", "uz")),
        (factories.read_as("greet", 0.01), Asked("text", "lost", "", "uz")),
        (factories.read_as("out_of_scope"), Asked("text", "out_of_scope", "", "uz")),
        (factories.read_as("permit_cost", 0.4), Asked("text", "offered", "permit_cost", "uz")),
        (
            factories.read_as("greet", danger=(DangerKind.SELF_HARM,)),
            Asked("text", "danger", "self_harm", "uz"),
        ),
        (AnswerChosen("permit_cost"), Asked("tap", "answered", "permit_cost", "uz")),
    ],
)
def test_a_question_is_counted_by_its_way_and_how_it_ended(event: Event, asked: Asked) -> None:
    assert of(event) == (asked, AtHour(asked.way, asked.verdict, 14))


@pytest.mark.parametrize(
    "event",
    [
        CommandGiven(Command.MENU),
        CommandGiven(Command.FORGET),
        TopicChosen("work_permit"),
        MoreWanted("permit_cost"),
        AnswerChosen("made_up"),
        CitizenshipChosen(Citizenship.UZBEKISTAN, "permit_need"),
        NoneOfThese(),
        factories.read_as("greet", wordless=True),
        factories.read_as("greet", command=Command.MENU),
        Rated("made_up", helpful=False),
    ],
)
def test_what_is_no_question_is_not_counted(event: Event) -> None:
    assert of(event) == ()


def test_city_and_outreach_code_are_counted_apart() -> None:
    found = of(factories.read_as("permit_cost"), TRAVELLER)
    assert InCity("text", "answered", "almaty", "uz") in found
    assert FromPlace("text", "answered", "bazaar", "uz") in found
    assert len(found) == 4


def test_a_text_counts_for_its_own_language() -> None:
    """Also where the conversation is in another one."""
    read = factories.reading(("permit_cost", 0.95), language=Locale.KK)
    assert Asked("text", "answered", "permit_cost", "kk") in of(TextReceived(read))
    foreign = factories.reading(("greet", 0.01), language="other")
    assert Asked("text", "lost", "", "other") in of(TextReceived(foreign))


@pytest.mark.parametrize("helpful", [True, False])
def test_a_thumb_is_counted_by_intent_and_language(*, helpful: bool) -> None:
    assert of(Rated("permit_cost", helpful)) == (RatedSum(helpful, "permit_cost", "uz"),)


def of_person(event: Event, before: Session, *, is_new: bool) -> tuple[Sum, ...]:
    after = turn(before, event, LIBRARY, Thresholds()).step.session
    return notes.of_person(before, after, is_new=is_new)


def test_somebody_is_new_with_the_first_thing_kept_of_them() -> None:
    started = Started("bazaar", app_locale=Locale.RU)
    assert of_person(started, Session(), is_new=True) == (Newcomer("bazaar", "ru"),)
    after = turn(Session(), started, LIBRARY, Thresholds()).step.session
    assert after is not None
    chosen = of_person(LocaleChosen(Locale.UZ), after, is_new=False)
    assert chosen == (ChoseLanguage("bazaar", "uz"),)


def test_who_starts_and_leaves_nothing_to_keep_is_not_new_twice() -> None:
    assert of_person(Started(), Session(), is_new=True) == ()
    found = of_person(LocaleChosen(Locale.TG), Session(), is_new=True)
    assert found == (Newcomer("", "tg"), ChoseLanguage("", "tg"))


def test_a_language_is_settled_once() -> None:
    assert of_person(LocaleChosen(Locale.TG), UZBEK, is_new=False) == ()
    assert of_person(CommandGiven(Command.FORGET), UZBEK, is_new=False) == ()


def test_a_case_counts_as_handed_over() -> None:
    case = Case(
        number=1,
        chat_id=1001,
        group=-1,
        state=State.WAITING,
        opening=Opening.ASKED,
        opened=0.0,
        locale=Locale.UZ,
        city="almaty",
        subject="unpaid_wages",
    )
    assert notes.of_case(case, "bazaar", 9) == (
        Asked("person", "handed_over", "unpaid_wages", "uz"),
        AtHour("person", "handed_over", 9),
        InCity("person", "handed_over", "almaty", "uz"),
        FromPlace("person", "handed_over", "bazaar", "uz"),
    )
