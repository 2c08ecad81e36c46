"""What was counted in a period, as it may be shown; pure.

Every breakdown by language is a column of a table that was veiled as a whole, so that nobody can
take the figures of one language from those of all and get a number that is not told.

Tables of one page count the same questions by other features, so they can be subtracted from each
other, too. What one table tells as a sum must not need another's cells to stay hidden:

* The topics of a language tell how many of its questions had a subject, the days of a language how
  many there were. So ends with a subject, ends without, and cases hide their small numbers among
  themselves (``ABOUT``, ``ABOUT_NOTHING``, ``CASES``).
* A topic less its questions that are told is what the others are together: that is veiled like a
  table of its own (``_topics_beside``).
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

import msgspec

from bot.console.insight import hidden
from bot.console.insight.hidden import FEWEST, HIDDEN, Line, Table
from bot.dialogue.outcome import Verdict
from bot.language.identify import OTHER
from bot.language.tags import Locale
from bot.store import insight
from bot.store.insight import Asked, AtHour, FromPlace, InCity, Rated, summed

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from bot.console.insight.hidden import Told
    from bot.store.insight import Day

LOCALES = (*(locale.value for locale in Locale), OTHER)
"""The languages of the figures, with the one for all that the bot does not speak."""

THE_REST = "*"
"""Stands for the small keys of a breakdown together; no key has such a name."""

_K = TypeVar("_K")
_R = TypeVar("_R", bound="Hashable")


class Outcome(StrEnum):
    """How a question ended; what people see is in ``words``."""

    ANSWERED = "answered"
    """At once, or as soon as the citizenship was known."""
    DANGER = "danger"
    """With a danger card."""
    OFFERED = "offered"
    """The bot was not sure, and offered questions as buttons."""
    LOST = "lost"
    NOT_OURS = "not_ours"
    """Understood as none of our subjects."""
    UNREAD = "unread"
    """The classifier was away."""
    TAPPED = "tapped"
    """No words: an answer was opened by its button (also one of those that were offered)."""
    HANDED_OVER = "handed_over"
    """A case was opened with the staff; counted beside the question that led to it."""


_OF_TEXT = {
    Verdict.ANSWERED: Outcome.ANSWERED,
    Verdict.ASKED: Outcome.ANSWERED,
    Verdict.DANGER: Outcome.DANGER,
    Verdict.OFFERED: Outcome.OFFERED,
    Verdict.LOST: Outcome.LOST,
    Verdict.OUT_OF_SCOPE: Outcome.NOT_OURS,
    Verdict.UNREAD: Outcome.UNREAD,
}

JUDGED = (Outcome.ANSWERED, Outcome.OFFERED, Outcome.LOST)
"""The ends that say how well a language is understood: those of questions about our subjects."""


ABOUT = (Outcome.ANSWERED, Outcome.DANGER, Outcome.OFFERED, Outcome.TAPPED)
"""The ends of questions that have a subject, and so a topic."""

ABOUT_NOTHING = (Outcome.LOST, Outcome.NOT_OURS, Outcome.UNREAD)

CASES = (Outcome.HANDED_OVER,)
"""Beside the questions; in no other table."""


class Figures(msgspec.Struct, frozen=True):
    """The figures of a period. Languages are ``LOCALES``.

    Attributes:
        days: by day and end.
        days_by_language: the same by language; questions in words and by button.
        languages: ends by language.
        topics: by topic and language, in words and by button; the topic of what was lost is not
            known.
        questions: the same by intent.
        cities: by city (key of the gazetteer) and language.
        codes: by outreach code and language.
        hours: by hour of the day in Kazakhstan.
        ratings: by intent and whether the answer helped.
        topics_by_language: for each language its topics by end, for ``equity``.
    """

    days: Table[date, Outcome]
    days_by_language: Table[date, str]
    languages: Table[str, Outcome]
    topics: Table[str, str]
    questions: Table[str, str]
    cities: Table[str, str]
    codes: Table[str, str]
    hours: Line[int]
    ratings: Table[str, bool]
    topics_by_language: dict[str, Table[str, Outcome]]

    @property
    def is_empty(self) -> bool:
        """Nothing was counted."""
        return not any(
            one.total for one in (self.days, self.languages, self.ratings, self.cities, self.codes)
        )


def outcome(way: str, verdict: str) -> Outcome | None:
    """How a question ended; None for what was none."""
    if way == insight.PERSON:
        return Outcome.HANDED_OVER
    found = _OF_TEXT.get(Verdict(verdict)) if verdict in set(Verdict) else None
    return Outcome.TAPPED if found is not None and way == insight.TAP else found


def figures(days: Sequence[Day], topic_of: Callable[[str], str]) -> Figures:
    """What was counted, veiled.

    Args:
        days: of the period, oldest first.
        topic_of: the topic of an intent or a danger.
    """
    by_day: Counter[tuple[date, Outcome]] = Counter()
    by_day_and_language: Counter[tuple[date, str]] = Counter()
    for day in days:
        at = date.fromisoformat(day.day)
        for (end, locale), times in summed([day], Asked, _end_and_language).items():
            by_day[at, end] += times
            if end is not Outcome.HANDED_OVER:
                by_day_and_language[at, locale] += times
    bars = [date.fromisoformat(day.day) for day in days]
    ends = summed(days, Asked, _end_and_language)
    subjects = summed(days, Asked, _subject)
    questions = _by_language(subjects)
    return Figures(
        days=_in_groups(by_day, bars, ((*ABOUT, *ABOUT_NOTHING), CASES)),
        days_by_language=hidden.table(by_day_and_language, bars, LOCALES),
        languages=_in_groups(
            Counter({(of, end): n for (end, of), n in ends.items()}),
            LOCALES,
            (ABOUT, ABOUT_NOTHING, CASES),
        ),
        topics=_topics_beside(questions, subjects, topic_of),
        questions=questions,
        cities=_by_language(summed(days, InCity, city_and_language)),
        codes=_by_language(summed(days, FromPlace, _code)),
        hours=hidden.line(_hours(days)),
        ratings=hidden.table(
            merged(summed(days, Rated, lambda one: (one.intent, one.helpful))), (), (True, False)
        ),
        topics_by_language=_topics_by_language(days, topic_of),
    )


def merged(counts: Counter[tuple[str, _K]]) -> Counter[tuple[str, _K]]:
    """The rows of a table, the small ones put together as ``THE_REST``.

    Names of rows that nobody checks (an outreach code can be made up) are not told by it either.
    """
    totals: Counter[str] = Counter()
    for (row, _), number in counts.items():
        totals[row] += number
    rest = unnamed(totals)
    found: Counter[tuple[str, _K]] = Counter()
    for (row, column), number in counts.items():
        found[THE_REST if row in rest else row, column] += number
    return found


def unnamed(totals: Counter[str]) -> frozenset[str]:
    """The rows that are told only together: those with fewer than ``FEWEST``, if there are any.

    With the next larger ones, until any of them could as well have ``FEWEST`` and each of the
    others 1: else the smallest row with a name, of which one knows that it has ``FEWEST`` at
    least, would tell how few the rest are.
    """
    rows = sorted((row for row in totals if totals[row] > 0), key=lambda row: (totals[row], row))
    small = sum(1 for row in rows if totals[row] < FEWEST)
    together = sum(totals[row] for row in rows[:small])
    while 0 < small < len(rows) and together - (small - 1) < FEWEST:
        together += totals[rows[small]]
        small += 1
    return frozenset(rows[:small])


def _by_language(counts: Counter[tuple[str, str]]) -> Table[str, str]:
    return hidden.table(merged(counts), (), LOCALES)


def _in_groups(
    counts: Counter[tuple[_R, Outcome]],
    rows: Sequence[_R],
    groups: Sequence[Sequence[Outcome]],
) -> Table[_R, Outcome]:
    """A table each of whose groups of columns keeps its own small numbers hidden."""
    tables = [
        hidden.table(Counter({at: n for at, n in counts.items() if at[1] in group}), rows, group)
        for group in groups
    ]
    return Table(
        {at: told for table in tables for at, told in table.cells.items()},
        {row: _together(table.rows[row] for table in tables) for row in rows},
        {column: told for table in tables for column, told in table.columns.items()},
        _together(table.total for table in tables),
    )


def _together(numbers: Iterable[Told]) -> Told:
    total = 0
    for number in numbers:
        if not isinstance(number, int):
            return HIDDEN
        total += number
    return total


def _topics_beside(
    questions: Table[str, str],
    counts: Counter[tuple[str, str]],
    topic_of: Callable[[str], str],
) -> Table[str, str]:
    """Topics by language, so that beside the questions no small number can be computed.

    First whole topics are hidden for the sake of their questions that have no row (which are told
    together, as ``THE_REST``), then single cells for the sake of hidden cells.

    Args:
        questions: as they are told.
        counts: by question and language.
        topic_of: the topic of an intent or a danger.
    """
    exact: Counter[tuple[str, str]] = Counter()
    sums: Counter[str] = Counter()
    unnamed_in: Counter[str] = Counter()
    for (subject, locale), number in counts.items():
        topic = topic_of(subject)
        exact[topic, locale] += number
        sums[topic] += number
        if not isinstance(questions.rows.get(subject, HIDDEN), int):
            unnamed_in[topic] += number
    away = {one for one, told in hidden.line(unnamed_in).cells.items() if told is HIDDEN}
    untold = Counter(
        {
            (topic_of(subject), locale): 0
            for subject, locale in counts
            if topic_of(subject) not in away
        }
    )
    for (subject, locale), number in counts.items():
        at = topic_of(subject), locale
        if at in untold and not isinstance(questions.cells.get((subject, locale), HIDDEN), int):
            untold[at] += number
    veiled = hidden.table(untold, (), LOCALES)
    return Table(
        {
            (topic, locale): HIDDEN
            if topic in away or veiled.cells[topic, locale] is HIDDEN
            else exact[topic, locale]
            for topic in sums
            for locale in LOCALES
        },
        {
            topic: HIDDEN if topic in away or veiled.rows[topic] is HIDDEN else number
            for topic, number in sums.items()
        },
        questions.columns,
        questions.total,
    )


def _end_and_language(one: Asked) -> tuple[Outcome, str] | None:
    end = outcome(one.way, one.verdict)
    return None if end is None else (end, _language(one.locale))


def _language(locale: str) -> str:
    return locale if locale in LOCALES else OTHER


def _is_question(one: Asked | InCity | FromPlace) -> bool:
    return outcome(one.way, one.verdict) not in (None, Outcome.HANDED_OVER)


def _subject(one: Asked) -> tuple[str, str] | None:
    return (one.subject, _language(one.locale)) if one.subject and _is_question(one) else None


def city_and_language(one: InCity) -> tuple[str, str] | None:
    """Where a question came from; None for what was none."""
    return (one.city, _language(one.locale)) if _is_question(one) else None


def _code(one: FromPlace) -> tuple[str, str] | None:
    return (one.place, _language(one.locale)) if _is_question(one) else None


def _hours(days: Iterable[Day]) -> dict[int, int]:
    def hour(one: AtHour) -> int | None:
        return None if outcome(one.way, one.verdict) in (None, Outcome.HANDED_OVER) else one.hour

    found = summed(days, AtHour, hour)
    return {each: found[each] for each in range(24)}


def _topics_by_language(
    days: Iterable[Day], topic_of: Callable[[str], str]
) -> dict[str, Table[str, Outcome]]:
    """Questions in words only: a button is understood in every language."""
    found: dict[str, Counter[tuple[str, Outcome]]] = {}

    def key(one: Asked) -> tuple[str, str, Outcome] | None:
        end = outcome(one.way, one.verdict)
        topic = topic_of(one.subject) if one.subject else ""
        return (_language(one.locale), topic, end) if end in JUDGED else None

    for (locale, topic, end), number in summed(days, Asked, key).items():
        found.setdefault(locale, Counter())[topic, end] += number
    return {locale: hidden.table(counts, (), JUDGED) for locale, counts in found.items()}
