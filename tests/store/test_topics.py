"""The sender's notes of a case: its topics, its map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.handoff.case import Case, Opening, State
from bot.language.tags import Locale
from bot.store.inbox import signalled_chat
from bot.store.keys import Family
from bot.store.topics import Whereabouts
from tests.store.helpers import entries

if TYPE_CHECKING:
    from bot.store.store import Store

MIGRANT, GROUP, OTHER, CASE = 101, -100, -200, 12
REMADE = b"remade"


@pytest.fixture
async def cased(store: Store) -> Store:
    """A store with a case that has no topic."""
    case = Case(CASE, MIGRANT, GROUP, State.WAITING, Opening.ASKED, 1e9, Locale.RU)
    await store.cases.write(store.cases.put(case, b"", 1e9))
    return store


async def opened(store: Store, group: int, thread: int) -> int:
    at = await store.topics.whereabouts(CASE, group)
    return await store.topics.opened(CASE, at, thread, remade=REMADE)


async def mapped(store: Store, *names: str) -> tuple[str | None, ...]:
    return await store.cases.map_lookup(CASE, *names)


async def test_a_topic_is_found_both_ways(cased: Store) -> None:
    assert await opened(cased, GROUP, 7) == 7
    at = await cased.topics.whereabouts(CASE, GROUP)
    assert at == Whereabouts(GROUP, thread=7, current=GROUP, migrant=MIGRANT)
    assert await cased.cases.in_topic(GROUP, 7) == CASE
    assert await cased.topics.is_ours(GROUP, 7) is True
    assert await cased.topics.is_ours(GROUP, 8) is False


async def test_of_two_topics_opened_at_once_the_first_stays(cased: Store) -> None:
    at = await cased.topics.whereabouts(CASE, GROUP)
    assert await cased.topics.opened(CASE, at, 7, remade=REMADE) == 7
    assert await cased.topics.opened(CASE, at, 8, remade=REMADE) == 7
    assert await cased.topics.is_ours(GROUP, 8) is False


async def test_a_lost_topic_is_told_once_when_there_is_another(cased: Store) -> None:
    await opened(cased, GROUP, 7)
    await cased.topics.lost(CASE, GROUP, 7)
    assert await cased.cases.topic(CASE) is None
    assert await entries(cased, Family.INBOX) == []
    at = await cased.topics.whereabouts(CASE, GROUP)
    for _ in range(2):  # again, since the answer of the first was lost
        assert await cased.topics.opened(CASE, at, 8, remade=REMADE) == 8
    (signal,) = await entries(cased, Family.INBOX)
    assert (signalled_chat(signal), signal.data) == (MIGRANT, REMADE)


async def test_losing_what_was_replaced_meanwhile_changes_nothing(cased: Store) -> None:
    await opened(cased, GROUP, 7)
    await cased.topics.lost(CASE, GROUP, 6)
    topic = await cased.cases.topic(CASE)
    assert topic is not None
    assert topic.thread == 7


async def test_losing_the_topic_in_a_group_that_the_case_left_leaves_the_present_one(
    cased: Store,
) -> None:
    await opened(cased, GROUP, 7)
    await opened(cased, OTHER, 3)
    await cased.topics.noted(CASE, {"card": 4})
    await cased.topics.lost(CASE, GROUP, 7)
    at = await cased.topics.whereabouts(CASE, OTHER)
    assert (at.thread, at.card) == (3, 4)
    assert (await cased.topics.whereabouts(CASE, GROUP)).thread is None


async def test_in_another_group_only_what_is_about_the_private_chat_is_kept(cased: Store) -> None:
    await opened(cased, GROUP, 7)
    topics = cased.topics
    await cased.cases.write(
        [
            *topics.became(CASE, "p1", "g", 10),
            *topics.also(CASE, "p1", "g", 11),
            *topics.became(CASE, "g20", "p", 2),
            *topics.became(CASE, "welcome", "p", 3),
        ]
    )
    await topics.noted(CASE, {"card": 9})
    await opened(cased, OTHER, 5)
    assert await mapped(cased, "ref:welcome", "p3") == ("3", "welcome")
    gone = ("g9", "g10", "g11", "p2", "ref:p1", "ref:g20", "ref:card")
    assert await mapped(cased, *gone) == (None,) * len(gone)


async def test_nothing_is_noted_of_an_erased_case(cased: Store) -> None:
    at = await cased.topics.whereabouts(CASE, GROUP)
    await cased.forget(MIGRANT)
    assert await cased.topics.opened(CASE, at, 7, remade=REMADE) == 0
    await cased.topics.noted(CASE, {"card": 9})
    await cased.topics.arrived(CASE, at)
    await cased.cases.write(cased.topics.became(CASE, "p1", "g", 10))
    assert await cased.topics.migrant_of(CASE) is None
    left = await cased.redis.keys(f"{cased.keys.prefix}case_*{CASE}")
    assert left == []


async def test_the_notes_live_as_long_as_the_case(cased: Store) -> None:
    await opened(cased, GROUP, 7)
    await cased.topics.noted(CASE, {"card": 9, "shown": "x"})
    keys = cased.keys
    life = await cased.redis.pttl(keys.case(CASE))
    for key in (keys.case_topic(CASE), keys.case_map(CASE), keys.thread(GROUP, 7)):
        assert abs(await cased.redis.pttl(key) - life) <= 5000


async def test_a_document_that_cannot_be_read_counts_as_erased(cased: Store) -> None:
    await cased.redis.set(cased.keys.case(CASE), b"{")
    assert await cased.topics.migrant_of(CASE) is None
    assert (await cased.topics.whereabouts(CASE, GROUP)).migrant is None


async def test_an_upgraded_group_is_meant_by_its_old_id_too(cased: Store) -> None:
    await cased.cases.follow_group(GROUP, OTHER)
    assert (await cased.topics.whereabouts(CASE, GROUP)).group == OTHER
