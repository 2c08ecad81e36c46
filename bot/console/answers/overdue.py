"""Answers to be checked again, and the form that says one is still true. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.answers.answer_checks import changing_facts, days_allowed
from bot.answers.centres_file import is_web_address
from bot.answers.model import Source
from bot.answers.pick import SOURCE_LOCALE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from bot.answers.facts_file import Fact
    from bot.answers.loaded import Loaded, LoadedAnswer
    from bot.answers.model import Answer
    from bot.console.versions.model import Proposal
    from bot.console.web.forms import Form

SOON = timedelta(days=14)
"""What is due within two weeks is shown with what is overdue: checking takes calls and days."""

MAX_SOURCES = 20
EMPTY_ROWS = 2

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Due:
    """An answer to be checked again.

    Attributes:
        days: until it is due; negative if that has passed.
        allowed: for how many days it counts as fresh after a check.
        proposals: open ones that concern it.
    """

    folder: str
    question: str
    answer: Answer
    days: int
    allowed: int
    proposals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source as it stands in a form, with what is wrong with its fields."""

    title: str = ""
    url: str = ""
    date: str = ""
    faults: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Nothing was written into it."""
        return not (self.title or self.url or self.date)


def due(
    loaded: Loaded, facts: Mapping[str, Fact], proposals: Iterable[Proposal], today: date
) -> tuple[Due, ...]:
    """What is overdue or soon will be, what is due first first."""
    concerned: dict[str, list[str]] = {}
    for proposal in proposals:
        for subject in proposal.subjects:
            concerned.setdefault(subject, []).append(proposal.id)
    found = [
        Due(
            entry.folder,
            question(entry),
            entry.answer,
            (entry.answer.check_again_by - today).days,
            days_allowed(entry.answer, facts),
            tuple(concerned.get(entry.folder, ())),
        )
        for entry in loaded.answers
        if entry.answer.check_again_by - today <= SOON
    ]
    return tuple(sorted(found, key=lambda one: (one.days, one.folder)))


def question(entry: LoadedAnswer) -> str:
    """What an answer answers, in Russian; its folder if that cannot be read."""
    source = entry.texts.get(SOURCE_LOCALE)
    return (source.read.text.question if source else "") or entry.folder


def next_check(answer: Answer, facts: Mapping[str, Fact], today: date) -> date:
    """The day by which an answer that was checked today must be checked again."""
    return today + timedelta(days=days_allowed(answer, facts))


def volatile(answer: Answer, facts: Mapping[str, Fact]) -> int:
    """How many of its facts change often."""
    return len(changing_facts(answer, facts))


def rows_of(sources: Iterable[Source]) -> list[SourceRow]:
    """The present sources, with some room for new ones."""
    rows = [SourceRow(one.title, one.url, one.date) for one in sources]
    return [*rows, *(SourceRow() for _ in range(EMPTY_ROWS))]


def sent_rows(form: Form, gettext: Callable[[str], str]) -> list[SourceRow]:
    """The sources of a form, each with what is wrong with it.

    Args:
        form: with ``title``, ``url`` and ``date``, as often as there are sources.
        gettext: translates the sentences.
    """
    titles, urls, dates = (form.all(name)[:MAX_SOURCES] for name in ("title", "url", "date"))
    rows = zip(titles, urls, dates, strict=False)
    return [_checked(title, url, day, gettext) for title, url, day in rows]


def _checked(title: str, url: str, day: str, gettext: Callable[[str], str]) -> SourceRow:
    row = SourceRow(" ".join(title.split()), url, day)
    if row.is_empty:
        return row
    faults = {}
    if not row.title:
        faults["title"] = gettext("Write what the source is called.")
    if not is_web_address(url):
        faults["url"] = gettext("Write a web address that begins with https:// or http://.")
    if day and not _DATE.fullmatch(day):  # some pages bear none
        faults["date"] = gettext("Write a date as 2026, 2026-11 or 2026-11-22.")
    return SourceRow(row.title, url, day, faults)


def sources(rows: Iterable[SourceRow]) -> tuple[Source, ...]:
    """The sources that were written down."""
    return tuple(Source(one.title, one.url, one.date) for one in rows if not one.is_empty)
