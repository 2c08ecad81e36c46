"""The danger card: three lines, whom to call, in two taps."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from bot.answers.pick import main_page
from bot.dialogue.events import Lead, PersonWanted
from bot.dialogue.places import serves
from bot.telegram.render.answer import doubts
from bot.telegram.render.context import copy_phone
from bot.telegram.render.markdown import to_html
from bot.telegram.render.menus import flag_of, in_pairs, person_button, related_rows
from bot.telegram.render.quiet import WATCHED, neutral_line, quiet_rows
from bot.telegram.render.screen import Screen

if TYPE_CHECKING:
    from bot.answers.model import Answer, Centre, DangerKind
    from bot.telegram.render.context import Context

MAX_PHONES = 6
MAX_RELATED = 1


def danger(context: Context, kind: DangerKind) -> Screen:
    """A card: its lines, the phones as buttons that copy them, a person, the full answer.

    Rule: where others may look at the phone it comes without a sound, and what a lock screen shows
    of it, its first line, says nothing. The other cards begin with what to do now: with a life or a
    child at stake a second counts more than who reads along.
    """
    card = context.library.cards[kind]
    selection = main_page(card, context.words.locale)
    html = "\n\n".join(to_html(markdown) for markdown in selection.markdown)
    if kind in WATCHED:
        html = f"{neutral_line(context)}\n\n{html}"
    if selection.locale != context.words.locale:
        note = context.words.gettext("This answer is not yet translated into your language.")
        html += f"\n\n<i>{escape(note)}</i>"
    html += "".join(f"\n\n<i>{escape(line)}</i>" for line in doubts(context, card))
    buttons = [copy_phone(c.phones[0], flag_of(c)) for c in _callable(context, card)]
    return Screen(
        html,
        (
            *in_pairs(buttons),
            (person_button(context, PersonWanted(Lead.DANGER, kind.value)),),
            *related_rows(context, card.related[:MAX_RELATED]),
            *quiet_rows(context),
        ),
        silent=kind in WATCHED,
    )


def _callable(context: Context, card: Answer) -> list[Centre]:
    """Whom the card says to call; of the consulates only the person's own, if it is known."""
    by_id = {centre.id: centre for centre in context.library.centres}
    named = [by_id[name] for name in card.phones if name in by_id and by_id[name].phones]
    own = [centre for centre in named if serves(centre, context.citizenship)]
    return own[:MAX_PHONES]
