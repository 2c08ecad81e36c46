"""Cases are found by their number, their person and their group, and are gone on time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from msgspec.structs import replace

from bot.app import forget
from bot.handoff.case import Counsellor, Ending, Said, State
from bot.handoff.moves import Due, Timer
from bot.settings import Settings
from bot.store.cases import Ban, Line, Loaded, Question, Referral
from bot.store.keys import (
    CLOSED_CASE_TTL,
    DAY,
    ERASED_TOPIC_TTL,
    LIMIT_TTL,
    OPEN_CASE_TTL,
    Family,
)
from bot.store.turns import Committed, Result
from bot.store.writes import Field, Put
from tests.store.cases import CHAT, GROUP, NOW, OTHER_GROUP, a_case, keep, names, ttl
from tests.store.helpers import entries, owned

if TYPE_CHECKING:
    from bot.handoff.case import Case
    from bot.store.store import Store
    from tests.servers import StoreServer

AIGUL = Counsellor(77, "Aigul")


def closed(case: Case, at: float = NOW) -> Case:
    return replace(case, state=State.CLOSED, closed=at, ending=Ending.ANSWERED)


async def with_belongings(store: Store, number: int = 1) -> None:
    """Everything that a case can have beside its document."""
    keys, cases = store.keys, store.cases
    life = keys.case(number)
    await cases.write(
        [
            Field(keys.case_map(number), "ref:p1", b"2", life_of=life),
            Field(keys.case_topic(number), "group", b"%d" % GROUP, life_of=life),
            Field(keys.case_topic(number), "thread", b"9", life_of=life),
            Field(keys.case_topic(number), "card", b"10", life_of=life),
            cases.plan(number, b"{}"),
            cases.line(number, Line(NOW, "migrant", "text", "masked")),
            cases.referred(number, Referral("centre", NOW)),
        ]
    )


def belongings(store: Store, number: int = 1) -> list[str]:
    keys = store.keys
    return [
        keys.case(number),
        keys.case_map(number),
        keys.case_topic(number),
        keys.case_plan(number),
        keys.transcript(number),
        keys.referrals(number),
    ]


async def test_numbers_count_up(store: Store) -> None:
    assert [await store.cases.next_number() for _ in range(3)] == [1, 2, 3]


async def test_a_case_is_read_as_it_was_kept(store: Store) -> None:
    case = a_case(4, subject="permit_need", claimed_by=AIGUL, state=State.CLAIMED)
    await keep(store, case)
    loaded = await store.cases.load(4)
    assert loaded.case == case
    assert loaded.raw == await store.redis.get(store.keys.case(4))
    assert await store.cases.load(5) == Loaded(None)


async def test_what_is_no_case_is_none_said_without_its_words_and_can_be_overwritten(
    store: Store,
) -> None:
    await store.redis.set(store.keys.case(1), '{"number": "secret words"}')
    with structlog.testing.capture_logs() as logs:
        loaded = await store.cases.load(1)
    assert loaded.case is None
    assert [line["event"] for line in logs] == ["document_corrupt"]
    assert "secret" not in str(logs)
    assert await store.cases.write(store.cases.put(a_case(), loaded.raw, NOW))
    assert (await store.cases.load(1)).case == a_case()


async def test_several_cases_are_looked_at_in_order_without_the_missing_ones(store: Store) -> None:
    for number in (1, 3):
        await keep(store, a_case(number))
    found = await store.cases.load_all([3, 2, 1])
    assert [case.number for case in found] == [3, 1]
    assert await store.cases.load_all([]) == ()


async def test_the_open_cases_of_a_group_come_oldest_first(store: Store) -> None:
    await keep(store, a_case(1, opened=NOW + 5))
    await keep(store, a_case(2, opened=NOW))
    await keep(store, a_case(3, group=OTHER_GROUP))
    assert await store.cases.open_in(GROUP) == (2, 1)
    await keep(store, closed(a_case(2)))
    assert await store.cases.open_in(GROUP) == (1,)


async def test_a_moved_case_is_in_its_new_group_only(store: Store) -> None:
    await keep(store, a_case())
    await keep(store, a_case(group=OTHER_GROUP))
    assert await store.cases.open_in(GROUP) == ()
    assert await store.cases.open_in(OTHER_GROUP) == (1,)


async def test_a_case_that_expired_is_not_open(store: Store) -> None:
    await keep(store, a_case())
    await store.redis.delete(store.keys.case(1))
    assert await store.cases.open_in(GROUP) == ()


async def test_an_open_case_and_all_of_it_live_on_with_each_change(store: Store) -> None:
    await keep(store, a_case())
    await with_belongings(store)
    for name in belongings(store):
        await store.redis.expire(name, 5)
    await keep(store, a_case(transfers=1))
    for name in belongings(store):
        assert OPEN_CASE_TTL - 60 < await ttl(store, name) <= OPEN_CASE_TTL


async def test_a_closed_case_and_all_of_it_are_gone_after_thirty_days(store: Store) -> None:
    await keep(store, a_case())
    await with_belongings(store)
    await keep(store, closed(a_case()))
    for name in (*belongings(store), store.keys.cases_of(CHAT)):
        assert CLOSED_CASE_TTL - 60 < await ttl(store, name) <= CLOSED_CASE_TTL


async def test_a_rating_after_the_end_does_not_lengthen_a_cases_life(store: Store) -> None:
    await keep(store, closed(a_case(), at=NOW - 29 * DAY))
    await keep(store, closed(a_case(rating=3), at=NOW - 29 * DAY))
    assert DAY - 60 < await ttl(store, store.keys.case(1)) <= DAY


async def test_what_is_written_after_the_end_does_not_lengthen_a_cases_life(store: Store) -> None:
    await keep(store, closed(a_case()))
    await with_belongings(store)
    for name in belongings(store):
        assert 0 < await ttl(store, name) <= CLOSED_CASE_TTL


async def test_a_persons_cases_are_found_until_they_are_gone(store: Store) -> None:
    await keep(store, closed(a_case(1), at=NOW - 29 * DAY), NOW)
    await keep(store, closed(a_case(2)), NOW)
    assert await store.cases.earlier(CHAT) == (1, 2)
    await keep(store, a_case(3), NOW + 2 * DAY)
    assert await store.cases.earlier(CHAT) == (2, 3)
    assert await store.cases.earlier(2002) == ()


async def test_a_late_change_of_an_old_case_does_not_hide_a_newer_one(store: Store) -> None:
    await keep(store, closed(a_case(1), at=NOW - 29 * DAY))
    await keep(store, a_case(2))
    await keep(store, closed(a_case(1, rating=1), at=NOW - 29 * DAY))
    assert OPEN_CASE_TTL - 60 < await ttl(store, store.keys.cases_of(CHAT)) <= OPEN_CASE_TTL


async def test_timers_are_set_moved_and_stopped(store: Store) -> None:
    cases, timers = store.cases, store.keys.timers()
    dues = [Due(Timer.REMIND, NOW + 0.0015), Due(Timer.ALARM, NOW + 9)]
    await cases.write(cases.timers(1, CHAT, dues))
    assert await store.redis.zrange(timers, 0, -1, withscores=True) == [
        [b"1001:1:remind", NOW * 1000 + 2],
        [b"1001:1:alarm", NOW * 1000 + 9000],
    ]
    await cases.write(cases.timers(1, CHAT, [Due(Timer.REMIND, None), Due(Timer.ALARM, NOW)]))
    assert await store.redis.zrange(timers, 0, -1, withscores=True) == [
        [b"1001:1:alarm", NOW * 1000]
    ]


async def test_a_chat_may_do_something_so_often_in_a_period(store: Store) -> None:
    assert [await store.cases.hit(CHAT, "open", 2, 60) for _ in range(4)] == [
        *(True, True, False, False)
    ]
    assert await store.cases.hit(CHAT, "write", 2, 60) is True
    assert await store.cases.hit(2002, "open", 2, 10 * DAY) is True
    assert 0 < await ttl(store, store.keys.limits(CHAT, "open")) <= 60
    assert await ttl(store, store.keys.limits(2002, "open")) <= LIMIT_TTL


# Forgetting


async def fill(store: Store) -> None:
    """A person with a closed and an open case; another with an open one; a block."""
    cases = store.cases
    await keep(store, closed(a_case(1)))
    await keep(store, a_case(2))
    await keep(store, a_case(3, chat_id=2002))
    for number in (1, 2, 3):
        await with_belongings(store, number)
    ban = Ban(NOW + 60, "rude", AIGUL, NOW, GROUP, 1)
    await cases.write(
        [
            *cases.timers(2, CHAT, (Due(timer, NOW + 60) for timer in Timer)),
            *cases.timers(3, 2002, [Due(Timer.REMIND, NOW + 60)]),
            cases.remember(CHAT, Said("masked", "answered")),
            cases.to_review(Question("2026-11-23", "masked", "kk")),
            Put(store.keys.thread(GROUP, 9), b"2"),
            *cases.banned(CHAT, ban),
        ]
    )


async def assert_forgotten(store: Store) -> None:
    left = {name for name in await names(store) if "1001" in name or name.endswith((":1", ":2"))}
    streams = {name for name in left if "inbox:" in name or "outbox:" in name}
    topics = {f"{kind}:{number}" for kind in ("case_topic", "case_map") for number in (1, 2)}
    assert left - streams == {"ban:1001", *topics}
    for number in (1, 2):
        assert 0 < await ttl(store, store.keys.case_topic(number)) <= ERASED_TOPIC_TTL
        assert 0 < await ttl(store, store.keys.case_map(number)) <= ERASED_TOPIC_TTL
        only_the_card = {b"ref:card": b"10", b"g10": b"card"}
        assert await store.redis.hgetall(store.keys.case_map(number)) == only_the_card
    assert await store.cases.open_in(GROUP) == (3,)
    assert await store.redis.zrange(store.keys.open_cases(GROUP), 0, -1) == [b"3"]
    assert await store.redis.zrange(store.keys.timers(), 0, -1) == [b"2002:3:remind"]
    assert await store.redis.exists(*belongings(store, 3)) == 6


async def forget_in_a_turn(store: Store) -> Committed:
    lease = await owned(store, Family.INBOX, CHAT)
    await store.inbox.add(9, CHAT, b"{}")
    (entry,) = await entries(store, Family.INBOX)
    erasure = await store.cases.erase(CHAT)
    result = Result(CHAT, b"", None, writes=erasure.writes, forgets=erasure.keys)
    return await store.turns.commit(lease, entry, result)


async def test_forgetting_in_a_turn_erases_all_of_a_persons_cases(store: Store) -> None:
    """A block stays: /forget must not be the way around every block."""
    await fill(store)
    assert [case.number for case in (await store.cases.erase(CHAT)).cases] == [1, 2]
    assert await forget_in_a_turn(store) is Committed.COMMITTED
    await assert_forgotten(store)


async def test_forgetting_from_outside_erases_all_of_a_persons_cases(store: Store) -> None:
    await fill(store)
    await store.forget(CHAT)
    await assert_forgotten(store)


async def test_the_command_line_erases_all_of_a_persons_cases(
    store: Store, store_server: StoreServer
) -> None:
    await fill(store)
    await forget(Settings(redis_url=store_server.url, key_prefix=store.keys.prefix, shards=4), CHAT)
    await assert_forgotten(store)


async def test_forgetting_one_who_had_no_case_changes_nothing_of_others(store: Store) -> None:
    await fill(store)
    before = await names(store)
    await store.forget(3003)
    assert await names(store) == before


async def test_a_case_that_the_staff_change_meanwhile_is_erased_as_well(store: Store) -> None:
    """The erasure that was read before is a conflict: the turn is done again."""
    await fill(store)
    erasure = await store.cases.erase(CHAT)
    await keep(store, a_case(2, group=OTHER_GROUP))
    assert await store.turns.forget(CHAT, erasure.writes, erasure.keys) is False
    assert (await store.cases.load(2)).case is not None
    await store.forget(CHAT)
    await assert_forgotten(store)
    assert await store.cases.open_in(OTHER_GROUP) == ()


async def test_what_the_staff_write_late_brings_nothing_of_an_erased_case_back(
    store: Store,
) -> None:
    await fill(store)
    raw = (await store.cases.load(2)).raw
    await store.forget(CHAT)
    assert await store.cases.write(store.cases.put(a_case(2), raw, NOW)) is False
    await store.cases.write([store.cases.line(2, Line(NOW, "staff", "text", "late"))])
    await store.cases.write([store.cases.plan(2, b"{}")])
    await assert_forgotten(store)
