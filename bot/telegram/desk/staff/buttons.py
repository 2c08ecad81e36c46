"""Which button of the staff does what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.telegram.desk.staff import actions, blocks, canned, profile, referral
from bot.telegram.render.desk_buttons import Action, decode

if TYPE_CHECKING:
    from bot.handoff.case import Case
    from bot.telegram.desk.staff.turn import StaffTurn
    from bot.telegram.render.desk_buttons import Press


async def pressed(here: StaffTurn, data: str) -> None:
    """Does what a button says; what it cannot do any more it says."""
    press = decode(data)
    if press is None:
        here.say(here.words.gettext("This button no longer works."))
        return
    if press.action is Action.SNIPPET and press.arguments[1:] == (canned.DELETE,):
        canned.snippet_deleted(here, press.argument)
        return
    if press.action is Action.UNBLOCK:
        await blocks.unblock(here, press.case)
        return
    case = await here.loaded(press.case)
    if case is not None:
        await _do(here, case, press)


async def _do(here: StaffTurn, case: Case, press: Press) -> None:  # noqa: C901, PLR0912 - a table
    second = press.arguments[1] if len(press.arguments) > 1 else ""
    match press.action:
        case Action.CLAIM:
            await actions.claim(here, case)
        case Action.RELEASE:
            await actions.release(here, case)
        case Action.TAKE_OVER:
            await actions.take_over(here, case)
        case Action.TRANSFER:
            await actions.transfer(here, case, press.argument)
        case Action.CLOSE:
            await actions.close(here, case, press.argument)
        case Action.BLOCK:
            await blocks.block(here, case, press.arguments)
        case Action.REOPEN:
            await actions.reopen(here, case)
        case Action.ANSWER if press.argument:
            await canned.chosen(here, case, press.argument, second)
        case Action.ANSWER:
            await canned.find(here, case, "")
        case Action.SNIPPET:
            await canned.snippet_chosen(here, case, press.argument, second)
        case Action.NOTE:
            text = here.words.gettext("Write // before your words: the person does not see them.")
            here.say(text)
        case Action.REVEAL:
            actions.reveal(here, case, press.argument)
        case Action.TEACH:
            await actions.teach(here, case)
        case Action.REFER:
            await referral.chosen(here, case, press.argument)
        case Action.LOCALE | Action.CITIZENSHIP | Action.CITY:
            await profile.corrected(here, case, press.action, press.argument)
