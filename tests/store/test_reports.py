"""Wrong numbers: each chat once a day for each centre, and nothing of who said so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.store import days
from bot.store.keys import REPORTED_TTL, REPORTS_TTL
from bot.store.reports import Reported

if TYPE_CHECKING:
    from bot.store.store import Store

CHAT = 70_001_002_003


async def test_each_chat_counts_once_a_day_for_each_centre(store: Store) -> None:
    assert await store.reports.add("ngo-a", CHAT)
    assert not await store.reports.add("ngo-a", CHAT)
    assert await store.reports.add("ngo-b", CHAT)
    assert await store.reports.add("ngo-a", CHAT + 1)
    day = days.today().isoformat()
    assert await store.reports.all() == (Reported("ngo-a", 2, day), Reported("ngo-b", 1, day))


async def test_nothing_tells_who_reported(store: Store) -> None:
    await store.reports.add("ngo-a", CHAT)
    names = [name async for name in store.redis.scan_iter(f"{store.keys.prefix}report*")]
    assert len(names) == 3
    assert not any(str(CHAT).encode() in name for name in names)


async def test_everything_ends_by_itself(store: Store) -> None:
    await store.reports.add("ngo-a", CHAT)
    day = days.today().isoformat()
    assert 0 < await store.redis.ttl(store.keys.reports(day)) <= REPORTS_TTL
    assert 0 < await store.redis.ttl(store.keys.report_salt(day)) <= REPORTED_TTL
    async for name in store.redis.scan_iter(store.keys.reported(day, "*")):
        assert 0 < await store.redis.ttl(name) <= REPORTED_TTL


async def test_the_sum_is_of_all_days_and_the_last_day_is_told(store: Store) -> None:
    newest, _, oldest = days.last_days(3)
    await store.redis.hincrby(store.keys.reports(oldest), "ngo-a", 5)
    await store.redis.hincrby(store.keys.reports(oldest), "ngo-b", 6)
    await store.redis.hincrby(store.keys.reports(newest), "ngo-a", 2)
    assert await store.reports.all() == (
        Reported("ngo-a", 7, newest),
        Reported("ngo-b", 6, oldest),
    )


async def test_without_reports_there_are_none(store: Store) -> None:
    assert await store.reports.all() == ()


async def test_a_centre_that_was_called_is_off_the_list_and_may_come_back(store: Store) -> None:
    newest, *_, oldest = days.last_days(401)
    for day in (newest, oldest):
        await store.redis.hincrby(store.keys.reports(day), "ngo-a", 2)
    await store.reports.add("ngo-b", CHAT)
    assert await store.reports.clear("ngo-a")
    assert not await store.reports.clear("ngo-a")
    assert await store.reports.all() == (Reported("ngo-b", 1, newest),)
    assert await store.reports.add("ngo-a", CHAT)
    assert Reported("ngo-a", 1, newest) in await store.reports.all()
