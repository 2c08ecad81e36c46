"""What counsellors write in the topic of a case, on its way to the migrant."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from bot.handoff import moves
from bot.handoff.moves import Refusal
from bot.handoff.notices import Cause
from bot.store.cases import Line
from bot.telegram.desk import relay
from bot.telegram.desk.relay import AlbumPart
from bot.telegram.desk.staff import albums, notes
from bot.telegram.desk.staff.turn import case_of
from bot.telegram.render import desk_staff
from bot.telegram.render.screen import Screen

if TYPE_CHECKING:
    from telegram import Message, MessageReactionUpdated

    from bot.handoff.case import Case
    from bot.telegram.desk.staff.turn import StaffTurn

READY_MADE = ("answer", "referral")
"""Kinds of the lines of what is sent by a button; their message is the one that bore it."""


async def written(here: StaffTurn, message: Message) -> None:
    """A message in a topic: to the migrant, a note, or talk among the staff."""
    number = await here.number()
    if number is None:
        return
    album = message.media_group_id
    if notes.is_note(message):
        case = await notes.note(here, number, notes.words_of(message))
        if case is not None and album:
            await albums.flush_others(here, case, album)
            albums.gather(here, case, album)
        return
    if notes.words_of(message).startswith("/"):
        text = here.words.gettext("Not sent: what begins with / is a command. /help says which.")
        here.reply(Screen(escape(text)), number)
        return
    case = await here.loaded(number)
    if case is None:
        return
    if album and await albums.is_noted(here, case, album):
        albums.gather(here, case, album)
        return
    cause = relay.refusal(message)
    part = relay.album_part(message, albums.route_to(case)) if album else None
    if cause is not None:
        here.reply(Screen(escape(desk_staff.not_carried(here.words, cause))), number)
        return
    if not await reply_counts(here, case, album):
        return
    if album and isinstance(part, AlbumPart):
        albums.gather(here, case, album, part)
        kind = relay.kind_of(message)
        notes.keep(here, case, Line(here.now, "staff", kind, part.text, here.id, file=part.file))
        return
    carried = relay.carry(message, albums.route_to(case))
    if isinstance(carried, Cause):
        here.reply(Screen(escape(desk_staff.not_carried(here.words, carried))), number)
        return
    here.turn.add(*carried.effects)
    line = Line(here.now, "staff", carried.kind, carried.text, here.id, file=carried.file)
    notes.keep(here, case, line)


async def reply_counts(here: StaffTurn, case: Case, album: str | None = None) -> bool:
    """A counsellor speaks to the migrant: claims the case, stops its timers; or says why not.

    An album that still waits goes out first, unless this is a part of it.
    """
    move = moves.replied(case, here.who, here.clockwork)
    if isinstance(move, Refusal):
        refused = desk_staff.refused(here.context, case, move, sent=True)
        here.toast()
        here.reply(refused, case.number)
        return False
    if case.answered is None:
        here.turn.write(here.desk.cases.waited(here.group.id, here.now - case.opened))
    await here.desk.apply(here.turn, move)
    await albums.flush_others(here, case, album)
    return True


async def went_out(here: StaffTurn, case: Case) -> bool:
    """Whether the message of a pressed button was sent already, and says so.

    Two fingers are faster than Telegram takes a button away: nobody gets the same answer twice.
    """
    lines = await here.desk.cases.transcript(case.number)
    done = any(line.kind in READY_MADE and line.message == here.id for line in lines)
    if done:
        here.say(here.words.gettext("It is so already."))
    return done


async def reacted(here: StaffTurn, change: MessageReactionUpdated) -> None:
    """A reaction to a message of a case; Telegram does not say in which topic it is."""
    number = await case_of(here.desk, here.group.id, change.message_id)
    case = None if number is None else await here.desk.load(here.turn, number)
    if case is None or not case.is_open or not _is_theirs(here, case):
        return
    carried = relay.carry_reaction(change, case.number, case.chat_id)
    if carried is not None:
        here.turn.add(carried[0])


def _is_theirs(here: StaffTurn, case: Case) -> bool:
    """Whether the one who acts has the case; a reaction of another stays among the staff."""
    return case.claimed_by is not None and case.claimed_by.id == here.who.id
