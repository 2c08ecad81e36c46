"""What the bot does while people talk: nothing, unless it is danger."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.model import DangerKind
from bot.dialogue import acts, reading
from bot.dialogue.events import Command, Guess, Reading, TextReceived, Unread
from bot.dialogue.outcome import Verdict
from bot.dialogue.overheard import is_for_the_bot, overhear
from bot.dialogue.session import Session
from bot.dialogue.thresholds import Thresholds
from bot.language.tags import Locale
from tests import factories

LIBRARY = factories.library()
SURE = Reading((Guess("permit_cost", 0.99),), urgency=0.5)


def heard(event: TextReceived) -> tuple[acts.Act, ...]:
    session = Session(locale=Locale.RU)
    outcome = overhear(session, event, LIBRARY, Thresholds(), Locale.TG)
    assert (outcome.step.session, outcome.locale) == (session, Locale.TG)
    return outcome.step.acts


@given(st.sampled_from([Unread.DOWN, Unread.SLOW, SURE]), st.booleans())
def test_the_bot_says_nothing_to_what_is_no_danger(read: Reading | Unread, wordless: bool) -> None:
    assert heard(TextReceived(read, wordless=wordless)) == ()


@pytest.mark.parametrize("kind", DangerKind)
def test_danger_is_answered_also_while_the_classifier_is_down(kind: DangerKind) -> None:
    assert heard(TextReceived(Unread.DOWN, danger=(kind,))) == (acts.ShowDanger(kind),)


def test_the_classifier_hears_danger_too() -> None:
    read = Reading((Guess("trafficking", 0.9),), urgency=0.99)
    assert heard(TextReceived(read)) == (acts.ShowDanger(DangerKind.TRAFFICKING),)


def test_it_is_counted_as_danger_or_as_carried_over() -> None:
    calm = overhear(Session(), TextReceived(SURE), LIBRARY, Thresholds(), Locale.RU)
    assert (calm.step.verdict, calm.step.subject) == (Verdict.RELAYED, None)
    event = TextReceived(Unread.DOWN, danger=(DangerKind.VIOLENCE,))
    loud = overhear(Session(), event, LIBRARY, Thresholds(), Locale.RU)
    assert (loud.step.verdict, loud.step.subject) == (Verdict.DANGER, "violence")


@pytest.mark.parametrize(
    ("event", "session", "mine"),
    [
        (TextReceived(SURE), Session(), False),
        (TextReceived(SURE, command=Command.MENU), Session(), True),
        (TextReceived(SURE, command=Command.LANGUAGE), Session(), True),
        (TextReceived(SURE, command=Command.HELP), Session(), False),
        (TextReceived(SURE, command=Command.HUMAN), Session(), False),
        (TextReceived(SURE, command=Command.FORGET), Session(), False),
        (TextReceived(SURE, bare_city=True), Session(), False),
        (TextReceived(SURE, bare_city=True), Session(asked_place=True), True),
        (
            TextReceived(SURE, command=Command.MENU, danger=(DangerKind.VIOLENCE,)),
            Session(),
            False,
        ),
    ],
)
def test_only_words_of_the_menu_and_asked_places_are_for_the_bot(
    event: TextReceived, session: Session, *, mine: bool
) -> None:
    assert is_for_the_bot(session, event) is mine


@pytest.mark.parametrize(
    ("event", "closes"),
    [
        (TextReceived(Reading((Guess("thanks", 0.95),))), True),
        (TextReceived(Reading((Guess("goodbye", 0.95),))), True),
        (TextReceived(Reading((Guess("greet", 0.95),))), False),
        (TextReceived(Reading((Guess("thanks", 0.5),))), False),
        (TextReceived(SURE), False),
        (TextReceived(Unread.DOWN), False),
        (TextReceived(Unread.DOWN, wordless=True), True),
    ],
)
def test_thanks_goodbyes_and_emoji_close_a_talk(event: TextReceived, *, closes: bool) -> None:
    assert reading.is_small_talk(event, Thresholds()) is closes
