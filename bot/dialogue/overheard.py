"""What the bot does with a text that is meant for the staff: nothing, unless it is danger. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue import acts, danger
from bot.dialogue.events import Command
from bot.dialogue.outcome import Outcome, Step, Verdict

if TYPE_CHECKING:
    from bot.answers.model import Library
    from bot.dialogue.events import TextReceived
    from bot.dialogue.session import Session
    from bot.dialogue.thresholds import Thresholds
    from bot.language.tags import Locale

_OBEYED = frozenset({Command.MENU, Command.LANGUAGE})
"""Plain words that are for the bot although a person listens. "Help!" and "a person?" are for the
person; to have everything erased is too grave for a word that may mean something else there."""


def is_for_the_bot(session: Session, event: TextReceived) -> bool:
    """Whether a text in an open case is for the bot: a word of the menu, a place it asked for."""
    if event.danger:
        return False
    return event.command in _OBEYED or (session.asked_place and event.bare_city)


def overhear(
    session: Session,
    event: TextReceived,
    library: Library,
    thresholds: Thresholds,
    locale: Locale,
) -> Outcome:
    """The danger cards that a text between migrant and staff calls for, and no other word.

    Args:
        session: stays as it is: the profile of a case is the staff's to correct.
        event: the text, read.
        library: has the cards.
        thresholds: how sure the classifier must be.
        locale: of the case.
    """
    kinds = danger.dangers(event, thresholds, library)
    cards = tuple(acts.ShowDanger(kind) for kind in kinds)
    if cards:
        return Outcome(Step(session, cards, Verdict.DANGER, kinds[0].value), locale)
    return Outcome(Step(session, (), Verdict.RELAYED), locale)
