"""What is asked most: read from the counts, kept while Redis is away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.store.connection import connect
from bot.store.counts import Count, Counts
from bot.store.days import last_days
from bot.telegram.asked import DAYS, Asked

if TYPE_CHECKING:
    from pathlib import Path

    from bot.store.store import Store


async def test_the_last_thirty_days_count(store: Store) -> None:
    answered = Count("answered", "hotline", "ru").field()
    *recent, too_old = last_days(DAYS + 1)
    for day in (recent[0], recent[-1], too_old):
        await store.redis.hincrby(store.keys.counts(day), answered, 2)
    asked = Asked(store.counts)
    assert asked() == {}
    await asked.refresh()
    assert asked() == {"hotline": 4}


async def test_what_is_known_stays_while_redis_is_away(store: Store, tmp_path: Path) -> None:
    away = connect(f"unix://{tmp_path}/nobody.sock")
    asked = Asked(store.counts)
    await store.redis.hincrby(
        store.keys.counts(last_days(1)[0]), Count("answered", "hotline").field(), 1
    )
    await asked.refresh()
    asked._counts = Counts(away, store.keys)
    await asked.refresh()
    assert asked() == {"hotline": 1}
    await away.aclose()
