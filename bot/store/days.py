"""The days that counts go to."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta


def today() -> date:
    """The day of now, UTC."""
    return datetime.now(UTC).date()


def last_days(number: int) -> tuple[str, ...]:
    """The names of so many days (YYYY-MM-DD, UTC), today's first."""
    now = today()
    return tuple((now - timedelta(days=age)).isoformat() for age in range(number))
