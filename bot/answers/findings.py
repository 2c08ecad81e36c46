"""What a check of the answers found, and how it is told."""

from __future__ import annotations

from collections import Counter
from datetime import date
from enum import StrEnum

import msgspec

from bot.language.tags import Locale


class Kind(StrEnum):
    """What is wrong or unfinished."""

    FAULT = "fault"
    MISSING_REQUIRED = "missing_required"
    INCOMPLETE = "incomplete"
    UNSOURCED = "unsourced"
    UNKNOWN_FACT = "unknown_fact"
    WEAK_FACT = "weak_fact"
    UNKNOWN_PHONE = "unknown_phone"
    DEAD_LINK = "dead_link"
    CHECKED_TOO_SELDOM = "checked_too_seldom"
    CHECKED_IN_FUTURE = "checked_in_future"
    MISSING = "missing"
    DRAFT = "draft"
    OUTDATED = "outdated"
    OVERDUE = "overdue"
    TOO_LONG = "too_long"
    LABEL_TOO_LONG = "label_too_long"
    SOURCE_NOT_CITED = "source_not_cited"
    NUMBERS_DIFFER = "numbers_differ"
    MARKUP = "markup"

    @property
    def is_error(self) -> bool:
        """It must be mended before release; the others are work still to do."""
        return self in _ERRORS


_ERRORS = frozenset(
    {
        *(Kind.FAULT, Kind.MISSING_REQUIRED, Kind.INCOMPLETE, Kind.UNSOURCED, Kind.UNKNOWN_FACT),
        *(Kind.WEAK_FACT, Kind.UNKNOWN_PHONE, Kind.DEAD_LINK, Kind.CHECKED_TOO_SELDOM),
        Kind.CHECKED_IN_FUTURE,
    }
)
_IN_TABLE = frozenset({Kind.MISSING_REQUIRED, Kind.MISSING, Kind.DRAFT, Kind.OUTDATED})
"""What the table of answers and languages shows already."""


class Finding(msgspec.Struct, frozen=True):
    """One thing that was found.

    Attributes:
        kind: what sort of thing.
        file: path within the answers folder.
        line: from 1; 0 when it is not about a line.
        sentence: what is wrong, for the person who mends it.
        locale: the language it is about, if it is about one.
    """

    kind: Kind
    file: str
    line: int
    sentence: str
    locale: Locale | None = None

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.kind.value}: {self.sentence}"


class State(StrEnum):
    """How far a language of an answer is."""

    MISSING = "-"
    INCOMPLETE = "part"
    OUTDATED = "old"
    DRAFT = "draft"
    APPROVED = "ok"


class Row(msgspec.Struct, frozen=True):
    """An answer in the table.

    Attributes:
        answer: its folder.
        states: by language; of Uzbek Cyrillic that is made from Latin, that of the Latin.
        check_again_by: the day by which it must be checked again.
        is_overdue: that day has passed.
        longest: characters of the longest first page in Russian.
    """

    answer: str
    states: dict[Locale, State]
    check_again_by: date
    is_overdue: bool
    longest: int


class Report(msgspec.Struct, frozen=True):
    """The state of all answers on a day."""

    today: date
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What must be mended before release."""
        return tuple(finding for finding in self.findings if finding.kind.is_error)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What is still to do."""
        return tuple(finding for finding in self.findings if not finding.kind.is_error)

    def as_json(self) -> str:
        """The whole report for programs."""
        findings = [
            {"error": finding.kind.is_error, **msgspec.to_builtins(finding)}
            for finding in self.findings
        ]
        report = {
            "today": self.today,
            "errors": len(self.errors),
            "warnings": len(self.warnings),
            "rows": self.rows,
            "findings": findings,
        }
        return msgspec.json.format(msgspec.json.encode(report), indent=2).decode()

    def as_text(self) -> str:
        """The report for people: the table, the errors, the warnings, the sums."""
        return "\n".join([*self._table(), "", *self._listed(), self._sums()])

    def _table(self) -> list[str]:
        width = max((len(row.answer) for row in self.rows), default=6)
        head = "  ".join(f"{locale.value:7}" for locale in Locale)
        lines = [f"{'answer':{width}}  {head}  ru chars  check again by"]
        for row in self.rows:
            states = "  ".join(f"{row.states[locale].value:7}" for locale in Locale)
            overdue = "  OVERDUE" if row.is_overdue else ""
            day = row.check_again_by.isoformat()
            lines.append(f"{row.answer:{width}}  {states}  {row.longest:8}  {day}{overdue}")
        legend = ", ".join(f"{state.value} {state.name.lower()}" for state in State)
        return [*lines, "", legend]

    def _listed(self) -> list[str]:
        lines = []
        for title, findings in (("Errors", self.errors), ("Warnings", self.warnings)):
            shown = [str(finding) for finding in findings if finding.kind not in _IN_TABLE]
            if title == "Errors":
                shown = [str(finding) for finding in findings]
            if shown:
                lines += [f"{title}:", *(f"  {line}" for line in shown), ""]
        return lines

    def _sums(self) -> str:
        counted = Counter(finding.kind for finding in self.findings)
        kinds = ", ".join(f"{kind.value} {counted[kind]}" for kind in Kind if counted[kind])
        sums = f"{len(self.rows)} answers, {len(self.errors)} errors, {len(self.warnings)} warnings"
        return f"{sums} ({kinds})." if kinds else f"{sums}."
