"""The danger lexicon: finds life-threatening trouble in a message without any classifier.

The patterns are data, one file per language under ``nlu_data/danger``; all languages are looked for
at once, for people mix them. A pattern is a row of places; each place is a word, a stem (``*``) or
several of these separated by ``|``. It matches when its places occur in order, each at most six
words after the one before. A ``not`` pattern takes back a match that it overlaps or touches.

Words are compared folded (``bot.language.fold``); Latin words also by skeleton, so that ``derzhat
nasilno`` meets ``держат насильно``.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from bot.answers.model import DangerKind
from bot.language.fold import fold, split_words
from bot.language.skeleton import skeleton

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

FARTHEST = 6
"""Words from one place of a pattern to the next, at most."""

NEAR = 2
"""A ``not`` pattern counts if it lies within this many words of the match."""


class Alternative(NamedTuple):
    """One word of a place as written; a stem matches every word that begins with it."""

    word: str
    is_stem: bool


@dataclass(frozen=True)
class Pattern:
    """One line of a danger file: places in order, each with its alternatives."""

    kind: DangerKind
    language: str
    places: tuple[tuple[Alternative, ...], ...]
    is_exception: bool = False


class Span(NamedTuple):
    """From the first to the last matched word, by index."""

    first: int
    last: int


class _Place(NamedTuple):
    """The place ``order`` (from 0) of the pattern numbered ``pattern``."""

    pattern: int
    order: int


_Table = dict[str, list[_Place]]


@dataclass(frozen=True)
class _Words:
    """Places by the words and stems that fill them, in one way of writing."""

    whole: _Table = field(default_factory=lambda: defaultdict(list))
    stems: _Table = field(default_factory=lambda: defaultdict(list))

    def add(self, form: str, place: _Place, *, is_stem: bool) -> None:
        table = self.stems if is_stem else self.whole
        if place not in table[form]:
            table[form].append(place)

    def places(self, word: str) -> Iterator[_Place]:
        yield from self.whole.get(word, ())
        stems = self.stems
        for length in range(2, len(word) + 1):
            if word[:length] in stems:
                yield from stems[word[:length]]


class DangerLexicon:
    """All patterns, compiled; see the module for how they match.

    Args:
        patterns: of all languages.
    """

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._patterns = tuple(patterns)
        self._last_place = [len(pattern.places) - 1 for pattern in self._patterns]
        self._folded = _Words()
        self._skeletons = _Words()
        self._skeletons_of_latin = _Words()
        for number, pattern in enumerate(self._patterns):
            for index, place in enumerate(pattern.places):
                for alternative in place:
                    self._add(alternative, _Place(number, index))

    def find(self, text: str) -> tuple[DangerKind, ...]:
        """The kinds of danger in a text, gravest first (the order of ``DangerKind``)."""
        found: dict[tuple[DangerKind, str], list[Span]] = defaultdict(list)
        exceptions: dict[tuple[DangerKind, str], list[Span]] = defaultdict(list)
        for number, span in self._matches(text):
            pattern = self._patterns[number]
            group = exceptions if pattern.is_exception else found
            group[pattern.kind, pattern.language].append(span)
        kinds = {
            kind
            for (kind, language), spans in found.items()
            if any(_stands(span, exceptions.get((kind, language), ())) for span in spans)
        }
        return tuple(kind for kind in DangerKind if kind in kinds)

    def _add(self, alternative: Alternative, place: _Place) -> None:
        word, is_stem = alternative
        folded = fold(word)
        self._folded.add(folded, place, is_stem=is_stem)
        self._skeletons.add(skeleton(word), place, is_stem=is_stem)
        if _is_latin(folded):
            self._skeletons_of_latin.add(skeleton(word), place, is_stem=is_stem)

    def _places(self, folded: str, common: str) -> list[_Place]:
        """What a word, folded and as skeleton, may fill; the last places of patterns first."""
        places = set(self._folded.places(folded))
        by_skeleton = self._skeletons if _is_latin(folded) else self._skeletons_of_latin
        places.update(by_skeleton.places(common))
        return sorted(places, key=lambda place: -place.order)

    def _matches(self, text: str) -> Iterator[tuple[int, Span]]:
        """Numbers of the matching patterns, with where they match.

        For every place of every pattern the latest word at which the pattern was fulfilled up to
        there is kept: a later one can only be nearer to what follows.
        """
        reached: dict[_Place, Span] = {}
        known: dict[tuple[str, str], list[_Place]] = {}
        for at, forms in enumerate(_forms(text)):
            if forms not in known:
                known[forms] = self._places(*forms)
            # the last places first, so that one word does not fill two places of a pattern
            for place in known[forms]:
                if place.order == 0:
                    span = Span(at, at)
                else:
                    before = reached.get(_Place(place.pattern, place.order - 1))
                    if before is None or at - before.last > FARTHEST:
                        continue
                    span = Span(before.first, at)
                reached[place] = span
                if place.order == self._last_place[place.pattern]:
                    yield place.pattern, span


def _stands(span: Span, exceptions: Sequence[Span]) -> bool:
    return not any(
        other.first <= span.last + NEAR and span.first <= other.last + NEAR for other in exceptions
    )


def _forms(text: str) -> Iterator[tuple[str, str]]:
    """Each word of a text, folded and as skeleton."""
    folded = split_words(fold(text))
    common = split_words(skeleton(text))
    if len(folded) != len(common):  # a letter that only one of them drops
        common = [skeleton(word) for word in folded]
    return zip(folded, common, strict=True)


def _is_latin(folded: str) -> bool:
    return "a" <= folded[0] <= "z"
