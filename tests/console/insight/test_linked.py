"""Small numbers stay hidden from who subtracts one table of a page from another."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.console.insight.figures import THE_REST, Figures, Outcome, figures
from bot.console.insight.hidden import FEWEST, HIDDEN
from bot.store.insight import Asked, Day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.store.insight import Sum

TOPICS = {"cost": "permit", "need": "permit", "register": "stay", "fine": "stay", "wages": "pay"}
ANSWERED, LOST, DANGER = Outcome.ANSWERED, Outcome.LOST, Outcome.DANGER


def told(counts: Mapping[Sum, int], *more: Mapping[Sum, int]) -> Figures:
    """The figures of a month of as many days as there are counts."""
    days = (counts, *more)
    return figures(
        [Day(f"2026-10-{n:02}", dict(each), {}, 0) for n, each in enumerate(days, 1)],
        lambda subject: TOPICS[subject],
    )


def asked(subject: str, times: int, locale: str = "ru") -> dict[Sum, int]:
    return {Asked("text", "answered", subject, locale): times}


def test_a_topic_less_the_questions_of_it_that_are_told_is_no_small_number() -> None:
    """Rule: that few asked one question of two is not told by the topic of both."""
    few = asked("cost", 20) | asked("need", 3) | asked("fine", 4) | asked("register", 30)
    found = told(few | asked("wages", 40))
    assert (found.questions.rows["cost"], found.questions.rows["register"]) == (20, 30)
    assert found.topics.rows == {"permit": HIDDEN, "stay": HIDDEN, "pay": 40}
    assert found.topics.cells["permit", "ru"] is HIDDEN


def test_a_topic_all_of_whose_questions_are_told_is_told() -> None:
    found = told(asked("cost", 20) | asked("need", 8, "kk") | asked("wages", 9))
    assert found.topics.rows == {"permit": 28, "pay": 9}
    assert found.topics.cells["permit", "kk"] == 8
    assert found.topics.total == 37


SOME = st.sampled_from([0, 0, 1, 2, 4, 5, 7, 12, 40])


@settings(max_examples=300, deadline=None)
@given(
    st.fixed_dictionaries(
        {(subject, locale): SOME for subject in TOPICS for locale in ("ru", "kk", "uz")}
    )
)
def test_whatever_was_asked_no_difference_is_small(counts: dict[tuple[str, str], int]) -> None:
    every: dict[Sum, int] = {}
    for (subject, locale), times in counts.items():
        if times:
            every |= asked(subject, times, locale)
    found = told(every)
    rest: Any = defaultdict(int)
    for at, number in found.topics.cells.items():
        if number is not HIDDEN:
            rest[at] = number
    for topic, number in found.topics.rows.items():
        if number is not HIDDEN:
            rest[topic, ""] = number
    for subject, number in found.questions.rows.items():
        if subject == THE_REST:
            continue
        if (TOPICS[subject], "") in rest and number is not HIDDEN:
            rest[TOPICS[subject], ""] -= number
        for locale in ("ru", "kk", "uz"):
            cell = found.questions.cells[subject, locale]
            if (TOPICS[subject], locale) in rest and cell is not HIDDEN:
                rest[TOPICS[subject], locale] -= cell
    assert [number for number in rest.values() if 0 < number < FEWEST] == []


def test_what_has_no_topic_does_not_hide_what_has_one() -> None:
    """Rule: the topics of a language tell how many of its questions had one."""
    counts = asked("cost", 100) | asked("wages", 80, "kk")
    counts[Asked("text", "danger", "fine", "ru")] = 2
    counts[Asked("text", "offered", "cost", "ru")] = 20
    counts[Asked("text", "lost", "", "ru")] = 12
    counts[Asked("text", "lost", "", "kk")] = 12
    cells = told(counts).languages.cells
    assert cells["ru", DANGER] is HIDDEN
    assert HIDDEN in (cells["ru", ANSWERED], cells["ru", Outcome.OFFERED])
    assert cells["ru", LOST] == 12


def test_cases_do_not_hide_questions_of_the_same_day() -> None:
    """Rule: the days of each language tell how many questions there were, without the cases."""
    day = asked("cost", 30)
    day[Asked("text", "lost", "", "ru")] = 2
    day[Asked("person", "handed_over", "cost", "ru")] = 6
    other = asked("cost", 30)
    other[Asked("person", "handed_over", "cost", "ru")] = 6
    found = told(day, other)
    first, second = found.days.rows
    assert found.days.cells[first, LOST] is HIDDEN
    assert found.days.cells[first, ANSWERED] is HIDDEN
    assert found.days.cells[first, Outcome.HANDED_OVER] == 6
    assert found.days.cells[second, Outcome.HANDED_OVER] == 6
