"""The staff are told that a person had everything erased; their cards give way."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from msgspec.structs import replace

from bot.dialogue.session import Session
from bot.handoff import moves
from bot.store.cases import CARD
from bot.store.sessions import Stored
from bot.store.turns import Begun
from bot.telegram.effects import ChangeTopic, EditMessage
from bot.telegram.render import desk_staff
from bot.telegram.turn import Turn

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.handoff.case import Case
    from bot.store.outbox import Outbox
    from bot.telegram.desk.cases.desk import Desk


async def tell(desk: Desk, turn: Turn, cases: Iterable[Case]) -> None:
    """Says it in every topic that the cases had.

    Args:
        desk: reads cases.
        turn: in which they are erased.
        cases: as they were.
    """
    for case in cases:
        former = set(await desk.cases.groups_of(case.number)) - {case.group}
        for group in (case.group, *sorted(former)):
            await _tell(desk, turn, replace(case, group=group))
        if case.is_open:
            turn.add(ChangeTopic(chat_id=case.group, case=case.number, closed=True, late=True))


async def tell_later(desk: Desk, outbox: Outbox, cases: Iterable[Case]) -> None:
    """The same where the operator erased them, outside of all turns."""
    turn = Turn(0, None, Begun(Stored(Session()), 1), 0, name=f"forget.{uuid4().hex[:12]}")
    await tell(desk, turn, cases)
    await outbox.append(turn.result().outgoing)


async def _tell(desk: Desk, turn: Turn, case: Case) -> None:
    """In a topic of the case, also in one that it left; the card there gives way."""
    facts = await desk.facts(case)
    context = desk.context(facts.group.locale)
    for notice in moves.erased(case).notices:
        shown = desk_staff.notice(context, notice, case, facts)
        if shown is None:
            continue
        card = EditMessage(chat_id=case.group, case=case.number, message_ref=CARD, text=shown.html)
        turn.add(card)
        desk.to_staff(turn, case, shown)
