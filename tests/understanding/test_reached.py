"""What counts as answered, offered and alarmed, by the dialogue's own decisions."""

from __future__ import annotations

from typing import Any

import pytest

from bot.answers.model import Citizenship, DangerKind
from bot.dialogue.events import Command, Guess, Reading, TextReceived
from bot.dialogue.reading import OUT_OF_SCOPE
from bot.dialogue.thresholds import Thresholds
from bot.understanding.reached import Outcome, Reached, reached
from tests.factories import library

LIBRARY = library()


def got(*guesses: tuple[str, float], **more: Any) -> Reached:
    reading = Reading(tuple(Guess(*guess) for guess in guesses), urgency=more.pop("urgency", 0.0))
    return reached(TextReceived(reading=reading, **more), LIBRARY, Thresholds())


def test_a_sure_intent_is_answered() -> None:
    assert got(("permit_cost", 0.95)) == Reached(answered=("permit_cost",))


def test_unsure_ones_are_offered() -> None:
    assert got(("permit_cost", 0.5), ("hotline", 0.4)) == Reached(
        offered=("permit_cost", "hotline")
    )


def test_out_of_scope_is_neither() -> None:
    assert got((OUT_OF_SCOPE, 0.95)) == Reached()


def test_a_card_counts_as_the_answer_to_its_danger_and_stands_beside_another() -> None:
    found = got(("permit_cost", 0.95), danger=(DangerKind.TRAFFICKING,), urgency=0.3)
    assert found == Reached(answered=("trafficking", "permit_cost"), card=True)


def test_the_classifier_alone_can_raise_the_card() -> None:
    found = got(("trafficking", 0.5), ("hotline", 0.4), urgency=0.9)
    assert found == Reached(answered=("trafficking",), card=True)


@pytest.mark.parametrize(
    ("command", "intent"),
    [(Command.HUMAN, "talk_to_human"), (Command.LANGUAGE, "change_language")],
)
def test_a_plain_word_of_a_command_is_an_answer(command: Command, intent: str) -> None:
    assert got(command=command).answered == (intent,)


def test_a_citizenship_alone_answers_nothing() -> None:
    assert got(citizenship=Citizenship.UZBEKISTAN) == Reached()


@pytest.mark.parametrize(
    ("shown", "outcome"),
    [
        (Reached(answered=("a", "b")), Outcome.ANSWERED_RIGHT),
        (Reached(answered=("b",)), Outcome.ANSWERED_WRONG),
        (Reached(offered=("b", "a")), Outcome.OFFERED_RIGHT),
        (Reached(offered=("b",)), Outcome.OFFERED_WRONG),
        (Reached(), Outcome.FALLBACK),
    ],
)
def test_the_outcome_for_who_asks_a(shown: Reached, outcome: Outcome) -> None:
    assert shown.outcome(["a"]) is outcome
