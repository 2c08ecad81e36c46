"""What counsellors do with a case: claim, give away, close, block, reopen, look at the original."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import structlog
from msgspec.structs import replace

from bot.dialogue.reading import TALK_TO_HUMAN
from bot.handoff import moves, notices
from bot.handoff.case import BY_STAFF, Counsellor, Ending
from bot.handoff.moves import Move, Refusal
from bot.store.cases import Question, Reveal
from bot.store.days import day_of
from bot.telegram import lessons
from bot.telegram.desk.cases import timers
from bot.telegram.effects import CopyMessage, DeleteMessage
from bot.telegram.render import desk_words
from bot.telegram.render.desk_buttons import Action, button
from bot.telegram.render.menus import in_pairs
from bot.telegram.render.screen import Screen

if TYPE_CHECKING:
    from bot.handoff.case import Case
    from bot.telegram.desk.staff.turn import StaffTurn

ANYTHING = "message"
"""The kind that the log of what was looked at knows: the whole message."""

_log = structlog.get_logger()


async def claim(here: StaffTurn, case: Case) -> None:
    """Takes a case that nobody has."""
    await here.apply(case, moves.claimed(case, here.who, here.clockwork))


async def take_over(here: StaffTurn, case: Case) -> None:
    """Takes a case from whoever has it."""
    await here.apply(case, moves.taken_over(case, here.who, here.clockwork))


async def release(here: StaffTurn, case: Case) -> None:
    """Gives a case back to the queue."""
    await here.apply(case, moves.released(case, here.who, here.clockwork))


async def transfer(here: StaffTurn, case: Case, target: str) -> None:
    """Asks to whom, or gives the case to a group (``g…``) or a counsellor (``u…``)."""
    kind, number = target[:1], target[1:]
    if not target:
        await _ask_target(here, case)
    elif kind == "g":
        group = await here.desk.staff_group(int(number)) if _is_id(number) else None
        if group is None:
            here.say(here.words.gettext("This group is no longer there."))
        elif await here.desk.cases.is_shut(group.id):
            here.say(here.words.gettext("The bot is not in that group: nobody there would see it."))
        elif await here.apply(case, moves.moved(case, here.who, group.id, here.clockwork)):
            drop_question(here)
    else:
        on_duty = await here.desk.cases.on_duty(here.group.id, here.desk.clock.now())
        to = next((one.who for one in on_duty if str(one.who.id) == number), None)
        if to is None:
            here.say(here.words.gettext("This person is not on duty any more."))
        elif await here.apply(case, moves.handed_over(case, here.who, to, here.clockwork)):
            drop_question(here)


async def close(here: StaffTurn, case: Case, ending: str) -> None:
    """Asks how the case ended, or closes it."""
    if not case.is_open:
        await here.apply(case, Refusal(moves.Why.CLOSED))
    elif ending in BY_STAFF:
        move = moves.closed(case, Ending(ending), here.who, here.clockwork)
        if await here.apply(case, move):
            drop_question(here)
    else:
        ask_ending(here, case, here.words.gettext("How did it end?"))


def ask_ending(here: StaffTurn, case: Case, text: str) -> None:
    """The four endings as buttons."""
    here.toast()
    rows = in_pairs(
        button(desk_words.ending_name(here.words, one), Action.CLOSE, case.number, one.value)
        for one in BY_STAFF
    )
    here.reply(Screen(escape(text), rows), case.number)


async def reopen(here: StaffTurn, case: Case) -> None:
    """Opens a closed case again, for the one who does it."""
    if case.is_open:
        await here.apply(case, Refusal(moves.Why.SAME))
        return
    cases, words = here.desk.cases, here.words
    others = await cases.load_all(await cases.earlier(case.chat_id))
    other = next((one for one in others if one.is_open), None)
    if other is not None:
        text = words.gettext("This person has another open case: {number}.")
        here.say(text.format(number=other.number))
        return
    if await cases.ban(case.chat_id) is not None:
        here.say(words.gettext("The person is blocked. Unblock first."))
        return
    by = here.clockwork
    taken = moves.claimed(moves.reopened(case, by).case, here.who, by)
    assert isinstance(taken, Move)  # noqa: S101 - a case that was just opened is nobody's
    # Nobody waits: it is the staff who have something to say.
    mine = replace(taken.case, waits_since=None, answered=by.now)
    said = (notices.Opened(again=True), *taken.notices)
    idle = moves.Due(moves.Timer.IDLE_WARN, by.now + by.rules.idle_warn)
    await here.apply(case, Move(mine, said, (idle,)))
    # The migrant's session, which only a turn of that chat may change, must know the case again.
    at_once = cases.timer(case.number, case.chat_id, timers.ADOPT, here.desk.clock.now())
    here.turn.write(at_once)


def reveal(here: StaffTurn, case: Case, message: str) -> None:
    """Copies a message as the person wrote it into the topic; that it was done is kept."""
    if not _is_id(message):
        here.say(here.words.gettext("This button no longer works."))
        return
    seen = Reveal(here.desk.clock.now(), here.who.id, case.number, ANYTHING, here.group.id)
    here.turn.write(here.desk.cases.revealed(seen))
    _log.info("message_revealed", case=case.number, staff=here.who.id)
    here.toast(here.words.gettext("Shown below. It is kept who looked."))
    here.turn.add(
        CopyMessage(
            chat_id=here.group.id,
            case=case.number,
            from_chat_id=case.chat_id,
            message_id=int(message),
            reply_to=here.message_id,
        )
    )


async def teach(here: StaffTurn, case: Case) -> None:
    """Puts the masked question into the queue for the training data."""
    text = await _question(here, case)
    if not text:
        here.say(here.words.gettext("There is no question: the person asked for you at once."))
        return
    day, script = day_of(here.desk.clock.now()), lessons.script_of(text)
    question = Question(day, text, case.locale.value, script, subject=case.subject or "")
    here.turn.write(here.desk.cases.to_review(question))
    here.say(here.words.gettext("Noted: the question goes to the training, without who asked it."))


async def _question(here: StaffTurn, case: Case) -> str:
    """What was asked before somebody was called, or else the first words in the case; masked."""
    asked = [said.text for said in case.before if said.subject != TALK_TO_HUMAN]
    if asked:
        return asked[-1]
    lines = await here.desk.cases.transcript(case.number)
    return next((line.text for line in lines if line.side == "migrant" and line.text), "")


async def left(here: StaffTurn, user_id: int) -> None:
    """Somebody left the group: their cases go back to the queue, they are off duty."""
    cases = here.desk.cases
    gone = Counsellor(user_id, here.who.name)
    for number in await cases.open_in(here.group.id):
        case = await here.desk.load(here.turn, number)
        if case is not None and case.claimed_by is not None and case.claimed_by.id == user_id:
            move = moves.released(case, case.claimed_by, here.clockwork)
            if isinstance(move, Move):
                await here.desk.apply(here.turn, move)
    here.turn.write(cases.duty(here.group.id, gone, None))


async def _ask_target(here: StaffTurn, case: Case) -> None:
    desk, words = here.desk, here.words
    if not case.is_open:
        await here.apply(case, Refusal(moves.Why.CLOSED))
        return
    rows = []
    for group in desk.groups.all:
        present = await desk.cases.canonical(group.id)
        if present != here.group.id and not await desk.cases.is_shut(present):
            row = button(f"👥 {group.name}", Action.TRANSFER, case.number, f"g{group.id}")
            rows.append((row,))
    for one in await desk.cases.on_duty(here.group.id, desk.clock.now()):
        if case.claimed_by is None or one.who.id != case.claimed_by.id:
            row = button(f"👤 {one.who.name}", Action.TRANSFER, case.number, f"u{one.who.id}")
            rows.append((row,))
    here.toast()
    text = words.gettext("To whom?")
    if not rows:
        text = words.gettext("There is no other group, and nobody else is on duty (/duty on).")
    here.reply(Screen(escape(text), tuple(rows)), case.number)


def drop_question(here: StaffTurn) -> None:
    """The message that asked goes, once it is answered."""
    if here.query_id is not None and here.message_id is not None:
        here.turn.add(DeleteMessage(chat_id=here.group.id, message_id=here.message_id))


def _is_id(text: str) -> bool:
    """Whether these are the digits of an id of Telegram's."""
    return text.removeprefix("-").isdecimal() and text.isascii() and len(text) <= 16
