"""Ready-made texts: the curated answers in the migrant's language, and a group's own."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from bot.answers.pick import main_page, text_for
from bot.answers.search import LIMIT
from bot.dialogue.acts import ShowAnswer
from bot.store.cases import Line
from bot.telegram.desk.staff.replies import reply_counts, went_out
from bot.telegram.effects import EditMarkup, Origin, SendMessage
from bot.telegram.render import answer as answers
from bot.telegram.render import desk_words
from bot.telegram.render.desk_buttons import Action, button
from bot.telegram.render.desk_card import shortened
from bot.telegram.render.markdown import to_html
from bot.telegram.render.screen import Screen

if TYPE_CHECKING:
    from bot.answers.model import Answer, Part
    from bot.handoff.case import Case
    from bot.telegram.desk.staff.turn import StaffTurn
    from bot.telegram.effects import Button

SEND = "send"
DELETE = "delete"

MAX_SNIPPETS = 50
MAX_SNIPPET = 2000
_NAME = re.compile(r"[^\W_][\w-]{0,19}")
_NAME_BYTES = 40
"""Twenty letters, Cyrillic too, fit a button's data."""


async def find(here: StaffTurn, case: Case, wanted: str) -> None:
    """Answers and texts for some words; without words, those for the migrant's own question."""
    library = here.context.library
    if wanted:
        found = [one.intent for one in here.desk.search.find(library, here.group.locale, wanted)]
    else:
        by_question = here.desk.search.find(library, case.locale, case.question)
        likely = (case.subject or "", *(one.intent for one in by_question))
        found = [name for name in dict.fromkeys(likely) if name in library.answers][:LIMIT]
    rows = [(_short(here, case, library.answers[name]),) for name in found]
    texts = await here.desk.cases.snippets(here.group.id)
    folded = wanted.casefold()
    rows += [
        (button(f"💬 {name}", Action.SNIPPET, case.number, name),)
        for name, text in texts.items()
        if folded and (folded in name.casefold() or folded in text.casefold())
    ][:LIMIT]
    words = here.words
    search = words.gettext("Search the answers: /a and a word, for example: /a passport")
    if not wanted and rows:
        text = words.gettext("These answers suit the question of this person.") + "\n" + search
    elif not wanted:
        text = search
    elif rows:
        text = words.gettext("Choose an answer; you see it before it is sent.")
    else:
        text = words.gettext("Nothing found. Try another word, or one word only.")
    here.toast()
    here.reply(Screen(escape(text), tuple(rows)), case.number)


async def chosen(here: StaffTurn, case: Case, intent: str, step: str) -> None:
    """Shows an answer, or sends it."""
    found = here.context.library.answers.get(intent)
    if found is None:
        here.say(here.words.gettext("This answer is no longer there."))
    elif step != SEND:
        here.toast()
        here.reply(_preview(here, case, found), case.number)
    elif not await went_out(here, case) and await reply_counts(here, case):
        _send_answer(here, case, found)


async def snippet_chosen(here: StaffTurn, case: Case, name: str, step: str) -> None:
    """Shows a text of the group's own, or sends it."""
    text = (await here.desk.cases.snippets(here.group.id)).get(name)
    if text is None:
        here.say(here.words.gettext("This text is no longer there."))
    elif step != SEND:
        send = button("📤 " + here.words.gettext("Send"), Action.SNIPPET, case.number, name, SEND)
        here.toast()
        here.reply(Screen(f"<b>{escape(name)}</b>\n{escape(text)}", ((send,),)), case.number)
    elif not await went_out(here, case) and await reply_counts(here, case):
        here.toast()
        here.turn.add(
            SendMessage(
                chat_id=case.chat_id,
                case=case.number,
                origin=_origin(here),
                text=text,
                plain=True,
            )
        )
        _sent(here, case, text)


async def snippet_written(here: StaffTurn, arguments: str) -> None:
    """Keeps, shows or deletes a text of the group's own: ``/snippet name text``."""
    words = here.words
    name, _, text = arguments.strip().partition(" ")
    text = text.strip()
    known = await here.desk.cases.snippets(here.group.id)
    if not _NAME.fullmatch(name) or len(name.encode()) > _NAME_BYTES:
        here.say(words.gettext("Write: /snippet name text. A name is one word of 20 letters."))
    elif not text:
        if name not in known:
            here.say(words.gettext("There is no text of this name."))
            return
        delete = button("🗑 " + words.gettext("Delete"), Action.SNIPPET, 0, name, DELETE)
        here.reply(Screen(f"<b>{escape(name)}</b>\n{escape(known[name])}", ((delete,),)))
    elif len(text) > MAX_SNIPPET:
        here.say(words.gettext("Too long: 2000 characters at most."))
    elif name not in known and len(known) >= MAX_SNIPPETS:
        here.say(words.gettext("There are 50 texts already. Delete one first."))
    else:
        here.turn.write(here.desk.cases.snippet(here.group.id, name, text))
        here.say(words.gettext("Kept. /a finds it."))


def snippet_deleted(here: StaffTurn, name: str) -> None:
    """A text of the group's own goes."""
    here.turn.write(here.desk.cases.snippet(here.group.id, name, ""))
    here.say(here.words.gettext("Deleted."))


async def snippets(here: StaffTurn) -> None:
    """All texts of the group's own."""
    known = await here.desk.cases.snippets(here.group.id)
    lines = [
        f"<b>{escape(name)}</b>: {escape(shortened(text, 60))}" for name, text in known.items()
    ]
    nothing = escape(here.words.gettext("None yet. Write: /snippet name text"))
    here.reply(Screen("\n".join(lines) or nothing), await here.number(), late=True)


def _preview(here: StaffTurn, case: Case, found: Answer) -> Screen:
    """The answer as the counsellor reads it, and what to know before it goes out."""
    words, audience = here.words, _audience(case, found)
    selection = main_page(found, here.group.locale, audience)
    title = text_for(found, here.group.locale).text.question
    notes = [
        words.gettext("Goes out in: {language}.").format(
            language=desk_words.language_of(text_for(found, case.locale).locale)
        )
    ]
    if found.depends_on_citizenship and audience is None:
        notes.append(words.gettext("It differs by citizenship: set it first with /citizen."))
    notes += answers.doubts(here.context, found)
    body = "\n\n".join(to_html(markdown) for markdown in selection.markdown)
    told = "\n".join(f"<i>{escape(line)}</i>" for line in notes)
    label = "📤 " + words.gettext("Send")
    send = button(label, Action.ANSWER, case.number, found.intent, SEND)
    return Screen(f"<b>{escape(title)}</b>\n\n{body}\n\n{told}", ((send,),))


def _send_answer(here: StaffTurn, case: Case, found: Answer) -> None:
    """As the bot would show it to this person, without the buttons of its own talk."""
    context = replace(here.desk.context(case.locale), citizenship=case.citizenship)
    act = ShowAnswer(found.intent, _audience(case, found))
    screen = answers.answer(context, act, by_counsellor=True)
    here.toast()
    here.turn.add(
        SendMessage(
            chat_id=case.chat_id,
            case=case.number,
            origin=_origin(here),
            text=screen.html,
            keyboard=screen.rows or None,
        )
    )
    _sent(here, case, text_for(found, here.group.locale).text.question)


def _sent(here: StaffTurn, case: Case, text: str) -> None:
    """Into the transcript; the button goes, so that nobody sends it twice."""
    masked, shown = here.desk.masks(text).text, here.message_id or 0
    line = Line(here.desk.clock.now(), "staff", "answer", masked, shown)
    here.turn.write(here.desk.cases.line(case.number, line))
    if here.message_id is not None:
        here.turn.add(EditMarkup(chat_id=here.group.id, message_id=here.message_id))


def _audience(case: Case, found: Answer) -> Part | None:
    if case.citizenship is None or not found.depends_on_citizenship:
        return None
    return case.citizenship.audience


def _short(here: StaffTurn, case: Case, found: Answer) -> Button:
    text = text_for(found, here.group.locale).text
    return button(text.question, Action.ANSWER, case.number, found.intent)


def _origin(here: StaffTurn) -> Origin | None:
    """The preview: it gets the tick, and is replied to if nothing arrives."""
    return None if here.message_id is None else Origin(here.group.id, here.message_id)
