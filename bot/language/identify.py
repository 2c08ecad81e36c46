"""Which of our languages a short, carelessly typed text is in.

A naive Bayes over character n-grams of words, one model for Cyrillic and one for Latin text,
trained on correct writing and on what becomes of it on a cheap phone (``bot.language.noise``): that
noise, and not the amount of data, is what other identifiers lack. A word that two languages share
gives a low confidence and not a coin's toss: whoever asks keeps the conversation's language then.

Measured on public texts that it did not learn from, without a prior; macro accuracy over the six
variants, %:

=============  ==========  ================  ============
texts          as written  Russian keyboard  ad-hoc Latin
=============  ==========  ================  ============
4 to 7 words   99.6        99.2              99.2
1 to 3 words   94.3        91.7              91.1
=============  ==========  ================  ============

All sentences are right. Of one to three words 3 to 9 % exist in a second language as well. The
constants below were chosen on held-out samples, each worth a few tenths of a point; there a sample
that counts like ten phrases, a model for each way of typing, damped counts and a linear classifier
(multiplied, too) won three tenths at most. It takes 0.07 ms for one to three words, 0.4 ms for a
sentence, of which it reads the first 240 characters.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from bot.language.fold import APOSTROPHES
from bot.language.noise import ad_hoc_latin, keyboard_poor
from bot.language.scripts import Script, main_script
from bot.language.tags import Locale
from bot.language.translit import to_cyrillic

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

OTHER = "other"
"""The name of all languages the helpline does not speak."""

_BEFORE_READING = {
    Script.CYRILLIC: {OTHER: 0.1},
    Script.LATIN: {OTHER: 0.1, Locale.UZ.value: 2.0},
}
"""How much likelier than others a language is: Latin is an alphabet of its own for Uzbek only."""

_LATIN_COPIES = 4
_READ_CHARACTERS = 240
"""More of a text tells nothing new."""

_LONGEST = 5
"""The letters of the longest n-grams."""

_SMOOTHING = 0.003
"""So often is an n-gram that was never seen counted as seen: little, for it says much."""

_WORD_SMOOTHING = 0.1
"""The same of a whole word: more, for a language has many more words than were ever seen."""

_WORD_WEIGHT = 5.0
"""A whole word that is known counts as much as so many n-grams."""

_LONGEST_WEIGHT = 0.5
"""The longest n-grams say little that the shorter ones in them do not."""

_ORDER_WEIGHTS = {0: _WORD_WEIGHT, _LONGEST: _LONGEST_WEIGHT}
"""By the length of an n-gram (0: a whole word); 1 for all others."""

_WHOLE_WORD = "="
"""Begins the n-gram that is a whole word."""

_SEEN_TWICE_FROM = 4
"""N-grams of at least this length are kept only if seen twice: they would fill the memory."""

_TEMPERATURES = tuple(float(step) for step in range(1, 41))


@dataclass(frozen=True)
class Sample:
    """A text with its language: the value of a locale, or ``other``."""

    text: str
    name: str


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
        weights: by n-gram, the log-probability in each language, less the highest of them; whole
            numbers, which is fine enough beside the temperature and keeps the model small.
        temperature: the sum of weights is divided by this, for honest confidences.
    """

    names: tuple[str, ...]
    weights: dict[str, tuple[float, ...]]
    temperature: float = 1.0

    def __post_init__(self) -> None:
        """Equal weights become one object: most n-grams are known to one language only."""
        pool: dict[tuple[float, ...], tuple[float, ...]] = {}
        for gram, weights in self.weights.items():
            self.weights[gram] = pool.setdefault(weights, weights)

    def scores(self, text: str) -> list[float]:
        """The log-likelihood of each language, up to a constant."""
        get = self.weights.get
        found = [
            weights
            for word in _words(text[:_READ_CHARACTERS])
            for gram in _grams(word)
            if (weights := get(gram)) is not None
        ]
        if not found:
            return [0.0] * len(self.names)
        return [sum(column) / self.temperature for column in zip(*found, strict=True)]


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
        shares = _softmax(model.scores(text))
        ranking = [Ranked(name, share) for name, share in zip(model.names, shares, strict=True)]
        return with_prior(with_prior(ranking, _BEFORE_READING[script]), prior or {})


def with_prior(ranking: Sequence[Ranked], prior: Mapping[str, float]) -> tuple[Ranked, ...]:
    """A ranking in which some languages are so many times likelier than before; best first."""
    weighed = [(r.name, r.confidence * prior.get(r.name, 1.0)) for r in ranking]
    total = sum(weight for _, weight in weighed) or 1.0
    ranked = [Ranked(name, weight / total) for name, weight in weighed]
    return tuple(sorted(ranked, key=lambda r: (-r.confidence, r.name)))


def train(samples: Iterable[Sample], seed: int = 7) -> Identifier:
    """Trains on correct and noisy writing; the same samples and seed give the same model.

    Args:
        samples: Uzbek ones may be named by either of its locales, whatever script they are in.
        seed: of the noise.
    """
    random = Random(seed)  # noqa: S311 - not a secret
    shuffled = sorted({_by_script(sample) for sample in samples}, key=lambda s: (s.text, s.name))
    random.shuffle(shuffled)
    fifth = len(shuffled) // 5
    held_out = [_snippet(sample, random) for sample in _with_noise(shuffled[:fifth], random)]
    rest = _with_noise(shuffled[fifth:], random)
    everything = rest + _with_noise(shuffled[:fifth], random)
    models = {}
    for script in (Script.CYRILLIC, Script.LATIN):
        if any(main_script(sample.text) is script for sample in everything):
            model = _count(_of_script(everything, script))
            trial = _count(_of_script(rest, script))
            temperature = _fit_temperature(trial, _of_script(held_out, script))
            models[script] = ScriptModel(model.names, model.weights, temperature)
    return Identifier(models)


def _of_script(samples: Iterable[Sample], script: Script) -> list[Sample]:
    return [sample for sample in samples if main_script(sample.text) is script]


def _by_script(sample: Sample) -> Sample:
    """The sample, an Uzbek one named by the script it is in."""
    if sample.name not in (Locale.UZ.value, Locale.UZ_CYRL.value):
        return sample
    locale = Locale.UZ if main_script(sample.text) is Script.LATIN else Locale.UZ_CYRL
    return Sample(sample.text, locale.value)


def _count(samples: Sequence[Sample]) -> ScriptModel:
    names = tuple(sorted({sample.name for sample in samples}))
    counts = [
        _gram_counts(sample.text for sample in samples if sample.name == name) for name in names
    ]
    totals = [_by_order(count) for count in counts]
    vocabulary = sorted(set().union(*counts))
    sizes = Counter(map(_order, vocabulary))
    weights: dict[str, tuple[float, ...]] = {}
    for gram in vocabulary:
        order = _order(gram)
        seen = [count[gram] for count in counts]
        if order >= _SEEN_TWICE_FROM and sum(seen) < 2:
            continue
        little = _WORD_SMOOTHING if order == 0 else _SMOOTHING
        logs = [
            math.log((count + little) / (total[order] + little * sizes[order]))
            for count, total in zip(seen, totals, strict=True)
        ]
        factor = _ORDER_WEIGHTS.get(order, 1.0)
        weights[gram] = tuple(round(factor * (log - max(logs))) for log in logs)
    return ScriptModel(names, weights)


def _gram_counts(texts: Iterable[str]) -> Counter[str]:
    """How often each n-gram occurs; a word's n-grams are made once, however often it occurs."""
    words = Counter(word for text in texts for word in _words(text))
    counts: Counter[str] = Counter()
    for word, count in words.items():
        for gram in _grams(word):
            counts[gram] += count
    return counts


def _by_order(counts: Mapping[str, int]) -> Counter[int]:
    totals: Counter[int] = Counter()
    for gram, count in counts.items():
        totals[_order(gram)] += count
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
        if sample.name == OTHER:
            continue
        locale = Locale(sample.name)
        if main_script(sample.text) is Script.LATIN:
            if locale is Locale.UZ:
                noisy += [
                    Sample(ad_hoc_latin(sample.text, locale, random), sample.name)
                    for _ in range(_LATIN_COPIES)
                ]
                cyrillic = to_cyrillic(sample.text, locale)
                noisy.append(Sample(cyrillic, Locale.UZ_CYRL.value))
                noisy.append(Sample(keyboard_poor(cyrillic, Locale.UZ_CYRL), Locale.UZ_CYRL.value))
            continue
        noisy.append(Sample(keyboard_poor(sample.text, locale), sample.name))
        latin_name = Locale.UZ.value if locale is Locale.UZ_CYRL else sample.name
        noisy += [
            Sample(ad_hoc_latin(sample.text, locale, random), latin_name)
            for _ in range(_LATIN_COPIES)
        ]
    return noisy


_NOT_LETTERS = re.compile(r"[^\w']|[\d_]")
_PLAIN_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
_THRICE = re.compile(r"(.)\1\1+")


def _words(text: str) -> list[str]:
    """The words of a text in small letters, with ``_`` at both ends."""
    plain = unicodedata.normalize("NFC", text).lower().translate(_PLAIN_APOSTROPHE)
    plain = _THRICE.sub(r"\1\1", _NOT_LETTERS.sub(" ", plain))
    return [f"_{word.strip(chr(39))}_" for word in plain.split()]


def _grams(word: str) -> list[str]:
    """A word of ``_words`` itself and all its n-grams up to a length."""
    size = len(word)
    grams = [_WHOLE_WORD + word]
    for length in range(1, min(_LONGEST, size) + 1):
        grams += [word[start : start + length] for start in range(size - length + 1)]
    return grams


def _softmax(scores: Sequence[float]) -> list[float]:
    highest = max(scores)
    shares = [math.exp(score - highest) for score in scores]
    total = sum(shares)
    return [share / total for share in shares]
