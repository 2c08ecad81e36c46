"""A language is marked where it is clearly less well understood, not by chance."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.console.insight.equity import by_language, by_topic, wilson
from bot.console.insight.figures import Figures, figures
from bot.console.insight.hidden import HIDDEN
from bot.store.insight import Asked, Day


def a_day(counted: dict[Asked, int]) -> Day:
    return Day("2026-11-23", dict(counted), {}, 0)


def asked(verdict: str, locale: str, subject: str = "permit_need", way: str = "text") -> Asked:
    return Asked(way, verdict, subject if verdict != "lost" else "", locale)


def figures_of(counted: dict[Asked, int]) -> Figures:
    return figures([a_day(counted)], lambda subject: f"topic of {subject}")


@pytest.mark.parametrize(
    ("hits", "number", "low", "high"),
    # R 4.3: binom::binom.wilson
    [(8, 10, 0.4902, 0.9433), (0, 20, 0.0, 0.1611), (263, 300, 0.8345, 0.9092)],
)
def test_wilsons_interval(hits: int, number: int, low: float, high: float) -> None:
    assert wilson(hits, number) == pytest.approx((low, high), abs=2e-4)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share(counted: tuple[int, int]) -> None:
    hits, number = counted
    low, high = wilson(hits, number)
    assert 0 <= low <= hits / number + 1e-9
    assert hits / number - 1e-9 <= high <= 1


def test_a_language_that_is_clearly_worse_is_marked_and_stands_first() -> None:
    found = by_language(
        figures_of(
            {
                asked("answered", "ru"): 180,
                asked("lost", "ru"): 20,
                asked("answered", "tg"): 60,
                asked("offered", "tg"): 20,
                asked("lost", "tg"): 20,
            }
        )
    )
    assert [(one.locale, one.is_low) for one in found] == [("tg", True), ("ru", False)]
    assert found[0].share == 0.6


def test_few_messages_are_no_alarm_and_no_measure() -> None:
    found = by_language(
        figures_of(
            {
                asked("answered", "ru"): 180,
                asked("lost", "ru"): 20,
                asked("answered", "ky"): 12,
                asked("lost", "ky"): 5,
                asked("answered", "kk"): 6,
            }
        )
    )
    assert {one.locale: one.is_low for one in found} == {"ru": False, "ky": False, "kk": False}


def test_what_waited_for_the_citizenship_was_understood_and_buttons_do_not_count() -> None:
    [found] = by_language(
        figures_of({asked("asked", "uz"): 10, asked("answered", "uz", way="tap"): 50})
    )
    assert (found.answered, found.share) == (10, 1.0)


def test_a_hidden_number_gives_no_share() -> None:
    [found] = by_language(figures_of({asked("answered", "uz"): 50, asked("lost", "uz"): 3}))
    assert (found.lost, found.share, found.is_low) == (HIDDEN, None, False)


def test_topics_are_compared_with_the_same_topic_in_other_languages() -> None:
    counted = {
        asked("answered", "ru", "a"): 90,
        asked("offered", "ru", "a"): 10,
        asked("answered", "ky", "a"): 30,
        asked("offered", "ky", "a"): 70,
        asked("answered", "ky", "b"): 30,  # nobody asks it in Russian: nothing to compare with
        asked("offered", "ky", "b"): 70,
        asked("lost", "ky"): 40,
        asked("lost", "ru"): 40,
    }
    found = by_topic(figures_of(counted))
    marked = [(one.locale, one.topic) for one in found if one.is_low]
    assert marked == [("ky", "topic of a")]
    assert (found[0].answered, found[0].offered, found[0].lost) == (30, 70, None)
    assert not any(one.topic == "" for one in found)


def test_a_language_that_the_bot_does_not_speak_is_not_judged() -> None:
    assert by_language(figures_of({asked("lost", "other"): 50})) == ()
