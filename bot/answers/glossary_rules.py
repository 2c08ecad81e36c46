"""Whether a translation keeps to the glossary. Pure.

Three things: a text that uses a term of the glossary is translated with one of the term's accepted
words; it names the Russian word of the counter once, where the glossary gives it in «»; and no
translation uses a word that the glossary has ruled out. The words are compared part by part, as a
citizen sees only some parts; the word of the counter may stand in any of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from bot.answers.model import Part
from bot.answers.sentence import N_, Sentence
from bot.answers.stems import folded, has_stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bot.answers.glossary_file import Term, Wording
    from bot.language.tags import Locale


class Breach(msgspec.Struct, frozen=True):
    """One thing that is worded otherwise than the glossary says.

    Attributes:
        part: of the translation.
        sentence: what it is, for the translator.
        is_counter_word: only the Russian word of the counter is not named beside the right word.
    """

    part: Part
    sentence: Sentence
    is_counter_word: bool = False


_LINK_TARGET = re.compile(r"\]\([^)]*\)")
_QUOTED = re.compile(r"«([^»]*)»")


def breaches(
    terms: Iterable[Term],
    russian: Mapping[Part, str],
    translation: Mapping[Part, str],
    locale: Locale,
) -> Iterator[Breach]:
    """What is not worded as the glossary says.

    Args:
        terms: of the glossary.
        russian: Markdown by part.
        translation: Markdown by part, of the same answer.
        locale: of the translation.
    """
    # What a Russian text has in «» is a name, «Закон о миграции», not a use of the term.
    sources = {part: folded(_QUOTED.sub(" ", _words(text))) for part, text in russian.items()}
    targets = {part: folded(_words(text)) for part, text in translation.items()}
    for term in terms:
        wording = term.wordings.get(locale)
        if wording is None:
            continue
        for part, target in targets.items():
            for stem in wording.avoid:
                if has_stem(target, stem):
                    sentence = N_(
                        "`{stem}` is not to be written; {term}: {word}",
                        stem=stem,
                        term=term.ru,
                        word=wording.word,
                    )
                    yield Breach(part, sentence)
        using = [
            part
            for part in targets
            if any(has_stem(sources.get(part, ""), stem) for stem in term.stems)
        ]
        yield from _unnamed(term, wording, using, targets)


def _unnamed(
    term: Term, wording: Wording, using: list[Part], targets: Mapping[Part, str]
) -> Iterator[Breach]:
    for part in using:
        if wording.stems and not any(has_stem(targets[part], stem) for stem in wording.stems):
            sentence = N_("{term}: none of {stems}", term=term.ru, stems=wording.stems)
            yield Breach(part, sentence)
    on_counter = [folded(word) for word in _QUOTED.findall(wording.word)]
    if using and on_counter:
        whole = " ".join(targets.values())
        if not any(word in whole for word in on_counter):
            sentence = N_(
                "{term}: the word of the counter is not named: «{words}»",
                term=term.ru,
                words=tuple(_QUOTED.findall(wording.word)),
            )
            yield Breach(using[0], sentence, is_counter_word=True)


def _words(markdown: str) -> str:
    return _LINK_TARGET.sub("]", markdown)
