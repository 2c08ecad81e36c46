"""What the staff groups have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.handoff.case import Counsellor
from bot.store.cases import Ban, Banned, OnDuty, Reveal
from bot.store.keys import AUDIT_TTL, BAN_TTL, DAY, DUTY_TTL, WAITS_LENGTH
from tests.store.cases import CHAT, GROUP, NOW, OTHER_GROUP, ttl

if TYPE_CHECKING:
    from bot.store.store import Store

AIGUL, BEK = Counsellor(77, "Aigul"), Counsellor(78, "Bek")


def a_ban(seconds: float, case: int = 1) -> Ban:
    return Ban(NOW + seconds, "rude", AIGUL, NOW, GROUP, case)


async def test_a_block_ends_by_itself(store: Store) -> None:
    await store.cases.write(store.cases.banned(CHAT, a_ban(90)))
    assert await store.cases.ban(CHAT) == a_ban(90)
    assert await store.cases.ban(2002) is None
    assert 0 < await ttl(store, store.keys.ban(CHAT)) <= 90


async def test_no_block_lasts_longer_than_people_are_told(store: Store) -> None:
    await store.cases.write(store.cases.banned(CHAT, a_ban(10 * BAN_TTL)))
    assert BAN_TTL - 60 < await ttl(store, store.keys.ban(CHAT)) <= BAN_TTL


async def test_the_blocked_are_listed_by_case_until_the_block_ends(store: Store) -> None:
    for chat, ban in ((1, a_ban(90, 4)), (2, a_ban(30, 5)), (3, a_ban(5, 6))):
        await store.cases.write(store.cases.banned(chat, ban))
    listed = await store.cases.bans(GROUP, NOW + 10)
    assert listed == (Banned(2, a_ban(30, 5)), Banned(1, a_ban(90, 4)))
    assert await store.cases.bans(OTHER_GROUP, NOW) == ()
    assert await store.cases.ban_of_case(GROUP, 4) == Banned(1, a_ban(90, 4))


async def test_a_block_is_taken_back(store: Store) -> None:
    await store.cases.write(store.cases.banned(CHAT, a_ban(90)))
    await store.cases.write(store.cases.unbanned(CHAT, a_ban(90)))
    assert await store.cases.ban(CHAT) is None
    assert await store.cases.bans(GROUP, NOW) == ()
    assert await store.cases.ban_of_case(GROUP, 1) is None


async def test_snippets_are_kept_changed_and_deleted(store: Store) -> None:
    cases = store.cases
    await cases.write([cases.snippet(GROUP, "b", "Bye"), cases.snippet(GROUP, "a", "Сәлем")])
    assert list((await cases.snippets(GROUP)).items()) == [("a", "Сәлем"), ("b", "Bye")]
    await cases.write([cases.snippet(GROUP, "b", "See you"), cases.snippet(GROUP, "a", "")])
    assert await cases.snippets(GROUP) == {"b": "See you"}
    assert await cases.snippets(OTHER_GROUP) == {}


async def test_who_is_on_duty_is_known_until_the_shift_ends(store: Store) -> None:
    cases = store.cases
    await cases.write([cases.duty(GROUP, AIGUL, NOW + 5), cases.duty(GROUP, BEK, NOW + 9)])
    assert await cases.on_duty(GROUP, NOW) == (OnDuty(BEK, NOW + 9), OnDuty(AIGUL, NOW + 5))
    assert await cases.on_duty(GROUP, NOW + 5) == (OnDuty(BEK, NOW + 9),)
    await cases.write([cases.duty(GROUP, BEK, None)])
    assert await cases.on_duty(GROUP, NOW) == (OnDuty(AIGUL, NOW + 5),)
    assert 0 < await ttl(store, store.keys.duty(GROUP)) <= DUTY_TTL


async def test_the_last_waits_are_kept(store: Store) -> None:
    await store.cases.write(store.cases.waited(GROUP, float(n)) for n in range(WAITS_LENGTH + 2))
    found = await store.cases.waiting_seconds(GROUP)
    assert found == tuple(float(n) for n in range(2, WAITS_LENGTH + 2))


async def test_reveals_are_kept_without_what_was_revealed(store: Store) -> None:
    reveals = [Reveal(NOW - age * DAY, 77, 4, "phone") for age in (9, 1, 0)]
    await store.cases.write(store.cases.revealed(one) for one in reveals)
    assert await store.cases.reveals(NOW) == tuple(reveals)
    assert await store.cases.reveals(NOW, days=2) == tuple(reveals[1:])
    for day in await store.redis.keys(f"{store.keys.prefix}audit:*"):
        assert 0 < await store.redis.ttl(day) <= AUDIT_TTL
