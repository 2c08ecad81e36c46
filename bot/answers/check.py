"""Checks all answers: what is broken, missing, old, too long, hard to read or unsourced."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.answers import centres_file, snapshot, table, text_checks, variables
from bot.answers.consistency import dead_references
from bot.answers.facts_file import Fact, FactConfidence, facts_of, read_facts, same_page
from bot.answers.faults import FileFaults
from bot.answers.findings import Finding, Kind, Report
from bot.answers.glossary_file import FILE as GLOSSARY
from bot.answers.glossary_file import glossary_of, read_glossary
from bot.answers.load import read_library
from bot.answers.loaded import CONVERSATION, DANGER
from bot.answers.model import Status
from bot.answers.pick import SOURCE_LOCALE
from bot.answers.plain_language import Baseline, read_baselines
from bot.answers.text_rules import amounts
from bot.language.tags import Locale

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from bot.answers.faults import Fault
    from bot.answers.glossary_file import Term
    from bot.answers.loaded import Loaded, LoadedAnswer
    from bot.answers.model import Answer
    from bot.answers.plain_language import Reading

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

PRIVACY = f"{CONVERSATION}/privacy"
"""The answer that says what is kept, and for how long."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What is handed in from outside the answers folder.

    Attributes:
        samples: folder with ``<language>.txt``, for the measure of plain language; None: not
            measured.
        values: of the variables in the texts; the privacy answer must say all of them. None: the
            variables are not checked.
    """

    samples: Path | None = None
    values: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """What the texts of a folder are held against; slow to read, and changes seldom.

    Attributes:
        facts: by id.
        terms: of the glossary.
        baselines: what is usual in each language; none without samples.
        faults: of the files that these were read from.
    """

    facts: Mapping[str, Fact] = field(default_factory=dict)
    terms: tuple[Term, ...] = ()
    baselines: Mapping[Locale, Baseline] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()


def check(folder: Path, today: date, beside: Beside | None = None) -> Report:
    """The state of an answers folder on a day; a broken folder gives a report too."""
    beside = beside or Beside()
    loaded = read_library(snapshot.take(folder), beside.values)
    facts, fact_faults = read_facts(folder)
    terms, term_faults = read_glossary(folder, loaded.to_cyrillic)
    baselines, sample_faults = _baselines(beside, loaded)
    ground = Ground(facts, terms, baselines, (*fact_faults, *term_faults, *sample_faults))
    return report(loaded, ground, today, beside)


def ground_of(files: Mapping[str, bytes], loaded: Loaded, beside: Beside) -> Ground:
    """What files that need not be on a disk are held against.

    Args:
        files: all of an answers folder, by path.
        loaded: what the served ones of them say.
        beside: what comes from outside the folder.
    """
    facts, fact_faults = facts_of(files)
    terms, term_faults = glossary_of(files.get(GLOSSARY, b"[]"), loaded.to_cyrillic)
    baselines, sample_faults = _baselines(beside, loaded)
    return Ground(facts, terms, baselines, (*fact_faults, *term_faults, *sample_faults))


def report(loaded: Loaded, ground: Ground, today: date, beside: Beside) -> Report:
    """The state on a day of answers that were read."""
    findings = [
        *_faults(loaded, ground.faults),
        *_centres(loaded),
        *(finding for entry in loaded.answers for finding in _periods(entry, beside)),
    ]
    readings = {}
    for entry in loaded.answers:
        readings[entry.folder] = text_checks.readings(entry, ground.baselines)
        findings += _of_answer(entry, loaded, ground, today, readings[entry.folder])
    findings.sort(key=_place)
    rows = tuple(
        table.row(entry, today, findings, readings[entry.folder]) for entry in loaded.answers
    )
    return Report(today, rows, tuple(findings), dict(ground.baselines))


def check_answer(
    entry: LoadedAnswer, loaded: Loaded, ground: Ground, today: date, beside: Beside
) -> tuple[Finding, ...]:
    """What a report would say of one answer alone.

    Args:
        entry: one of the answers that were read.
        loaded: all of them.
        ground: what its texts are held against.
        today: the day.
        beside: what comes from outside the folder.
    """
    read = text_checks.readings(entry, ground.baselines)
    found = [
        *(f for f in _faults(loaded, ()) if f.file.startswith(f"{entry.folder}/")),
        *_periods(entry, beside),
        *_of_answer(entry, loaded, ground, today, read),
    ]
    return tuple(sorted(found, key=_place))


def _of_answer(
    entry: LoadedAnswer,
    loaded: Loaded,
    ground: Ground,
    today: date,
    read: Mapping[Locale, Reading],
) -> Iterator[Finding]:
    yield from _freshness(entry, ground.facts, today)
    yield from _sources(entry, ground.facts)
    yield from _languages(entry)
    yield from text_checks.findings(entry, loaded, ground.terms, read)


def _place(finding: Finding) -> tuple[str, int, Kind]:
    return finding.file, finding.line, finding.kind


def _baselines(beside: Beside, loaded: Loaded) -> tuple[dict[Locale, Baseline], tuple[Fault, ...]]:
    if beside.samples is None:
        return {}, ()
    faults = FileFaults(beside.samples.name)
    return read_baselines(beside.samples, faults, loaded.to_cyrillic), faults.found


def _faults(loaded: Loaded, others: tuple[Fault, ...]) -> Iterator[Finding]:
    links = frozenset(dead_references(loaded))
    for fault in (*loaded.faults, *others):
        kind = Kind.DEAD_LINK if fault in links else Kind.FAULT
        yield Finding(kind, fault.file, fault.line, fault.sentence)


def _centres(loaded: Loaded) -> Iterator[Finding]:
    for centre in loaded.library.centres:
        for phone in centre.phones:
            if not centres_file.is_assigned(phone):
                sentence = f"{centre.id}: there can be no phone number {phone}."
                yield Finding(Kind.INVALID_PHONE, centres_file.FILE, 0, sentence)
        if not (centre.phones or centre.address or centre.site or centre.email):
            sentence = f"{centre.id}: no phone, `ask_at`, address, site or email: not shown."
            yield Finding(Kind.UNLISTED, centres_file.FILE, 0, sentence)


def _periods(entry: LoadedAnswer, beside: Beside) -> Iterator[Finding]:
    """What is kept must be said in every language, with the number that the store goes by."""
    if entry.folder != PRIVACY or beside.values is None:
        return
    for locale, text in entry.texts.items():
        said = {name for part in text.read.text.parts.values() for name in variables.used(part)}
        for name in beside.values:
            if name not in said:
                sentence = f"Does not say how long by `{{{name}}}`, now {beside.values[name]}."
                yield Finding(Kind.PERIOD_UNSAID, text.file, 0, sentence, locale)


def changing_facts(answer: Answer, facts: Mapping[str, Fact]) -> list[str]:
    """The facts of an answer that change often, or about which the sources disagree."""
    return [name for name in answer.facts if name in facts and facts[name].changes_often]


def days_allowed(answer: Answer, facts: Mapping[str, Fact]) -> int:
    """For how many days after a check an answer counts as fresh."""
    return DAYS_IF_CHANGING if changing_facts(answer, facts) else DAYS_OTHERWISE


def _freshness(entry: LoadedAnswer, facts: Mapping[str, Fact], today: date) -> Iterator[Finding]:
    answer = entry.answer
    changing, allowed = changing_facts(answer, facts), days_allowed(answer, facts)
    days = (answer.check_again_by - answer.checked_on).days
    line = entry.key_lines["check_again_by"]
    if days > allowed:
        why = f", as {changing[0]} changes" if changing else ""
        sentence = f"To be checked again after {days} days; at most {allowed}{why}."
        yield Finding(Kind.CHECKED_TOO_SELDOM, entry.file, line, sentence)
    source = entry.texts.get(SOURCE_LOCALE)
    if source is not None and not changing:
        for part, markdown in source.read.text.parts.items():
            for amount in amounts(markdown)[:1]:
                sentence = f"`{amount}` changes, but no fact of this answer is marked as changing."
                line = source.read.part_lines[part]
                kind = Kind.AMOUNT_WITHOUT_FACT
                yield Finding(kind, source.file, line, sentence, SOURCE_LOCALE)
    if answer.checked_on > today:
        line = entry.key_lines["checked_on"]
        yield Finding(Kind.CHECKED_IN_FUTURE, entry.file, line, "`checked_on` is not yet.")
    if today > answer.check_again_by:
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
        elif outdated := text_checks.outdated(entry, locale):
            parts = ", ".join(f"# {part}" for part in outdated)
            sentence = f"{parts}: not marked as made from the present Russian text."
            line = text.read.part_lines[outdated[0]]
            yield Finding(Kind.OUTDATED, text.file, line, sentence, locale)
