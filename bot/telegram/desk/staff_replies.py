"""What counsellors write in the topic of a case, on its way to the migrant."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from bot.handoff import moves
from bot.handoff.moves import Move, Refusal
from bot.handoff.notices import Cause
from bot.store.cases import Line
from bot.telegram.desk import relay
from bot.telegram.desk.relay import ALBUM_SECONDS, AlbumPart, Route
from bot.telegram.desk.staff_turn import case_of
from bot.telegram.effects import SetReaction
from bot.telegram.render import desk_staff
from bot.telegram.render.screen import Screen

if TYPE_CHECKING:
    from telegram import Message, MessageReactionUpdated

    from bot.handoff.case import Case
    from bot.telegram.desk.desk import Desk
    from bot.telegram.desk.staff_turn import StaffTurn
    from bot.telegram.turn import Turn

NOTE_MARK = "//"
"""Messages that begin so stay among the staff."""

NOTE_COMMAND = "/note"

NOTED = "✍"
"""The reaction on a message that was taken as a note."""

READY_MADE = ("answer", "referral")
"""Kinds of the lines of what is sent by a button; their message is the one that bore it."""

ALBUM_TIMER = "staff_album"
"""The timer of a case whose counsellor's album waits for its parts."""


class _Waiting(msgspec.Struct, frozen=True):
    """A part of an album of the staff's.

    Attributes:
        group: where it was written.
        album: Telegram's name of the album.
        part: what goes to the migrant; None if its caption makes the whole album a note.
    """

    group: int
    album: str
    part: AlbumPart | None = None


async def written(here: StaffTurn, message: Message) -> None:
    """A message in a topic: to the migrant, a note, or talk among the staff."""
    number = await here.number()
    if number is None:
        return
    album = message.media_group_id
    if _is_note(message):
        case = await note(here, number, _words(message))
        if case is not None and album:
            await _flush_others(here, case, album)
            _gather(here, case, _Waiting(here.group.id, album))
        return
    if _words(message).startswith("/"):
        text = here.words.gettext("Not sent: what begins with / is a command. /help says which.")
        here.reply(Screen(escape(text)), number)
        return
    case = await here.loaded(number)
    if case is None:
        return
    if album and await _is_noted(here, case, album):
        _gather(here, case, _Waiting(here.group.id, album))
        return
    cause = relay.refusal(message)
    part = relay.album_part(message, _route(case)) if album else None
    if cause is not None:
        here.reply(Screen(escape(desk_staff.not_carried(here.words, cause))), number)
        return
    if not await reply_counts(here, case, album):
        return
    if album and isinstance(part, AlbumPart):
        _gather(here, case, _Waiting(here.group.id, album, part))
        _keep(here, case, Line(_now(here), "staff", relay.kind_of(message), part.text, _id(here)))
        return
    carried = relay.carry(message, _route(case))
    if isinstance(carried, Cause):
        here.reply(Screen(escape(desk_staff.not_carried(here.words, carried))), number)
        return
    here.turn.add(*carried.effects)
    _keep(here, case, Line(_now(here), "staff", carried.kind, carried.text, _id(here)))


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
        here.turn.write(here.desk.cases.waited(here.group.id, _now(here) - case.opened))
    await here.desk.apply(here.turn, move)
    await _flush_others(here, case, album)
    return True


async def went_out(here: StaffTurn, case: Case) -> bool:
    """Whether the message of a pressed button was sent already, and says so.

    Two fingers are faster than Telegram takes a button away: nobody gets the same answer twice.
    """
    lines = await here.desk.cases.transcript(case.number)
    done = any(line.kind in READY_MADE and line.message == _id(here) for line in lines)
    if done:
        here.say(here.words.gettext("It is so already."))
    return done


async def note(here: StaffTurn, number: int, text: str) -> Case | None:
    """Keeps words that are for the staff only; gives the case, if it is there."""
    case = await here.loaded(number)
    if case is None:
        return None
    _keep(here, case, Line(_now(here), "note", "text", _note_words(text), _id(here)))
    if here.message_id is not None:
        here.turn.add(SetReaction(chat_id=here.group.id, emoji=NOTED, message_id=here.message_id))
    return case


async def edited(here: StaffTurn, message: Message) -> None:
    """A changed message: what was carried over changes there too; the earlier words stay kept."""
    number = await here.number()
    if number is None:
        return
    known = [line for line in await here.desk.cases.transcript(number) if line.message == _id(here)]
    ours = [line for line in known if line.side in ("staff", "note")]
    if not ours:
        return  # it never went anywhere
    case = await here.loaded(number)
    if case is None:
        return
    first, version = ours[0], len(ours)
    if first.side == "note":
        words = _note_words(_words(message))
        _keep(here, case, Line(_now(here), "note", "text", words, _id(here), version))
        return
    if not case.is_open:
        here.reply(Screen(escape(desk_staff.not_carried(here.words, Cause.CLOSED))), number)
        return
    if _words(message).startswith("/"):
        text = here.words.gettext("It went out already; for the person it stays as it was.")
        here.reply(Screen(escape(text)), number)
        return
    carried = relay.carry_edit(message, _route(case))
    if carried is not None:
        await flush(here.desk, here.turn, case)
        here.turn.add(*carried.effects)
        line = Line(_now(here), "staff", carried.kind, carried.text, _id(here), version)
        _keep(here, case, line)


async def reacted(here: StaffTurn, change: MessageReactionUpdated) -> None:
    """A reaction to a message of a case; Telegram does not say in which topic it is."""
    number = await case_of(here.desk, here.group.id, change.message_id)
    case = None if number is None else await here.desk.load(here.turn, number)
    if case is None or not case.is_open or not _is_theirs(here, case):
        return
    carried = relay.carry_reaction(change, case.number, case.chat_id)
    if carried is not None:
        here.turn.add(carried[0])


async def flush(desk: Desk, turn: Turn, case: Case) -> None:
    """The time of ``ALBUM_TIMER`` is over: the album goes out."""
    waiting = await _waiting(desk, case)
    if not waiting:
        return
    _send_album(desk, turn, case, waiting)
    # Something of the case must change with it, so that no other turn sends the same album.
    await desk.apply(turn, Move(replace(case, staff_wrote=desk.clock.now()), topic=False))


async def _flush_others(here: StaffTurn, case: Case, album: str | None) -> None:
    """What waits goes first, unless it is of the same album."""
    waiting = await _waiting(here.desk, case)
    if waiting and any(one.album != album for one in waiting):
        _send_album(here.desk, here.turn, case, waiting)


async def _is_noted(here: StaffTurn, case: Case, album: str) -> bool:
    """Whether an album that waits is a note: its other parts answer nobody and claim nothing."""
    waiting = await _waiting(here.desk, case)
    return any(one.album == album and one.part is None for one in waiting)


def _gather(here: StaffTurn, case: Case, waiting: _Waiting) -> None:
    cases, number = here.desk.cases, case.number
    payload = msgspec.json.encode(waiting)
    here.turn.write(
        cases.album_part(case.chat_id, _album(case), payload),
        cases.timer(number, case.chat_id, ALBUM_TIMER, _now(here) + ALBUM_SECONDS),
    )


async def _waiting(desk: Desk, case: Case) -> list[_Waiting]:
    found = await desk.cases.album(case.chat_id, _album(case))
    return [msgspec.json.decode(payload, type=_Waiting) for payload in found]


def _send_album(desk: Desk, turn: Turn, case: Case, waiting: list[_Waiting]) -> None:
    parts = [one.part for one in waiting if one.part is not None]
    if len(parts) == len(waiting):
        turn.add(*relay.carry_album(parts, waiting[0].group, _route(case)))
    turn.write(
        desk.cases.album_gone(case.chat_id, _album(case)),
        desk.cases.timer(case.number, case.chat_id, ALBUM_TIMER, None),
    )


def _album(case: Case) -> str:
    """The name of the list in which the parts wait; a migrant's albums have Telegram's numbers."""
    return f"staff{case.number}"


def _keep(here: StaffTurn, case: Case, line: Line) -> None:
    """Into the transcript, masked: a counsellor may repeat a number."""
    masked = replace(line, text=here.desk.masks(line.text).text)
    here.turn.write(here.desk.cases.line(case.number, masked))


def _route(case: Case) -> Route:
    return Route(case.number, case.chat_id, relay.unmasked)


def _is_note(message: Message) -> bool:
    """Also ``/note`` in a caption, where Telegram knows no commands."""
    return _note_words(_words(message)) != _words(message)


def _note_words(text: str) -> str:
    """A note without its mark; other words as they are."""
    if text.startswith(NOTE_MARK):
        return text.removeprefix(NOTE_MARK).strip()
    first, *rest = text.split(maxsplit=1) or [""]
    return "".join(rest).strip() if first.partition("@")[0].lower() == NOTE_COMMAND else text


def _words(message: Message) -> str:
    return (message.text or message.caption or "").lstrip()


def _is_theirs(here: StaffTurn, case: Case) -> bool:
    """Whether the one who acts has the case; a reaction of another stays among the staff."""
    return case.claimed_by is not None and case.claimed_by.id == here.who.id


def _now(here: StaffTurn) -> float:
    return here.desk.clock.now()


def _id(here: StaffTurn) -> int:
    return here.message_id or 0
