"""Effects wait in order; what became of them is found both ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.store.counts import Count
from bot.store.keys import SENT_WEEKS, WEEK, Family
from bot.store.outbox import Ended, Outgoing, sent_maps, today
from tests.store.helpers import entries

if TYPE_CHECKING:
    from bot.store.store import Store

CHAT = 1001


async def test_appended_effects_keep_their_order(store: Store) -> None:
    await store.outbox.append(Outgoing(CHAT, "1001", b"%d" % n, f"x.{n}") for n in range(5))
    found = [entry.data for entry in await entries(store, Family.OUTBOX)]
    assert found == [b"0", b"1", b"2", b"3", b"4"]


async def one_effect(store: Store, ended: Ended) -> int:
    await store.outbox.append([Outgoing(CHAT, "1001", b"x", "x.0")])
    (entry,) = await entries(store, Family.OUTBOX)
    return await store.outbox.end(entry, ended) - entry.milliseconds


async def test_an_ended_effect_is_gone_and_the_servers_time_is_told(store: Store) -> None:
    assert 0 <= await one_effect(store, Ended(CHAT)) < 60_000
    assert await entries(store, Family.OUTBOX) == []
    assert await store.redis.keys(f"{store.keys.prefix}sent:*") == []


async def test_a_named_message_is_found_both_ways(store: Store) -> None:
    await one_effect(store, Ended(CHAT, 55, ref="case 1.2"))
    assert await store.outbox.message_of(CHAT, "case 1.2") == 55
    assert await store.outbox.ref_of(CHAT, 55) == "case 1.2"
    assert await store.outbox.message_of(CHAT, "case 1.3") is None
    assert await store.outbox.ref_of(2002, 55) is None
    (name,) = await store.redis.keys(f"{store.keys.prefix}sent:*")
    assert 0 < await store.redis.ttl(name) <= SENT_WEEKS * WEEK


async def test_a_message_of_weeks_ago_is_still_found(store: Store) -> None:
    oldest = sent_maps(store.keys, CHAT)[-1]
    await store.redis.hset(oldest, mapping={"ref:old": 7, "message:7": "old"})
    assert await store.outbox.message_of(CHAT, "old") == 7
    assert await store.outbox.ref_of(CHAT, 7) == "old"


async def test_a_blocking_person_is_marked_and_a_failure_counted(store: Store) -> None:
    assert await store.outbox.is_blocked(CHAT) is False
    failed = Count("failed", "blocked")
    await one_effect(store, Ended(CHAT, blocked=True, count=failed.field()))
    assert await store.outbox.is_blocked(CHAT) is True
    assert await store.counts.of_day(today()) == {failed: 1}
