"""Short replies: a sentence or two and where to go from there."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from bot.dialogue.events import AnswerChosen, Lead, MediaKind, PersonWanted, Unread
from bot.telegram.render.context import press
from bot.telegram.render.menus import locale_rows, menu_button, person_button
from bot.telegram.render.screen import Screen

if TYPE_CHECKING:
    from bot.telegram.effects import Button
    from bot.telegram.render.context import Context

OTHER_LANGUAGE = "I understand Kazakh, Russian, Uzbek, Tajik and Kyrgyz. Please choose a language."
"""In English, which no catalog has: for those who read none of our languages."""


def lost(context: Context, *, again: bool) -> Screen:
    """Not understood: once, ask for other words; twice, the ways that need no words."""
    words = context.words
    if not again:
        text = words.gettext("I did not understand. Please write it in other words, shorter.")
        return Screen(escape(text), (_ways_out(context),))
    text = words.gettext(
        "I still do not understand, sorry. Choose a topic, call a hotline or ask a living person."
    )
    return Screen(escape(text), (*_hotline_row(context), _ways_out(context, lost=True)))


def out_of_scope(context: Context, *, again: bool) -> Screen:
    """Understood as none of our subjects."""
    text = context.words.gettext(
        "I answer only about work, papers, wages, danger and help for migrants in Kazakhstan."
    )
    rows = (*_hotline_row(context), _ways_out(context, lost=True))
    if not again:
        rows = (_ways_out(context),)
    return Screen(escape(text), rows)


def other_language(context: Context) -> Screen:
    """Said in English too, for those who read none of our languages."""
    own = context.words.gettext(
        "I understand Kazakh, Russian, Uzbek, Tajik and Kyrgyz. Please choose a language."
    )
    return Screen(escape(f"{OTHER_LANGUAGE}\n{own}"), locale_rows())


def no_reading(context: Context, cause: Unread) -> Screen:
    """The classifier is away; what works without it."""
    words = context.words
    if cause is Unread.SLOW:
        text = words.gettext(
            "Reading your question takes too long right now. Please choose a topic."
        )
    else:
        text = words.gettext(
            "I cannot read questions right now. Topics, centres and hotlines work."
        )
    return Screen("⏳ " + escape(text))


def cannot_read(context: Context, kind: MediaKind) -> Screen:
    """A message of a kind we cannot read: what to do instead."""
    words = context.words
    match kind:
        case MediaKind.VOICE | MediaKind.VIDEO:
            text = words.gettext("I cannot listen to voice or video. Please write your question.")
        case MediaKind.PHOTO | MediaKind.DOCUMENT:
            text = words.gettext(
                "I cannot look at photos or files, and I did not keep this one. "
                "Please write your question."
            )
        case MediaKind.CONTACT:
            text = words.gettext("I did not keep this contact. Please write your question.")
        case MediaKind.STICKER:
            text = words.gettext("Please write your question in words, or choose a topic.")
        case MediaKind.OTHER:
            text = words.gettext("I can read only text. Please write your question.")
    return Screen(escape(text), (_ways_out(context),))


def wordless(context: Context) -> Screen:
    """Only emoji or signs came."""
    text = context.words.gettext("Please write your question in words, or choose a topic.")
    return Screen(escape(text), (_ways_out(context),))


def forgotten(context: Context) -> Screen:
    """All that was kept is erased; what we cannot erase is said, too."""
    words = context.words
    lines = (
        words.gettext("Done: everything I kept about you is erased."),
        words.gettext("The messages in this chat are kept by Telegram; you can delete them there."),
    )
    return Screen(escape("\n".join(lines)))


def feedback_thanks(context: Context) -> Screen:
    """Thanks, without a message of its own."""
    return Screen(escape(context.words.gettext("Thank you!")), toast=True)


def stale(context: Context) -> Screen:
    """The button was of an old release, or forged."""
    text = context.words.gettext("This button no longer works. Here are the topics.")
    return Screen(escape(text), toast=True)


def apology(context: Context) -> Screen:
    """Something failed on our side; said in words, with the ways that still help."""
    text = context.words.gettext(
        "Something went wrong on my side. Please try again, or choose a topic."
    )
    return Screen(escape(text), (_ways_out(context),))


def group_notice(context: Context) -> Screen:
    """Written in a group: the helpline speaks in private only."""
    text = context.words.gettext("I answer only in a private chat: please write to me there.")
    return Screen(escape(text))


def _ways_out(context: Context, *, lost: bool = False) -> tuple[Button, ...]:
    wanted = PersonWanted(Lead.LOST) if lost else None
    return (menu_button(context), person_button(context, wanted))


def _hotline_row(context: Context) -> tuple[tuple[Button, ...], ...]:
    if "hotline" not in context.library.answers:
        return ()
    label = "☎️ " + context.words.gettext("Hotlines")
    return ((press(label, AnswerChosen("hotline")),),)
