"""Blocking a person with a reason and an end, and taking that back."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import structlog
from msgspec.structs import replace

from bot.handoff import moves
from bot.handoff.case import Ending
from bot.handoff.moves import Move
from bot.handoff.rules import DAY
from bot.store.cases import Ban
from bot.telegram.desk.staff.actions import drop_question
from bot.telegram.render import desk_periods, desk_words
from bot.telegram.render.desk_buttons import Action, button
from bot.telegram.render.desk_words import Reason
from bot.telegram.render.screen import Screen

if TYPE_CHECKING:
    from bot.handoff.case import Case
    from bot.telegram.desk.staff.turn import StaffTurn

BLOCK_DAYS = (1, 7, 30)

_log = structlog.get_logger()


async def block(here: StaffTurn, case: Case, arguments: tuple[str, ...]) -> None:
    """Asks why, then for how long, then blocks the person and closes the case."""
    words = here.words
    if not arguments or arguments[0] not in set(Reason):
        here.toast()
        rows = tuple(
            (button(desk_words.reason_name(words, one), Action.BLOCK, case.number, one.value),)
            for one in Reason
        )
        text = words.gettext("Why is the person to be blocked? Danger cards and hotlines stay.")
        here.reply(Screen(escape(text), rows), case.number)
    elif len(arguments) < 2 or arguments[1] not in map(str, BLOCK_DAYS):
        here.toast()
        drop_question(here)
        row = tuple(
            button(
                desk_periods.days(words, days * DAY),
                Action.BLOCK,
                case.number,
                arguments[0],
                str(days),
            )
            for days in BLOCK_DAYS
        )
        here.reply(Screen(escape(words.gettext("For how long?")), (row,)), case.number)
    else:
        await _block(here, case, arguments[0], int(arguments[1]))
        drop_question(here)


async def unblock(here: StaffTurn, number: int) -> None:
    """Ends the block of the person of a case; it outlives the case, which may be erased."""
    banned = await here.desk.cases.ban_of_case(here.group.id, number)
    case = await (here.desk.load(here.turn, number) if banned else here.loaded(number))
    if banned is not None:
        chat_id = banned.chat_id
    elif case is not None:
        chat_id = case.chat_id
    else:
        return
    ban = await here.desk.cases.ban(chat_id)
    if ban is None:
        here.say(here.words.gettext("The person is not blocked."))
        return
    # The group that set it may have another id since.
    set_by = await here.desk.cases.canonical(ban.group)
    here.turn.write(*here.desk.cases.unbanned(chat_id, replace(ban, group=set_by)))
    here.toast()
    _log.info("person_unblocked", case=number, staff=here.who.id)
    text = here.words.gettext("{name} unblocked the person.").format(name=here.who.name)
    if case is None:
        here.reply(Screen(escape(text)))
    else:
        here.desk.to_staff(here.turn, case, Screen(escape(text)))


async def _block(here: StaffTurn, case: Case, reason: str, days: int) -> None:
    now = here.desk.clock.now()
    ban = Ban(now + days * DAY, reason, here.who, now, here.group.id, case.number)
    known = await here.desk.cases.all_bans(here.group.id)
    here.turn.write(*here.desk.cases.banned(case.chat_id, ban, known))
    _log.info("person_blocked", case=case.number, staff=here.who.id, reason=reason, days=days)
    if case.is_open:
        await here.apply(case, moves.closed(case, Ending.BLOCKED, here.who, here.clockwork))
        return
    # Closed already: the card must offer to unblock.
    await here.apply(case, Move(replace(case, ending=Ending.BLOCKED)))
    text = here.words.gettext("{name} blocked the person for {days}.").format(
        name=here.who.name, days=desk_periods.days(here.words, days * DAY)
    )
    here.reply(Screen(escape(text)), case.number)
