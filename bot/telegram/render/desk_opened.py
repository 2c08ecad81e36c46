"""What migrants are told about an open request: who reads it, when, and whom to call meanwhile."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.dialogue.events import BotPreferred, CaseCancelled, ContactOffered
from bot.dialogue.places import hotlines
from bot.handoff.hours import KAZAKHSTAN
from bot.telegram.render.context import copy_phone, press
from bot.telegram.render.desk_periods import period
from bot.telegram.render.menus import in_pairs
from bot.telegram.render.places import MAX_COPY_BUTTONS, MAX_HOTLINES, phone_list
from bot.telegram.render.quiet import WATCHED, hide_row
from bot.telegram.render.screen import Screen

if TYPE_CHECKING:
    from bot.catalogs import Words
    from bot.handoff.case import Case
    from bot.telegram.effects import Button, Keyboard
    from bot.telegram.render.context import Context
    from bot.telegram.render.desk_facts import Facts


def opened(context: Context, case: Case, facts: Facts, *, again: bool) -> Screen:
    """The request is open: what happens next, and what the counsellors see."""
    words = context.words
    if again:
        title = words.gettext("Request {number} to the counsellors is open again.")
    else:
        title = words.gettext("Your request to the counsellors is open. Its number: {number}.")
    blocks = [f"<b>{about(title, case)}</b>", escape(_what_next(context, case, facts))]
    blocks.append(
        escape(
            words.gettext(
                "Write everything here: text, photo, voice. I pass it on and stay silent. "
                "The topics of the menu work as before."
            )
        )
    )
    if case.contact_shared:
        hidden = words.gettext("The counsellors see your name and number: you showed them.")
    else:
        hidden = words.gettext(
            "The counsellors do not see your name and number unless you show them. "
            "What you send, they see."
        )
    blocks.append(escape(hidden))
    return _with_lines(context, blocks, _rows(words, case, again=again), case, facts)


def already_open(context: Context, case: Case, facts: Facts) -> Screen:
    """They have a request already, or write while nobody works."""
    text = context.words.gettext("Request {number} is open. What you write here goes to people.")
    blocks = [f"<b>{about(text, case)}</b>", escape(_what_next(context, case, facts))]
    return _with_lines(context, blocks, _rows(context.words, case, again=False), case, facts)


def _what_next(context: Context, case: Case, facts: Facts) -> str:
    """Whether somebody is there, and how long it takes: as it is, not as we would wish."""
    words = context.words
    if not facts.is_open:
        return _closed_now(context, facts)
    if facts.on_duty:
        lines = [words.gettext("A counsellor is on duty now and will answer here, in this chat.")]
    else:
        lines = [words.gettext("The counsellors read it and answer here, in this chat.")]
    if facts.usual_wait is not None and case.answered is None:
        text = words.gettext("Usual wait: {period}.")
        lines.append(text.format(period=period(words, facts.usual_wait)))
    return " ".join(lines)


def _closed_now(context: Context, facts: Facts) -> str:
    words = context.words
    if facts.opens_at is None:
        return words.gettext("The counsellors are not at work now. They answer here later.")
    zone = ZoneInfo(facts.group.hours.zone if facts.group.hours is not None else KAZAKHSTAN)
    opens = datetime.fromtimestamp(facts.opens_at, UTC).astimezone(zone)
    if opens.date() == context.today:
        text = words.gettext(
            "The counsellors are not at work now. They are back today at {time} and answer here."
        )
    else:
        text = words.gettext(
            "The counsellors are not at work now. They are back at {time} on {date} "
            "and answer here."
        )
    return text.format(time=f"{opens:%H:%M}", date=words.date(opens.date()))


def _rows(words: Words, case: Case, *, again: bool) -> tuple[tuple[Button, ...], ...]:
    rows: list[tuple[Button, ...]] = []
    if again:
        only_bot = press("🤖 " + words.gettext("Only the bot"), BotPreferred(case.number))
        rows.append((only_bot,))
    else:
        rows.append((cancel_button(words, case),))
    if not case.contact_shared:
        label = "📇 " + words.gettext("Show name and number")
        rows.append((press(label, ContactOffered(case.number)),))
    return tuple(rows)


def cancel_button(words: Words, case: Case) -> Button:
    """Takes the request back."""
    return press("✖️ " + words.gettext("Close the request"), CaseCancelled(case.number))


def about(text: str, case: Case) -> str:
    """A sentence with the number of the request; HTML."""
    return escape(text.format(number=case.number))


def _with_lines(
    context: Context, blocks: list[str], rows: Keyboard, case: Case, facts: Facts
) -> Screen:
    """With whom to call meanwhile.

    Rule: nobody in danger, and nobody who comes while the staff are away, is left with waiting.
    """
    if not case.is_urgent and facts.is_open:
        return Screen("\n\n".join(blocks), rows)
    title = escape(context.words.gettext("Hotlines for the whole country:"))
    lines = hotlines(context.library)[:MAX_HOTLINES]
    blocks = [*blocks, f"<b>{title}</b>\n{phone_list(context, lines)}"]
    copies = in_pairs(copy_phone(line.phones[0]) for line in lines[:MAX_COPY_BUTTONS])
    hide = () if WATCHED.isdisjoint(case.dangers) else (hide_row(context),)
    return Screen("\n\n".join(blocks), (*copies, *hide, *rows))
