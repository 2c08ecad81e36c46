"""Periods of the figures: whole months of the calendar that are over.

Tables of periods that overlap can be subtracted from each other, cell by cell, and a number that
each of them hides well (``hidden``) be left. So the periods are a partition: each day is in one of
them, the same for every table and for ever.

* *Any number of days up to today*: the last 7 days less those of yesterday's page are one day.
* *A month so far*: whoever keeps today's page can take it from tomorrow's.
* *Weeks beside months*: November 2026 less its four whole weeks is the 1st and the 30th.
* *Months made of whole weeks* (by their Thursdays): what the last week of a month hides is the
  month's number less those of the other weeks.

Of what is left, months, weeks, or quarters, a month is the shortest in which a small helpline has
numbers that may be told at all. The days within it are rows of its tables, hidden together. (Linked
tables and differencing: Hundepool et al., *Statistical Disclosure Control*, 2012.)

People by week are another count (nobody is in any other table as a person), so its partition is
another one: whole weeks.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

MONTHS = 12
"""A year of months that can be chosen: at most 396 days, all of which are kept (``INSIGHT_TTL``,
400 days). A month of which a day is gone already would be another period."""

WEEKS = 13
"""A quarter, for people by week."""


class Month(NamedTuple):
    """A month of the calendar, in Kazakhstan."""

    year: int
    month: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def days(self) -> tuple[date, ...]:
        """All its days."""
        number = (self.next.first - self.first).days
        return tuple(self.first + timedelta(days=n) for n in range(number))

    @property
    def next(self) -> Month:
        """The month after it."""
        return Month(self.year + self.month // 12, self.month % 12 + 1)

    @property
    def before(self) -> Month:
        """The month before it."""
        return month_of(self.first - timedelta(days=1))

    def __str__(self) -> str:
        """As it is named in addresses: ``2026-11``."""
        return f"{self.year:04}-{self.month:02}"


def month_of(day: date) -> Month:
    """The month of a day."""
    return Month(day.year, day.month)


def months_until(today: date) -> tuple[Month, ...]:
    """The months that can be chosen, the last one first.

    Args:
        today: in Kazakhstan; its month is not over.
    """
    found = [month_of(today).before]
    while len(found) < MONTHS:
        found.append(found[-1].before)
    return tuple(found)


def weeks_until(today: date) -> tuple[date, ...]:
    """The Mondays of the last quarter's weeks, the last one last; this week is not over."""
    monday = today - timedelta(days=today.weekday())
    return tuple(monday - timedelta(weeks=age) for age in range(WEEKS, 0, -1))
