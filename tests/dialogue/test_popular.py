"""The three most asked questions stand first, the others keep their place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.popular import MOST_ASKED, most_asked_first

FILE = ("a", "b", "c", "d", "e")


def test_without_counts_the_order_of_the_file_holds() -> None:
    assert most_asked_first(FILE, {}) == FILE


def test_the_most_asked_come_first_and_the_rest_keeps_its_place() -> None:
    asked = {"e": 5, "d": 9, "c": 7, "b": 1}
    assert most_asked_first(FILE, asked) == ("d", "c", "e", "a", "b")


def test_between_equals_the_file_decides() -> None:
    assert most_asked_first(FILE, {"d": 2, "b": 2}) == ("b", "d", "a", "c", "e")


@given(
    st.lists(st.sampled_from("abcdefgh"), unique=True),
    st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 9)),
)
def test_every_question_stands_there_once(intents: list[str], asked: dict[str, int]) -> None:
    ordered = most_asked_first(intents, asked)
    assert sorted(ordered) == sorted(intents)
    left = [intent for intent in intents if intent not in ordered[:MOST_ASKED]]
    assert list(ordered[MOST_ASKED:]) == left
