"""Phrases that look like another language than the one they are filed under."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from bot.language.identify import OTHER, Identifier, Sample, train
from bot.language.scripts import Script, main_script
from bot.language.tags import Locale
from bot.understanding.phrases.guards import Doubt, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.understanding.phrases.guards import Placed

_FOLDS = 2
_SURE = 0.99
_UNLIKELY = 0.001
_ENOUGH_WORDS = 4
"""Shorter ones may be right in two languages."""


def mislabelled(phrases: Sequence[Placed], samples: Sequence[Sample] = ()) -> Iterator[Doubt]:
    """What an identifier that was trained without it takes for another of our languages.

    Each half of the phrases is judged by an identifier of the other half and the samples; it takes
    half a minute for all of ours. A phrase half in Russian, as people write, may be found too.

    Args:
        phrases: all of a project.
        samples: sentences whose language is known for sure.
    """
    for fold in range(_FOLDS):
        others = [phrase for phrase in phrases if _fold_of(phrase) != fold]
        judged = [phrase for phrase in phrases if _fold_of(phrase) == fold]
        texts = [Sample(phrase.text, phrase.locale.value) for phrase in others]
        identifier = train([*texts, *samples])
        for phrase in judged:
            yield from _judged(phrase, identifier)


def _judged(phrase: Placed, identifier: Identifier) -> Iterator[Doubt]:
    if len(phrase.text.split()) < _ENOUGH_WORDS:
        return
    ranking = identifier.rank(phrase.text)
    shares = {ranked.name: ranked.confidence for ranked in ranking}
    if not ranking or ranking[0].name == OTHER or ranking[0].confidence < _SURE:
        return
    if shares.get(_written_in(phrase), 0.0) < _UNLIKELY:
        sentence = f"It is filed under {phrase.locale.value} and looks like {ranking[0].name}."
        yield Doubt(Kind.OTHER_LANGUAGE, sentence, phrase.file, phrase.text)


def _written_in(phrase: Placed) -> str:
    """Uzbek may be typed in the other script."""
    if phrase.locale not in (Locale.UZ, Locale.UZ_CYRL):
        return str(phrase.locale.value)
    latin = main_script(phrase.text) is Script.LATIN
    return str((Locale.UZ if latin else Locale.UZ_CYRL).value)


def _fold_of(phrase: Placed) -> int:
    return sha256(phrase.text.encode()).digest()[0] % _FOLDS
