"""The topic of a case: its title, its icon, and its first post, the card."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from bot.handoff.case import Ending, State
from bot.telegram.render import desk_words
from bot.telegram.render.desk_buttons import Action, button
from bot.telegram.render.menus import FLAGS
from bot.telegram.render.screen import Screen

if TYPE_CHECKING:
    from bot.handoff.case import Case
    from bot.telegram.effects import Button, Keyboard
    from bot.telegram.render.context import Context
    from bot.telegram.render.desk_facts import Facts

MAX_TITLE = 128
"""Telegram's limit for the name of a topic."""

MAX_SAID = 500
"""Of one message on the card; five of them and the rest fit one message of 4,096."""

_WITHOUT_HELP = (Ending.SPAM, Ending.BLOCKED, Ending.CANCELLED, Ending.IDLE)


def title(context: Context, case: Case) -> str:
    """Number, language with script, country and subject, in at most 128 characters."""
    flag = FLAGS[case.citizenship] if case.citizenship is not None else ""
    parts = (str(case.number), case.locale.tag, flag, desk_words.about(context, case))
    whole = " · ".join(filter(None, parts))
    return whole if len(whole) <= MAX_TITLE else whole[: MAX_TITLE - 1] + "…"


def icon(case: Case) -> str:
    """One of Telegram's topic icons: who waits, who is cared for, what is done."""
    match case.state:
        case State.WAITING:
            return "‼️" if case.is_urgent else "❓"
        case State.CLAIMED:
            return "❗️" if case.is_urgent else "💬"
        case State.CLOSED:
            return "🏁" if case.ending in _WITHOUT_HELP else "✅"


def card(context: Context, case: Case, facts: Facts) -> Screen:
    """All that the staff need before they answer; nobody's name, account or number."""
    words = context.words
    heading = f"<b>{escape(words.gettext('Case {number}').format(number=case.number))}</b>"
    lines = [heading]
    if case.dangers:
        names = (desk_words.subject_name(context, kind.value) for kind in case.dangers)
        lines.append(f"{_danger_sign(case)} <b>{escape(', '.join(names))}</b>")
    lines.append("🗣 " + escape(desk_words.language_of(case.locale)))
    city = context.cities.get(case.city or "") or words.gettext("city unknown")
    flag = "" if case.citizenship is not None else "🛂 "  # where no country's flag stands
    lines.append(escape(f"{flag}{desk_words.citizenship_of(context, case)} · 📍 {city}"))
    subject = desk_words.subject_name(context, case.subject)
    if subject:
        lines.append("📚 " + escape(subject))
    lines.append("🚪 " + escape(desk_words.opening_name(words, case.opening)))
    blocks = ["\n".join(lines)]
    if case.before:
        blocks.append(before(context, case))
    blocks.append(_state(context, case, facts))
    return Screen("\n\n".join(blocks), buttons(context, case))


def buttons(context: Context, case: Case) -> Keyboard:
    """What can be done with a case in its state."""
    words, number = context.words, case.number
    block = button("🚫 " + words.gettext("Block"), Action.BLOCK, number)
    if not case.is_open:
        if case.ending is Ending.BLOCKED:
            block = button(words.gettext("Unblock"), Action.UNBLOCK, number)
        reopen = button("↩️ " + words.gettext("Reopen"), Action.REOPEN, number)
        return ((reopen, block), (teach_button(context, case),))
    first: tuple[Button, ...]
    if case.claimed_by is None:
        first = (button("✋ " + words.gettext("Claim"), Action.CLAIM, number),)
    else:
        first = (
            button("✋ " + words.gettext("Take over"), Action.TAKE_OVER, number),
            button(words.gettext("Release"), Action.RELEASE, number),
        )
    return (
        first,
        (
            button("📚 " + words.gettext("Answer"), Action.ANSWER, number),
            button("📝 " + words.gettext("Note"), Action.NOTE, number),
        ),
        (
            button("➡️ " + words.gettext("Transfer"), Action.TRANSFER, number),
            button("✅ " + words.gettext("Close"), Action.CLOSE, number),
            block,
        ),
    )


def teach_button(context: Context, case: Case) -> Button:
    """Marks the question as one that the bot should have answered."""
    label = "🎓 " + context.words.gettext("The bot should have known this")
    return button(label, Action.TEACH, case.number)


def shortened(text: str, limit: int = MAX_SAID) -> str:
    """A text cut to a length."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def before(context: Context, case: Case) -> str:
    """The last words before the case, with what the bot made of them; HTML."""
    lines = []
    for said in case.before:
        lines.append("👤 " + escape(shortened(said.text)))
        done = desk_words.done_by_bot(context, said)
        if done:
            lines.append(f"🤖 <i>{escape(done)}</i>")
    return f"<blockquote>{chr(10).join(lines)}</blockquote>"


def _danger_sign(case: Case) -> str:
    """The icon of the topic; a topic that is closed has another one."""
    return icon(case) if case.is_open else "❗️"


def _state(context: Context, case: Case, facts: Facts) -> str:
    words, group = context.words, facts.group
    by = case.claimed_by
    if not case.is_open:
        text = words.gettext("Closed {when}: {ending}.").format(
            when=desk_words.moment(group, case.closed or 0.0),
            ending=desk_words.ending_name(words, case.ending),
        )
        face = f" {desk_words.FACES[case.rating]}" if case.rating else ""
        return f"<b>{escape(text)}</b>{face}"
    if by is None:
        text = words.gettext("Waits since {when}.").format(
            when=desk_words.moment(group, case.opened)
        )
        return f"⏳ <b>{escape(text)}</b>"
    text = words.gettext("{name} has it since {when}.").format(
        name=by.name, when=desk_words.moment(group, case.claimed or case.opened)
    )
    return f"✋ <b>{escape(text)}</b>"
