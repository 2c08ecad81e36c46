"""Sums of counts over days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.store.counts import Count
from bot.store.days import last_days

if TYPE_CHECKING:
    from bot.store.store import Store


async def test_subjects_are_summed_over_days_and_languages_for_one_verdict(store: Store) -> None:
    newest, older = last_days(2)
    counted = {
        (newest, Count("answered", "permit_need", "ru")): 2,
        (newest, Count("answered", "permit_need", "uz")): 1,
        (older, Count("answered", "permit_need", "ru")): 4,
        (older, Count("answered", "hotline", "tg")): 5,
        (older, Count("rated_up", "hotline", "tg")): 9,
        (older, Count("answered", "", "tg")): 9,
    }
    for (day, count), number in counted.items():
        await store.redis.hincrby(store.keys.counts(day), count.field(), number)
    both = await store.counts.by_subject("answered", (newest, older))
    assert both == {"permit_need": 7, "hotline": 5}
    assert await store.counts.by_subject("answered", (newest,)) == {"permit_need": 3}


async def test_without_counts_there_are_no_subjects(store: Store) -> None:
    assert await store.counts.by_subject("answered", last_days(30)) == {}
