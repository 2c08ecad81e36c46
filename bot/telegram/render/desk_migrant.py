"""What migrants are told about their case, in short sentences.

Nothing is promised that only people could keep: not that somebody answers today, not how soon.
"""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.dialogue.events import (
    CaseRated,
    WordWanted,
)
from bot.dialogue.places import hotlines
from bot.handoff import notices
from bot.handoff.case import Ending
from bot.handoff.hours import KAZAKHSTAN
from bot.handoff.rules import Rules
from bot.telegram.effects import ReplyButton, ReplyKeyboard
from bot.telegram.render.context import press
from bot.telegram.render.desk_opened import about, already_open, cancel_button, opened
from bot.telegram.render.desk_periods import days, period
from bot.telegram.render.desk_words import FACES
from bot.telegram.render.menus import menu_button
from bot.telegram.render.places import human
from bot.telegram.render.quiet import unasked
from bot.telegram.render.screen import Screen

if TYPE_CHECKING:
    from bot.catalogs import Words
    from bot.handoff.case import Case
    from bot.handoff.notices import Notice
    from bot.telegram.render.context import Context
    from bot.telegram.render.desk_facts import Facts


def notice(context: Context, said: Notice, case: Case, facts: Facts) -> Screen | None:
    """A notice in the migrant's words; None for one that is not for them."""
    words = context.words
    match said:
        case notices.Opened(again):
            return opened(context, case, facts, again=again)
        case notices.AlreadyOpen():
            return already_open(context, case, facts)
        case notices.Cancelled():
            text = words.gettext("Request {number} is closed. I answer you again.")
            return Screen(about(text, case), ((menu_button(context),),))
        case notices.Closed(ending):
            return unasked(context, _closed(context, case, ending), case.dangers)
        case notices.WillClose(seconds):
            text = words.gettext(
                "Nobody has written here for long. I will close request {number} in {period}. "
                "Do you still need help? Then write here."
            )
            filled = text.format(number=case.number, period=period(words, seconds))
            screen = Screen(escape(filled), ((cancel_button(words, case),),))
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


def nobody_reads(context: Context, case: Case) -> Screen:
    """The bot is in no staff group: nobody would read what is written here."""
    text = context.words.gettext(
        "I cannot reach the counsellors now: nobody reads request {number}. "
        "I keep trying. Please call one of these lines meanwhile:"
    )
    return unasked(context, _with_hotlines(context, text.format(number=case.number)), case.dangers)


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


def file_held(words: Words) -> str:
    """What becomes of a file whose name may tell who somebody is."""
    return words.gettext(
        "The name of this file may tell who you are. The counsellors see it only if they open the "
        "file, and I keep who did. A photo has no name."
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
        return Screen(about(text, case), ((menu_button(context),),))
    again = words.gettext("Do you need a person once more? Write here within {period}.")
    asked = words.gettext("Did the counsellors help you?")
    reopen = days(words, Rules().reopen)
    blocks = (about(text, case), escape(again.format(period=reopen)), f"<b>{escape(asked)}</b>")
    faces = tuple(press(face, CaseRated(case.number, stars)) for stars, face in FACES.items())
    return Screen("\n\n".join(blocks), (faces, (menu_button(context),)))


def _with_hotlines(context: Context, text: str) -> Screen:
    """Words above the lines that living people answer."""
    return human(context, hotlines(context.library), told=text)


_KAZAKHSTAN = ZoneInfo(KAZAKHSTAN)
