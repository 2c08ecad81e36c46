"""What a check of the answers found: findings, the table of answers and languages, the report."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec

from bot.answers.plain_language import Baseline, Reading
from bot.answers.sentence import Sentence
from bot.language.tags import Locale


class Weight(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    """Must be mended before release."""
    WARNING = "warning"
    """Work still to do."""
    NOTE = "note"
    """For the writer to consider; may stay as it is."""


class Kind(StrEnum):
    """What is wrong or unfinished."""

    FAULT = "fault"
    MISSING_REQUIRED = "missing_required"
    INCOMPLETE = "incomplete"
    UNSOURCED = "unsourced"
    UNKNOWN_FACT = "unknown_fact"
    WEAK_FACT = "weak_fact"
    UNKNOWN_PHONE = "unknown_phone"
    INVALID_PHONE = "invalid_phone"
    DEAD_LINK = "dead_link"
    CHECKED_TOO_SELDOM = "checked_too_seldom"
    CHECKED_IN_FUTURE = "checked_in_future"
    PERIOD_UNSAID = "period_unsaid"
    OPERATOR_UNSAID = "operator_unsaid"
    MISSING = "missing"
    DRAFT = "draft"
    OUTDATED = "outdated"
    OVERDUE = "overdue"
    TOO_LONG = "too_long"
    LABEL_TOO_LONG = "label_too_long"
    SOURCE_NOT_CITED = "source_not_cited"
    NUMBERS_DIFFER = "numbers_differ"
    MARKUP = "markup"
    GLOSSARY = "glossary"
    AMOUNT_WITHOUT_FACT = "amount_without_fact"
    UNLISTED = "unlisted"
    COUNTER_WORD = "counter_word"
    HARD_TO_READ = "hard_to_read"

    @property
    def weight(self) -> Weight:
        """How much it matters."""
        if self in _ERRORS:
            return Weight.ERROR
        return Weight.NOTE if self in _NOTES else Weight.WARNING

    @property
    def is_error(self) -> bool:
        """It must be mended before release."""
        return self.weight is Weight.ERROR


_ERRORS = frozenset(
    {
        *(Kind.FAULT, Kind.MISSING_REQUIRED, Kind.INCOMPLETE, Kind.UNSOURCED, Kind.UNKNOWN_FACT),
        *(Kind.WEAK_FACT, Kind.UNKNOWN_PHONE, Kind.INVALID_PHONE, Kind.DEAD_LINK),
        *(Kind.CHECKED_TOO_SELDOM, Kind.CHECKED_IN_FUTURE, Kind.PERIOD_UNSAID),
        Kind.OPERATOR_UNSAID,
    }
)
_NOTES = frozenset({Kind.UNLISTED, Kind.COUNTER_WORD, Kind.HARD_TO_READ})


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
    sentence: Sentence
    locale: Locale | None = None

    @property
    def where(self) -> str:
        """The file, with the line if it is about one."""
        return f"{self.file}:{self.line}" if self.line else self.file

    def __str__(self) -> str:
        return f"{self.where}: {self.kind.value}: {self.sentence}"


class State(StrEnum):
    """How far a language of an answer is."""

    MISSING = "-"
    INCOMPLETE = "part"
    OUTDATED = "old"
    DRAFT = "draft"
    APPROVED = "ok"


class Mark(StrEnum):
    """What a cell of the table shows beside the state; the value is its letter in the text."""

    BROKEN = "!"
    OVERDUE = "D"
    UNSOURCED = "U"
    DEAD_LINK = "X"
    TOO_LONG = "L"
    GLOSSARY = "G"
    HARD_TO_READ = "H"

    @property
    def words(self) -> str:
        """The mark spelled out."""
        return _MARK_WORDS[self]


_MARK_WORDS = {
    Mark.BROKEN: "another error",
    Mark.OVERDUE: "overdue",
    Mark.UNSOURCED: "unsourced",
    Mark.DEAD_LINK: "dead link",
    Mark.TOO_LONG: "too long",
    Mark.GLOSSARY: "glossary breach",
    Mark.HARD_TO_READ: "hard to read",
}
_MARK_OF = {
    Kind.OVERDUE: Mark.OVERDUE,
    Kind.UNSOURCED: Mark.UNSOURCED,
    Kind.DEAD_LINK: Mark.DEAD_LINK,
    Kind.TOO_LONG: Mark.TOO_LONG,
    Kind.LABEL_TOO_LONG: Mark.TOO_LONG,
    Kind.GLOSSARY: Mark.GLOSSARY,
    Kind.HARD_TO_READ: Mark.HARD_TO_READ,
}
_STATES = frozenset({Kind.MISSING_REQUIRED, Kind.MISSING, Kind.INCOMPLETE})
"""What the state of a cell says already."""
IN_TABLE = frozenset({Kind.MISSING_REQUIRED, Kind.MISSING, Kind.DRAFT, Kind.OUTDATED})
"""What is not listed once more where the table shows it."""


def mark_of(kind: Kind) -> Mark | None:
    """The mark of a finding in the table; None if the table has none for it."""
    if kind in _MARK_OF:
        return _MARK_OF[kind]
    return Mark.BROKEN if kind.is_error and kind not in _STATES else None


class Row(msgspec.Struct, frozen=True):
    """An answer in the table.

    Attributes:
        answer: its folder.
        states: by language; of Uzbek Cyrillic that is made from Latin, that of the Latin.
        marks: by language, what else the table shows; what is wrong with the whole answer (its
            sources, its date) stands in every language that is written.
        check_again_by: the day by which it must be checked again.
        is_overdue: that day has passed.
        longest: characters of the longest first page in Russian.
        readings: by language that is written, how hard it is to read; empty without samples.
    """

    answer: str
    states: dict[Locale, State]
    marks: dict[Locale, tuple[Mark, ...]]
    check_again_by: date
    is_overdue: bool
    longest: int
    readings: dict[Locale, Reading] = {}


class Report(msgspec.Struct, frozen=True):
    """The state of all answers on a day.

    Attributes:
        today: the day.
        rows: one for each answer.
        findings: by file and line.
        baselines: what is usual in each language, to which the readings compare.
    """

    today: date
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]
    baselines: dict[Locale, Baseline] = {}

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What must be mended before release."""
        return self.of(Weight.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What is still to do."""
        return self.of(Weight.WARNING)

    @property
    def notes(self) -> tuple[Finding, ...]:
        """What may stay as it is."""
        return self.of(Weight.NOTE)

    def of(self, weight: Weight) -> tuple[Finding, ...]:
        """The findings of a weight."""
        return tuple(finding for finding in self.findings if finding.kind.weight is weight)
