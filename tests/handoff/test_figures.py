"""What is counted of a case, and what the counts say."""

from __future__ import annotations

import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.handoff import moves
from bot.handoff.case import Case, Counsellor, Ending, Opening, State
from bot.handoff.figures import (
    FEWEST,
    Row,
    Standing,
    Tally,
    Veil,
    What,
    percentile,
    seconds,
    standing,
    step,
    summarise,
    tallies,
    veiled,
)
from bot.handoff.moves import Clockwork, Move, Refusal
from bot.language.tags import Locale

ANNA = Counsellor(201, "A")
ZONE = "Asia/Almaty"
START = 1_800_000_000.0
"""13:00 in Almaty."""

durations = st.floats(1.01, 365 * 86_400)


def at(after: float) -> Clockwork:
    return Clockwork(START + after)


def waiting(**fields: object) -> Case:
    case = Case(17, 101, -1001, State.WAITING, Opening.ASKED, START, Locale.TG)
    return replace(case, **fields)


def done(move: Move | Refusal) -> Case:
    assert isinstance(move, Move)
    return move.case


def of(what: What, took: float) -> list[Tally]:
    return [Tally(what, "tg", step(took)), Tally(what, "13", step(took))]


# What is counted


def test_a_new_case_counts_for_its_language_and_its_hour_on_the_groups_clock() -> None:
    assert tallies(None, waiting(), ZONE) == (
        Tally(What.OPENED, "tg"),
        Tally(What.OPENED, "13"),
    )
    assert tallies(None, waiting(), "America/New_York")[1] == Tally(What.OPENED, "03")


def test_only_the_first_reply_counts() -> None:
    claimed = done(moves.claimed(waiting(), ANNA, at(50)))
    first = done(moves.replied(claimed, ANNA, at(600)))
    second = done(moves.replied(first, ANNA, at(900)))
    assert tallies(waiting(), claimed, ZONE) == ()
    assert list(tallies(claimed, first, ZONE)) == of(What.REPLIED, 600)
    assert tallies(first, second, ZONE) == ()


@pytest.mark.parametrize("ending", list(Ending))
def test_an_end_counts_unless_it_ended_without_help(ending: Ending) -> None:
    ended = done(moves.closed(waiting(), ending, ANNA, at(7200)))
    expected = (
        ()
        if ending in {Ending.CANCELLED, Ending.SPAM, Ending.BLOCKED}
        else (Tally(What.CLOSED, "tg", step(7200)),)
    )
    assert tallies(waiting(), ended, ZONE) == expected


def test_a_case_that_is_opened_again_counts_again_from_then_on() -> None:
    answered = done(moves.replied(waiting(), ANNA, at(600)))
    ended = done(moves.closed(answered, Ending.ANSWERED, ANNA, at(1000)))
    again = moves.reopened(ended, at(5000)).case
    reply = done(moves.replied(again, ANNA, at(5300)))
    assert tallies(ended, again, ZONE)[0] == Tally(What.OPENED, "tg")
    assert tallies(again, reply, ZONE)[0] == Tally(What.REPLIED, "tg", step(300))


def test_ratings_erasure_and_transfers_count_nothing() -> None:
    ended = done(moves.closed(waiting(), Ending.ANSWERED, ANNA, at(1000)))
    assert tallies(ended, done(moves.rated(ended, 3)), ZONE) == ()
    assert tallies(waiting(), moves.erased(waiting()).case, ZONE) == ()
    assert tallies(waiting(), done(moves.moved(waiting(), ANNA, -7, at(60))), ZONE) == ()


# The scale


@given(durations)
def test_a_time_on_the_scale_is_right_to_5_percent(took: float) -> None:
    assert math.isclose(seconds(step(took)), took, rel_tol=0.0501)


@given(durations, durations)
def test_the_scale_keeps_the_order(one: float, two: float) -> None:
    assert step(min(one, two)) <= step(max(one, two))


@given(st.floats(0, 1))
def test_what_is_over_at_once_is_the_first_step(took: float) -> None:
    assert seconds(step(took)) == 1.0


# Percentiles


@given(st.lists(durations, min_size=FEWEST, max_size=60), st.integers(1, 100))
def test_a_percentile_is_that_of_the_times_themselves(times: list[float], percent: int) -> None:
    ordered = sorted(times)
    exact = next(
        ordered[rank] for rank in range(len(times)) if (rank + 1) * 100 >= percent * len(times)
    )
    found = percentile(Counter(map(step, times)), percent)
    assert found is not None
    assert math.isclose(found, exact, rel_tol=0.0501)


@given(st.lists(durations, min_size=FEWEST), st.integers(1, 100), st.integers(1, 100))
def test_more_of_the_cases_never_take_less(times: list[float], one: int, two: int) -> None:
    steps = Counter(map(step, times))
    less, more = percentile(steps, min(one, two)), percentile(steps, max(one, two))
    assert less is not None
    assert more is not None
    assert less <= more


@given(st.lists(durations, max_size=FEWEST - 1))
def test_of_fewer_than_five_there_is_no_percentile(times: list[float]) -> None:
    assert percentile(Counter(map(step, times)), 50) is None


# The summary


def test_counts_are_summed_up_by_language_and_by_hour() -> None:
    counted = {
        Tally(What.OPENED, "ru"): 2,
        Tally(What.OPENED, "tg"): 9,
        Tally(What.OPENED, "13"): 11,
        Tally(What.REPLIED, "tg", step(60)): 4,
        Tally(What.REPLIED, "tg", step(6000)): 4,
        Tally(What.REPLIED, "13", step(60)): 8,
        Tally(What.CLOSED, "ru", step(60)): 1,
    }
    found = summarise(counted)
    assert list(found.by_locale) == [Locale.TG, Locale.RU]
    assert found.total.opened == 11
    assert found.by_locale[Locale.TG].replied.median == seconds(step(60))
    assert found.by_locale[Locale.TG].replied.p90 == seconds(step(6000))
    assert found.total.closed.number == 1
    assert found.total.closed.median is None
    assert [hour for hour, row in enumerate(found.by_hour) if row != Row()] == [13]
    assert found.by_hour[13].replied.number == 8


def test_what_stands_open_is_counted_by_language() -> None:
    cases = (
        waiting(),
        waiting(state=State.CLAIMED),
        waiting(state=State.CLAIMED),
        waiting(locale=Locale.KK, state=State.CLOSED),
    )
    assert standing(cases) == {Locale.TG: Standing(1, 2)}


# What may be told


counts = st.dictionaries(st.text(max_size=3), st.integers(0, 40), max_size=8)


@given(counts)
def test_no_number_under_five_is_told(given_counts: dict[str, int]) -> None:
    told = veiled(given_counts)
    assert told.keys() == given_counts.keys()
    for key, number in given_counts.items():
        assert told[key] in (
            {Veil.FEW} if 0 < number < FEWEST else {number, Veil.SOME} if number else {0}
        )


@given(counts)
def test_no_single_number_is_hidden_that_the_sum_would_betray(given_counts: dict[str, int]) -> None:
    hidden = [one for one in veiled(given_counts).values() if isinstance(one, Veil)]
    larger = [number for number in given_counts.values() if number >= FEWEST]
    assert len(hidden) != 1 or not larger
