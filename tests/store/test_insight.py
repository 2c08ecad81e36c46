"""Sums of a day are written with a turn, read back whole, and say nothing of anybody."""

from __future__ import annotations

import time
from datetime import date, timedelta
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from msgspec import structs
from structlog.testing import capture_logs

from bot.dialogue.session import Session
from bot.store.days import began, today
from bot.store.insight import (
    Asked,
    AtHour,
    ChoseLanguage,
    FromPlace,
    InCity,
    Newcomer,
    Noted,
    Rated,
    Sum,
    Taught,
    period_of,
    summed,
    week_of,
)
from bot.store.keys import DAY, INSIGHT_LENGTH, INSIGHT_TTL, PLACES_LENGTH, SALT_SLACK, WEEK, Family
from bot.store.leases import Leases
from bot.store.turns import Committed, Result, Turns
from tests.store.helpers import entries, owned

if TYPE_CHECKING:
    from bot.store.store import Store

TODAY = today()
DAY_NAME, WEEK_NAME = period_of(TODAY), week_of(TODAY)
EVERY_KIND: tuple[Sum, ...] = (
    Asked("text", "answered", "permit_cost", "uz"),
    InCity("text", "lost", "almaty", "kk"),
    FromPlace("tap", "answered", "almaty-station", "ru"),
    AtHour("text", "answered", 23),
    Rated(helpful=False, intent="permit_cost", locale="uz"),
    Newcomer("", "tg"),
    ChoseLanguage("almaty-station", "uz_Cyrl"),
    Taught("labelled", "permit_cost", "uz", "lost"),
)


class Chats:
    """Turns of any chat, by one process that has all shards."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._leases = Leases(store.redis, store.keys, Family.INBOX, store.shards, seconds=60)
        self._updates = 0

    async def turn(self, *sums: Sum, chat_id: int = 1001, visitor: str = "") -> None:
        """A turn of a chat that notes this."""
        store = self._store
        await self._leases.beat()
        self._updates += 1
        await store.inbox.add(self._updates, chat_id, b"{}")
        (entry,) = await entries(store, Family.INBOX)
        lease = next(lease for lease in self._leases.held if lease.shard == entry.shard)
        raw = (await store.sessions.load(chat_id)).raw
        noted = Noted(DAY_NAME, WEEK_NAME, sums, visitor)
        result = Result(chat_id, raw, Session(), noted=noted)
        assert await store.turns.commit(lease, entry, result) is Committed.COMMITTED


@pytest.fixture
def chats(store: Store) -> Chats:
    return Chats(store)


async def counted(store: Store) -> dict[Sum, int]:
    (day,) = await store.insight.days([DAY_NAME], [])
    return day.counted


async def test_every_kind_of_sum_is_read_back(store: Store, chats: Chats) -> None:
    await chats.turn(*EVERY_KIND)
    await chats.turn(EVERY_KIND[0])
    assert await counted(store) == dict.fromkeys(EVERY_KIND, 1) | {EVERY_KIND[0]: 2}
    for key in (store.keys.insight(DAY_NAME), store.keys.insight_places(DAY_NAME)):
        assert 0 < await store.redis.ttl(key) <= INSIGHT_TTL


def test_no_sum_tells_two_of_city_code_and_intent() -> None:
    """So that no two features of one question can be joined; and none names a chat."""
    telling = {"city", "place", "subject", "intent", "hour"}
    for kind in EVERY_KIND:
        fields = set(structs.asdict(kind))
        assert list(combinations(sorted(telling & fields), 2)) == []
        assert fields.isdisjoint({"chat", "chat_id", "user", "name", "text"})


async def test_a_turn_that_is_committed_again_counts_once(store: Store) -> None:
    await store.inbox.add(7, 1001, b"{}")
    (entry,) = await entries(store, Family.INBOX)
    lease = await owned(store, Family.INBOX, 1001)
    result = Result(1001, b"", Session(), noted=Noted(DAY_NAME, WEEK_NAME, EVERY_KIND, "uz"))
    assert await store.turns.commit(lease, entry, result) is Committed.COMMITTED
    assert await store.turns.commit(lease, entry, result) is Committed.ALREADY
    assert set((await counted(store)).values()) == {1}


async def test_made_up_names_cannot_fill_the_memory(store: Store, chats: Chats) -> None:
    room = {
        store.keys.insight(DAY_NAME): INSIGHT_LENGTH,
        store.keys.insight_places(DAY_NAME): PLACES_LENGTH,
    }
    for key, length in room.items():
        await store.redis.hset(key, mapping={f"x{n}": 1 for n in range(length - 1)})
    known = (Asked("text", "lost", "", "uz"), FromPlace("text", "lost", "bazaar", "uz"))
    await chats.turn(*known)
    more = (Asked("text", "lost", "", "kk"), FromPlace("text", "lost", "made-up", "uz"))
    await chats.turn(*known, *more)
    with capture_logs():  # of what stands for others' names
        assert await counted(store) == dict.fromkeys(known, 2)


async def test_what_another_release_wrote_is_left_out_with_a_line_in_the_log(
    store: Store, chats: Chats
) -> None:
    await chats.turn(EVERY_KIND[0])
    await store.redis.hset(store.keys.insight(DAY_NAME), '["new","x"]', 1)
    with capture_logs() as logs:
        assert await counted(store) == {EVERY_KIND[0]: 1}
    assert [line["event"] for line in logs] == ["insight_unreadable"]


async def test_days_are_in_the_order_asked_for_and_may_be_empty(store: Store, chats: Chats) -> None:
    await chats.turn(EVERY_KIND[0])
    before = period_of(TODAY - timedelta(days=1))
    found = await store.insight.days([before, DAY_NAME], ["uz"])
    assert [(day.day, len(day.counted)) for day in found] == [(before, 0), (DAY_NAME, 1)]
    assert summed(found, Asked, lambda one: one.locale) == {"uz": 1}
    assert summed(found, Asked, lambda one: one.locale if one.locale == "kk" else None) == {}


async def test_people_count_once_however_often_they_write(store: Store, chats: Chats) -> None:
    for chat_id in (1, 2, 3, 1, 2, 1):
        await chats.turn(chat_id=chat_id, visitor="uz")
    await chats.turn(chat_id=1, visitor="ru")
    for period in (DAY_NAME, WEEK_NAME):
        (people,) = await store.insight.people([period], ["uz", "ru", "kk"])
        assert (people.by_locale, people.all_people) == ({"uz": 3, "ru": 1}, 3)
        assert 0 < await store.redis.ttl(store.keys.people(period, "uz")) <= INSIGHT_TTL


async def test_people_are_the_same_for_every_process(store: Store, chats: Chats) -> None:
    await chats.turn(chat_id=1, visitor="uz")
    store.turns = Turns(store.redis, store.keys, store.shards)  # as another process has it
    await chats.turn(chat_id=1, visitor="uz")
    (people,) = await store.insight.people([DAY_NAME], ["uz"])
    assert people.all_people == 1


async def test_the_secret_of_a_period_dies_soon_after_it(store: Store, chats: Chats) -> None:
    await chats.turn(chat_id=1, visitor="uz")
    monday = TODAY - timedelta(days=TODAY.weekday())
    for period, first, length in ((DAY_NAME, TODAY, DAY), (WEEK_NAME, monday, WEEK)):
        left = began(first.isoformat()) + length + SALT_SLACK - time.time()
        life = await store.redis.ttl(store.keys.people_salt(period))
        assert left - 60 < life <= left + 60
    salts = {
        await store.redis.get(store.keys.people_salt(period)) for period in (DAY_NAME, WEEK_NAME)
    }
    assert len(salts) == 2


async def test_without_the_secret_a_chat_cannot_be_looked_up(store: Store, chats: Chats) -> None:
    """Counted again with another secret, the same chat is somebody else."""
    await chats.turn(chat_id=1, visitor="uz")
    await store.redis.delete(store.keys.people_salt(DAY_NAME))
    store.turns = Turns(store.redis, store.keys, store.shards)
    await chats.turn(chat_id=1, visitor="uz")
    (people,) = await store.insight.people([DAY_NAME], ["uz"])
    assert people.all_people == 2


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2026, 11, 23), "2026-W48"),
        (date(2027, 1, 1), "2026-W53"),
        (date(2024, 12, 30), "2025-W01"),
    ],
)
def test_weeks_are_those_of_the_iso_calendar(day: date, week: str) -> None:
    assert week_of(day) == week
