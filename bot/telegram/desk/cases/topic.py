"""The topic of a case: how it is to be, and what changes in the one that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.store.cases import CARD
from bot.telegram import effects
from bot.telegram.effects import ChangeTopic, EditMessage, SendMessage, TopicPlan
from bot.telegram.render import desk_card

if TYPE_CHECKING:
    from bot.handoff.case import Case
    from bot.telegram.desk.cases.desk import Desk
    from bot.telegram.render.desk_facts import Facts
    from bot.telegram.turn import Turn


def renew(desk: Desk, turn: Turn, old: Case | None, case: Case, facts: Facts) -> None:
    """The plan of the topic, and what changes in the topic that is there."""
    context = desk.context(facts.group.locale)
    title, icon = desk_card.title(context, case), desk_card.icon(case)
    card = desk_card.card(context, case, facts)
    sent = SendMessage(
        chat_id=case.group,
        case=case.number,
        text=card.html,
        keyboard=card.rows or None,
        ref=CARD,
    )
    plan = TopicPlan(case.group, title, icon, sent)
    turn.write(desk.cases.plan(case.number, effects.encode_plan(plan)))
    if old is None or old.group != case.group:
        turn.add(ChangeTopic(chat_id=case.group, case=case.number))  # opens it
        return
    turn.add(
        EditMessage(
            chat_id=case.group,
            case=case.number,
            message_ref=CARD,
            text=card.html,
            keyboard=card.rows or None,
            late=True,
        )
    )
    before = (desk_card.title(context, old), desk_card.icon(old), old.is_open)
    if before != (title, icon, case.is_open):
        turn.add(
            ChangeTopic(
                chat_id=case.group,
                case=case.number,
                title=title,  # also if it is the same: the staff may have renamed it
                icon=icon,
                closed=(not case.is_open) if before[2] != case.is_open else None,
                late=True,
            )
        )
