"""How hard a text is to read, measured against everyday sentences of its own language.

A sentence of eight words is long in none of our languages, but Kyrgyz words are longer than Russian
ones: so neither words for a sentence nor letters for a word have one limit for all. Each language
is compared with its own sample (``nlu_data/samples/<language>.txt``, everyday and news sentences).
It is the idea of the readability formulas (Flesch, 1948: words for a sentence, syllables for a
word) without their constants, which none of these languages but Russian has. A measure does not
know what a text means: it is a note for the writer, never an error.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from bot.answers.sentence import N_, NN_
from bot.answers.text_rules import plain
from bot.language.tags import Locale

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from bot.answers.faults import FileFaults
    from bot.answers.sentence import Sentence

HARD_SENTENCES = 1.15
"""Sentences so many times as long as the language's own, on average, are hard to follow."""
HARD_WORDS = 1.1
"""Words so many times as long as the language's own, on average: the sound of an office."""
HARD_SENTENCE = 2.25
"""One sentence so many times as long as the language's own should be two."""
LONG_WORD_SHARE = 0.98
"""Of a hundred words of the sample, so many are not longer than what counts as a long word."""
MAX_LISTED = 12
"""Long words that are listed; more of them nobody reads."""

_LEAST_WORDS = 3
"""What has fewer is a heading or an exclamation, no sentence."""
_SHOWN_WORDS = 4
_LEAST_SENTENCES = 30
"""A smaller sample says nothing about a language."""

_QUOTED = re.compile(r"«[^»]*»")
"""In a translation the Russian word of the counter; in all, the name of an organisation."""
_ADDRESS = re.compile(r"\S+@\S+|\S*\w\.[a-z]{2,}\S*|(?<!\S)/\w+|\{\w*\}")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"»”)]*\s+(?![a-zа-яёәғқңөұүһіўҳӣӯҷ](?![A-Z]))|\n+")
"""A small letter after a full stop: that was an abbreviation (2026 г.), unless it begins eGov."""
_APOSTROPHES = "'`´’‘ʻʼʹ′ʽ"
_WORD = re.compile(rf"[^\W\d_]+(?:[{_APOSTROPHES}-][^\W\d_]+)*[{_APOSTROPHES}]?")


class Measure(msgspec.Struct, frozen=True):
    """The lengths of a text.

    Attributes:
        sentences: how many were counted.
        words_per_sentence: on average.
        letters_per_word: on average.
    """

    sentences: int
    words_per_sentence: float
    letters_per_word: float


class Baseline(msgspec.Struct, frozen=True):
    """What is usual in a language.

    Attributes:
        measure: of its sample.
        long_word: letters of the longest word that is not yet a long one.
    """

    measure: Measure
    long_word: int


class Reading(msgspec.Struct, frozen=True):
    """How hard a text is.

    Attributes:
        measure: its lengths.
        sentence_ratio: its words for a sentence by those of the language.
        word_ratio: its letters for a word by those of the language.
        longest_sentence: words of its longest sentence.
        longest_ratio: these by the words for a sentence of the language.
        longest_begins: the first words of that sentence, to find it by.
        long_words: the longest first, each once, at most MAX_LISTED.
    """

    measure: Measure
    sentence_ratio: float
    word_ratio: float
    longest_sentence: int
    longest_ratio: float
    longest_begins: str
    long_words: tuple[str, ...]

    @property
    def is_hard(self) -> bool:
        """There is a reason to call it hard."""
        return bool(self.reasons)

    @property
    def reasons(self) -> tuple[Sentence, ...]:
        """Why it is hard; empty if it is not."""
        found = []
        if self.sentence_ratio > HARD_SENTENCES:
            share = round(self.sentence_ratio * 100 - 100)
            found.append(N_("sentences {share} % longer than usual in the language", share=share))
        if self.word_ratio > HARD_WORDS:
            share = round(self.word_ratio * 100 - 100)
            found.append(N_("words {share} % longer than usual in the language", share=share))
        if self.longest_ratio > HARD_SENTENCE:
            sentence = NN_(
                "a sentence of {number} word: {beginning}…",
                "a sentence of {number} words: {beginning}…",
                self.longest_sentence,
                number=self.longest_sentence,
                beginning=self.longest_begins,
            )
            found.append(sentence)
        return tuple(found)


def read_baselines(
    folder: Path, faults: FileFaults, to_cyrillic: Callable[[str], str]
) -> dict[Locale, Baseline]:
    """The baselines of all languages that have a sample; Uzbek Cyrillic from the Latin sample.

    Args:
        folder: of the samples, one sentence a line.
        faults: takes what is wrong with the samples.
        to_cyrillic: writes Uzbek Latin in Cyrillic.
    """
    found = {}
    for locale in Locale:
        path = folder / f"{locale.language}.txt"
        try:
            sample = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            sentence = N_(
                "{file} cannot be read: {error}.", file=path.name, error=type(error).__name__
            )
            faults.add(0, sentence)
            continue
        if locale is Locale.UZ_CYRL:
            sample = to_cyrillic(sample)
        measured = baseline(sample)
        if measured is None:
            sentence = N_(
                "{file} has fewer than {number} sentences.",
                file=path.name,
                number=_LEAST_SENTENCES,
            )
            faults.add(0, sentence)
        else:
            found[locale] = measured
    return found


def baseline(sample: str) -> Baseline | None:
    """What is usual in a language; None if the sample is too small to say so."""
    sentences = list(_sentences(sample))
    if len(sentences) < _LEAST_SENTENCES:
        return None
    lengths = sorted(_letters(word) for sentence in sentences for word in sentence)
    return Baseline(_measure(sentences), lengths[int(len(lengths) * LONG_WORD_SHARE)])


def reading(parts: Iterable[str], usual: Baseline, *, is_source: bool) -> Reading | None:
    """How hard the parts of an answer are in one language; None if they hold no sentence.

    Args:
        parts: their Markdown.
        usual: the baseline of the language.
        is_source: it is the Russian text, whose quoted words are its own.
    """
    words = "\n".join(plain(part) for part in parts)
    sentences = list(_sentences(words if is_source else _QUOTED.sub(" ", words)))
    if not sentences:
        return None
    found = _measure(sentences)
    long_words = {w.casefold() for s in sentences for w in s if _letters(w) > usual.long_word}
    longest = max(sentences, key=len)
    return Reading(
        measure=found,
        sentence_ratio=round(found.words_per_sentence / usual.measure.words_per_sentence, 2),
        word_ratio=round(found.letters_per_word / usual.measure.letters_per_word, 2),
        longest_sentence=len(longest),
        longest_ratio=round(len(longest) / usual.measure.words_per_sentence, 2),
        longest_begins=" ".join(longest[:_SHOWN_WORDS]),
        long_words=tuple(sorted(long_words, key=lambda word: (-_letters(word), word))[:MAX_LISTED]),
    )


def _sentences(text: str) -> Iterator[list[str]]:
    """The words of each sentence; list items and lines count as sentences of their own."""
    for sentence in _SENTENCE_END.split(_ADDRESS.sub(" ", text)):
        words = _WORD.findall(sentence)
        if len(words) >= _LEAST_WORDS:
            yield words


def _measure(sentences: list[list[str]]) -> Measure:
    words = [word for sentence in sentences for word in sentence]
    return Measure(
        sentences=len(sentences),
        words_per_sentence=round(len(words) / len(sentences), 1),
        letters_per_word=round(sum(map(_letters, words)) / len(words), 2),
    )


def _letters(word: str) -> int:
    return sum(letter.isalpha() and letter not in _APOSTROPHES for letter in word)
