"""Which button of the staff does what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.telegram.desk import (
    staff_blocks,
    staff_canned,
    staff_cases,
    staff_profile,
    staff_referral,
)
from bot.telegram.render.desk_buttons import Action, decode

if TYPE_CHECKING:
    from bot.handoff.case import Case
    from bot.telegram.desk.staff_turn import StaffTurn
    from bot.telegram.render.desk_buttons import Press


async def pressed(here: StaffTurn, data: str) -> None:
    """Does what a button says; what it cannot do any more it says."""
    press = decode(data)
    if press is None:
        here.say(here.words.gettext("This button no longer works."))
        return
    if press.action is Action.SNIPPET and press.arguments[1:] == (staff_canned.DELETE,):
        staff_canned.snippet_deleted(here, press.argument)
        return
    if press.action is Action.UNBLOCK:
        await staff_blocks.unblock(here, press.case)
        return
    case = await here.loaded(press.case)
    if case is not None:
        await _do(here, case, press)


async def _do(here: StaffTurn, case: Case, press: Press) -> None:  # noqa: C901, PLR0912 - a table
    second = press.arguments[1] if len(press.arguments) > 1 else ""
    match press.action:
        case Action.CLAIM:
            await staff_cases.claim(here, case)
        case Action.RELEASE:
            await staff_cases.release(here, case)
        case Action.TAKE_OVER:
            await staff_cases.take_over(here, case)
        case Action.TRANSFER:
            await staff_cases.transfer(here, case, press.argument)
        case Action.CLOSE:
            await staff_cases.close(here, case, press.argument)
        case Action.BLOCK:
            await staff_blocks.block(here, case, press.arguments)
        case Action.REOPEN:
            await staff_cases.reopen(here, case)
        case Action.ANSWER if press.argument:
            await staff_canned.chosen(here, case, press.argument, second)
        case Action.ANSWER:
            await staff_canned.find(here, case, "")
        case Action.SNIPPET:
            await staff_canned.snippet_chosen(here, case, press.argument, second)
        case Action.NOTE:
            text = here.words.gettext("Write // before your words: the person does not see them.")
            here.say(text)
        case Action.REVEAL:
            staff_cases.reveal(here, case, press.argument)
        case Action.TEACH:
            await staff_cases.teach(here, case)
        case Action.REFER:
            await staff_referral.chosen(here, case, press.argument)
        case Action.LOCALE | Action.CITIZENSHIP | Action.CITY:
            await staff_profile.corrected(here, case, press.action, press.argument)
