"""What was before a case and what was written in it, posted in its topic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.telegram.effects import SendMessage
from bot.telegram.render import desk_card, desk_lists, desk_staff

if TYPE_CHECKING:
    from bot.handoff.case import Case
    from bot.telegram.desk.cases.desk import Desk
    from bot.telegram.turn import Turn


async def post(desk: Desk, turn: Turn, case: Case) -> None:
    """Posts what was before and what was written, in the topic of a case."""
    group = await desk.group_of(case.group)
    context = desk.context(group.locale)
    others = await desk.cases.load_all(await desk.cases.earlier(case.chat_id))
    before = [other for other in others if other.number != case.number]
    lines = await desk.cases.transcript(case.number)
    blocks = (
        desk_lists.earlier(context, group, before),
        desk_card.before(context, case) if case.before else "",
        desk_staff.transcript(context, group, lines),
    )
    turn.add(
        SendMessage(
            chat_id=case.group,
            case=case.number,
            text="\n\n".join(filter(None, blocks)),
            silent=True,
            late=True,
            quotes=True,
        )
    )
