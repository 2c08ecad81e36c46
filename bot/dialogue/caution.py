"""Whether a text may be a cry for help, also where the bot was not sure enough for a card. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers.model import DangerKind
from bot.dialogue.events import Reading

if TYPE_CHECKING:
    from bot.dialogue.events import TextReceived
    from bot.dialogue.thresholds import Thresholds

PERHAPS_URGENT = 0.5
"""From here a text is rather urgent than not. Far below what calls for a card: one question too few
costs a training phrase, one too many costs somebody's trust."""

_KINDS = frozenset(kind.value for kind in DangerKind)


def may_be_danger(event: TextReceived, thresholds: Thresholds) -> bool:
    """Whether a word of the lexicon, the urgency or a likely intent speaks for danger."""
    if event.danger:
        return True
    if not isinstance(event.reading, Reading):
        return False
    if event.reading.urgency >= PERHAPS_URGENT:
        return True
    guesses = event.reading.intents
    return any(g.name in _KINDS and g.confidence >= thresholds.likely for g in guesses)
