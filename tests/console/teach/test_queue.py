"""Cards of the queue: most frequent first, filtered, with the likeliest question chosen."""

from __future__ import annotations

from bot.console.teach.grouping import Grouped
from bot.console.teach.queue import (
    CARDS,
    ROWS,
    Filters,
    best_guess,
    card_of,
    key_of,
    leaf_of,
    with_questions,
)
from bot.console.training.likeness import By
from bot.store.review import Guessed, Question, Waiting, Why

INTENTS = {"permit_cost", "iin_taxes", "out_of_scope"}


def waits(
    name: str,
    *,
    times: int = 1,
    locale: str = "ru",
    why: Why = Why.LOST,
    guesses: tuple[tuple[str, float], ...] = (),
    subject: str = "",
) -> Waiting:
    guessed = tuple(Guessed(*guess) for guess in guesses)
    question = Question("2026-11-20", f"text {name}", locale, "cyrl", why, guessed, subject)
    return Waiting(name, question, times)


def grouped(*groups: str) -> Grouped:
    """Each group is the names of its questions, one letter each."""
    return Grouped(tuple(tuple(group) for group in groups), By.MEANING, working=False)


def test_groups_come_by_how_often_they_were_asked_in_all() -> None:
    waiting = [waits("a"), waits("b", times=2), waits("c", times=2), waits("d", times=9)]
    leaf = leaf_of(waiting, grouped("a", "cb", "d"), Filters(), 1, INTENTS)
    assert [[row.id for row in card.rows] for card in leaf.cards] == [["d"], ["c", "b"], ["a"]]
    assert [card.times for card in leaf.cards] == [9, 4, 1]
    assert (leaf.groups, leaf.questions, leaf.last) == (3, 4, 1)


def test_filters_leave_of_a_group_only_what_fits() -> None:
    waiting = [
        waits("a", times=5),
        waits("b", locale="uz"),
        waits("c", locale="uz", why=Why.STAFF, times=2),
        waits("d", locale="other"),
    ]
    groups = grouped("abc", "d")
    for filters, expected in (
        (Filters("uz"), [["b", "c"]]),
        (Filters("uz", "staff"), [["c"]]),
        (Filters(why="lost"), [["a", "b"], ["d"]]),
        (Filters("other"), [["d"]]),
        (Filters("kk"), []),
    ):
        leaf = leaf_of(waiting, groups, filters, 1, INTENTS)
        assert [[row.id for row in card.rows] for card in leaf.cards] == expected


def test_a_page_after_the_last_is_the_last() -> None:
    names = [f"{number:02}" for number in range(CARDS + 3)]
    waiting = [waits(name) for name in names]
    groups = Grouped(tuple((name,) for name in names), By.MEANING, working=False)
    leaf = leaf_of(waiting, groups, Filters(), 99, INTENTS)
    assert (leaf.number, leaf.last, len(leaf.cards)) == (2, 2, 3)


def test_of_a_long_group_the_first_are_shown_and_the_others_counted() -> None:
    card = card_of([waits(f"{number:02}") for number in range(ROWS + 4)], INTENTS)
    assert (len(card.rows), card.more, card.times) == (ROWS, 4, ROWS + 4)


def test_the_guess_of_many_wins_over_the_sure_guess_of_one() -> None:
    group = [
        waits("a", guesses=(("permit_cost", 0.9),)),
        waits("b", guesses=(("iin_taxes", 0.4),), times=3),
    ]
    assert best_guess(group, INTENTS) == "iin_taxes"


def test_an_answer_that_got_thumbs_down_is_not_proposed_for_that_question() -> None:
    guesses = (("permit_cost", 0.8), ("iin_taxes", 0.1))
    one = waits("a", why=Why.THUMBS_DOWN, guesses=guesses, subject="permit_cost")
    assert best_guess([one], INTENTS) == "iin_taxes"


def test_the_subject_of_a_case_is_proposed() -> None:
    assert best_guess([waits("a", why=Why.STAFF, subject="permit_cost")], INTENTS) == "permit_cost"


def test_what_cannot_be_chosen_is_not_proposed() -> None:
    one = waits("a", guesses=(("out_of_scope", 0.9), ("gone_since", 0.8)))
    assert best_guess([one], INTENTS) == ""


def test_masked_places_are_taken_out_of_what_is_learnt_and_other_languages_are_to_be_chosen() -> (
    None
):
    question = Question("2026-11-20", "позвоните [☎ ••00] срочно", "other")
    row = card_of([Waiting("a", question)], INTENTS).rows[0]
    assert (row.text, row.locale, row.taken) == ("позвоните срочно", "", True)


def test_a_card_that_was_sent_gets_back_what_the_queue_knows() -> None:
    known = waits("a", times=3)
    sent = card_of([known, waits("b")], INTENTS)
    again = with_questions(sent, {"a": known})
    assert [row.times for row in again.rows] == [3, 1]
    assert again.rows[0].question == known.question


def test_keys_of_cards_can_stand_in_ids() -> None:
    rows = card_of([waits('"><script>')], INTENTS).rows
    assert key_of(rows).isalnum()
    assert key_of(()).isalnum()
