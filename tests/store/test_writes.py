"""What a turn writes beside the session happens with its commit or not at all."""

from __future__ import annotations

import asyncio
from secrets import token_hex
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.dialogue.session import Session
from bot.handoff.case import Case
from bot.store.keys import Family
from bot.store.store import open_store
from bot.store.turns import Committed, Result
from bot.store.writes import (
    Add,
    AddOnes,
    Append,
    Distinct,
    Enter,
    Expire,
    Field,
    Lapse,
    Put,
    Rank,
)
from tests.servers import StoreServer
from tests.store.cases import GROUP, NOW, a_case, keep
from tests.store.helpers import entries, owned

if TYPE_CHECKING:
    from bot.store.leases import Lease
    from bot.store.store import Store
    from bot.store.streams import Entry
    from bot.store.writes import Write

CHAT = 1001


def key(store: Store, name: str = "a") -> str:
    return f"{store.keys.prefix}{name}"


async def in_a_turn(store: Store, *writes: Write, **changes: object) -> Committed:
    """Commits a turn of its own with these writes."""
    lease, entry = await owned(store, Family.INBOX, CHAT), await received(store)
    result = replace(Result(None, b"", Session()), writes=writes, **changes)
    return await store.turns.commit(lease, entry, result)


async def received(store: Store, update_id: int = 7, chat_id: int = CHAT) -> Entry:
    await store.inbox.add(update_id, chat_id, b"{}")
    return (await entries(store, Family.INBOX))[-1]


async def test_each_kind_of_write_is_carried_out(store: Store) -> None:
    written: list[Write] = [
        Put(key(store, "string"), b"x", 60),
        Append(key(store, "list"), b"1", 60, 2),
        Append(key(store, "list"), b"2", 60, 2),
        Append(key(store, "list"), b"3", 60, 2),
        Rank(key(store, "ranks"), "first", 1_764_000_000_001, 60),
        Field(key(store, "hash"), "a", b"b", 60),
        Add(key(store, "sums"), "a", 2, 60),
        Add(key(store, "sums"), "a", 3, 60),
        AddOnes(key(store, "ones"), ("a", "b", "a"), 60, 10),
        Distinct(key(store, "crowd"), b"somebody", 60),
        Distinct(key(store, "crowd"), b"somebody", 60),
        Enter(key(store, "documents"), "a", b"first", 60, 10),
        Enter(key(store, "documents"), "a", b"second", 60, 10),
        Enter(key(store, "documents"), "a", b"third", 60, 10, counted=False),
    ]
    assert await in_a_turn(store, *written) is Committed.COMMITTED

    assert await store.redis.get(key(store, "string")) == b"x"
    assert await store.redis.lrange(key(store, "list"), 0, -1) == [b"2", b"3"]
    assert await store.redis.zscore(key(store, "ranks"), "first") == 1_764_000_000_001
    assert await store.redis.hgetall(key(store, "hash")) == {b"a": b"b"}
    assert await store.redis.hgetall(key(store, "sums")) == {b"a": b"5"}
    assert await store.redis.hgetall(key(store, "ones")) == {b"a": b"2", b"b": b"1"}
    assert await store.redis.pfcount(key(store, "crowd")) == 1
    assert await store.redis.hgetall(key(store, "documents")) == {b"a": b"first", b"#a": b"2"}
    every = ("string", "list", "ranks", "hash", "sums", "ones", "crowd", "documents")
    for name in every:
        assert 0 < await store.redis.ttl(key(store, name)) <= 60


async def test_each_kind_of_write_is_taken_back(store: Store) -> None:
    await store.cases.write(
        [
            Put(key(store, "string"), b"x"),
            Rank(key(store, "ranks"), "a", 1),
            Field(key(store, "hash"), "a", b"b"),
            Append(key(store, "list"), b"1", 0, 2),
        ]
    )
    await in_a_turn(
        store,
        Put(key(store, "string"), b""),
        Rank(key(store, "ranks"), "a", None),
        Field(key(store, "hash"), "a", b""),
        Expire(key(store, "list"), 0),
    )
    assert (
        await store.redis.exists(
            *(key(store, name) for name in ("string", "ranks", "hash", "list"))
        )
        == 0
    )


async def test_without_a_ttl_a_key_stays(store: Store) -> None:
    await in_a_turn(store, Put(key(store), b"x"), Append(key(store, "list"), b"1", 0, 5))
    assert await store.redis.ttl(key(store)) == -1
    assert await store.redis.ttl(key(store, "list")) == -1


async def test_what_lapsed_goes_and_the_set_lives_until_its_last_member_ends(store: Store) -> None:
    now = 1_764_000_000_000
    await in_a_turn(
        store,
        Rank(key(store), "past", now),
        Rank(key(store), "soon", now + 1000),
        Rank(key(store), "late", now + 90_000),
        Lapse(key(store), now),
    )
    assert await store.redis.zrange(key(store), 0, -1) == [b"soon", b"late"]
    assert 80 < await store.redis.ttl(key(store)) <= 90


@pytest.mark.parametrize(("before", "found"), [(b"", b"x"), (b"x", b""), (b"x", b"y")])
async def test_a_write_that_disagrees_undoes_the_whole_turn(
    store: Store, before: bytes, found: bytes
) -> None:
    if found:
        await store.redis.set(key(store), found)
    writes = (Field(key(store, "hash"), "a", b"b"), Put(key(store), b"new", 0, before))

    assert await in_a_turn(store, *writes) is Committed.CONFLICT

    assert (await store.redis.get(key(store)) or b"") == found
    assert await store.redis.exists(key(store, "hash")) == 0
    assert len(await entries(store, Family.INBOX)) == 1


@pytest.mark.parametrize("before", [b"", b"x"])
async def test_a_write_that_agrees_is_carried_out(store: Store, before: bytes) -> None:
    if before:
        await store.redis.set(key(store), before)
    assert await in_a_turn(store, Put(key(store), b"new", 0, before)) is Committed.COMMITTED
    assert await store.redis.get(key(store)) == b"new"


async def test_outside_a_turn_too_nothing_happens_if_a_write_disagrees(store: Store) -> None:
    writes: list[Write] = [Field(key(store, "hash"), "a", b"b"), Put(key(store), b"new", 0, b"old")]
    assert await store.cases.write(writes) is False
    assert await store.redis.exists(key(store, "hash"), key(store)) == 0


async def test_what_belongs_to_a_key_lives_exactly_as_long(store: Store) -> None:
    """In whatever order they are written, and whatever ttl was given."""
    case = key(store, "case")
    await in_a_turn(
        store,
        Field(key(store, "hash"), "a", b"b", 9999, life_of=case),
        Append(key(store, "list"), b"1", 9999, 5, life_of=case),
        Put(key(store, "string"), b"1", 9999, life_of=case),
        Put(case, b"{}", 60),
    )
    for name in ("hash", "list", "string"):
        assert 0 < await store.redis.ttl(key(store, name)) <= 60


async def test_what_belongs_to_a_key_that_is_gone_is_not_written(store: Store) -> None:
    """Late news of a case must not bring back a part of it after /forget."""
    writes = (
        Field(key(store, "hash"), "a", b"b", 60, life_of=key(store, "case")),
        Append(key(store, "list"), b"1", 60, 5, life_of=key(store, "case")),
        Put(key(store, "string"), b"1", 60, life_of=key(store, "case")),
    )
    assert await in_a_turn(store, *writes) is Committed.COMMITTED
    assert await store.redis.exists(*(key(store, name) for name in ("hash", "list", "string"))) == 0


async def test_writes_go_on_in_full_memory(store: Store) -> None:
    lease, entry = await owned(store, Family.INBOX, CHAT), await received(store)
    writes = (Put(key(store), b"x"), Append(key(store, "l"), b"1", 0, 5))
    await store.redis.config_set("maxmemory", 1)
    try:
        ended = await store.turns.commit(lease, entry, Result(None, b"", Session(), writes=writes))
    finally:
        await store.redis.config_set("maxmemory", 0)
    assert ended is Committed.COMMITTED
    assert await store.redis.get(key(store)) == b"x"


async def test_a_repeated_commit_writes_once(store: Store) -> None:
    lease, entry = await owned(store, Family.INBOX, CHAT), await received(store)
    result = Result(None, b"", Session(), writes=(Append(key(store), b"1", 0, 9),))
    assert await store.turns.commit(lease, entry, result) is Committed.COMMITTED
    assert await store.turns.commit(lease, entry, result) is Committed.ALREADY
    assert await store.redis.lrange(key(store), 0, -1) == [b"1"]


async def test_a_forgotten_persons_further_keys_are_erased_and_the_rest_is_written(
    store: Store,
) -> None:
    await store.redis.set(key(store, "theirs"), "x")
    await store.redis.zadd(key(store, "shared"), {"theirs": 1, "anothers": 2})
    ended = await in_a_turn(
        store,
        Rank(key(store, "shared"), "theirs", None),
        chat_id=CHAT,
        session=None,
        forgets=(key(store, "theirs"),),
    )
    assert ended is Committed.COMMITTED
    assert await store.redis.exists(key(store, "theirs")) == 0
    assert await store.redis.zrange(key(store, "shared"), 0, -1) == [b"anothers"]


# Two turns about one case


class Writer:
    """One side of a case: reads it, and adds one to a number of its own."""

    def __init__(self, store: Store, lease: Lease, field: str, chat_id: int) -> None:
        self.wrote = 0
        self._store = store
        self._lease = lease
        self._field = field
        self._chat_id = chat_id
        self._held = b""

    async def read(self) -> None:
        self._held = (await self._store.cases.load(1)).raw

    async def write(self, update_id: int) -> None:
        """One turn, which goes by what was read, however long ago, until the commit refuses it."""
        await self._store.inbox.add(update_id, self._chat_id, b"{}")
        (entry,) = await entries(self._store, Family.INBOX)
        committed = Committed.CONFLICT
        while committed is Committed.CONFLICT:
            committed = await self._store.turns.commit(self._lease, entry, self._result())
            await self.read()
        assert committed is Committed.COMMITTED
        self.wrote += 1

    def _result(self) -> Result:
        case = msgspec.json.decode(self._held, type=Case) if self._held else a_case()
        changed = replace(case, **{self._field: getattr(case, self._field) + 1})
        return Result(None, b"", Session(), writes=self._store.cases.put(changed, self._held, NOW))


SIDES = ("migrant", "staff")


@given(st.lists(st.tuples(st.sampled_from(SIDES), st.sampled_from(("read", "write"))), max_size=12))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_two_sides_of_a_case_never_lose_each_others_change(
    store_server: StoreServer, steps: list[tuple[str, str]]
) -> None:
    async def play() -> None:
        store = await open_store(store_server.url, f"test-{token_hex(4)}:", 1)
        lease = await owned(store, Family.INBOX, CHAT)
        writers = {
            "migrant": Writer(store, lease, "migrant_wrote", CHAT),
            "staff": Writer(store, lease, "transfers", GROUP),
        }
        for number, (side, step) in enumerate(steps):
            if step == "read":
                await writers[side].read()
            else:
                await writers[side].write(number + 1)
        case = (await store.cases.load(1)).case or a_case()
        await store.close()
        assert case.migrant_wrote == writers["migrant"].wrote
        assert case.transfers == writers["staff"].wrote

    asyncio.run(play())


async def test_of_many_who_change_a_case_at_once_one_at_a_time_succeeds(store: Store) -> None:
    """As when several counsellors press Claim in the same moment."""
    await keep(store, a_case())
    raw = (await store.cases.load(1)).raw
    claims = [store.cases.put(replace(a_case(), transfers=n), raw, NOW) for n in range(1, 9)]

    done = await asyncio.gather(*(store.cases.write(claim) for claim in claims))

    assert done.count(True) == 1
    winner = (await store.cases.load(1)).case
    assert winner is not None
    assert winner.transfers == done.index(True) + 1
