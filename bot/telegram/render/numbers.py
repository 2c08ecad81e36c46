"""The phone numbers that an answer names: buttons that copy them, and one that calls them wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers.text_rules import phones
from bot.dialogue.places import serves
from bot.telegram.render.context import copy_phone
from bot.telegram.render.menus import flag_of, in_pairs
from bot.telegram.render.reports import wrong_number_button

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.answers.model import Centre
    from bot.telegram.effects import Keyboard
    from bot.telegram.render.context import Context

MAX_COPY_BUTTONS = 8
"""Two in a row: four rows still leave the text of the page on the screen."""


def number_rows(context: Context, markdown: Iterable[str]) -> tuple[Keyboard, Keyboard]:
    """Buttons for the numbers of a page.

    Of the consulates only the person's own get a button that copies, if it is known which that is;
    every number can be called wrong.

    Returns:
        The rows that copy, and the row under them that tells of a wrong number.
    """
    named = _named(context, markdown)
    own = [(p, c) for p, c in named.items() if serves(c, context.citizenship)]
    copies = in_pairs(copy_phone(phone, flag_of(c)) for phone, c in own[:MAX_COPY_BUTTONS])
    return copies, wrong_number_button(context, named.values())


def _named(context: Context, markdown: Iterable[str]) -> dict[str, Centre]:
    """The numbers in their order, with whose they are; the check sees to it that each has one."""
    whose: dict[str, Centre] = {}
    for centre in context.library.centres:
        if not centre.ask_at:
            for phone in centre.phones:
                whose.setdefault(phone, centre)
    found = dict.fromkeys(phone for part in markdown for phone in phones(part))
    return {phone: whose[phone] for phone in found if phone in whose}
