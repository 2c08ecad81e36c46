"""Cases whose group nobody can write to any more find another one, or the person is told so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from bot.handoff import moves, notices
from bot.handoff.case import Counsellor
from bot.handoff.moves import Move, Refusal
from bot.telegram.desk.cases import history
from bot.telegram.render import desk_migrant

if TYPE_CHECKING:
    from bot.handoff.case import Case
    from bot.telegram.desk.cases.desk import Desk
    from bot.telegram.turn import Turn

_log = structlog.get_logger()


async def is_homeless(desk: Desk, case: Case) -> bool:
    """Whether its group is none of ours any more, or the bot was put out of it."""
    return await desk.staff_group(case.group) is None or await desk.cases.is_shut(case.group)


async def housed(desk: Desk, turn: Turn, case: Case) -> Case:
    """The case, in another group if its own is lost and there is one."""
    if case.is_open and await is_homeless(desk, case):
        return await rehouse(desk, turn, case) or case
    return case


async def rehouse(desk: Desk, turn: Turn, case: Case) -> Case | None:
    """Gives a case to another group, with its history.

    Returns:
        The case as it is there; None if no other group can take it, or it is closed.
    """
    group = await desk.working(case.locale, but=case.group)
    if group is None:
        return None
    move = moves.moved(case, Counsellor(0, ""), group.id, desk.clockwork(group))
    if isinstance(move, Refusal):
        return None
    _log.warning("case_rehoused", case=case.number, old=case.group, new=group.id)
    await desk.apply(turn, Move(move.case, (notices.OpenedAgain(),), move.timers))
    await history.post(desk, turn, move.case)
    return move.case


async def shut_out(desk: Desk, turn: Turn, case: Case, group: int) -> None:
    """Telegram refused what was for a case: the bot is not in the group, or may not write there.

    Rule: nobody is left to wait for people who cannot read; told once, with whom to call.
    """
    if not case.is_open or case.group != await desk.cases.canonical(group):
        return  # it went elsewhere meanwhile
    known = await desk.cases.is_shut(case.group)
    turn.write(desk.cases.shut(case.group))
    if await rehouse(desk, turn, case) is None and not known and not case.unreachable:
        context = desk.context(case.locale)
        desk.to_migrant(turn, case, desk_migrant.nobody_reads(context, case))
