"""A number is wrong: the button, the choice of the number, the thanks."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from bot.dialogue.events import WrongNumberNamed, WrongNumbersListed
from bot.dialogue.marks import mark
from bot.telegram.callbacks import MAX_MARKS
from bot.telegram.render.context import press
from bot.telegram.render.menus import menu_button, name_of
from bot.telegram.render.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.answers.model import Centre
    from bot.telegram.effects import Button
    from bot.telegram.render.context import Context

MAX_LABEL = 60
"""Telegram shows about two lines of a button; the number stands first."""


def wrong_number_button(
    context: Context, shown: Iterable[Centre]
) -> tuple[tuple[Button, ...], ...]:
    """One row with the button under a list that tells of a wrong number; none without numbers."""
    marks = tuple(mark(centre) for centre in shown if centre.phones)[:MAX_MARKS]
    if not marks:
        return ()
    label = "⚠️ " + context.words.gettext("A number is wrong")
    return ((press(label, WrongNumbersListed(marks)),),)


def ask_wrong_number(context: Context, centres: Iterable[Centre]) -> Screen:
    """Which number is wrong? One tap."""
    words = context.words
    text = words.gettext("Which number is wrong or does not answer?")
    rows = tuple(
        (press(_label(context, centre), WrongNumberNamed(mark(centre))),) for centre in centres
    )
    return Screen(escape(text), (*rows, (menu_button(context),)))


def wrong_number_thanks(context: Context, centre: Centre) -> Screen:
    """Thanks, and who will look at it; in place of the choice, so that nobody taps on."""
    words = context.words
    text = words.gettext("Thank you! We will check this number: {name}.").format(
        name=name_of(centre, words.locale)
    )
    return Screen(escape(text), ((menu_button(context),),), in_place=True)


def _label(context: Context, centre: Centre) -> str:
    label = f"{', '.join(centre.phones[:1])} · {name_of(centre, context.words.locale)}"
    return label if len(label) <= MAX_LABEL else label[: MAX_LABEL - 1].rstrip() + "…"
