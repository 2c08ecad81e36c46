"""The figures of a staff group, for a phone: short lines, no table wider than a hand."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from bot.handoff.figures import Row, Standing, Veil, veiled
from bot.handoff.rules import DAY, HOUR, MINUTE
from bot.telegram.render.desk_periods import period
from bot.telegram.render.desk_words import language_of
from bot.telegram.render.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.catalogs import Words
    from bot.handoff.figures import Spread, Summary
    from bot.language.tags import Locale

BAR = 8
"""Signs of the longest bar: with the numbers beside it, a line fits a small phone."""

WAITING, CLAIMED, REPLY, CLOSE = "⏳", "✋", "💬", "🏁"


def stats(words: Words, standing: Mapping[Locale, Standing], summary: Summary, zone: str) -> Screen:
    """How a group is doing.

    Args:
        words: of the staff.
        standing: its open cases.
        summary: of the last 30 days.
        zone: the time zone of its clock.
    """
    blocks = [
        *(_now(words, standing), _month(words, summary.total)),
        *(_by_language(words, standing, summary), _by_hour(words, summary, zone)),
    ]
    return Screen("\n\n".join(filter(None, blocks)))


def _now(words: Words, standing: Mapping[Locale, Standing]) -> str:
    title = words.gettext("Now")
    waiting = words.gettext("Without a counsellor: {number}").format(
        number=words.number(sum(each.waiting for each in standing.values()))
    )
    claimed = words.gettext("With a counsellor: {number}").format(
        number=words.number(sum(each.claimed for each in standing.values()))
    )
    return "\n".join((_bold(title), f"{WAITING} {escape(waiting)}", f"{CLAIMED} {escape(claimed)}"))


def _month(words: Words, total: Row) -> str:
    lines = [_bold(words.gettext("The last 30 days"))]
    text = words.gettext("Cases opened: {number}").format(number=words.number(total.opened))
    lines.append(f"📥 {escape(text)}")
    first = words.gettext("First reply, for half / for 9 of 10: {half} / {most}")
    ended = words.gettext("Closed, half / 9 of 10: {half} / {most}")
    for sign, text, spread in ((REPLY, first, total.replied), (CLOSE, ended, total.closed)):
        if spread.median is not None and spread.p90 is not None:
            half, most = _period(words, spread.median), _period(words, spread.p90)
            lines.append(f"{sign} {escape(text.format(half=half, most=most))}")
    return "\n".join(lines)


def _by_language(words: Words, standing: Mapping[Locale, Standing], summary: Summary) -> str:
    """One paragraph per language; where there is only one, it is all of the above."""
    locales = list(dict.fromkeys((*summary.by_locale, *standing)))
    if len(locales) < 2:
        return ""
    none = Standing()
    rows = summary.by_locale
    opened = veiled({each: rows.get(each, Row()).opened for each in locales})
    waiting = veiled({each: standing.get(each, none).waiting for each in locales})
    claimed = veiled({each: standing.get(each, none).claimed for each in locales})
    lines = [_bold(words.gettext("By language"))]
    for locale in locales:
        row = rows.get(locale, Row())
        numbers = (
            _sign("📥", _told(words, opened[locale])),
            _sign(WAITING, _told(words, waiting[locale])),
            _sign(CLAIMED, _told(words, claimed[locale])),
        )
        times = (
            _sign(REPLY, _spread(words, row.replied)),
            _sign(CLOSE, _spread(words, row.closed)),
        )
        told = [" · ".join(filter(None, parts)) for parts in (numbers, times)]
        if any(told):
            lines += (escape(language_of(locale)), *(f"   {line}" for line in told if line))
    return "\n".join(lines)


def _by_hour(words: Words, summary: Summary, zone: str) -> str:
    """From the first hour in which anybody came to the last."""
    opened = {hour: row.opened for hour, row in enumerate(summary.by_hour)}
    busy = [hour for hour, number in opened.items() if number]
    if not busy:
        return ""
    shown, most = veiled(opened), max(opened.values())
    lines = []
    for hour in range(busy[0], busy[-1] + 1):
        told = shown[hour]
        parts = [f"{hour:02}"]
        if told:
            bar = told if isinstance(told, int) else 0
            parts.append("█" * max(1, round(BAR * bar / most)) if bar else "▌")
            parts.append(_told(words, told))
        median = summary.by_hour[hour].replied.median
        if median is not None:
            parts.append(f"{REPLY} {_period(words, median)}")
        lines.append(" ".join(parts))
    title = words.gettext("By hour of opening ({zone}): cases, first reply for half of them")
    chart = escape("\n".join(lines))
    return f"{_bold(title.format(zone=zone))}\n<pre>{chart}</pre>"


def _spread(words: Words, spread: Spread) -> str:
    if spread.median is None or spread.p90 is None:
        return ""
    return f"{_period(words, spread.median)} / {_period(words, spread.p90)}"


def _period(words: Words, seconds: float) -> str:
    """A period to the nearest, as nothing is promised by it: ``period`` itself rounds up."""
    if seconds <= 10 * MINUTE:
        unit = MINUTE
    elif seconds <= 90 * MINUTE:
        unit = 5 * MINUTE
    else:
        unit = HOUR if seconds < 2 * DAY else DAY
    return period(words, unit * round(seconds / unit))


def _told(words: Words, number: int | Veil) -> str:
    """Empty for nobody."""
    if isinstance(number, Veil):
        return number.value
    return words.number(number) if number else ""


def _sign(sign: str, text: str) -> str:
    return f"{sign} {escape(text)}" if text else ""


def _bold(text: str) -> str:
    return f"<b>{escape(text)}</b>"
