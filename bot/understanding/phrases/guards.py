"""What is doubtful about training phrases: what would teach the classifier something wrong. Pure.

The numbers are the project's own: at least ``FEWEST`` phrases for each question in each variant
and ``FEWEST_OUT_OF_SCOPE`` of what is none of our subjects.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from bot.language.skeleton import skeleton
from bot.language.tags import Locale

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

FEWEST = 40
FEWEST_OUT_OF_SCOPE = 150
OUT_OF_SCOPE = "out_of_scope"

_ENOUGH_WORDS = 4
"""Of shorter phrases one word of difference is the difference; and they are what everybody types
("hello", "patent price"), so that they stand among the measured messages too."""


class Kind(StrEnum):
    """What is wrong with phrases, or worth a look."""

    BROKEN_FILE = "broken_file"
    """A file is not in Rasa's format."""
    TWO_INTENTS = "two_intents"
    """One phrase stands under two intents of a language."""
    MEASURED_WITH = "measured_with"
    """The understanding is measured with it: what was trained on measures nothing."""
    TOO_FEW = "too_few"
    """An intent has too few phrases in a language."""
    SAME_WORDS = "same_words"
    """The same words stand under two intents, in another order or another spelling."""
    TWICE = "twice"
    """A phrase stands twice under one intent."""
    FOREIGN_LETTER = "foreign_letter"
    """A letter that the language's alphabet does not have."""
    TWO_ALPHABETS = "two_alphabets"
    """A word of Latin and Cyrillic letters."""
    OTHER_LANGUAGE = "other_language"
    """It looks like another language to an identifier that has not seen it."""
    ONE_WORD_APART = "one_word_apart"
    """Under another intent stands the same but for one word; that word had better decide."""

    @property
    def is_error(self) -> bool:
        """It must be mended."""
        return self in (Kind.BROKEN_FILE, Kind.TWO_INTENTS, Kind.MEASURED_WITH, Kind.TOO_FEW)

    @property
    def is_note(self) -> bool:
        """It may be quite right; somebody who knows the language should look once."""
        return self in _NOTES


_NOTES = frozenset(
    {Kind.FOREIGN_LETTER, Kind.TWO_ALPHABETS, Kind.OTHER_LANGUAGE, Kind.ONE_WORD_APART}
)


class Placed(msgspec.Struct, frozen=True):
    """A training phrase and where it stands.

    Attributes:
        text: what people write.
        intent: what it asks.
        locale: what it is written in.
        file: the path that is shown.
    """

    text: str
    intent: str
    locale: Locale
    file: str


class Doubt(msgspec.Struct, frozen=True):
    """One thing that was found.

    Attributes:
        kind: what sort of thing.
        sentence: what is wrong, for whoever mends it.
        file: where, as ``Placed`` has it; empty if it is about no file.
        phrase: which phrase; empty if it is about none.
    """

    kind: Kind
    sentence: str
    file: str = ""
    phrase: str = ""


def doubts(phrases: Sequence[Placed], measured: Iterable[str] = ()) -> Iterator[Doubt]:
    """All that can be told from the phrases alone; not what language they look like.

    Args:
        phrases: all of a project.
        measured: texts that the understanding is measured with.
    """
    yield from _too_few(phrases)
    yield from _measured_with(phrases, measured)
    for locale in Locale:
        ours = [phrase for phrase in phrases if phrase.locale is locale]
        yield from _again(ours)
        yield from _alike(ours)
        for phrase in ours:
            yield from _letters(phrase)


def counts(phrases: Iterable[Placed]) -> dict[str, dict[Locale, int]]:
    """How many phrases each intent has in each language."""
    found: dict[str, dict[Locale, int]] = defaultdict(lambda: dict.fromkeys(Locale, 0))
    for phrase in phrases:
        found[phrase.intent][phrase.locale] += 1
    return dict(sorted(found.items()))


def _too_few(phrases: Iterable[Placed]) -> Iterator[Doubt]:
    for intent, by_locale in counts(phrases).items():
        wanted = FEWEST_OUT_OF_SCOPE if intent == OUT_OF_SCOPE else FEWEST
        for locale, count in by_locale.items():
            if count < wanted:
                sentence = f"{intent} has {count} phrases in {locale.value}; {wanted} are wanted."
                yield Doubt(Kind.TOO_FEW, sentence)


def _measured_with(phrases: Iterable[Placed], measured: Iterable[str]) -> Iterator[Doubt]:
    known = {_plain(text) for text in measured}
    for phrase in phrases:
        if len(phrase.text.split()) >= _ENOUGH_WORDS and _plain(phrase.text) in known:
            sentence = "The understanding is measured with this phrase."
            yield _at(phrase, Kind.MEASURED_WITH, sentence)


def _again(phrases: Iterable[Placed]) -> Iterator[Doubt]:
    first: dict[str, Placed] = {}
    for phrase in phrases:
        other = first.setdefault(_plain(phrase.text), phrase)
        if other is phrase:
            continue
        if other.intent == phrase.intent:
            yield _at(phrase, Kind.TWICE, f"It stands in {other.file} already.")
        else:
            sentence = f"It stands under {other.intent} as well, in {other.file}."
            yield _at(phrase, Kind.TWO_INTENTS, sentence)


def _alike(phrases: Sequence[Placed]) -> Iterator[Doubt]:
    """The same words under two intents, and all words the same but one."""
    by_words: dict[tuple[str, ...], Placed] = {}
    by_words_less_one: dict[tuple[str, ...], Placed] = {}
    for phrase in phrases:
        words = tuple(sorted(_TERM.findall(skeleton(phrase.text))))
        other = by_words.setdefault(words, phrase)
        if other.intent != phrase.intent:
            if _plain(other.text) != _plain(phrase.text):  # else it was told already
                sentence = f"The same words stand under {other.intent}: {other.text!r}."
                yield _at(phrase, Kind.SAME_WORDS, sentence)
            continue
        if len(words) <= _ENOUGH_WORDS:
            continue
        for place in range(len(words)):
            rest = words[:place] + words[place + 1 :]
            other = by_words_less_one.setdefault(rest, phrase)
            if other.intent != phrase.intent:
                sentence = f"One word tells it from a phrase of {other.intent}: {other.text!r}."
                yield _at(phrase, Kind.ONE_WORD_APART, sentence)
                break


_RUSSIAN = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")
_ALPHABETS = {
    Locale.RU: _RUSSIAN,
    Locale.KK: _RUSSIAN | frozenset("әғқңөұүһі"),
    Locale.KY: _RUSSIAN | frozenset("ңөү"),
    Locale.TG: _RUSSIAN | frozenset("ғӣқӯҳҷ"),
    Locale.UZ: _RUSSIAN | frozenset("ўқғҳ"),
    Locale.UZ_CYRL: _RUSSIAN | frozenset("ўқғҳ"),
}
"""Cyrillic letters of each language; the Russian ones occur in the loan words of all of them."""

_WORD = re.compile(r"[^\W\d_]+")
_TERM = re.compile(r"[^\W\d_]+|\d+")
_LATIN, _CYRILLIC = "a-z\u00e0-\u024f", "\u0400-\u052f"
_MIXED = re.compile(rf"[{_LATIN}][{_CYRILLIC}]|[{_CYRILLIC}][{_LATIN}]")
_FOREIGN = {
    locale: re.compile(rf"(?![{''.join(sorted(letters))}])[{_CYRILLIC}]")
    for locale, letters in _ALPHABETS.items()
}


def _letters(phrase: Placed) -> Iterator[Doubt]:
    text, foreign = phrase.text.lower(), _FOREIGN[phrase.locale]
    if not foreign.search(text) and not _MIXED.search(text):
        return
    for word in _WORD.findall(text):
        if letters := set(foreign.findall(word)):
            found = ", ".join(sorted(letters))
            sentence = f"{phrase.locale.value} has no {found}: {word!r}."
            yield _at(phrase, Kind.FOREIGN_LETTER, sentence)
        if _MIXED.search(word):
            sentence = f"Latin and Cyrillic letters in one word: {word!r}."
            yield _at(phrase, Kind.TWO_ALPHABETS, sentence)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _at(phrase: Placed, kind: Kind, sentence: str) -> Doubt:
    return Doubt(kind, sentence, phrase.file, phrase.text)


def counted(found: Iterable[Doubt]) -> dict[Kind, int]:
    """How many of each kind, in the order of ``Kind``."""
    numbers = Counter(doubt.kind for doubt in found)
    return {kind: numbers[kind] for kind in Kind if numbers[kind]}
