"""What migrants are told about their case, in short sentences.

Nothing is promised that only people could keep: not that somebody answers today, not how soon.
"""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.dialogue.events import (
    BotPreferred,
    CaseCancelled,
    CaseRated,
    ContactOffered,
    WordWanted,
)
from bot.dialogue.places import hotlines
from bot.handoff import notices
from bot.handoff.case import Ending
from bot.handoff.hours import KAZAKHSTAN
from bot.handoff.rules import Rules
from bot.telegram.effects import ReplyButton, ReplyKeyboard
from bot.telegram.render.context import copy_phone, press
from bot.telegram.render.desk_periods import days, period
from bot.telegram.render.desk_words import FACES
from bot.telegram.render.menus import in_pairs, menu_button
from bot.telegram.render.places import MAX_COPY_BUTTONS, MAX_HOTLINES, human, phone_list
from bot.telegram.render.quiet import unasked
from bot.telegram.render.screen import Screen

if TYPE_CHECKING:
    from bot.catalogs import Words
    from bot.handoff.case import Case
    from bot.handoff.notices import Notice
    from bot.telegram.effects import Button, Keyboard
    from bot.telegram.render.context import Context
    from bot.telegram.render.desk_facts import Facts


def notice(context: Context, said: Notice, case: Case, facts: Facts) -> Screen | None:
    """A notice in the migrant's words; None for one that is not for them."""
    words = context.words
    match said:
        case notices.Opened(again):
            return _opened(context, case, facts, again=again)
        case notices.AlreadyOpen():
            return _already_open(context, case, facts)
        case notices.Cancelled():
            text = words.gettext("Request {number} is closed. I answer you again.")
            return Screen(_about(text, case), ((menu_button(context),),))
        case notices.Closed(ending):
            return unasked(context, _closed(context, case, ending), case.dangers)
        case notices.WillClose(seconds):
            text = words.gettext(
                "Nobody has written here for long. I will close request {number} in {period}. "
                "Do you still need help? Then write here."
            )
            filled = text.format(number=case.number, period=period(words, seconds))
            screen = Screen(escape(filled), ((_cancel(words, case),),))
            return unasked(context, screen, case.dangers)
        case notices.Rated():
            add = press("✍️ " + words.gettext("Add a word"), WordWanted(case.number))
            return Screen(escape(words.gettext("Thank you!")), ((add,),))
        case _:
            return None


def refused(context: Context, until: float) -> Screen:
    """The staff blocked the person: until when, and who helps meanwhile."""
    text = context.words.gettext(
        "The counsellors do not take messages from this chat until {date}. "
        "I go on answering, and these lines help you:"
    )
    day = context.words.date(datetime.fromtimestamp(until, UTC).astimezone(_KAZAKHSTAN).date())
    return _with_hotlines(context, text.format(date=day))


def too_often(context: Context) -> Screen:
    """More requests in a day than the staff could read."""
    text = context.words.gettext(
        "You asked for a counsellor many times today. Try again tomorrow, or call now:"
    )
    return _with_hotlines(context, text)


def not_carried(words: Words, cause: notices.Cause | str) -> str:
    """Why a message did not reach the staff, and what to do instead."""
    match cause:
        case notices.Cause.KIND:
            return words.gettext(
                "I cannot pass on a message of this kind. Please write it in words."
            )
        case notices.Cause.SIZE:
            return words.gettext(
                "This file is too large for me. Please send a smaller one, up to 20 MB."
            )
        case notices.Cause.FILE:
            return words.gettext(
                "I do not pass on programs and archives. Please send a photo or a PDF."
            )
        case notices.Cause.TOO_MANY:
            return words.gettext(
                "Too many messages. From this one on I pass on nothing for a minute. "
                "Please wait, then write again."
            )
        case _:
            return words.gettext(
                "The counsellors did not get this message. Please send it once more."
            )


def ask_contact(context: Context) -> Screen:
    """One tap shows name and number; Telegram asks once more."""
    words = context.words
    text = words.gettext(
        "Press the button below, and the counsellors will see your name and phone number. "
        "If you do not want that, press the other one."
    )
    share = ReplyButton("📇 " + words.gettext("Show name and number"), request_contact=True)
    keyboard = ReplyKeyboard(((share,), (ReplyButton(keep_hidden(words)),)), one_time=True)
    return Screen(escape(text), reply_keyboard=keyboard)


def keep_hidden(words: Words) -> str:
    """The button that leaves name and number hidden; it arrives as a text."""
    return words.gettext("Do not show them")


def contact_kept(context: Context) -> Screen:
    """Nothing was shown."""
    text = context.words.gettext("I did not show them. Nobody sees your name and number.")
    return Screen(escape(text), reply_keyboard=ReplyKeyboard())


def contact_shown(context: Context) -> Screen:
    """The staff see name and number from now on."""
    text = context.words.gettext("The counsellors now see your name and phone number.")
    return Screen(escape(text), reply_keyboard=ReplyKeyboard())


def ask_word(context: Context) -> Screen:
    """What else about the help?"""
    text = context.words.gettext(
        "Write it now, in one message. The counsellors see it; your name they do not see."
    )
    return Screen(escape(text))


def word_thanks(context: Context) -> Screen:
    """The word is on its way."""
    return Screen(escape(context.words.gettext("Thank you! I pass it on to the counsellors.")))


def no_longer(context: Context) -> Screen:
    """The button belongs to a case that is over."""
    return Screen(escape(context.words.gettext("This request is closed.")), toast=True)


def rating_again(context: Context) -> Screen:
    """The same face twice."""
    return Screen(escape(context.words.gettext("Thank you!")), toast=True)


def staff_keep(context: Context) -> Screen:
    """What /forget cannot reach."""
    text = context.words.gettext(
        "I told the counsellors that you had your request erased. What you had sent them stays in "
        "their chat, without your name, until they delete it."
    )
    return Screen(escape(text))


def _opened(context: Context, case: Case, facts: Facts, *, again: bool) -> Screen:
    words = context.words
    if again:
        title = words.gettext("Request {number} to the counsellors is open again.")
    else:
        title = words.gettext("Your request to the counsellors is open. Its number: {number}.")
    blocks = [f"<b>{_about(title, case)}</b>", escape(_what_next(context, case, facts))]
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


def _already_open(context: Context, case: Case, facts: Facts) -> Screen:
    text = context.words.gettext("Request {number} is open. What you write here goes to people.")
    blocks = [f"<b>{_about(text, case)}</b>", escape(_what_next(context, case, facts))]
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


def _closed(context: Context, case: Case, ending: Ending) -> Screen:
    words = context.words
    if ending is Ending.BLOCKED:
        text = words.gettext(
            "The counsellors closed request {number} and take no more messages from this chat for "
            "now. I go on answering, and these lines help you:"
        )
        return _with_hotlines(context, text.format(number=case.number))
    if ending is Ending.IDLE:
        text = words.gettext(
            "Nobody has written here for long: request {number} is closed. I answer you again."
        )
    else:
        text = words.gettext("The counsellors closed request {number}. I answer you again.")
    if ending is Ending.SPAM:
        return Screen(_about(text, case), ((menu_button(context),),))
    again = words.gettext("Do you need a person once more? Write here within {period}.")
    asked = words.gettext("Did the counsellors help you?")
    reopen = days(words, Rules().reopen)
    blocks = (_about(text, case), escape(again.format(period=reopen)), f"<b>{escape(asked)}</b>")
    faces = tuple(press(face, CaseRated(case.number, stars)) for stars, face in FACES.items())
    return Screen("\n\n".join(blocks), (faces, (menu_button(context),)))


def _rows(words: Words, case: Case, *, again: bool) -> tuple[tuple[Button, ...], ...]:
    rows: list[tuple[Button, ...]] = []
    if again:
        only_bot = press("🤖 " + words.gettext("Only the bot"), BotPreferred(case.number))
        rows.append((only_bot,))
    else:
        rows.append((_cancel(words, case),))
    if not case.contact_shared:
        label = "📇 " + words.gettext("Show name and number")
        rows.append((press(label, ContactOffered(case.number)),))
    return tuple(rows)


def _cancel(words: Words, case: Case) -> Button:
    return press("✖️ " + words.gettext("Close the request"), CaseCancelled(case.number))


def _about(text: str, case: Case) -> str:
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
    return Screen("\n\n".join(blocks), (*copies, *rows))


def _with_hotlines(context: Context, text: str) -> Screen:
    """Words above the lines that living people answer."""
    return human(context, hotlines(context.library), told=text)


_KAZAKHSTAN = ZoneInfo(KAZAKHSTAN)
