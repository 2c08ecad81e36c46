"""Which of our languages a short, carelessly typed text is in.

A naive Bayes over character n-grams of words, one model for Cyrillic and one for Latin text,
trained on correct writing and on what becomes of it on a cheap phone (``bot.language.noise``): that
noise, and not the amount of data, is what other identifiers lack. A word that two languages share
gives a low confidence and not a coin's toss: whoever asks keeps the conversation's language then.

How well it does, and what was tried besides, is in docs/understanding.md: all public sentences are
right, and 95 of 100 texts of one to three words. Of those 3 to 9 % exist in a second language as
well, and more where special letters are missing: what is left are mostly words that Kazakh and
Kyrgyz, or Uzbek and Tajik, spell alike then. The constants below were chosen on held-out samples,
each worth a few tenths of a point; more words were worth more than all of them. It takes 0.03 ms
for one to three words and 0.15 ms for a sentence, of which it reads the first 240 characters.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from itertools import repeat
from random import Random
from typing import TYPE_CHECKING

from bot.language.fold import APOSTROPHES
from bot.language.noise import ad_hoc_latin, keyboard_poor
from bot.language.scripts import Script, main_script
from bot.language.tags import Locale
from bot.language.translit import to_cyrillic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

OTHER = "other"
"""The name of all languages the helpline does not speak."""

_BEFORE_READING = {
    Script.CYRILLIC: {OTHER: 0.1},
    Script.LATIN: {OTHER: 0.1, Locale.UZ.value: 4.0},
}
"""How much likelier than others a language is: Latin is an alphabet of its own for Uzbek only."""

_LATIN_COPIES = 4
_READ_CHARACTERS = 240
"""More of a text tells nothing new."""

_SHORTEST = 2
_LONGEST = 5
"""The letters of the shortest and the longest n-grams; single ones told nothing more."""

_SMOOTHING = 0.003
"""So often is an n-gram that was never seen counted as seen: little, for it says much."""

_WORD_SMOOTHING = 0.1
"""The same of a whole word: more, for a language has many more words than were ever seen."""

_WORD_WEIGHT = 5.0
"""A whole word that is known counts as much as so many n-grams."""

_LONGEST_WEIGHT = 0.5
"""The longest n-grams say little that the shorter ones in them do not."""

_DAMPING = 0.75
"""A word seen n times counts in its n-grams like so many to this power: it is one spelling."""

_ORDER_WEIGHTS = {0: _WORD_WEIGHT, _LONGEST: _LONGEST_WEIGHT}
"""By the length of an n-gram (0: a whole word); 1 for all others."""

_WHOLE_WORD = "="
"""Begins the n-gram that is a whole word."""

_SEEN_TWICE = (0, 4, 5)
"""N-grams of these lengths (0: whole words) are kept only if seen twice: they fill the memory."""

_TEMPERATURES = tuple(float(step) for step in range(1, 41))


@dataclass(frozen=True)
class Sample:
    """A text with its language.

    Attributes:
        text: as typed.
        name: of its language: the value of a locale, or ``other``.
        copies: so often it counts, as the commonest words do that phrases have few of.
    """

    text: str
    name: str
    copies: int = 1


@dataclass(frozen=True)
class Ranked:
    """A language with how likely it is, 0 to 1."""

    name: str
    confidence: float


@dataclass(frozen=True)
class ScriptModel:
    """The n-grams of one script.

    Attributes:
        names: the languages written in it, in the order of the weights.
        packed: by n-gram, the weights of all languages in one number, so that one addition sums
            them all up. A weight is the log-probability in a language, less the highest of them;
            it is a whole number, which is fine enough beside the temperature, and kept without
            its sign. That of a whole word is the sum of all n-grams in it: most words are known,
            and one look is enough for them.
        temperature: the sum of weights is divided by this, for honest confidences.
    """

    names: tuple[str, ...]
    packed: Mapping[str, int]
    temperature: float = 1.0

    def __post_init__(self) -> None:
        """Equal numbers become one object: most n-grams are known to one language only."""
        pool: dict[int, int] = {}
        shared = {gram: pool.setdefault(each, each) for gram, each in self.packed.items() if each}
        object.__setattr__(self, "packed", shared)

    def scores(self, text: str) -> list[float]:
        """The log-likelihood of each language, up to a constant."""
        total = 0
        get = self.packed.get
        for word in _words(text[:_READ_CHARACTERS]):
            known = get(_WHOLE_WORD + word)
            total += sum(map(get, _grams(word), repeat(0))) if known is None else known
        return [weight / self.temperature for weight in _unpack(total, len(self.names))]


_BITS = 20
"""Of one language's weight in a packed number: no text that is read adds up to more."""

_ONES = (1 << _BITS) - 1


def _pack(weights: Sequence[int]) -> int:
    return sum(-weight << (_BITS * place) for place, weight in enumerate(weights))


def _unpack(packed: int, size: int) -> tuple[int, ...]:
    return tuple(-(packed >> (_BITS * place) & _ONES) for place in range(size))


@dataclass(frozen=True)
class Identifier:
    """A trained identifier; see ``train``."""

    models: Mapping[Script, ScriptModel]

    def rank(self, text: str, prior: Mapping[str, float] | None = None) -> tuple[Ranked, ...]:
        """The languages a text may be in, the likeliest first; the confidences add up to 1.

        Args:
            text: as it was typed.
            prior: how much likelier than usual each language is (1 if not named), such as
                ``{"kk": 3.0}`` for a conversation in Kazakh.

        Returns:
            Empty for a text without letters. A script none of ours uses is surely ``other``.
        """
        script = main_script(text)
        if script is None:
            return ()
        model = self.models.get(script)
        if model is None:
            return (Ranked(OTHER, 1.0),)
        before = _BEFORE_READING[script]
        shares = zip(model.names, _softmax(model.scores(text)), strict=True)
        usual = [(name, share * before.get(name, 1.0)) for name, share in shares]
        return _ranked(usual, prior or {})


def with_prior(ranking: Sequence[Ranked], prior: Mapping[str, float]) -> tuple[Ranked, ...]:
    """A ranking in which some languages are so many times likelier than before; best first."""
    return _ranked([(r.name, r.confidence) for r in ranking], prior)


def _ranked(shares: Iterable[tuple[str, float]], prior: Mapping[str, float]) -> tuple[Ranked, ...]:
    weighed = [(-share * prior.get(name, 1.0), name) for name, share in shares]
    total = -sum(weight for weight, _ in weighed) or 1.0
    return tuple(Ranked(name, -weight / total) for weight, name in sorted(weighed))


def train(samples: Iterable[Sample], words: Iterable[Sample] = (), seed: int = 7) -> Identifier:
    """Trains on correct and noisy writing; the same samples and seed give the same model.

    Args:
        samples: Uzbek ones may be named by either of its locales, whatever script they are in.
        words: lists of single words; they teach spelling, and say nothing of how sure to be.
        seed: of the noise.
    """
    random = Random(seed)  # noqa: S311 - not a secret
    shuffled = _in_order(samples)
    random.shuffle(shuffled)
    fifth = len(shuffled) // 5
    held_out = [_snippet(sample, random) for sample in _with_noise(shuffled[:fifth], random)]
    rest = _with_noise([*shuffled[fifth:], *_in_order(words)], random)
    learnt, snippets = _by_main_script(rest), _by_main_script(held_out)
    everything = _by_main_script(rest + _with_noise(shuffled[:fifth], random))
    models = {}
    for script, of_script in everything.items():
        trial = ScriptModel(*_count(learnt.get(script, [])))
        temperature = _fit_temperature(trial, snippets.get(script, []))
        models[script] = ScriptModel(*_count(of_script), temperature)
    return Identifier(models)


def _by_main_script(samples: Iterable[Sample]) -> dict[Script, list[Sample]]:
    """The samples in Cyrillic and those in Latin, as far as there are any."""
    found: dict[Script, list[Sample]] = {}
    for sample in samples:
        script = main_script(sample.text)
        if script in (Script.CYRILLIC, Script.LATIN):
            found.setdefault(script, []).append(sample)
    return found


def _in_order(samples: Iterable[Sample]) -> list[Sample]:
    """Each once, whatever order they came in."""
    once = {_by_script(sample) for sample in samples}
    return sorted(once, key=lambda sample: (sample.text, sample.name, sample.copies))


def _by_script(sample: Sample) -> Sample:
    """The sample, an Uzbek one named by the script it is in."""
    if sample.name not in (Locale.UZ.value, Locale.UZ_CYRL.value):
        return sample
    locale = Locale.UZ if main_script(sample.text) is Script.LATIN else Locale.UZ_CYRL
    return replace(sample, name=locale.value)


def _count(samples: Sequence[Sample]) -> tuple[tuple[str, ...], dict[str, int]]:
    """The languages, and the packed weights of each n-gram; see ``ScriptModel``."""
    names = tuple(sorted({sample.name for sample in samples}))
    counts = [_gram_counts(sample for sample in samples if sample.name == name) for name in names]
    vocabulary = sorted(set().union(*counts))
    sizes = Counter(map(_order, vocabulary))
    totals = [_by_order(count) for count in counts]
    logs_of_all = {
        order: [math.log(total.get(order, 0) + _little(order) * size) for total in totals]
        for order, size in sizes.items()
    }
    packed: dict[str, int] = {}
    for gram in vocabulary:
        order = _order(gram)
        seen = [count.get(gram, 0) for count in counts]
        if order in _SEEN_TWICE and sum(seen) < 2:
            continue
        little, factor = _little(order), _ORDER_WEIGHTS.get(order, 1.0)
        logs = [
            math.log(count + little) - log_of_all
            for count, log_of_all in zip(seen, logs_of_all[order], strict=True)
        ]
        highest = max(logs)
        packed[gram] = _pack([round(factor * (log - highest)) for log in logs])
    for word in [gram for gram in packed if _order(gram) == 0]:
        packed[word] += sum(map(packed.get, _grams(word[1:]), repeat(0)))
    return names, packed


def _little(order: int) -> float:
    return _WORD_SMOOTHING if order == 0 else _SMOOTHING


def _gram_counts(samples: Iterable[Sample]) -> dict[str, float]:
    """How often each n-gram occurs; a word's n-grams are made once, however often it occurs."""
    words: Counter[str] = Counter()
    for sample in samples:
        for word in _words(sample.text):
            words[word] += sample.copies
    counts: dict[str, float] = {}
    for word, count in words.items():
        counts[_WHOLE_WORD + word] = count
        damped = count**_DAMPING
        for gram in _grams(word):
            counts[gram] = counts.get(gram, 0) + damped
    return counts


def _by_order(counts: Mapping[str, float]) -> dict[int, float]:
    totals: dict[int, float] = {}
    for gram, count in counts.items():
        order = _order(gram)
        totals[order] = totals.get(order, 0) + count
    return totals


def _order(gram: str) -> int:
    """The length of an n-gram; 0 for a whole word."""
    return 0 if gram[0] == _WHOLE_WORD else len(gram)


def _fit_temperature(model: ScriptModel, snippets: Sequence[Sample]) -> float:
    """Of the temperatures the one with the least log-loss on short texts it was not trained on."""
    known = [
        (model.scores(sample.text), model.names.index(sample.name))
        for sample in snippets
        if sample.name in model.names
    ]

    def loss(temperature: float) -> float:
        return -sum(
            math.log(max(_softmax([score / temperature for score in scores])[right], 1e-12))
            for scores, right in known
        )

    return min(_TEMPERATURES, key=loss)


def _snippet(sample: Sample, random: Random) -> Sample:
    words = sample.text.split()
    length = random.randint(1, 7)
    start = random.randint(0, max(len(words) - length, 0))
    return Sample(" ".join(words[start : start + length]), sample.name)


def _with_noise(samples: Sequence[Sample], random: Random) -> list[Sample]:
    """Every sample, and the ways it could have been typed."""
    noisy = list(samples)
    for sample in samples:
        if sample.name != OTHER:
            noisy += [
                Sample(text, locale.value, sample.copies)
                for text, locale in _typed(sample.text, Locale(sample.name), random)
            ]
    return noisy


def _typed(text: str, locale: Locale, random: Random) -> Iterator[tuple[str, Locale]]:
    latin_locale = Locale.UZ if locale is Locale.UZ_CYRL else locale
    if main_script(text) is not Script.LATIN:
        yield keyboard_poor(text, locale), locale
    elif locale is Locale.UZ:
        cyrillic = to_cyrillic(text, locale)
        yield cyrillic, Locale.UZ_CYRL
        yield keyboard_poor(cyrillic, Locale.UZ_CYRL), Locale.UZ_CYRL
    else:
        return
    for _ in range(_LATIN_COPIES):
        yield ad_hoc_latin(text, locale, random), latin_locale


_WORD = re.compile(r"[^\W\d_]+(?:'+[^\W\d_]+)*")
_PLAIN_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
_THRICE = re.compile(r"(.)\1\1+")


def _words(text: str) -> list[str]:
    """The words of a text in small letters, with ``_`` at both ends."""
    plain = unicodedata.normalize("NFC", text).lower().translate(_PLAIN_APOSTROPHE)
    return [f"_{word}_" for word in _WORD.findall(_THRICE.sub(r"\1\1", plain))]


def _grams(word: str) -> list[str]:
    """All n-grams of a word of ``_words``."""
    size = len(word)
    grams: list[str] = []
    for length in range(_SHORTEST, min(_LONGEST, size) + 1):
        grams += [word[start : start + length] for start in range(size - length + 1)]
    return grams


def _softmax(scores: Sequence[float]) -> list[float]:
    highest = max(scores)
    shares = [math.exp(score - highest) for score in scores]
    total = sum(shares)
    return [share / total for share in shares]
