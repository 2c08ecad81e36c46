"""Effects wait in order; what became of them is found both ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.store import outbox
from bot.store.counts import Count
from bot.store.inbox import signal_entry
from bot.store.keys import SENT_WEEKS, WEEK, Family
from bot.store.outbox import Ended, Outgoing, sent_maps, today
from bot.store.streams import shard_of
from bot.store.writes import Field
from tests.store.helpers import entries

if TYPE_CHECKING:
    from bot.store.store import Store
    from bot.store.streams import Entry

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


# What follows from an end


async def an_entry(store: Store) -> Entry:
    await store.outbox.append([Outgoing(CHAT, "1001", b"x", "x.0")])
    (entry,) = await entries(store, Family.OUTBOX)
    return entry


TICK = Outgoing(-5001, "-5001!", b"tick", "x.0.tick", 5)


async def test_entries_follow_from_an_end_in_the_shards_of_their_chats(store: Store) -> None:
    follows = (outbox.follow(TICK), signal_entry(CHAT, b"undelivered"))
    await store.outbox.end(await an_entry(store), Ended(CHAT, follow=follows))
    (tick,) = await entries(store, Family.OUTBOX)
    assert tick.shard == shard_of(-5001, store.shards)
    assert dict(tick.fields) == {
        b"key": b"-5001!",
        b"data": b"tick",
        b"effect": b"x.0.tick",
        b"received": b"5",
    }
    (signal,) = await entries(store, Family.INBOX)
    assert signal.shard == shard_of(CHAT, store.shards)
    assert dict(signal.fields) == {b"key": b"1001", b"data": b"undelivered", b"signal": b"1"}


async def test_what_follows_and_what_is_counted_happens_once_when_an_end_is_recorded_twice(
    store: Store,
) -> None:
    """As when the answer to the first was lost on the way."""
    entry, failed = await an_entry(store), Count("failed", "refused")
    follow = (outbox.follow(TICK), signal_entry(CHAT, b"undelivered"))
    for _ in range(2):
        await store.outbox.end(entry, Ended(CHAT, count=failed.field(), follow=follow))
    assert len(await entries(store, Family.OUTBOX)) == 1
    assert len(await entries(store, Family.INBOX)) == 1
    assert await store.counts.of_day(today()) == {failed: 1}


async def test_the_map_of_a_case_is_written_with_the_end_as_long_as_there_is_the_case(
    store: Store,
) -> None:
    case, name = store.keys.case(1), store.keys.case_map(1)
    write = Field(name, "ref:p5", b"55", life_of=case)
    await store.outbox.end(await an_entry(store), Ended(CHAT, writes=(write,)))
    assert await store.redis.exists(name) == 0
    await store.redis.set(case, "{}", ex=60)
    await store.outbox.end(await an_entry(store), Ended(CHAT, writes=(write,)))
    assert await store.redis.hgetall(name) == {b"ref:p5": b"55"}
    assert 0 < await store.redis.ttl(name) <= 60


async def test_an_end_is_recorded_in_full_memory(store: Store) -> None:
    entry = await an_entry(store)
    await store.redis.config_set("maxmemory", 1)
    try:
        await store.outbox.end(entry, Ended(CHAT, follow=(signal_entry(CHAT, b"x"),)))
    finally:
        await store.redis.config_set("maxmemory", 0)
    assert len(await entries(store, Family.INBOX)) == 1


async def test_entries_that_went_as_one_end_together(store: Store) -> None:
    """And what follows from their end happens once, also where the end is recorded twice."""
    await store.outbox.append([Outgoing(-5, "-5/1", b"x", f"t.{n}") for n in range(3)])
    first, second, third = await entries(store, Family.OUTBOX)
    followed = outbox.follow(Outgoing(-5, "-5+", b"tick", "t.tick"))
    ended = Ended(-5, follow=(followed,), along=(second.id,))
    await store.outbox.end(first, ended)
    await store.outbox.end(first, ended)
    left = await entries(store, Family.OUTBOX)
    assert [entry.data for entry in left] == [third.data, b"tick"]
