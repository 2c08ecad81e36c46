"""What the helpline tells itself about cases: timers that ended, what could not be delivered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import structlog
from msgspec.structs import replace

from bot.handoff import moves
from bot.handoff.moves import Refusal, Timer
from bot.telegram.desk.cases import rehousing, timers
from bot.telegram.render import desk_migrant, desk_referral
from bot.telegram.render.quiet import unasked
from bot.telegram.signals import (
    ShutOut,
    Signal,
    TimerDue,
    TopicRemade,
    Undelivered,
    Unrevealed,
)

if TYPE_CHECKING:
    from bot.handoff.case import Case
    from bot.telegram.desk.cases.desk import Desk
    from bot.telegram.desk.migrant.incoming import Incoming
    from bot.telegram.turn import Turn

GONE = frozenset({"blocked", "chat_not_found"})
"""Causes that mean: nobody is there any more. See ``telegram.ends.End``."""

_log = structlog.get_logger()


class StaffTold(Protocol):
    """What the staff's side does with signals."""

    async def undelivered(self, turn: Turn, case: Case, signal: Undelivered) -> None:
        """A message of the staff's did not arrive: said where it was written."""

    async def unrevealed(self, turn: Turn, case: Case, signal: Unrevealed) -> None:
        """A message could not be shown as it was written: said where it was asked for."""

    async def history(self, turn: Turn, case: Case) -> None:
        """A new topic took the place of a deleted one: what was said before."""

    async def album(self, turn: Turn, case: Case) -> None:
        """The time to wait for the parts of a counsellor's album is over."""


class Signals:
    """Handles signals; each in the order of the migrant's chat.

    Args:
        desk: reads and moves cases.
        incoming: has albums that wait.
        staff: the other side.
    """

    def __init__(self, desk: Desk, incoming: Incoming, staff: StaffTold) -> None:
        self._desk = desk
        self._incoming = incoming
        self._staff = staff

    async def handle(self, signal: Signal, turn: Turn) -> None:
        """A signal; one of a case that is gone means nothing."""
        case = await self._desk.load(turn, signal.case)
        if case is None:
            return
        match signal:
            case TimerDue():
                await self._timer(turn, case, signal.timer)
            case Undelivered():
                await self._undelivered(turn, case, signal)
            case TopicRemade():
                await self._staff.history(turn, case)
            case Unrevealed():
                await self._staff.unrevealed(turn, case, signal)
            case ShutOut():
                await rehousing.shut_out(self._desk, turn, case, signal.group)

    async def _timer(self, turn: Turn, case: Case, name: str) -> None:
        if name == timers.STAFF_ALBUM:
            await self._staff.album(turn, case)
            return
        if name.startswith(timers.ALBUM):
            await self._incoming.flush(turn, case, name.removeprefix(timers.ALBUM))
            return
        if name == timers.ADOPT:
            if case.is_open:
                turn.session = replace(turn.session, case=case.number, word_until=None)
            return
        if name.startswith(timers.PROFILE):
            _learn(turn, case, name.removeprefix(timers.PROFILE))
            return
        if name not in set(Timer):
            _log.error("timer_unknown", case=case.number)
            return
        timer = Timer(name)
        if timer is Timer.REFERRAL:
            await self._ask_about_referral(turn, case)
            return
        if timer in moves.STAFF_TIMERS and await self._went_elsewhere(turn, case):
            return
        clockwork = self._desk.clockwork(await self._desk.group_of(case.group))
        move = moves.fell_due(case, timer, clockwork)
        if move is not None:
            await self._desk.apply(turn, move)

    async def _went_elsewhere(self, turn: Turn, case: Case) -> bool:
        """Whether a case whose group is lost has found another one, where others look."""
        if not await rehousing.is_homeless(self._desk, case):
            return False
        return await rehousing.rehouse(self._desk, turn, case) is not None

    async def _ask_about_referral(self, turn: Turn, case: Case) -> None:
        """Did the centre help that was named last?"""
        if case.unreachable:
            return
        named = await self._desk.cases.referrals(case.number)
        context = self._desk.context(case.locale)
        by_id = {centre.id: centre for centre in context.library.centres}
        centre = by_id.get(named[-1].centre) if named else None
        asked = desk_referral.ask(context, case.number, centre)
        self._desk.to_migrant(turn, case, unasked(context, asked, case.dangers))

    async def _undelivered(self, turn: Turn, case: Case, signal: Undelivered) -> None:
        if signal.origin.chat_id > 0:
            words = self._desk.context(case.locale).words
            text = desk_migrant.not_carried(words, signal.cause)
            self._incoming.side.tell(turn, case.chat_id, signal.origin.message_id, text)
            return
        if signal.cause in GONE:
            move = moves.unreachable(case)
            if not isinstance(move, Refusal):
                await self._desk.apply(turn, move)
                case = move.case
        await self._staff.undelivered(turn, case, signal)


def _learn(turn: Turn, case: Case, what: str) -> None:
    """The bot goes by what a counsellor corrected."""
    match what:
        case "locale":
            turn.session = replace(turn.session, locale=case.locale, locale_confirmed=True)
        case "citizenship":
            turn.session = replace(turn.session, citizenship=case.citizenship)
        case "city":
            turn.session = replace(turn.session, city=case.city)
