"""Counts made up for tests: written as turns write them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.store.insight import field_of, period_of, week_of

if TYPE_CHECKING:
    from datetime import date

    from bot.store.insight import Sum
    from tests.console.house import House


def last_day(house: House) -> date:
    """Of the last month that is over."""
    return house.parts.clock.today().replace(day=1) - timedelta(days=1)


async def count(house: House, entry: Sum, times: int, age: int = 0) -> None:
    """Counts something so many times, so many days before the end of the last whole month."""
    store, day = house.parts.store, last_day(house) - timedelta(days=age)
    where = store.keys.insight(period_of(day))
    if type(entry).__name__ in ("InCity", "FromPlace", "Newcomer", "ChoseLanguage"):
        where = store.keys.insight_places(period_of(day))
    await store.redis.hincrby(where, field_of(entry), times)


async def people(house: House, locale: str, number: int, weeks_ago: int = 0) -> None:
    """So many different people wrote in a language in a week that is over."""
    store = house.parts.store
    day = house.parts.clock.today() - timedelta(weeks=1 + weeks_ago)
    await store.redis.pfadd(
        store.keys.people(week_of(day), locale), *(f"{locale}{one}" for one in range(number))
    )
