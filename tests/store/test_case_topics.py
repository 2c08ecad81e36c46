"""Topics and groups are found, also under a new id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.handoff.case import Counsellor
from bot.store.cases import Topic
from bot.store.keys import OPEN_CASE_TTL
from bot.store.writes import Field, Put
from tests.store.cases import GROUP, NOW, a_case, keep, ttl

if TYPE_CHECKING:
    from bot.store.store import Store

NEW = -1005001


async def test_the_case_of_a_topic_is_found_as_long_as_somebody_asks(store: Store) -> None:
    key = store.keys.thread(GROUP, 9)
    await store.cases.write([Put(key, b"7", 5)])
    assert await store.cases.in_topic(GROUP, 9) == 7
    assert await store.cases.in_topic(GROUP, 10) is None
    assert OPEN_CASE_TTL - 60 < await ttl(store, key) <= OPEN_CASE_TTL


async def test_the_topic_of_a_case_is_known_when_it_is_complete(store: Store) -> None:
    topic = store.keys.case_topic(1)
    await store.cases.write([Field(topic, "group", b"%d" % GROUP)])
    assert await store.cases.topic(1) is None
    await store.cases.write([Field(topic, "thread", b"9")])
    assert await store.cases.topic(1) == Topic(GROUP, 9)
    await store.cases.write([Field(topic, "card", b"55")])
    assert await store.cases.topic(1) == Topic(GROUP, 9, 55)


async def test_a_plan_is_kept_with_its_case_only(store: Store) -> None:
    await store.cases.write([store.cases.plan(1, b"{}")])
    assert await store.redis.get(store.keys.case_plan(1)) is None
    await keep(store, a_case())
    await store.cases.write([store.cases.plan(1, b"{}")])
    assert await store.redis.get(store.keys.case_plan(1)) == b"{}"


async def test_the_map_is_read_field_by_field(store: Store) -> None:
    await store.cases.write([Field(store.keys.case_map(1), "ref:p1", b"55")])
    assert await store.cases.map_lookup(1, "ref:p1", "g55") == ("55", None)
    assert await store.cases.map_lookup(1) == ()


async def test_a_groups_new_id_is_followed(store: Store) -> None:
    assert await store.cases.canonical(GROUP) == GROUP
    await store.cases.follow_group(GROUP, NEW)
    assert await store.cases.canonical(GROUP) == NEW
    assert await store.cases.canonical(NEW) == NEW


async def test_aliases_that_go_in_a_circle_end(store: Store) -> None:
    await store.cases.follow_group(GROUP, NEW)
    await store.cases.follow_group(NEW, GROUP)
    assert await store.cases.canonical(GROUP) in (GROUP, NEW)


async def test_a_group_with_a_new_id_keeps_what_it_had(store: Store) -> None:
    """Its cases, ready-made texts, people on duty and waits; safe to repeat."""
    cases, aigul = store.cases, Counsellor(77, "Aigul")
    await keep(store, a_case())
    await cases.write([cases.snippet(GROUP, "hi", "Hello"), cases.duty(GROUP, aigul, NOW + 60)])
    await cases.write([cases.waited(GROUP, 90.0)])
    for _ in range(2):
        await cases.follow_group(GROUP, NEW)
    assert await cases.open_in(NEW) == (1,)
    assert await cases.snippets(NEW) == {"hi": "Hello"}
    assert [one.who for one in await cases.on_duty(NEW, NOW)] == [aigul]
    assert await cases.waiting_seconds(NEW) == (90.0,)
    assert await cases.snippets(GROUP) == {}


async def test_a_case_is_read_and_kept_in_its_groups_new_id(store: Store) -> None:
    await keep(store, a_case())
    await store.cases.follow_group(GROUP, NEW)
    loaded = await store.cases.load(1)
    assert loaded.case is not None
    assert loaded.case.group == NEW
    assert await store.cases.write(store.cases.put(loaded.case, loaded.raw, NOW))
    assert await store.cases.open_in(NEW) == (1,)
    assert await store.cases.open_in(GROUP) == ()
