"""What may be a cry for help is recognised with less certainty than a card needs."""

from __future__ import annotations

import pytest

from bot.answers.model import DangerKind
from bot.dialogue.caution import PERHAPS_URGENT, may_be_danger
from bot.dialogue.events import TextReceived, Unread
from bot.dialogue.thresholds import Thresholds
from tests import factories

THRESHOLDS = Thresholds()


def test_a_word_of_the_lexicon_is_enough_even_if_it_sounds_calm() -> None:
    danger = (DangerKind.VIOLENCE,)
    assert may_be_danger(factories.read_as("unpaid_wages", danger=danger), THRESHOLDS)
    assert may_be_danger(TextReceived(Unread.DOWN, danger), THRESHOLDS)


@pytest.mark.parametrize(
    ("urgency", "grave"), [(PERHAPS_URGENT, True), (PERHAPS_URGENT - 0.01, False)]
)
def test_urgency_is_enough_far_below_that_of_a_card(urgency: float, *, grave: bool) -> None:
    assert THRESHOLDS.urgent > PERHAPS_URGENT
    event = TextReceived(factories.reading(("greet", 0.2), urgency=urgency))
    assert may_be_danger(event, THRESHOLDS) is grave


@pytest.mark.parametrize(
    ("confidence", "grave"), [(THRESHOLDS.likely, True), (THRESHOLDS.likely - 0.01, False)]
)
def test_a_danger_among_the_likely_intents_is_enough(confidence: float, *, grave: bool) -> None:
    guesses = (("permit_cost", 0.6), (DangerKind.TRAFFICKING.value, confidence))
    assert may_be_danger(TextReceived(factories.reading(*guesses)), THRESHOLDS) is grave


def test_an_ordinary_question_is_none() -> None:
    assert not may_be_danger(factories.read_as("permit_cost"), THRESHOLDS)
    assert not may_be_danger(TextReceived(Unread.SLOW), THRESHOLDS)
