"""Checks each language of an answer: length, mark-up, phones, links, words, plain language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers import glossary_rules, plain_language, text_rules
from bot.answers.findings import Finding, Kind
from bot.answers.model import Part
from bot.answers.pick import SOURCE_LOCALE, part_hash
from bot.answers.sentence import N_, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bot.answers.glossary_file import Term
    from bot.answers.loaded import Loaded, LoadedAnswer, LoadedText
    from bot.answers.plain_language import Baseline, Reading
    from bot.answers.sentence import Sentence
    from bot.language.tags import Locale


def outdated(entry: LoadedAnswer, locale: Locale) -> list[Part]:
    """The parts that do not record the hash of the present Russian part."""
    if locale is SOURCE_LOCALE:
        return []
    text, source = entry.texts[locale].read.text, entry.texts[SOURCE_LOCALE].read.text
    return [
        part
        for part in text.parts
        if part in source.parts and text.translates.get(part) != part_hash(source.parts[part])
    ]


def readings(entry: LoadedAnswer, baselines: Mapping[Locale, Baseline]) -> dict[Locale, Reading]:
    """How hard each written language is to read, where there is something to compare it with."""
    found = {}
    for locale, text in entry.texts.items():
        if locale in baselines:
            is_source = locale is SOURCE_LOCALE
            parts = text.read.text.parts.values()
            reading = plain_language.reading(parts, baselines[locale], is_source=is_source)
            if reading is not None:
                found[locale] = reading
    return found


def findings(
    entry: LoadedAnswer,
    loaded: Loaded,
    terms: Iterable[Term],
    read: Mapping[Locale, Reading],
) -> Iterator[Finding]:
    """What is wrong with the texts of an answer."""
    known = {phone for centre in loaded.library.centres for phone in centre.phones}
    for locale, text in entry.texts.items():
        for sentence in text_rules.label_problems(text.read.text):
            yield Finding(Kind.LABEL_TOO_LONG, text.file, 1, sentence, locale)
        for kind, part, sentence in _problems(entry, text, known):
            line = text.read.part_lines.get(part, 1)
            yield Finding(kind, text.file, line, sentence, locale)
        if locale is not SOURCE_LOCALE:
            yield from _words(entry, text, terms, locale)
        if locale in read and read[locale].is_hard:
            sentence = joined(read[locale].reasons, "; ")
            yield Finding(Kind.HARD_TO_READ, text.file, 0, sentence, locale)


def _words(
    entry: LoadedAnswer, text: LoadedText, terms: Iterable[Term], locale: Locale
) -> Iterator[Finding]:
    """What is not worded as the glossary says, in the texts and in the labels of the buttons."""
    source, own = entry.texts[SOURCE_LOCALE].read.text, text.read.text
    terms = tuple(terms)
    for breach in glossary_rules.breaches(terms, source.parts, own.parts, locale):
        kind = Kind.COUNTER_WORD if breach.is_counter_word else Kind.GLOSSARY
        line = text.read.part_lines[breach.part]
        yield Finding(kind, text.file, line, breach.sentence, locale)
    for name, theirs, ours in (
        ("question", source.question, own.question),
        ("short", source.short, own.short),
    ):
        labels = {Part.EVERYONE: theirs}, {Part.EVERYONE: ours}
        for breach in glossary_rules.breaches(terms, *labels, locale):
            if not breach.is_counter_word:  # a button has no room for two names
                sentence = N_("`{key}`: {what}", key=name, what=breach.sentence)
                yield Finding(Kind.GLOSSARY, text.file, 1, sentence, locale)


def _problems(
    entry: LoadedAnswer, text: LoadedText, known: set[str]
) -> Iterator[tuple[Kind, Part, Sentence]]:
    source = entry.texts[SOURCE_LOCALE]
    for part, sentence in text_rules.length_problems(text.read.text, is_source=text is source):
        yield Kind.TOO_LONG, part, sentence
    for part, markdown in text.read.text.parts.items():
        for sentence in text_rules.markup_problems(markdown):
            yield Kind.MARKUP, part, sentence
        for phone in dict.fromkeys(text_rules.phones(markdown)):
            if phone not in known:
                sentence = N_("centres.yml does not have the phone {phone}.", phone=phone)
                yield Kind.UNKNOWN_PHONE, part, sentence
        for link in text_rules.dead_links(markdown):
            yield Kind.DEAD_LINK, part, N_("`{link}` leads nowhere.", link=link)
        russian = source.read.text.parts.get(part)
        if russian is not None and text is not source:
            ours, theirs = text_rules.numbers(markdown), text_rules.numbers(russian)
            if ours != theirs:
                sentence = N_(
                    "Russian only: {theirs}; here only: {ours}.",
                    theirs=_listed(theirs - ours),
                    ours=_listed(ours - theirs),
                )
                yield Kind.NUMBERS_DIFFER, part, sentence


def _listed(numbers: frozenset[str]) -> tuple[str, ...] | Sentence:
    return tuple(sorted(numbers)) or N_("none")
