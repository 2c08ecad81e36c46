"""Which danger cards a message calls for: the lexicon's opinion and the classifier's together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers.model import DangerKind
from bot.dialogue.events import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.answers.model import Library
    from bot.dialogue.events import TextReceived
    from bot.dialogue.thresholds import Thresholds

MAX_CARDS = 2

_LEXICON_ALONE = frozenset({DangerKind.SELF_HARM, DangerKind.CHILD_MISSING})
"""The classifier has no intent for these."""

NAMES = frozenset(kind.value for kind in DangerKind)
"""The intents that a danger card answers."""


def dangers(
    event: TextReceived, thresholds: Thresholds, library: Library
) -> tuple[DangerKind, ...]:
    """The kinds of danger whose cards are shown, the likeliest first, at most ``MAX_CARDS``.

    The classifier need not be sure of the intent: a card for the neighbouring danger still says
    whom to call. Where it wavers between two dangers, both are shown. Where it is sure of one, that
    goes before what the lexicon found: "taken away from the lathe" is no injury. A word of the
    lexicon in a message that sounds quite calm to the classifier is another word ("they held back
    my wages"): of the dangers that the classifier knows, not of the others.
    """
    found = [kind for kind in event.danger if kind in library.cards]
    if not isinstance(event.reading, Reading):
        return tuple(found[:MAX_CARDS])
    urgency = event.reading.urgency
    if event.reading.intents and urgency < thresholds.calm:
        found = [kind for kind in found if kind in _LEXICON_ALONE]
    alone = [kind for kind in found if kind in _LEXICON_ALONE]
    sure: list[DangerKind] = []
    wavering: list[DangerKind] = []
    if urgency >= thresholds.urgent:
        likely = list(_likely(event.reading, thresholds, library))
        sure, wavering = _parted(likely, thresholds)
    return tuple(dict.fromkeys([*alone, *sure, *found, *wavering]))[:MAX_CARDS]


def _likely(
    reading: Reading, thresholds: Thresholds, library: Library
) -> Iterator[tuple[DangerKind, float]]:
    for guess in reading.intents:
        if guess.name in NAMES and guess.confidence >= thresholds.likely:
            kind = DangerKind(guess.name)
            if kind in library.cards:
                yield kind, guess.confidence


def _parted(
    likely: list[tuple[DangerKind, float]], thresholds: Thresholds
) -> tuple[list[DangerKind], list[DangerKind]]:
    """The danger that the classifier is sure of, or else those it wavers between."""
    if likely and likely[0][1] >= thresholds.sure:
        return [likely[0][0]], []
    return [], [kind for kind, _ in likely]
