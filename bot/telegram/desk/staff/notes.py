"""What counsellors write for themselves, and what is kept of all that they write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from bot.store.cases import Line
from bot.telegram.effects import SetReaction

if TYPE_CHECKING:
    from telegram import Message

    from bot.handoff.case import Case
    from bot.telegram.desk.staff.turn import StaffTurn

NOTE_MARK = "//"
"""Messages that begin so stay among the staff."""

NOTE_COMMAND = "/note"

NOTED = "✍"
"""The reaction on a message that was taken as a note."""


async def note(here: StaffTurn, number: int, text: str) -> Case | None:
    """Keeps words that are for the staff only; gives the case, if it is there."""
    case = await here.loaded(number)
    if case is None:
        return None
    keep(here, case, Line(here.now, "note", "text", without_mark(text), here.id))
    if here.message_id is not None:
        here.turn.add(SetReaction(chat_id=here.group.id, emoji=NOTED, message_id=here.message_id))
    return case


def keep(here: StaffTurn, case: Case, line: Line) -> None:
    """Into the transcript, masked: a counsellor may repeat a number."""
    masked = replace(line, text=here.desk.masks(line.text).text)
    here.turn.write(here.desk.cases.line(case.number, masked))


def is_note(message: Message) -> bool:
    """Also ``/note`` in a caption, where Telegram knows no commands."""
    return without_mark(words_of(message)) != words_of(message)


def without_mark(text: str) -> str:
    """A note without its mark; other words as they are."""
    if text.startswith(NOTE_MARK):
        return text.removeprefix(NOTE_MARK).strip()
    first, *rest = text.split(maxsplit=1) or [""]
    return "".join(rest).strip() if first.partition("@")[0].lower() == NOTE_COMMAND else text


def words_of(message: Message) -> str:
    """The text or caption of a message, from its first letter on."""
    return (message.text or message.caption or "").lstrip()
