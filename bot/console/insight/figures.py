"""What was counted in a period, as it may be shown; pure.

Every breakdown by language is a column of a table that was veiled as a whole, so that nobody can
take the figures of one language from those of all and get a number that is not told.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

import msgspec

from bot.console.insight import hidden
from bot.console.insight.hidden import FEWEST, Line, Table
from bot.dialogue.outcome import Verdict
from bot.language.identify import OTHER
from bot.language.tags import Locale
from bot.store import insight
from bot.store.insight import Asked, AtHour, FromPlace, InCity, Rated, summed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from bot.store.insight import Day

LOCALES = (*(locale.value for locale in Locale), OTHER)
"""The languages of the figures, with the one for all that the bot does not speak."""

THE_REST = "*"
"""Stands for the small keys of a breakdown together; no key has such a name."""

_K = TypeVar("_K")


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
    return Figures(
        days=hidden.table(by_day, bars, Outcome),
        days_by_language=hidden.table(by_day_and_language, bars, LOCALES),
        languages=hidden.table(
            Counter({(of, end): n for (end, of), n in ends.items()}), LOCALES, Outcome
        ),
        topics=_by_language(summed(days, Asked, lambda one: _topic(one, topic_of))),
        questions=_by_language(summed(days, Asked, _subject)),
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


def _end_and_language(one: Asked) -> tuple[Outcome, str] | None:
    end = outcome(one.way, one.verdict)
    return None if end is None else (end, _language(one.locale))


def _language(locale: str) -> str:
    return locale if locale in LOCALES else OTHER


def _is_question(one: Asked | InCity | FromPlace) -> bool:
    return outcome(one.way, one.verdict) not in (None, Outcome.HANDED_OVER)


def _subject(one: Asked) -> tuple[str, str] | None:
    return (one.subject, _language(one.locale)) if one.subject and _is_question(one) else None


def _topic(one: Asked, topic_of: Callable[[str], str]) -> tuple[str, str] | None:
    found = _subject(one)
    return None if found is None else (topic_of(found[0]), found[1])


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
