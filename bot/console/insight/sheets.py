"""The figures as tables, in the reader's words; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from bot.console.insight.figures import LOCALES, THE_REST, Outcome
from bot.console.insight.hidden import HIDDEN, Told
from bot.console.insight.names import language_name, named, outcome_name, topic_name
from bot.console.insight.sheet import Column, Kind, Plot, Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bot.console.insight.figures import Figures
    from bot.console.insight.hidden import Table
    from bot.console.insight.names import Called
    from bot.console.web.languages import Wording

MOST = 15
"""Bars of a chart: more are too thin to be read; the table has all."""

_R = TypeVar("_R")


def asked(w: Wording, figures: Figures, called: Called, locale: str) -> tuple[Sheet, ...]:
    """What is asked, and how it ended.

    Args:
        w: words of the reader.
        figures: of the period.
        called: names of topics, questions, cities.
        locale: one language only; empty for all.
    """
    found = (
        _days(w, figures, locale),
        _languages(w, figures, locale),
        _topics(w, figures, called, locale),
        _questions(w, figures, called, locale),
        _cities(w, figures, called, locale),
        _codes(w, figures, locale),
    )
    # Of these nothing is kept by language and hour, or answer and language, that may be told.
    return found if locale else (*found, _hours(w, figures), _ratings(w, figures, called))


def _days(w: Wording, figures: Figures, locale: str) -> Sheet:
    title = w.gettext("Questions by day")
    if locale:
        by_language = figures.days_by_language.cells
        return Sheet(
            "days",
            title,
            w.gettext("Questions in words, and answers opened by their button."),
            w.gettext("Day"),
            (Column(w.gettext("questions")),),
            tuple(
                Row(w.date(day), (by_language[day, locale],), short=f"{day:%d.%m}")
                for day in figures.days_by_language.rows
            ),
            Plot.PILES,
        )
    ends = tuple(Outcome)
    return Sheet(
        "days",
        title,
        w.gettext(
            "How questions ended. Who is offered questions and presses one counts in both columns;"
            " a case with the staff counts beside the question that led to it."
        ),
        w.gettext("Day"),
        tuple(Column(outcome_name(w, end)) for end in ends),
        tuple(
            Row(
                w.date(day),
                tuple(figures.days.cells[day, end] for end in ends),
                short=f"{day:%d.%m}",
            )
            for day in figures.days.rows
        ),
        Plot.PILES,
    )


def _languages(w: Wording, figures: Figures, locale: str) -> Sheet:
    ends = tuple(Outcome)
    cells = figures.languages.cells
    shown = [each for each in LOCALES if locale in ("", each)]
    rows = [
        Row(language_name(w, each), tuple(cells[each, end] for end in ends))
        for each in _largest_first(shown, lambda each: figures.languages.rows[each])
    ]
    return Sheet(
        "languages",
        w.gettext("How questions ended, by language"),
        w.gettext("The language is that of the reply. Of other languages the bot only says so."),
        w.gettext("Language"),
        tuple(Column(outcome_name(w, end)) for end in ends),
        tuple(rows),
        Plot.STRIPS,
    )


def _topics(w: Wording, figures: Figures, called: Called, locale: str) -> Sheet:
    return _breakdown(
        w,
        Sheet(
            "topics",
            w.gettext("Topics"),
            w.gettext("In words and by button. What was not understood has no topic."),
            w.gettext("Topic"),
            (),
            (),
        ),
        figures.topics,
        lambda key: topic_name(w, key, called.topics),
        locale,
    )


def _questions(w: Wording, figures: Figures, called: Called, locale: str) -> Sheet:
    return _breakdown(
        w,
        Sheet(
            "questions",
            w.gettext("Questions"),
            w.gettext("What the bot took them for. The chart shows the most frequent."),
            w.gettext("Question"),
            (),
            (),
        ),
        figures.questions,
        lambda key: named(w, key, called.subjects),
        locale,
    )


def _cities(w: Wording, figures: Figures, called: Called, locale: str) -> Sheet:
    return _breakdown(
        w,
        Sheet(
            "cities",
            w.gettext("Cities"),
            w.gettext("Questions of people whose city is known because they looked for a centre."),
            w.gettext("City"),
            (),
            (),
        ),
        figures.cities,
        lambda key: named(w, key, called.cities),
        locale,
    )


def _codes(w: Wording, figures: Figures, locale: str) -> Sheet:
    return _breakdown(
        w,
        Sheet(
            "codes",
            w.gettext("Outreach codes"),
            w.gettext("Questions of people who came by the code of a poster, a leaflet, a link."),
            w.gettext("Code"),
            (),
            (),
        ),
        figures.codes,
        lambda key: named(w, key, {}) if key == THE_REST else key,
        locale,
    )


def _breakdown(
    w: Wording, sheet: Sheet, table: Table[str, str], name: Callable[[str], str], locale: str
) -> Sheet:
    """A table of something by language: all languages with their sum, or one of them."""
    if locale:
        column: dict[str, Told] = {row: table.cells.get((row, locale), 0) for row in table.rows}
        rows = [
            Row(name(row), (column[row],)) for row in _largest_first(column, lambda r: column[r])
        ]
        columns: tuple[Column, ...] = (Column(language_name(w, locale)),)
        rows = [row for row in rows if row.cells != (0,)]
    else:
        there = [one for one in LOCALES if table.columns.get(one, 0)]
        rows = [
            Row(name(row), (table.rows[row], *(table.cells[row, one] for one in there)))
            for row in _largest_first(table.rows, lambda r: table.rows[r])
        ]
        columns = (
            Column(w.gettext("all")),
            *(Column(language_name(w, one), is_drawn=False) for one in there),
        )
    return Sheet(
        sheet.name, sheet.title, sheet.note, sheet.head, columns, tuple(rows), Plot.STRIPS, MOST
    )


def _hours(w: Wording, figures: Figures) -> Sheet:
    return Sheet(
        "hours",
        w.gettext("Questions by hour"),
        w.gettext("Of the day, in Kazakhstan."),
        w.gettext("Hour"),
        (Column(w.gettext("questions")),),
        tuple(Row(f"{hour:02}", (told,)) for hour, told in figures.hours.cells.items()),
        Plot.PILES,
    )


def _ratings(w: Wording, figures: Figures, called: Called) -> Sheet:
    table = figures.ratings

    def down(intent: str) -> Told:
        return table.cells[intent, False]

    rows = []
    for intent in _largest_first(table.rows, down):
        no, yes = down(intent), table.cells[intent, True]
        told = isinstance(no, int) and isinstance(yes, int) and (no + yes) > 0
        share: float | None = no / (no + yes) if told else None  # type: ignore[operator]
        rows.append(Row(named(w, intent, called.subjects), (no, yes, share)))
    return Sheet(
        "ratings",
        w.gettext("Whether answers helped"),
        w.gettext("The thumbs under answers, in all languages; most 👎 first."),
        w.gettext("Answer"),
        (
            Column(w.gettext("👎 did not help")),
            Column(w.gettext("👍 helped")),
            Column(w.gettext("share of 👎"), Kind.SHARE, is_drawn=False),
        ),
        tuple(rows),
        Plot.STRIPS,
        MOST,
    )


def _largest_first(keys: Iterable[_R], told: Callable[[_R], Told]) -> list[_R]:
    """By number, what is not told after what is; else in the order given."""

    def size(key: _R) -> float:
        number = told(key)
        return 0.5 if number is HIDDEN or not isinstance(number, int) else number

    return sorted(keys, key=lambda key: -size(key))
