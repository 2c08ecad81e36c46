"""The moves of a case: a case and what happened in, the new case and what follows from it out."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from bot.handoff import notices
from bot.handoff.case import Case, Counsellor, Ending, State
from bot.handoff.notices import Notice
from bot.handoff.rules import Rules, Working, always

if TYPE_CHECKING:
    from bot.answers.model import DangerKind


class Timer(StrEnum):
    """What a case waits for; each case has each of them at most once."""

    REMIND = "remind"
    ALARM = "alarm"
    NUDGE = "nudge"
    ABSENT = "absent"
    IDLE_WARN = "idle_warn"
    IDLE_CLOSE = "idle_close"
    REFERRAL = "referral"


STAFF_TIMERS = (Timer.REMIND, Timer.ALARM, Timer.NUDGE, Timer.ABSENT)
IDLE_TIMERS = (Timer.IDLE_WARN, Timer.IDLE_CLOSE)


class Due(msgspec.Struct, frozen=True):
    """When a timer ends, in seconds since the epoch; None stops it."""

    timer: Timer
    at: float | None


class Move(msgspec.Struct, frozen=True):
    """What follows from an event.

    Attributes:
        case: the new state.
        notices: what is said, in order; the type says to whom.
        timers: those that change; others run on.
        topic: whether title or icon of the topic, or its card, changed.
    """

    case: Case
    notices: tuple[Notice, ...] = ()
    timers: tuple[Due, ...] = ()
    topic: bool = True


class Why(StrEnum):
    """Why a move is not possible."""

    CLOSED = "closed"
    TAKEN = "taken"
    """Another counsellor has claimed it."""
    NOT_CLAIMED = "not_claimed"
    SAME = "same"
    """It is so already."""


class Refusal(msgspec.Struct, frozen=True):
    """A move that is not possible, and by whose hand if that is the reason."""

    why: Why
    by: Counsellor | None = None


class Clockwork(msgspec.Struct, frozen=True):
    """What the moves go by.

    Attributes:
        now: seconds since the epoch.
        rules: the periods.
        working: the staff's working time.
    """

    now: float
    rules: Rules = Rules()
    working: Working = always


def opened(case: Case, by: Clockwork) -> Move:
    """A new case starts to wait. Rule: urgent ones are called to mind sooner, at any hour."""
    started = replace(case, opened=by.now, migrant_wrote=by.now, waits_since=by.now)
    return Move(started, (notices.Opened(),), _unclaimed(started, by))


def reopened(case: Case, by: Clockwork) -> Move:
    """A closed case waits again, for whoever is there; who had it may claim it again."""
    again = replace(
        case,
        state=State.WAITING,
        opened=by.now,
        migrant_wrote=by.now,
        waits_since=by.now,
        closed=None,
        ending=None,
        claimed_by=None,
        claimed=None,
        answered=None,
        unreachable=False,
    )
    said = (notices.Opened(again=True), notices.OpenedAgain())
    return Move(again, said, _unclaimed(again, by))


def may_reopen(case: Case, by: Clockwork) -> bool:
    """Whether a message opens a closed case again.

    Rule: within ``Rules.reopen`` after the end, unless the staff ended it as spam or by a block.
    """
    if case.closed is None or case.ending in (Ending.SPAM, Ending.BLOCKED, Ending.CANCELLED):
        return False
    return by.now - case.closed <= by.rules.reopen


def heard(case: Case, by: Clockwork, dangers: tuple[DangerKind, ...] = ()) -> Move:
    """The migrant wrote in an open case.

    Rule: the wait of an answered message begins with the first one that waits, not the last.
    """
    new = tuple(kind for kind in dangers if kind not in case.dangers)
    said: tuple[Notice, ...] = (notices.DangerHeard(new),) if new else ()
    if case.unreachable:
        said = (notices.Reachable(), *said)
    was_waiting = case.waits_for_staff
    told = replace(
        case,
        migrant_wrote=by.now,
        waits_since=case.waits_since or by.now,
        dangers=(*case.dangers, *new),
        unreachable=False,
    )
    timers = _stop(*IDLE_TIMERS)
    if told.state is State.CLAIMED and not was_waiting:
        timers += _unanswered(told, by)
    elif new:
        timers += _unclaimed(told, by) if told.state is State.WAITING else _unanswered(told, by)
    return Move(told, said, timers, topic=bool(new) or case.unreachable)


def claimed(case: Case, who: Counsellor, by: Clockwork) -> Move | Refusal:
    """A counsellor takes the case. Rule: two cannot both have it."""
    if not case.is_open:
        return Refusal(Why.CLOSED)
    if case.claimed_by is not None:
        same = case.claimed_by.id == who.id
        return Refusal(Why.SAME if same else Why.TAKEN, case.claimed_by)
    taken = replace(case, state=State.CLAIMED, claimed_by=who, claimed=by.now)
    return Move(taken, (notices.Claimed(who),), _in_hand(taken, by))


def taken_over(case: Case, who: Counsellor, by: Clockwork) -> Move | Refusal:
    """A counsellor takes the case from another, who sees it."""
    if not case.is_open:
        return Refusal(Why.CLOSED)
    if case.claimed_by is None:
        return claimed(case, who, by)
    return handed_over(case, case.claimed_by, who, by)


def handed_over(case: Case, who: Counsellor, to: Counsellor, by: Clockwork) -> Move | Refusal:
    """The case goes to another counsellor of the group."""
    if not case.is_open:
        return Refusal(Why.CLOSED)
    if case.claimed_by is not None and case.claimed_by.id == to.id:
        return Refusal(Why.SAME, to)
    given = replace(case, state=State.CLAIMED, claimed_by=to, claimed=by.now)
    return Move(given, (notices.HandedOver(who, to),), _in_hand(given, by))


def released(case: Case, who: Counsellor, by: Clockwork) -> Move | Refusal:
    """A counsellor gives the case back to the queue."""
    if not case.is_open:
        return Refusal(Why.CLOSED)
    if case.claimed_by is None:
        return Refusal(Why.NOT_CLAIMED)
    freed = replace(case, state=State.WAITING, claimed_by=None, claimed=None)
    return Move(freed, (notices.Released(who),), _unclaimed(freed, by))


def moved(case: Case, who: Counsellor, group: int, by: Clockwork) -> Move | Refusal:
    """The case goes to another group, and waits there in a topic of its own."""
    if not case.is_open:
        return Refusal(Why.CLOSED)
    if group == case.group:
        return Refusal(Why.SAME)
    there = replace(
        case,
        group=group,
        state=State.WAITING,
        claimed_by=None,
        claimed=None,
        transfers=case.transfers + 1,
    )
    said = (notices.MovedAway(who, case.group, case.transfers), notices.MovedHere(who))
    return Move(there, said, _unclaimed(there, by))


def replied(case: Case, who: Counsellor, by: Clockwork) -> Move | Refusal:
    """A counsellor writes to the migrant.

    Rules: writing in an unclaimed case claims it; in another's case nothing is carried over, so
    that a migrant never hears two voices without the staff having agreed on it.
    """
    if not case.is_open:
        return Refusal(Why.CLOSED)
    said: tuple[Notice, ...] = ()
    if case.claimed_by is None:
        said = (notices.Claimed(who),)
        case = replace(case, state=State.CLAIMED, claimed_by=who, claimed=by.now)
    elif case.claimed_by.id != who.id:
        return Refusal(Why.TAKEN, case.claimed_by)
    spoken = replace(case, staff_wrote=by.now, waits_since=None, answered=case.answered or by.now)
    return Move(spoken, said, _in_hand(spoken, by), topic=bool(said))


def cancelled(case: Case, by: Clockwork) -> Move | Refusal:
    """The migrant takes the case back."""
    if not case.is_open:
        return Refusal(Why.CLOSED)
    return _ended(case, Ending.CANCELLED, notices.Cancelled(), by)


def closed(case: Case, ending: Ending, who: Counsellor | None, by: Clockwork) -> Move | Refusal:
    """The case ends, by a counsellor or (None) by the clock."""
    if not case.is_open:
        return Refusal(Why.CLOSED)
    return _ended(case, ending, notices.Closed(ending, who), by)


def rated(case: Case, stars: int) -> Move | Refusal:
    """The migrant rates the help, 1 to 3; the last rating counts."""
    if case.is_open:
        return Refusal(Why.NOT_CLAIMED)
    if case.rating == stars:
        return Refusal(Why.SAME)
    return Move(replace(case, rating=stars), (notices.Rated(stars),))


def unreachable(case: Case) -> Move | Refusal:
    """What was written could not be delivered: the migrant blocked the bot or is gone."""
    if case.unreachable:
        return Refusal(Why.SAME)
    return Move(replace(case, unreachable=True), (notices.Unreachable(),))


def reachable(case: Case) -> Move | Refusal:
    """The migrant is back."""
    if not case.unreachable:
        return Refusal(Why.SAME)
    return Move(replace(case, unreachable=False), (notices.Reachable(),))


def erased(case: Case) -> Move:
    """The migrant had everything erased; the last that is said about the case."""
    gone = replace(case, state=State.CLOSED, ending=Ending.CANCELLED, before=())
    return Move(gone, (notices.Erased(),), _stop(*Timer))


def fell_due(case: Case, timer: Timer, by: Clockwork) -> Move | None:
    """A timer ended.

    Returns:
        What follows; None if the case has moved on meanwhile, so that it no longer matters.
    """
    match timer:
        case Timer.REFERRAL:
            return Move(case, (notices.ReferralDue(),), topic=False)
        case Timer.REMIND | Timer.ALARM if case.state is State.WAITING:
            alarm = timer is Timer.ALARM
            again = (Due(Timer.ALARM, _after(case, by.rules.alarm_again, by)),) if alarm else ()
            return Move(case, (notices.CallToMind(alarm=alarm),), again, topic=False)
        case Timer.NUDGE if case.claimed_by is not None and case.waits_for_staff:
            return Move(case, (notices.Nudge(case.claimed_by),), topic=False)
        case Timer.ABSENT if case.claimed_by is not None and case.waits_for_staff:
            freed = replace(case, state=State.WAITING, claimed_by=None, claimed=None)
            said = notices.Released(case.claimed_by, absent=True)
            return Move(freed, (said,), _unclaimed(freed, by))
        case Timer.IDLE_WARN if case.is_open and not case.waits_for_staff:
            close = Due(Timer.IDLE_CLOSE, by.now + by.rules.idle_close)
            return Move(case, (notices.WillClose(by.rules.idle_close),), (close,), topic=False)
        case Timer.IDLE_CLOSE if case.is_open and not case.waits_for_staff:
            return _ended(case, Ending.IDLE, notices.Closed(Ending.IDLE), by)
        case _:
            return None


def _ended(case: Case, ending: Ending, said: Notice, by: Clockwork) -> Move:
    ended = replace(case, state=State.CLOSED, closed=by.now, ending=ending)
    return Move(ended, (said,), _stop(*STAFF_TIMERS, *IDLE_TIMERS))


def _unclaimed(case: Case, by: Clockwork) -> tuple[Due, ...]:
    return (
        *_stop(Timer.NUDGE, Timer.ABSENT, *IDLE_TIMERS),
        Due(Timer.REMIND, _after(case, by.rules.remind, by)),
        Due(Timer.ALARM, _after(case, by.rules.alarm, by)),
    )


def _in_hand(case: Case, by: Clockwork) -> tuple[Due, ...]:
    """A claimed case waits for the counsellor, or else for the migrant: never for nobody."""
    calm = _stop(Timer.REMIND, Timer.ALARM, Timer.IDLE_CLOSE)
    if case.waits_for_staff:
        return (*calm, *_stop(Timer.IDLE_WARN), *_unanswered(case, by))
    warn = Due(Timer.IDLE_WARN, by.now + by.rules.idle_warn)
    return (*calm, *_stop(Timer.NUDGE, Timer.ABSENT), warn)


def _unanswered(case: Case, by: Clockwork) -> tuple[Due, ...]:
    return (
        Due(Timer.NUDGE, _after(case, by.rules.nudge, by)),
        Due(Timer.ABSENT, _after(case, by.rules.absent, by)),
    )


def _after(case: Case, period: float, by: Clockwork) -> float:
    """Urgent cases do not wait for the morning."""
    if case.is_urgent:
        return by.now + period * by.rules.urgent_share
    return by.working(by.now, period)


def _stop(*timers: Timer) -> tuple[Due, ...]:
    return tuple(Due(timer, None) for timer in timers)
