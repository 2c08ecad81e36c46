"""For a phone that others look at: what to do, and messages that vanish."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from msgspec.structs import replace

from bot.answers.model import DangerKind, Status
from bot.answers.pick import main_page
from bot.dialogue.events import HideWanted, QuietWanted
from bot.dialogue.turn import QUIET_PHONE
from bot.telegram.render.answer import overdue
from bot.telegram.render.context import press
from bot.telegram.render.markdown import to_html
from bot.telegram.render.menus import menu_button, person_button
from bot.telegram.render.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.telegram.effects import Button
    from bot.telegram.render.context import Context


WATCHED = frozenset({DangerKind.TRAFFICKING, DangerKind.VIOLENCE, DangerKind.PASSPORT_WITHHELD})
"""Where the one who is the danger may stand beside the phone."""


def unasked(context: Context, screen: Screen, dangers: Iterable[DangerKind]) -> Screen:
    """What comes when nobody expects it, as a phone may show it that others look at.

    Rule: without a sound, and the first line, which a lock screen shows, says nothing.
    """
    if WATCHED.isdisjoint(dangers):
        return screen
    return replace(screen, html=f"{neutral_line(context)}\n\n{screen.html}", silent=True)


def neutral_line(context: Context) -> str:
    """A first line for the lock screen; HTML."""
    return escape(context.words.gettext("The answer to your question:"))


def quiet_rows(context: Context) -> tuple[tuple[Button, ...], ...]:
    """The buttons under a card: what to do if others see the phone, and hide this."""
    own = _with_message(context, ())
    hide = _hide_button(context, own)
    if QUIET_PHONE not in context.library.answers:
        return ((hide,),)
    label = "👁 " + context.words.gettext("Others see my phone")
    return ((press(label, QuietWanted(own)),), (hide,))


def hide_row(context: Context) -> tuple[Button, ...]:
    """The button that takes away a message with numbers, on a phone that others look at."""
    return (_hide_button(context, _with_message(context, ())),)


def quiet_advice(context: Context, messages: tuple[int, ...]) -> Screen:
    """The counsellors' advice; hiding it hides the card and the person's words, too."""
    words = context.words
    found = context.library.answers[QUIET_PHONE]
    selection = main_page(found, words.locale)
    blocks = [neutral_line(context), *map(to_html, selection.markdown)]
    if selection.locale != words.locale:
        note = words.gettext("This answer is not yet translated into your language.")
        blocks.append(f"<i>{escape(note)}</i>")
    if found.status is Status.DRAFT:
        note = words.gettext("Not yet checked by our counsellors.")
        blocks.append(f"<i>⚠️ {escape(note)}</i>")
    blocks += [f"<i>{escape(line)}</i>" for line in overdue(context, found)]
    hide = _hide_button(context, _with_message(context, messages))
    return Screen("\n\n".join(blocks), ((hide,), (person_button(context),)), silent=True)


def hidden(context: Context, messages: tuple[int, ...]) -> Screen:
    """A line that says nothing, in place of what was there.

    The message with the button is changed rather than deleted: Telegram lets a bot change its
    messages at any age and delete them for 48 hours only, and nothing new rings the phone.
    """
    text = context.words.gettext("How can I help?")
    return Screen(
        escape(text), ((menu_button(context),),), in_place=True, silent=True, deletes=messages
    )


def _hide_button(context: Context, messages: tuple[int, ...]) -> Button:
    return press("🙈 " + context.words.gettext("Hide this message"), HideWanted(messages))


def _with_message(context: Context, messages: tuple[int, ...]) -> tuple[int, ...]:
    """These messages, and the one that is answered: the person's words, or the card."""
    return messages if context.message is None else (*messages, context.message)
