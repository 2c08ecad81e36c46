"""Checks all answers: what is broken, missing, old, too long, hard to read or unsourced."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.answers import answer_checks, centres_file, snapshot, table, text_checks
from bot.answers.consistency import dead_references
from bot.answers.facts_file import Fact, facts_of, read_facts
from bot.answers.faults import FileFaults
from bot.answers.findings import Finding, Kind, Report
from bot.answers.glossary_file import FILE as GLOSSARY
from bot.answers.glossary_file import glossary_of, read_glossary
from bot.answers.load import read_library
from bot.answers.plain_language import Baseline, read_baselines
from bot.answers.sentence import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from bot.answers.faults import Fault
    from bot.answers.glossary_file import Term
    from bot.answers.loaded import Loaded, LoadedAnswer
    from bot.answers.model import Centre
    from bot.answers.plain_language import Reading
    from bot.answers.variables import Values
    from bot.language.tags import Locale


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
    values: Values | None = None


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


@dataclass(frozen=True, slots=True)
class Texts:
    """What was found in the words of an answer, and what they were held against."""

    entry: LoadedAnswer
    centres: tuple[Centre, ...]
    ground: Ground
    readings: dict[Locale, Reading]
    findings: tuple[Finding, ...]


Memo = dict[str, Texts]
"""By folder of an answer; kept by who makes one report after the other."""


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


def report(
    loaded: Loaded, ground: Ground, today: date, beside: Beside, memo: Memo | None = None
) -> Report:
    """The state on a day of answers that were read.

    Args:
        loaded: the answers.
        ground: what their texts are held against.
        today: the day.
        beside: what comes from outside the folder.
        memo: of earlier reports; what has not changed since is not looked at again.
    """
    memo = {} if memo is None else memo
    findings = [
        *_faults(loaded, ground.faults),
        *_centres(loaded),
        *(
            finding
            for entry in loaded.answers
            for finding in answer_checks.periods(entry, beside.values)
        ),
    ]
    readings = {}
    for entry in loaded.answers:
        texts = _texts(entry, loaded, ground, memo)
        readings[entry.folder] = texts.readings
        findings += (*_of_answer(entry, ground, today), *texts.findings)
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
    found = [
        *(f for f in _faults(loaded, ()) if f.file.startswith(f"{entry.folder}/")),
        *answer_checks.periods(entry, beside.values),
        *_of_answer(entry, ground, today),
        *_texts(entry, loaded, ground, {}).findings,
    ]
    return tuple(sorted(found, key=_place))


def _of_answer(entry: LoadedAnswer, ground: Ground, today: date) -> Iterator[Finding]:
    yield from answer_checks.freshness(entry, ground.facts, today)
    yield from answer_checks.sources(entry, ground.facts)
    yield from answer_checks.languages(entry)


def _texts(entry: LoadedAnswer, loaded: Loaded, ground: Ground, memo: Memo) -> Texts:
    centres, known = loaded.library.centres, memo.get(entry.folder)
    if known and known.ground is ground and known.entry == entry and known.centres == centres:
        return known
    readings = text_checks.readings(entry, ground.baselines)
    found = tuple(text_checks.findings(entry, loaded, ground.terms, readings))
    memo[entry.folder] = Texts(entry, centres, ground, readings, found)
    return memo[entry.folder]


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
                sentence = N_(
                    "{centre}: there can be no phone number {phone}.", centre=centre.id, phone=phone
                )
                yield Finding(Kind.INVALID_PHONE, centres_file.FILE, 0, sentence)
        if not (centre.phones or centre.address or centre.site or centre.email):
            sentence = N_(
                "{centre}: no phone, `ask_at`, address, site or email: not shown.", centre=centre.id
            )
            yield Finding(Kind.UNLISTED, centres_file.FILE, 0, sentence)
