"""Which questions go to the review queue: the rules, one by one."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from bot.store.review import Guessed, Question, Recalled, Why
from bot.telegram.lessons import QUESTION_LENGTH, lesson

TODAY = "2026-11-23"
GUESSES = (Guessed("permit_cost", 0.4), Guessed("registration", 0.2))
LOST = Recalled("where is the stamp", "lost", None, GUESSES, "uz", "latn")
OFFERED = replace(LOST, verdict="offered", subject="permit_cost")
ANSWERED = replace(LOST, verdict="answered", subject="permit_cost")
GRAVE = replace(LOST, text="something else", grave=True)


def lost(asked: Recalled = LOST, *earlier: Recalled) -> Question | None:
    return lesson(Why.LOST, "", asked, earlier, TODAY)


def thumbs_down(*earlier: Recalled, intent: str = "permit_cost") -> Question | None:
    return lesson(Why.THUMBS_DOWN, intent, None, earlier, TODAY)


def none_of_these(*earlier: Recalled) -> Question | None:
    return lesson(Why.NONE_OF_THESE, "", None, earlier, TODAY)


def test_what_was_not_understood_goes_there_with_the_guesses() -> None:
    assert lost() == Question(TODAY, LOST.text, "uz", "latn", Why.LOST, GUESSES)


def test_what_came_without_words_does_not() -> None:
    assert lesson(Why.LOST, "", None, (ANSWERED,), TODAY) is None


@pytest.mark.parametrize("text", ["[☎ ••12]", "🙏🙏", "?? 12"])
def test_what_has_no_word_left_does_not(text: str) -> None:
    assert lost(replace(LOST, text=text)) is None


def test_who_repeats_a_question_is_heard_once() -> None:
    again = replace(LOST, text="Where is the STAMP?!")
    assert lost(again, LOST) is None
    assert lost(again, replace(LOST, text="another")) is not None
    assert lost(again, ANSWERED) is not None


def test_none_of_these_brings_the_question_they_were_offered_for() -> None:
    assert none_of_these(ANSWERED, OFFERED) == Question(
        TODAY, OFFERED.text, "uz", "latn", Why.NONE_OF_THESE, GUESSES
    )


@pytest.mark.parametrize("earlier", [(), (OFFERED, ANSWERED)])
def test_none_of_these_under_an_old_offer_brings_none(earlier: tuple[Recalled, ...]) -> None:
    assert none_of_these(*earlier) is None


def test_a_thumb_down_brings_the_last_question_with_that_answer() -> None:
    first = replace(ANSWERED, text="an earlier one")
    other = replace(ANSWERED, text="about wages", subject="unpaid_wages")
    assert thumbs_down(first, ANSWERED, other) == Question(
        TODAY, ANSWERED.text, "uz", "latn", Why.THUMBS_DOWN, GUESSES, "permit_cost"
    )


def test_a_thumb_down_under_an_offered_answer_brings_the_question_too() -> None:
    found = thumbs_down(OFFERED, intent="registration")
    assert found is not None
    assert (found.text, found.subject) == (OFFERED.text, "registration")


@pytest.mark.parametrize("earlier", [(), (LOST,), (replace(ANSWERED, verdict="danger"),)])
def test_a_thumb_down_under_an_answer_from_the_menu_brings_none(
    earlier: tuple[Recalled, ...],
) -> None:
    assert thumbs_down(*earlier) is None


def test_what_may_be_danger_stays_out() -> None:
    assert lost(replace(LOST, grave=True)) is None
    assert thumbs_down(replace(ANSWERED, grave=True)) is None
    assert none_of_these(replace(OFFERED, grave=True)) is None


@pytest.mark.parametrize("grave", [GRAVE, replace(LOST, text="x y", verdict="danger")])
def test_what_follows_on_danger_stays_out(grave: Recalled) -> None:
    """ "He locked the door" is no question for the training, after a cry for help."""
    assert lost(LOST, grave, ANSWERED) is None
    assert thumbs_down(grave, ANSWERED) is None
    assert none_of_these(grave, OFFERED) is None


def test_a_long_story_is_cut() -> None:
    found = lost(replace(LOST, text="word " * 200))
    assert found is not None
    assert len(found.text) <= QUESTION_LENGTH + 1
    assert found.text.endswith("…")


def test_what_an_older_release_remembered_is_left_alone() -> None:
    """It does not say in which language it is."""
    assert thumbs_down(Recalled("how much", "answered", "permit_cost")) is None
