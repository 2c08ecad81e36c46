"""Periods of the figures: so many days up to today, drawn by day or by week."""

from __future__ import annotations

from datetime import date, timedelta

PERIODS = (7, 30, 90, 365)
"""Days that can be chosen."""

BY_WEEK_FROM = 90
"""From so many days on a chart has a bar for each week: more than forty bars cannot be read."""

WEEKS = 13
"""A quarter, for people by week."""


def days_of(today: date, number: int, back: int = 0) -> tuple[date, ...]:
    """So many days, oldest first.

    Args:
        today: in Kazakhstan.
        number: how many.
        back: how many of these periods before the one that ends today.
    """
    last = today - timedelta(days=back * number)
    return tuple(last - timedelta(days=age) for age in range(number - 1, -1, -1))


def bucket(day: date, number: int) -> date:
    """The bar of a day: itself, or the Monday of its week in a long period."""
    return day - timedelta(days=day.weekday()) if number >= BY_WEEK_FROM else day


def weeks_of(today: date) -> tuple[date, ...]:
    """The Mondays of the last quarter's weeks, this one's last."""
    monday = today - timedelta(days=today.weekday())
    return tuple(monday - timedelta(weeks=age) for age in range(WEEKS - 1, -1, -1))
