"""A turn ends as a whole or not at all, and only under its lease."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from bot.dialogue.session import Session
from bot.language.tags import Locale
from bot.store import sessions
from bot.store.counts import Count
from bot.store.keys import BLOCKED_TTL, DEAD_TTL, SESSION_TTL, Family
from bot.store.leases import Lease
from bot.store.outbox import Ended, Outgoing, today
from bot.store.turns import Begun, Committed, Result
from tests.store.helpers import entries, owned, stream

if TYPE_CHECKING:
    from bot.store.store import Store
    from bot.store.streams import Entry

CHAT = 1001
KAZAKH = Session(locale=Locale.KK)
HELLO = Outgoing(CHAT, str(CHAT), b"hello", "7.0", 123)


async def received(store: Store, update_id: int = 7, chat_id: int | None = CHAT) -> Entry:
    await store.inbox.add(update_id, chat_id, b"{}")
    return (await entries(store, Family.INBOX))[-1]


async def state(store: Store) -> dict[object, object]:
    """All keys with their contents, but for the lease's."""
    found: dict[object, object] = {}
    for name in sorted(await store.redis.keys(f"{store.keys.prefix}*")):
        found[name] = await store.redis.dump(name)
    return found


def result(**changes: Any) -> Result:
    plain = Result(CHAT, b"", KAZAKH, outgoing=(HELLO,), counts=(Count("answered", "a", "kk"),))
    return replace(plain, **changes)


async def test_a_commit_writes_session_effects_and_counts_and_takes_the_entry(
    store: Store,
) -> None:
    lease, entry = await owned(store, Family.INBOX, CHAT), await received(store)
    assert await store.turns.commit(lease, entry, result()) is Committed.COMMITTED
    assert await entries(store, Family.INBOX) == []
    assert (await store.sessions.load(CHAT)).session == KAZAKH
    (effect,) = await entries(store, Family.OUTBOX)
    assert dict(effect.fields) == {
        b"key": b"1001",
        b"data": b"hello",
        b"effect": b"7.0",
        b"received": b"123",
    }
    assert await store.counts.of_day(today()) == {Count("answered", "a", "kk"): 1}
    assert 0 < await store.redis.ttl(store.keys.session(CHAT)) <= SESSION_TTL


async def test_effects_keep_their_order_and_go_to_their_own_shards(store: Store) -> None:
    lease, entry = await owned(store, Family.INBOX, CHAT), await received(store)
    sent = tuple(
        Outgoing(chat, str(chat), b"%d" % n, f"7.{n}") for n, chat in enumerate([1, 2] * 5)
    )
    await store.turns.commit(lease, entry, result(outgoing=sent))
    found = await entries(store, Family.OUTBOX)
    assert [e.data for e in found if e.key == b"1"] == [b"0", b"2", b"4", b"6", b"8"]
    assert [e.data for e in found if e.key == b"2"] == [b"1", b"3", b"5", b"7", b"9"]


async def test_a_lost_lease_cannot_commit(store: Store) -> None:
    lease, entry = await owned(store, Family.INBOX, CHAT), await received(store)
    stale = Lease(lease.shard, b"another:1")
    before = await state(store)
    assert await store.turns.commit(stale, entry, result()) is Committed.LOST_LEASE
    assert await state(store) == before


async def test_an_expired_lease_cannot_commit(store: Store) -> None:
    lease, entry = await owned(store, Family.INBOX, CHAT), await received(store)
    await store.redis.delete(store.keys.lease(Family.INBOX, lease.shard))
    assert await store.turns.commit(lease, entry, result()) is Committed.LOST_LEASE


async def test_a_second_commit_changes_nothing(store: Store) -> None:
    """As when the answer to the first was lost on the way."""
    lease, entry = await owned(store, Family.INBOX, CHAT), await received(store)
    await store.turns.commit(lease, entry, result())
    before = await state(store)
    assert await store.turns.commit(lease, entry, result()) is Committed.ALREADY
    assert await state(store) == before


async def test_a_session_changed_meanwhile_is_a_conflict(store: Store) -> None:
    """/forget from the command line must not be undone by a turn that had read the session."""
    lease = await owned(store, Family.INBOX, CHAT)
    await store.turns.commit(lease, await received(store, 1), result())
    entry = await received(store, 2)
    begun = await store.turns.begin(entry, CHAT)
    await store.turns.forget(CHAT)
    again = result(before=begun.stored.raw, session=replace(KAZAKH, misses=1))
    assert await store.turns.commit(lease, entry, again) is Committed.CONFLICT
    assert (await store.sessions.load(CHAT)).session == Session()
    assert len(await entries(store, Family.INBOX)) == 1


async def test_each_turn_refreshes_the_sessions_life(store: Store) -> None:
    lease = await owned(store, Family.INBOX, CHAT)
    await store.turns.commit(lease, await received(store, 1), result())
    await store.redis.expire(store.keys.session(CHAT), 5)
    again = result(before=sessions.to_keep(KAZAKH))
    await store.turns.commit(lease, await received(store, 2), again)
    assert await store.redis.ttl(store.keys.session(CHAT)) > 5


async def test_begin_counts_starts_until_the_commit(store: Store) -> None:
    lease, entry = await owned(store, Family.INBOX, CHAT), await received(store)
    assert (await store.turns.begin(entry, CHAT)).attempts == 1
    assert (await store.turns.begin(entry, CHAT)).attempts == 2
    assert (await store.turns.begin(entry, CHAT, counted=False)).attempts == 2
    await store.turns.commit(lease, entry, result())
    assert await store.redis.exists(store.keys.attempts(entry.shard)) == 0


async def test_a_start_that_ended_by_a_lost_lease_was_no_death(store: Store) -> None:
    entry = await received(store)
    await store.turns.begin(entry, CHAT)
    stale = Lease(entry.shard, b"another:1")
    assert await store.turns.commit(stale, entry, result()) is Committed.LOST_LEASE
    assert (await store.turns.begin(entry, CHAT)).attempts == 1


async def test_an_update_without_a_chat_touches_no_session(store: Store) -> None:
    entry, lease = await received(store, 9, None), await owned(store, Family.INBOX, 9)
    ended = await store.turns.commit(lease, entry, Result(None, b"", Session()))
    assert ended is Committed.COMMITTED
    assert await store.turns.begin(entry, None) == Begun(sessions.Stored(Session()), 1)
    assert await store.redis.keys(f"{store.keys.prefix}session:*") == []


async def fill_with_a_person(store: Store, lease: Lease) -> None:
    """All kinds of things that are kept about a person."""
    await store.turns.commit(lease, await received(store, 1), result(set_aside=True, outgoing=()))
    await store.outbox.append([HELLO])
    (effect,) = await entries(store, Family.OUTBOX)
    await store.outbox.end(effect, Ended(CHAT, 55, ref="card", blocked=True))


async def personal_keys(store: Store) -> list[str]:
    names = [str(name) for name in await store.redis.keys(f"{store.keys.prefix}*")]
    return [name for name in names if "1001" in name]


async def test_forgetting_in_a_turn_erases_everything_about_the_person(store: Store) -> None:
    lease = await owned(store, Family.INBOX, CHAT)
    await fill_with_a_person(store, lease)
    assert len(await personal_keys(store)) == 3
    entry = await received(store, 2)
    forgotten = result(before=sessions.to_keep(KAZAKH), session=None)
    assert await store.turns.commit(lease, entry, forgotten) is Committed.COMMITTED
    assert await personal_keys(store) == []
    assert await store.redis.xlen(store.keys.dead()) == 0
    assert [effect.data for effect in await entries(store, Family.OUTBOX)] == [b"hello"]


async def test_forgetting_from_outside_erases_everything_about_the_person(store: Store) -> None:
    lease = await owned(store, Family.INBOX, CHAT)
    await fill_with_a_person(store, lease)
    await store.turns.forget(CHAT)
    assert await personal_keys(store) == []
    assert await store.redis.xlen(store.keys.dead()) == 0


async def test_forgetting_leaves_others_alone(store: Store) -> None:
    lease = await owned(store, Family.INBOX, CHAT)
    await fill_with_a_person(store, lease)
    await store.turns.forget(2002)
    assert len(await personal_keys(store)) == 3
    assert await store.redis.xlen(store.keys.dead()) == 1


@pytest.mark.parametrize(("says", "kept"), [(True, True), (None, True), (False, False)])
async def test_an_update_clears_the_blocked_mark_unless_it_is_the_block(
    store: Store, says: bool | None, kept: bool
) -> None:
    lease, entry = await owned(store, Family.INBOX, CHAT), await received(store)
    await store.redis.set(store.keys.blocked(CHAT), "1")
    await store.turns.commit(lease, entry, result(blocked=says))
    assert await store.outbox.is_blocked(CHAT) is kept
    if says:
        assert 0 < await store.redis.ttl(store.keys.blocked(CHAT)) <= BLOCKED_TTL


async def test_a_set_aside_update_is_kept_for_a_while(store: Store) -> None:
    lease, entry = await owned(store, Family.INBOX, CHAT), await received(store)
    await store.turns.commit(lease, entry, result(set_aside=True))
    ((_, fields),) = await stream(store, store.keys.dead())
    assert fields == {b"key": b"1001", b"data": b"{}"}
    assert 0 < await store.redis.ttl(store.keys.dead()) <= DEAD_TTL
    assert len(await entries(store, Family.OUTBOX)) == 1


async def test_each_set_aside_update_is_kept_for_its_own_time_only(store: Store) -> None:
    """A new one does not lengthen the life of those before it."""
    seconds, _ = await store.redis.time()
    for age in (DEAD_TTL + 60, DEAD_TTL - 60):
        await store.redis.xadd(store.keys.dead(), {"data": "x"}, id=f"{(seconds - age) * 1000}-0")
    lease = await owned(store, Family.INBOX, CHAT)

    await store.turns.commit(lease, await received(store, 1), result(set_aside=True))

    ids = [entry for entry, _ in await stream(store, store.keys.dead())]
    assert len(ids) == 2
    assert min(int(entry.partition(b"-")[0]) for entry in ids) == (seconds - DEAD_TTL + 60) * 1000


async def test_a_turn_ends_even_in_full_memory(store: Store) -> None:
    """Only the intake closes: a commit's first write frees memory, so it is never refused."""
    lease, entry = await owned(store, Family.INBOX, CHAT), await received(store)
    await store.redis.config_set("maxmemory", 1)
    try:
        ended = await store.turns.commit(lease, entry, result())
    finally:
        await store.redis.config_set("maxmemory", 0)
    assert ended is Committed.COMMITTED
    assert len(await entries(store, Family.OUTBOX)) == 1
