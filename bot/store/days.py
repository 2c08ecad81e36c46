"""The days that counts go to, and that what waits for staff is kept under.

They are Kazakhstan's, as those of the answers and of the figures: a question of one in the morning
is of the day that the counsellor who reads it calls today.
"""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from bot.clock import KAZAKHSTAN_TIME
from bot.store.keys import DAY

if TYPE_CHECKING:
    from collections.abc import Iterator


def today() -> date:
    """The day of now."""
    return _date_of(time.time())


def last_days(number: int) -> tuple[str, ...]:
    """The names of so many days (YYYY-MM-DD), today's first."""
    now = today()
    return tuple((now - timedelta(days=age)).isoformat() for age in range(number))


def day_of(moment: float) -> str:
    """The day (YYYY-MM-DD) of a moment in seconds since the epoch."""
    return _date_of(moment).isoformat()


def days_until(now: float, number: int) -> Iterator[str]:
    """So many days up to today's, which comes last, as ``day_of`` names them."""
    return (day_of(now - age * DAY) for age in range(number, -1, -1))


def began(day: str) -> float:
    """When a day (YYYY-MM-DD) began, in seconds since the epoch."""
    return datetime.fromisoformat(day).replace(tzinfo=KAZAKHSTAN_TIME).timestamp()


def _date_of(moment: float) -> date:
    return datetime.fromtimestamp(moment, KAZAKHSTAN_TIME).date()
