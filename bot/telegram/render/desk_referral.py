"""Whether a centre helped that the staff had named: the question, the thanks, and the staff's."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from bot.dialogue.events import Helped, Lead, PersonWanted, ReferralJudged
from bot.dialogue.marks import mark
from bot.telegram.render.context import press
from bot.telegram.render.menus import name_of, person_button
from bot.telegram.render.screen import Screen

if TYPE_CHECKING:
    from bot.answers.model import Centre
    from bot.telegram.render.context import Context


def ask(context: Context, case: int, centre: Centre | None) -> Screen:
    """Did it help? ``centre``: the one named last, if it is still on our list."""
    words = context.words
    if centre is None:
        text = words.gettext("Some days ago a counsellor named a centre to you. Did it help?")
    else:
        text = words.gettext("A counsellor named this centre to you: {name}. Did it help?")
        text = text.format(name=name_of(centre, words.locale))
    marked = None if centre is None else mark(centre)
    rows = (
        (
            press("👍 " + words.gettext("Yes"), ReferralJudged(case, Helped.YES, marked)),
            press("👎 " + words.gettext("No"), ReferralJudged(case, Helped.NO, marked)),
        ),
        (
            press(
                "☎️ " + words.gettext("Nobody answers there"),
                ReferralJudged(case, Helped.NO_ANSWER, marked),
            ),
        ),
    )
    return Screen(escape(text), rows)


def thanks(context: Context, helped: Helped) -> Screen:
    """Thanks; where it did not help, the way to a person."""
    words = context.words
    if helped is Helped.YES:
        return Screen(escape(words.gettext("Thank you!")), toast=True)
    text = words.gettext("Thank you for telling. A counsellor can look for other help with you.")
    return Screen(escape(text), ((person_button(context, PersonWanted(Lead.ANSWER)),),))


def told(context: Context, helped: Helped, centre: Centre | None) -> Screen:
    """What the staff learn of it."""
    words = context.words
    name = "–" if centre is None else name_of(centre, words.locale)
    match helped:
        case Helped.YES:
            text = words.gettext("The person says of {name}: it helped.")
        case Helped.NO:
            text = words.gettext("The person says of {name}: it did not help.")
        case Helped.NO_ANSWER:
            text = words.gettext("The person says of {name}: nobody answers the phone.")
    return Screen(escape(text.format(name=name)), silent=helped is Helped.YES)
