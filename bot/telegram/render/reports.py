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
    """The button under a list that tells of a wrong number; none without numbers.

    A number that is another's stands in the list under that other's name. One button can name
    ``MAX_MARKS`` centres; under a longer list there are several, in one row.
    """
    numbered = [centre for centre in shown if centre.phones and not centre.ask_at]
    marks = tuple(dict.fromkeys(map(mark, numbered)))
    parts = [marks[i : i + MAX_MARKS] for i in range(0, len(marks), MAX_MARKS)]
    label = "⚠️ " + context.words.gettext("A number is wrong")
    buttons = [
        press(
            label if len(parts) == 1 else f"{label} {number}/{len(parts)}", WrongNumbersListed(part)
        )
        for number, part in enumerate(parts, start=1)
    ]
    return (tuple(buttons),) if buttons else ()


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
