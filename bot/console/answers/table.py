"""The table of answers and languages, with filters and sums. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from threading import Lock
from typing import TYPE_CHECKING

import msgspec

from bot.answers.findings import Mark, State
from bot.answers.loaded import CONVERSATION, DANGER
from bot.answers.pick import SOURCE_LOCALE
from bot.answers.search import AnswerSearch
from bot.console.answers.places import ORDER

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from bot.answers.findings import Report
    from bot.answers.loaded import Loaded, LoadedAnswer
    from bot.console.versions.model import Proposal
    from bot.language.tags import Locale


class Wanted(StrEnum):
    """What a cell can be looked for by: its state, or a mark beside it."""

    MISSING = "missing"
    INCOMPLETE = "incomplete"
    OUTDATED = "outdated"
    DRAFT = "draft"
    APPROVED = "approved"
    OVERDUE = "overdue"
    BROKEN = "broken"
    UNSOURCED = "unsourced"
    DEAD_LINK = "dead_link"
    TOO_LONG = "too_long"
    GLOSSARY = "glossary"
    HARD_TO_READ = "hard_to_read"
    PROPOSED = "proposed"


STATES = {State[one.name]: one for one in Wanted if one.name in State.__members__}
MARKS = {Mark[one.name]: one for one in Wanted if one.name in Mark.__members__}


@dataclass(frozen=True, slots=True)
class Filters:
    """What is looked for; nothing set finds everything."""

    words: str = ""
    topic: str = ""
    state: Wanted | None = None
    locale: Locale | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A language of an answer.

    Attributes:
        state: how far it is.
        marks: what else there is to say.
        made: there is no such file; it is made from the other script.
    """

    locale: Locale
    state: Wanted
    marks: tuple[Wanted, ...]
    made: bool

    def has(self, wanted: Wanted) -> bool:
        """Whether it is in this state or bears this mark."""
        return wanted is self.state or wanted in self.marks


@dataclass(frozen=True, slots=True)
class Row:
    """An answer.

    Attributes:
        folder: ``topic/intent``.
        question: in Russian; the folder if there is none.
        proposals: open ones that concern it.
    """

    folder: str
    topic: str
    question: str
    cells: tuple[Cell, ...]
    check_again_by: date
    is_overdue: bool
    proposals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TopicName:
    """A topic with the name that people read."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Table:
    """What is shown.

    Attributes:
        rows: those that were looked for.
        all: how many there are.
        sums: of all answers: how many cells are in each state.
        overdue: how many answers.
    """

    rows: tuple[Row, ...]
    all: int
    sums: dict[Wanted, int] = field(default_factory=dict)
    overdue: int = 0


class Finder:
    """Finds answers and danger cards by words; reads the texts once for each version."""

    def __init__(self) -> None:
        self._search = AnswerSearch()
        self._lock = Lock()

    def folders(self, loaded: Loaded, locale: Locale, words: str) -> tuple[str, ...]:
        """The folders of the answers that fit some words, the best first."""
        named = {e.folder: e.answer for e in loaded.answers if SOURCE_LOCALE in e.answer.texts}
        library = msgspec.structs.replace(loaded.library, answers=named)
        with self._lock:
            found = self._search.find(library, locale, words, len(named))
        return tuple(f"{answer.topic}/{answer.intent}" for answer in found)


def topics(loaded: Loaded, locale: Locale) -> tuple[TopicName, ...]:
    """The topics in the order of the menu; then what stands in no menu."""
    listed = [
        TopicName(topic.name, f"{topic.emoji} {topic.titles.get(locale, topic.name)}")
        for topic in loaded.library.topics
    ]
    known = {topic.name for topic in listed}
    rest = dict.fromkeys(e.answer.topic for e in loaded.answers if e.answer.topic not in known)
    order = sorted(rest, key=lambda name: (name != DANGER, name != CONVERSATION, name))
    return (*listed, *(TopicName(name, "") for name in order))


def table(
    loaded: Loaded,
    report: Report,
    proposals: Iterable[Proposal],
    filters: Filters,
    found: tuple[str, ...] | None = None,
) -> Table:
    """The rows that fit all filters, as the menu orders them.

    Args:
        loaded: the answers.
        report: their state.
        proposals: open ones.
        filters: what is looked for.
        found: the folders that fit the words, the best first; None if no words are looked for.
    """
    order = [t.name for t in topics(loaded, SOURCE_LOCALE)]
    entries = {entry.folder: entry for entry in loaded.answers}
    concerned: dict[str, list[str]] = {}
    for proposal in proposals:
        for subject in proposal.subjects:
            concerned.setdefault(subject, []).append(proposal.id)
    rows = []
    for one in report.rows:
        entry = entries[one.answer]
        proposed = tuple(concerned.get(one.answer, ()))
        cells = tuple(
            Cell(
                locale,
                STATES[one.states[locale]],
                tuple(MARKS[mark] for mark in one.marks[locale]),
                locale not in entry.texts and one.states[locale] is not State.MISSING,
            )
            for locale in ORDER
        )
        rows.append(
            Row(
                one.answer,
                entry.answer.topic,
                _question(entry),
                cells,
                one.check_again_by,
                one.is_overdue,
                proposed,
            )
        )
    places = {name: place for place, name in enumerate(found or ())}
    wanted = [
        row for row in rows if _fits(row, filters) and (found is None or row.folder in places)
    ]
    intents = {i: n for n, i in enumerate(i for t in loaded.library.topics for i in t.intents)}
    wanted.sort(
        key=lambda row: (
            places.get(row.folder, 0),
            order.index(row.topic),
            intents.get(row.folder.rpartition("/")[2], 0),
            row.folder,
        )
    )
    sums = Counter(cell.state for row in rows for cell in row.cells)
    overdue = sum(row.is_overdue for row in rows)
    return Table(
        tuple(wanted), len(rows), {state: sums[state] for state in STATES.values()}, overdue
    )


def _question(entry: LoadedAnswer) -> str:
    source = entry.texts.get(SOURCE_LOCALE)
    return (source.read.text.question if source else "") or entry.folder


def _fits(row: Row, filters: Filters) -> bool:
    if filters.topic and row.topic != filters.topic:
        return False
    if filters.state is Wanted.PROPOSED and not row.proposals:
        return False
    if filters.state in (None, Wanted.PROPOSED):
        return True
    cells = [c for c in row.cells if filters.locale in (None, c.locale)]
    return any(cell.has(filters.state) for cell in cells)
