"""What counsellors change after they wrote it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from bot.handoff.notices import Cause
from bot.store.cases import Line
from bot.telegram.desk import relay
from bot.telegram.desk.staff import albums, notes
from bot.telegram.render import desk_staff
from bot.telegram.render.screen import Screen

if TYPE_CHECKING:
    from telegram import Message

    from bot.telegram.desk.staff.turn import StaffTurn


async def edited(here: StaffTurn, message: Message) -> None:
    """A changed message: what was carried over changes there too; the earlier words stay kept."""
    number = await here.number()
    if number is None:
        return
    known = [line for line in await here.desk.cases.transcript(number) if line.message == here.id]
    ours = [line for line in known if line.side in ("staff", "note")]
    if not ours and not await _is_known(here, number):
        await _in_vain(here, number, message)
        return
    case = await here.loaded(number)
    if case is None:
        return
    # The transcript forgets its beginning, the map does not.
    first, version = ours[0] if ours else Line(0, "staff", "", ""), max(1, len(ours))
    if first.side == "note":
        words = notes.without_mark(notes.words_of(message))
        notes.keep(here, case, Line(here.now, "note", "text", words, here.id, version))
        if not notes.is_note(message):
            text = here.words.gettext("It stays a note. Write it anew to send it.")
            here.reply(Screen(escape(text)), number)
        return
    if not case.is_open:
        here.reply(Screen(escape(desk_staff.not_carried(here.words, Cause.CLOSED))), number)
        return
    if notes.words_of(message).startswith("/"):
        text = here.words.gettext("It went out already; for the person it stays as it was.")
        here.reply(Screen(escape(text)), number)
        return
    last = ours[-1] if ours else first
    swapped = relay.is_swapped(message, last.kind, last.file)
    carried = relay.carry_edit(message, albums.route_to(case), swapped=swapped)
    if isinstance(carried, Cause):
        here.reply(Screen(escape(desk_staff.not_carried(here.words, carried))), number)
    elif carried is not None:
        await albums.flush(here.desk, here.turn, case)
        here.turn.add(*carried.effects)
        text, file = carried.text, carried.file
        notes.keep(here, case, Line(here.now, "staff", carried.kind, text, here.id, version, file))


async def _is_known(here: StaffTurn, number: int) -> bool:
    """Whether a message went to the migrant."""
    (became,) = await here.desk.cases.map_lookup(number, f"ref:g{here.id}")
    return became is not None


async def _in_vain(here: StaffTurn, number: int, message: Message) -> None:
    """What never went out does not by an edit: nobody there must believe that it did."""
    if notes.is_note(message):
        await notes.note(here, number, notes.words_of(message))
    elif not notes.words_of(message).startswith("/"):  # a command put right does nothing either way
        text = here.words.gettext("Not sent: this message did not go out before. Write it anew.")
        here.reply(Screen(escape(text)), number)
