"""Finds curated answers by any words of theirs, in the language of whoever looks. Pure."""

from __future__ import annotations

from collections import Counter
from math import log
from typing import TYPE_CHECKING

from bot.answers.pick import SOURCE_LOCALE, text_for
from bot.language.fold import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.answers.model import Answer, Library
    from bot.language.tags import Locale

LIMIT = 5
"""Buttons that fit a phone's screen below the question."""

_TITLE, _NAME, _BODY = 3.0, 2.5, 1.0
_SHORTEST_STEM = 4
_ENDING = 3
"""Our languages bear endings: words count as the same when they differ after a stem of at least
four letters, or by at most so many letters at the end."""
_SAME_STEM = 0.6


class AnswerSearch:
    """Finds answers; reads the texts once for each version of the library and language."""

    def __init__(self) -> None:
        self._version = ""
        self._read: dict[Locale, dict[str, dict[str, float]]] = {}

    def find(
        self, library: Library, locale: Locale, wanted: str, limit: int = LIMIT
    ) -> tuple[Answer, ...]:
        """The answers that fit some words best, the best first.

        An answer fits if it has more of the words than others, and rarer ones; words of its
        question and short name, in the locale or in Russian, and of its intent's name weigh more
        than those of its text.

        Args:
            library: the curated content.
            locale: the language of whoever looks.
            wanted: any words, in any spelling that ``language.fold`` knows; empty finds nothing.
            limit: how many answers at most.
        """
        weights = self._weights(library, locale)
        matched: Counter[str] = Counter()
        scores: Counter[str] = Counter()
        for word in dict.fromkeys(words(wanted)):
            fits = {name: fit for name, read in weights.items() if (fit := _fit(word, read))}
            rarity = log(1 + len(weights) / max(1, len(fits)))
            for name, fit in fits.items():
                matched[name] += 1
                scores[name] += round(1000 * fit * rarity)
        best = sorted(matched, key=lambda name: (-matched[name], -scores[name], name))
        return tuple(library.answers[name] for name in best[:limit])

    def _weights(self, library: Library, locale: Locale) -> dict[str, dict[str, float]]:
        if library.version != self._version:
            self._version, self._read = library.version, {}
        if locale not in self._read:
            answers = library.answers.items()
            self._read[locale] = {name: _weights(answer, locale) for name, answer in answers}
        return self._read[locale]


def _weights(answer: Answer, locale: Locale) -> dict[str, float]:
    """The folded words of an answer, with how much each says about it."""
    weighed: dict[str, float] = {}
    for language in dict.fromkeys((locale, SOURCE_LOCALE)):
        text = text_for(answer, language).text
        _add(weighed, text.parts.values(), _BODY)
        _add(weighed, (text.question, text.short), _TITLE)
    _add(weighed, answer.intent.split("_"), _NAME)
    return weighed


def _add(weighed: dict[str, float], texts: Iterable[str], weight: float) -> None:
    for text in texts:
        for word in words(text):
            weighed[word] = max(weight, weighed.get(word, 0.0))


def _fit(word: str, weighed: Mapping[str, float]) -> float:
    """How well an answer fits one word; 0 for not at all."""
    return max((_likeness(word, known) * weight for known, weight in weighed.items()), default=0.0)


def _likeness(word: str, known: str) -> float:
    if word == known:
        return 1.0
    if word.isdecimal() or known.isdecimal():
        return 0.0
    common = 0
    for ours, theirs in zip(word, known, strict=False):
        if ours != theirs:
            break
        common += 1
    if common < _SHORTEST_STEM:
        return 0.0
    if common == len(word) or max(len(word), len(known)) - common <= _ENDING:
        return _SAME_STEM
    return 0.0
