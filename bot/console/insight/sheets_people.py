"""Understanding by language, and who is not reached, as tables; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.console.insight.equity import Understood, by_language, by_topic
from bot.console.insight.figures import THE_REST
from bot.console.insight.names import language_name, named, topic_name
from bot.console.insight.reach import NO_CODE, Reach, Reached, Trend
from bot.console.insight.sheet import Column, Kind, Plot, Row, Sheet
from bot.console.insight.sheets import MOST
from bot.language.tags import Locale

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from bot.console.insight.figures import Figures
    from bot.console.insight.hidden import Told
    from bot.console.insight.names import Called
    from bot.console.insight.period import Month
    from bot.console.web.languages import Wording


def equity(w: Wording, figures: Figures, called: Called, locale: str) -> tuple[Sheet, ...]:
    """What is asked in a language but not well understood there.

    Args:
        w: words of the reader.
        figures: of the period.
        called: names of topics.
        locale: one language only, compared with all; empty for all.
    """
    flag = w.gettext("clearly lower than in the best language")
    counts = (
        Column(w.gettext("answered"), is_drawn=False),
        Column(w.gettext("offered questions"), is_drawn=False),
    )
    share = Column(w.gettext("answered at once"), Kind.SHARE)

    def row(label: str, one: Understood) -> Row:
        lost = () if one.lost is None else (one.lost,)
        numbers = (one.answered, one.offered, *lost, one.share)
        return Row(label, numbers, flag if one.is_low else "")

    mine = [one for one in by_language(figures) if locale in ("", one.locale)]
    topics = [one for one in by_topic(figures) if locale in ("", one.locale)]
    lost = Column(w.gettext("not understood"), is_drawn=False)
    pattern = w.gettext("{language}: {topic}")
    return (
        Sheet(
            "equity",
            w.gettext("How well each language is understood"),
            w.gettext(
                "Questions in words about our subjects. A language is marked if its share of"
                " answers at once is clearly lower than the best one's: not by chance of a few"
                " messages (their 95-percent intervals do not meet)."
            ),
            w.gettext("Language"),
            (*counts, lost, share),
            tuple(row(language_name(w, one.locale), one) for one in mine),
            Plot.STRIPS,
        ),
        Sheet(
            "equity-topics",
            w.gettext("How well each topic is understood in each language"),
            w.gettext(
                "The worst first. Compared with the best language of the same topic. What was not"
                " understood at all has no topic and is counted above."
            ),
            w.gettext("Language and topic"),
            (*counts, share),
            tuple(
                row(
                    pattern.format(
                        language=language_name(w, one.locale),
                        topic=topic_name(w, one.topic, called.topics),
                    ),
                    one,
                )
                for one in topics
            ),
            Plot.STRIPS,
            MOST,
        ),
    )


def reached(  # noqa: PLR0913, PLR0917 - what there is to tell
    w: Wording,
    month: Month,
    found: Reach,
    weeks: Mapping[date, Mapping[str, Told]],
    called: Called,
    locale: str,
) -> tuple[Sheet, ...]:
    """Who is not reached.

    Args:
        w: words of the reader.
        month: which.
        found: against the month before.
        weeks: people by the Monday of the week and language.
        called: names of cities.
        locale: one language only; empty for all.
    """
    languages = tuple(one for one in found.languages if locale in ("", one.key))
    columns = Column(w.month(month.before.first)), Column(w.month(month.first))
    sheets = [
        _weeks(w, weeks, locale),
        _compared(
            w,
            "new-languages",
            w.gettext("New people by language"),
            w.gettext("Who chose this language for the first time."),
            w.gettext("Language"),
            languages,
            lambda key: language_name(w, key),
            columns,
        ),
    ]
    if not locale:
        sheets += [
            _compared(
                w,
                "new-codes",
                w.gettext("New people by outreach code"),
                w.gettext("A code that brings nobody any more: its poster may be gone."),
                w.gettext("Code"),
                found.codes,
                lambda key: _code(w, key),
                columns,
            ),
            _compared(
                w,
                "new-cities",
                w.gettext("Questions by city, against the month before"),
                w.gettext("Of people whose city is known because they looked for a centre."),
                w.gettext("City"),
                found.cities,
                lambda key: named(w, key, called.cities),
                columns,
            ),
        ]
    return tuple(sheets)


def _code(w: Wording, key: str) -> str:
    if key == NO_CODE:
        return w.gettext("without a code")
    return named(w, key, {}) if key == THE_REST else key


def _weeks(w: Wording, weeks: Mapping[date, Mapping[str, Told]], locale: str) -> Sheet:
    shown = [each.value for each in Locale if locale in ("", each.value)]
    there = [each for each in shown if any(of.get(each) for of in weeks.values())]
    return Sheet(
        "people",
        w.gettext("People by week"),
        w.gettext(
            "Everybody counts once a week in each language they write in, to about 1 %. Nothing"
            " that would tell who came back is kept."
        ),
        w.gettext("Week of"),
        tuple(Column(language_name(w, each)) for each in there),
        tuple(
            Row(w.date(monday), tuple(of.get(each, 0) for each in there), short=f"{monday:%d.%m}")
            for monday, of in weeks.items()
        ),
        Plot.LINES,
    )


def _compared(  # noqa: PLR0913, PLR0917 - the texts of a table, and its rows
    w: Wording,
    name: str,
    title: str,
    note: str,
    head: str,
    rows: tuple[Reached, ...],
    label: Callable[[str], str],
    columns: tuple[Column, Column],
) -> Sheet:
    has_before = any(one.before is not None for one in rows)
    return Sheet(
        name,
        title,
        note,
        head,
        columns if has_before else columns[1:],
        tuple(
            Row(
                label(one.key),
                (one.before, one.now) if has_before else (one.now,),
                _trend_name(w, one.trend),
            )
            for one in rows
        ),
        Plot.PAIRS,
        MOST,
    )


def _trend_name(w: Wording, trend: Trend) -> str:
    match trend:
        case Trend.NOBODY:
            return w.gettext("nobody")
        case Trend.GONE:
            return w.gettext("nobody any more")
        case Trend.FALLING:
            return w.gettext("clearly fewer than before")
        case _:
            return ""
