"""The rules of cases, one by one, and what holds whatever happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from msgspec.structs import replace

from bot.answers.model import DangerKind
from bot.handoff import moves, notices
from bot.handoff.case import BY_STAFF, Case, Counsellor, Ending, Opening, State
from bot.handoff.moves import Clockwork, Due, Move, Refusal, Timer, Why
from bot.handoff.rules import DAY, HOUR, MINUTE, Rules
from bot.language.tags import Locale

if TYPE_CHECKING:
    from collections.abc import Iterable

ANNA, BORIS = Counsellor(201, "A"), Counsellor(202, "B")
START = 1_800_000_000.0
RULES = Rules()


def at(minutes: float) -> Clockwork:
    return Clockwork(START + minutes * MINUTE, RULES)


def fresh(*dangers: DangerKind) -> Case:
    case = Case(17, 101, -1001, State.WAITING, Opening.ASKED, 0.0, Locale.UZ, dangers=dangers)
    return moves.opened(case, at(0)).case


def done(result: Move | Refusal) -> Case:
    assert isinstance(result, Move)
    return result.case


def due(changes: Iterable[Due]) -> dict[Timer, float | None]:
    """When each changed timer ends, in minutes after the start."""
    return {
        change.timer: None if change.at is None else (change.at - START) / MINUTE
        for change in changes
    }


def test_a_new_case_waits_and_is_called_to_mind() -> None:
    opened = moves.opened(fresh(), at(0))
    assert opened.case.state is State.WAITING
    assert opened.notices == (notices.Opened(),)
    assert due(opened.timers)[Timer.REMIND] == 10
    assert due(opened.timers)[Timer.ALARM] == 30


def test_an_urgent_case_is_called_to_mind_sooner_and_at_any_hour() -> None:
    night = Clockwork(START, RULES, lambda moment, period: moment + 10 * HOUR + period)
    calm, urgent = fresh(), fresh(DangerKind.VIOLENCE)
    assert due(moves.opened(calm, night).timers)[Timer.REMIND] == 610
    assert due(moves.opened(urgent, night).timers)[Timer.REMIND] == 3


def test_two_counsellors_cannot_both_claim() -> None:
    taken = done(moves.claimed(fresh(), ANNA, at(1)))
    assert moves.claimed(taken, BORIS, at(1)) == Refusal(Why.TAKEN, ANNA)
    assert moves.claimed(taken, ANNA, at(1)) == Refusal(Why.SAME, ANNA)


def test_writing_in_an_unclaimed_case_claims_it() -> None:
    move = moves.replied(fresh(), ANNA, at(2))
    assert isinstance(move, Move)
    assert (move.case.claimed_by, move.case.answered) == (ANNA, at(2).now)
    assert move.notices == (notices.Claimed(ANNA),)


def test_a_migrant_never_hears_two_voices() -> None:
    taken = done(moves.claimed(fresh(), ANNA, at(1)))
    assert moves.replied(taken, BORIS, at(2)) == Refusal(Why.TAKEN, ANNA)
    over = done(moves.taken_over(taken, BORIS, at(3)))
    assert done(moves.replied(over, BORIS, at(4))).claimed_by == BORIS


def test_nothing_is_said_in_a_closed_case() -> None:
    closed = done(moves.closed(fresh(), Ending.ANSWERED, ANNA, at(1)))
    assert moves.replied(closed, ANNA, at(2)) == Refusal(Why.CLOSED)
    assert moves.claimed(closed, ANNA, at(2)) == Refusal(Why.CLOSED)
    assert moves.closed(closed, Ending.SPAM, ANNA, at(2)) == Refusal(Why.CLOSED)
    assert moves.cancelled(closed, at(2)) == Refusal(Why.CLOSED)


def test_an_absent_counsellor_loses_the_case_to_the_queue() -> None:
    taken = done(moves.claimed(fresh(), ANNA, at(1)))
    move = moves.fell_due(taken, Timer.ABSENT, at(46))
    assert move is not None
    assert (move.case.state, move.case.claimed_by) == (State.WAITING, None)
    assert move.notices == (notices.Released(ANNA, absent=True),)
    assert due(move.timers)[Timer.ALARM] == 76


def test_who_has_answered_is_not_absent() -> None:
    answered = done(moves.replied(fresh(), ANNA, at(2)))
    assert moves.fell_due(answered, Timer.ABSENT, at(60)) is None


def test_the_wait_begins_with_the_first_message_that_waits() -> None:
    answered = done(moves.replied(fresh(), ANNA, at(2)))
    first = moves.heard(answered, at(10))
    assert due(first.timers)[Timer.ABSENT] == 55
    second = moves.heard(first.case, at(20))
    assert Timer.ABSENT not in due(second.timers)


def test_danger_in_an_open_case_makes_it_urgent_once() -> None:
    move = moves.heard(fresh(), at(3), (DangerKind.VIOLENCE,))
    assert move.case.is_urgent
    assert move.notices == (notices.DangerHeard((DangerKind.VIOLENCE,)),)
    assert due(move.timers)[Timer.REMIND] == 6
    assert moves.heard(move.case, at(4), (DangerKind.VIOLENCE,)).notices == ()


def test_an_idle_case_closes_with_notice() -> None:
    answered = done(moves.replied(fresh(), ANNA, at(0)))
    warned = moves.fell_due(answered, Timer.IDLE_WARN, at(2 * DAY / MINUTE))
    assert warned is not None
    assert warned.notices == (notices.WillClose(DAY),)
    assert due(warned.timers)[Timer.IDLE_CLOSE] == 3 * DAY / MINUTE
    ended = moves.fell_due(warned.case, Timer.IDLE_CLOSE, at(3 * DAY / MINUTE))
    assert ended is not None
    assert ended.case.ending is Ending.IDLE


def test_a_message_stops_the_end_of_an_idle_case() -> None:
    answered = done(moves.replied(fresh(), ANNA, at(0)))
    heard = moves.heard(answered, at(5))
    assert due(heard.timers)[Timer.IDLE_CLOSE] is None
    assert moves.fell_due(heard.case, Timer.IDLE_CLOSE, at(6)) is None


def test_a_message_within_seven_days_opens_the_case_again() -> None:
    closed = done(moves.closed(fresh(), Ending.ANSWERED, ANNA, at(0)))
    week = 7 * DAY / MINUTE
    assert moves.may_reopen(closed, at(week))
    assert not moves.may_reopen(closed, at(week + 1))
    again = moves.reopened(closed, at(60))
    assert again.case.is_open
    assert again.notices == (notices.Opened(again=True), notices.OpenedAgain())


def test_what_the_staff_ended_for_cause_or_the_migrant_took_back_stays_ended() -> None:
    for ending in (Ending.SPAM, Ending.BLOCKED):
        closed = done(moves.closed(fresh(), ending, ANNA, at(0)))
        assert not moves.may_reopen(closed, at(1))
    assert not moves.may_reopen(done(moves.cancelled(fresh(), at(0))), at(1))


def test_a_transfer_to_another_group_waits_there() -> None:
    taken = done(moves.claimed(fresh(), ANNA, at(1)))
    move = moves.moved(taken, ANNA, -1002, at(2))
    assert isinstance(move, Move)
    assert (move.case.group, move.case.state, move.case.transfers) == (-1002, State.WAITING, 1)
    assert move.notices == (notices.MovedAway(ANNA, -1001, 0), notices.MovedHere(ANNA))
    assert moves.moved(move.case, ANNA, -1002, at(3)) == Refusal(Why.SAME)


def test_the_last_rating_counts_and_only_after_the_end() -> None:
    assert moves.rated(fresh(), 3) == Refusal(Why.NOT_CLAIMED)
    closed = done(moves.closed(fresh(), Ending.ANSWERED, ANNA, at(0)))
    rated = done(moves.rated(closed, 3))
    assert moves.rated(rated, 3) == Refusal(Why.SAME)
    assert done(moves.rated(rated, 1)).rating == 1


def test_who_cannot_be_reached_is_told_to_staff_once_and_their_return_too() -> None:
    gone = moves.unreachable(fresh())
    assert isinstance(gone, Move)
    assert gone.notices == (notices.Unreachable(),)
    assert moves.unreachable(gone.case) == Refusal(Why.SAME)
    assert moves.heard(gone.case, at(9)).notices == (notices.Reachable(),)


def test_an_erased_case_waits_for_nothing() -> None:
    gone = moves.erased(fresh())
    assert {change.timer for change in gone.timers if change.at is None} == set(Timer)
    assert (gone.case.is_open, gone.case.before) == (False, ())


class Life(RuleBasedStateMachine):
    """Anything that may happen to a case, in any order, with its timers."""

    def __init__(self) -> None:
        super().__init__()
        self.now = START
        self.running: dict[Timer, float] = {}
        self.case = replace(fresh(), opened=0.0)
        self.follow(moves.opened(self.case, self.by))

    @property
    def by(self) -> Clockwork:
        return Clockwork(self.now, RULES)

    def follow(self, move: Move | Refusal | None) -> None:
        if not isinstance(move, Move):
            return
        self.case = move.case
        for change in move.timers:
            self.running.pop(change.timer, None)
            if change.at is not None:
                assert change.at > self.now
                self.running[change.timer] = change.at

    @rule(who=st.sampled_from((ANNA, BORIS)), what=st.sampled_from(("claim", "take", "free")))
    def hand(self, who: Counsellor, what: str) -> None:
        move = {"claim": moves.claimed, "take": moves.taken_over, "free": moves.released}[what]
        self.follow(move(self.case, who, self.by))

    @rule(who=st.sampled_from((ANNA, BORIS)))
    def reply(self, who: Counsellor) -> None:
        self.follow(moves.replied(self.case, who, self.by))

    @rule(group=st.sampled_from((-1001, -1002)))
    def move_to(self, group: int) -> None:
        self.follow(moves.moved(self.case, ANNA, group, self.by))

    @rule(dangers=st.sampled_from(((), (DangerKind.VIOLENCE,))))
    @precondition(lambda self: self.case.is_open)
    def write(self, dangers: tuple[DangerKind, ...]) -> None:
        self.follow(moves.heard(self.case, self.by, dangers))

    @rule(ending=st.sampled_from((*BY_STAFF, Ending.BLOCKED)))
    def close(self, ending: Ending) -> None:
        self.follow(moves.closed(self.case, ending, ANNA, self.by))

    @rule()
    def cancel(self) -> None:
        self.follow(moves.cancelled(self.case, self.by))

    @rule()
    @precondition(lambda self: not self.case.is_open)
    def write_again(self) -> None:
        if moves.may_reopen(self.case, self.by):
            self.follow(moves.reopened(self.case, self.by))

    @rule()
    def lose(self) -> None:
        self.follow(moves.unreachable(self.case))

    @rule(minutes=st.integers(1, 2000))
    def wait(self, minutes: int) -> None:
        self.now += minutes * MINUTE
        while due_now := [timer for timer, end in self.running.items() if end <= self.now]:
            timer = min(due_now, key=self.running.__getitem__)
            del self.running[timer]
            self.follow(moves.fell_due(self.case, timer, self.by))

    @invariant()
    def an_open_case_always_waits_for_something(self) -> None:
        if self.case.is_open:
            assert self.running

    @invariant()
    def a_closed_case_waits_for_nothing(self) -> None:
        if not self.case.is_open:
            assert not self.running
            assert self.case.ending is not None

    @invariant()
    def claimed_means_by_somebody(self) -> None:
        if self.case.is_open:
            assert (self.case.state is State.CLAIMED) == (self.case.claimed_by is not None)

    @invariant()
    def who_waits_is_never_closed_for_being_idle(self) -> None:
        if self.case.is_open and self.case.waits_for_staff:
            assert Timer.IDLE_CLOSE not in self.running


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
