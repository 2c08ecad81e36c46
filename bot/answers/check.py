"""Checks all answers: what is broken, and what is missing, old, too long or unsourced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers import snapshot, text_rules
from bot.answers.facts_file import Fact, FactConfidence, read_facts, same_page
from bot.answers.findings import Finding, Kind, Report, Row, State
from bot.answers.load import read_library
from bot.answers.loaded import CONVERSATION, DANGER
from bot.answers.model import Part, Status
from bot.answers.pick import SOURCE_LOCALE, part_hash
from bot.language.tags import Locale

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from bot.answers.loaded import Loaded, LoadedAnswer, LoadedText

DAYS_IF_CHANGING = 90
"""An answer on amounts and terms that change is looked at every quarter."""
DAYS_OTHERWISE = 365

REQUIRED = frozenset(
    {
        *("permit_need", "permit_apply", "permit_cost", "eaeu_work", "eaeu_stay", "registration"),
        *("unpaid_wages", "passport_withheld", "trafficking", "overstay_fine", "find_centre"),
        "hotline",
    }
)
"""Answers that no release goes out without in every language, besides cards and conversation."""


def check(folder: Path, today: date) -> Report:
    """The state of an answers folder on a day; a broken folder gives a report too."""
    loaded = read_library(snapshot.take(folder))
    facts, fact_faults = read_facts(folder)
    findings = [
        Finding(Kind.FAULT, fault.file, fault.line, fault.sentence)
        for fault in (*loaded.faults, *fact_faults)
    ]
    for entry in loaded.answers:
        findings += _freshness(entry, facts, today)
        findings += _sources(entry, facts)
        findings += _languages(entry)
        findings += _texts(entry, loaded)
    rows = tuple(_row(entry, today) for entry in loaded.answers)
    findings.sort(key=lambda finding: (finding.file, finding.line, finding.kind))
    return Report(today, rows, tuple(findings))


def _freshness(entry: LoadedAnswer, facts: Mapping[str, Fact], today: date) -> Iterator[Finding]:
    answer = entry.answer
    changing = [name for name in answer.facts if name in facts and facts[name].changes_often]
    allowed = DAYS_IF_CHANGING if changing else DAYS_OTHERWISE
    days = (answer.check_again_by - answer.checked_on).days
    line = entry.key_lines["check_again_by"]
    if days > allowed:
        why = f", as {changing[0]} changes" if changing else ""
        sentence = f"To be checked again after {days} days; at most {allowed}{why}."
        yield Finding(Kind.CHECKED_TOO_SELDOM, entry.file, line, sentence)
    if answer.checked_on > today:
        line = entry.key_lines["checked_on"]
        yield Finding(Kind.CHECKED_IN_FUTURE, entry.file, line, "`checked_on` is not yet.")
    if _is_overdue(entry, today):
        sentence = f"Was to be checked again by {answer.check_again_by}."
        yield Finding(Kind.OVERDUE, entry.file, entry.key_lines["check_again_by"], sentence)
    if answer.status is Status.DRAFT:
        sentence = "Not yet approved."
        yield Finding(Kind.DRAFT, entry.file, entry.key_lines["status"], sentence)


def _sources(entry: LoadedAnswer, facts: Mapping[str, Fact]) -> Iterator[Finding]:
    answer = entry.answer
    if answer.topic != CONVERSATION and not (answer.facts and answer.sources):
        yield Finding(Kind.UNSOURCED, entry.file, entry.key_lines["sources"], "No fact or source.")
    line = entry.key_lines["facts"]
    for name in answer.facts:
        if name not in facts:
            yield Finding(Kind.UNKNOWN_FACT, entry.file, line, f"There is no fact {name}.")
        elif facts[name].confidence is FactConfidence.LOW:
            yield Finding(Kind.WEAK_FACT, entry.file, line, f"{name} is of low confidence.")
    cited = {url for name in answer.facts if name in facts for url in facts[name].urls}
    for source in answer.sources:
        if same_page(source.url) not in cited:
            sentence = f"No cited fact has this source: {source.url}"
            yield Finding(Kind.SOURCE_NOT_CITED, entry.file, entry.key_lines["sources"], sentence)


def _languages(entry: LoadedAnswer) -> Iterator[Finding]:
    """Missing and incomplete translations, and those that are older than the Russian."""
    required = entry.answer.topic in (CONVERSATION, DANGER) or entry.answer.intent in REQUIRED
    for locale in Locale:
        text = entry.texts.get(locale)
        if text is None:
            if locale not in entry.answer.texts:
                kind = Kind.MISSING_REQUIRED if required else Kind.MISSING
                yield Finding(kind, entry.folder, 0, f"No {locale.value}.md.", locale)
        elif text.missing:
            sentence = f"Lacks {', '.join(f'# {part}' for part in text.missing)}"
            hidden = "." if text.is_served else ": not shown, the next-best language is."
            yield Finding(Kind.INCOMPLETE, text.file, 1, sentence + hidden, locale)
        elif outdated := _outdated(entry, locale):
            parts = ", ".join(f"# {part}" for part in outdated)
            sentence = f"{parts}: not marked as made from the present Russian text."
            line = text.read.part_lines[outdated[0]]
            yield Finding(Kind.OUTDATED, text.file, line, sentence, locale)


def _texts(entry: LoadedAnswer, loaded: Loaded) -> Iterator[Finding]:
    known = {phone for centre in loaded.library.centres for phone in centre.phones}
    for locale, text in entry.texts.items():
        for sentence in text_rules.label_problems(text.read.text):
            yield Finding(Kind.LABEL_TOO_LONG, text.file, 1, sentence, locale)
        for kind, part, sentence in _problems(entry, text, known):
            line = text.read.part_lines.get(part, 1)
            yield Finding(kind, text.file, line, sentence, locale)


def _problems(
    entry: LoadedAnswer, text: LoadedText, known: set[str]
) -> Iterator[tuple[Kind, Part, str]]:
    source = entry.texts[SOURCE_LOCALE]
    for part, sentence in text_rules.length_problems(text.read.text, is_source=text is source):
        yield Kind.TOO_LONG, part, sentence
    for part, markdown in text.read.text.parts.items():
        for sentence in text_rules.markup_problems(markdown):
            yield Kind.MARKUP, part, sentence
        for phone in dict.fromkeys(text_rules.phones(markdown)):
            if phone not in known:
                yield Kind.UNKNOWN_PHONE, part, f"centres.yml does not have the phone {phone}."
        for link in text_rules.dead_links(markdown):
            yield Kind.DEAD_LINK, part, f"`{link}` leads nowhere."
        russian = source.read.text.parts.get(part)
        if russian is not None and text is not source:
            ours, theirs = text_rules.numbers(markdown), text_rules.numbers(russian)
            if ours != theirs:
                sentence = f"Russian only: {_listed(theirs - ours)}; here only: "
                yield Kind.NUMBERS_DIFFER, part, f"{sentence}{_listed(ours - theirs)}."


def _listed(numbers: frozenset[str]) -> str:
    return ", ".join(sorted(numbers)) or "none"


def _outdated(entry: LoadedAnswer, locale: Locale) -> list[Part]:
    """The parts that do not record the hash of the present Russian part."""
    if locale is SOURCE_LOCALE:
        return []
    text, source = entry.texts[locale].read.text, entry.texts[SOURCE_LOCALE].read.text
    return [
        part
        for part in text.parts
        if part in source.parts and text.translates.get(part) != part_hash(source.parts[part])
    ]


def _is_overdue(entry: LoadedAnswer, today: date) -> bool:
    return today > entry.answer.check_again_by


def _row(entry: LoadedAnswer, today: date) -> Row:
    source = entry.texts.get(SOURCE_LOCALE)
    return Row(
        answer=entry.folder,
        states={locale: _state(entry, locale) for locale in Locale},
        check_again_by=entry.answer.check_again_by,
        is_overdue=_is_overdue(entry, today),
        longest=text_rules.page_length(source.read.text) if source else 0,
    )


def _state(entry: LoadedAnswer, locale: Locale) -> State:
    if locale is Locale.UZ_CYRL and locale not in entry.texts:
        locale = Locale.UZ
    text = entry.texts.get(locale)
    if text is None:
        return State.MISSING
    if text.missing:
        return State.INCOMPLETE
    if _outdated(entry, locale):
        return State.OUTDATED
    return State.DRAFT if entry.answer.status is Status.DRAFT else State.APPROVED
