"""The report of a check as text and as JSON."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from bot.answers.findings import IN_TABLE, Kind, Mark, State, Weight
from bot.answers.plain_language import MAX_LISTED
from bot.language.tags import Locale

if TYPE_CHECKING:
    from bot.answers.findings import Report, Row
    from bot.answers.plain_language import Reading

_CELL = 9


def as_json(report: Report) -> str:
    """The whole report for programs."""
    findings = [
        {
            "error": finding.kind.is_error,
            "weight": finding.kind.weight,
            **msgspec.to_builtins(finding),
            "sentence": str(finding.sentence),
        }
        for finding in report.findings
    ]
    content = {
        "today": report.today,
        "errors": len(report.errors),
        "warnings": len(report.warnings),
        "notes": len(report.notes),
        "rows": report.rows,
        "baselines": report.baselines,
        "findings": findings,
    }
    return msgspec.json.format(msgspec.json.encode(content), indent=2).decode()


def as_text(report: Report) -> str:
    """The report for people: the table, errors, warnings, notes, plain language, the sums."""
    parts = [*_table(report), "", *_listed(report), *_plain_language(report), sums(report)]
    return "\n".join(parts)


def sums(report: Report) -> str:
    """One line: how many answers, findings by weight and by kind."""
    counted = Counter(finding.kind for finding in report.findings)
    kinds = ", ".join(f"{kind.value} {counted[kind]}" for kind in Kind if counted[kind])
    line = (
        f"{len(report.rows)} answers, {len(report.errors)} errors, "
        f"{len(report.warnings)} warnings, {len(report.notes)} notes"
    )
    return f"{line} ({kinds})." if kinds else f"{line}."


def _table(report: Report) -> list[str]:
    width = max((len(row.answer) for row in report.rows), default=6)
    head = " ".join(f"{locale.value:{_CELL}}" for locale in Locale)
    lines = [f"{'answer':{width}}  {head} ru chars  check again by"]
    for row in report.rows:
        cells = " ".join(f"{_cell(row, locale):{_CELL}}" for locale in Locale)
        overdue = "  OVERDUE" if row.is_overdue else ""
        day = row.check_again_by.isoformat()
        lines.append(f"{row.answer:{width}}  {cells} {row.longest:8}  {day}{overdue}")
    states = ", ".join(f"{state.value} {state.name.lower()}" for state in State)
    marks = ", ".join(f"{mark.value} {mark.words}" for mark in Mark)
    return [*lines, "", f"{states}; {marks}"]


def _cell(row: Row, locale: Locale) -> str:
    marks = "".join(mark.value for mark in row.marks[locale])
    return f"{row.states[locale].value} {marks}".rstrip()


def _listed(report: Report) -> list[str]:
    lines = []
    for weight in Weight:
        shown = [
            str(finding)
            for finding in report.of(weight)
            if finding.kind not in IN_TABLE or weight is Weight.ERROR
        ]
        if shown:
            lines += [f"{weight.name.capitalize()}s:", *(f"  {line}" for line in shown), ""]
    return lines


def _plain_language(report: Report) -> list[str]:
    """Per language: what is usual in it, and what our texts are on average."""
    lines = []
    for locale, usual in report.baselines.items():
        readings = [row.readings[locale] for row in report.rows if locale in row.readings]
        if readings:
            sentence = sum(found.sentence_ratio for found in readings) / len(readings)
            word = sum(found.word_ratio for found in readings) / len(readings)
            hard = sum(found.is_hard for found in readings)
            lines.append(
                f"  {locale.value:8}{usual.measure.words_per_sentence:5.1f} words,"
                f"{usual.measure.letters_per_word:5.2f} letters; the answers {sentence:.0%},"
                f" {word:.0%}; hard {hard} of {len(readings)}"
            )
            lines += _long_words(readings)
    if not lines:
        return []
    title = "Plain language (usual words a sentence, letters a word; the answers against that):"
    return [title, *lines, ""]


def _long_words(readings: list[Reading]) -> list[str]:
    """The long words that stand in most answers: what a simpler word would help most."""
    counted = Counter(word for found in readings for word in found.long_words)
    most = sorted(counted, key=lambda word: (-counted[word], -len(word), word))[:MAX_LISTED]
    return [f"{'':12}long words: {', '.join(most)}"] if most else []
