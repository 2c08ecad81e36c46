"""Who looked at what was masked: for the coordinators, in General."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.handoff.case import Counsellor
from bot.store.cases import Reveal
from bot.telegram.effects import SendMessage
from tests.telegram.desk.staff_room import AZIZA, BORIS, GROUP, NOW, OTHER, Room, of, ru, said

if TYPE_CHECKING:
    from bot.handoff.case import Case
    from bot.store.store import Store
    from bot.telegram.effects import Effect

COORDINATOR = 301
DAY = 24 * 3600
REFUSAL = "Only coordinators may ask for this."


@pytest.fixture
def room(store: Store) -> Room:
    return Room(store)


@pytest.fixture
async def case(room: Room) -> Case:
    return await room.case()


async def looked(room: Room, who: int, number: int, *, ago: float = 0, group: int = GROUP) -> None:
    seen = Reveal(NOW - ago, who, number, "message", group)
    assert await room.cases.write([room.cases.revealed(seen)])


async def audit(room: Room, user: int = COORDINATOR, thread: int | None = None) -> str:
    effects = await room.write("/audit", user=user, thread=thread)
    (text,) = said(effects, GROUP)
    return text


async def test_what_was_revealed_is_listed_newest_first_with_who_and_in_which_case(
    room: Room, case: Case
) -> None:
    await looked(room, AZIZA, case.number, ago=2 * DAY)
    await looked(room, BORIS, case.number, ago=DAY)
    on_duty = room.cases.duty(GROUP, Counsellor(AZIZA, "Aziza"), NOW + DAY)
    assert await room.cases.write([on_duty])
    title, *lines = (await audit(room)).splitlines()
    assert "30" in title
    assert "2" in title
    assert [f"tg://user?id={who}" in line for who, line in zip((BORIS, AZIZA), lines, strict=True)]
    assert all(str(case.number) in line for line in lines)
    assert "Aziza" in lines[1]


async def test_only_coordinators_get_it(room: Room, case: Case) -> None:
    await looked(room, AZIZA, case.number)
    assert await audit(room, AZIZA) == ru(REFUSAL)
    assert await audit(room, AZIZA, thread=7) == ru(REFUSAL)


async def test_it_shows_thirty_days_and_the_own_group_only(room: Room, case: Case) -> None:
    await looked(room, AZIZA, case.number, ago=31 * DAY)
    await looked(room, AZIZA, case.number, group=OTHER)
    assert len((await audit(room)).splitlines()) == 1
    await looked(room, AZIZA, case.number, group=0)  # kept by a release that did not say where
    assert len((await audit(room)).splitlines()) == 2


async def test_in_general_even_if_it_was_asked_in_a_topic(room: Room, case: Case) -> None:
    effects: tuple[Effect, ...] = await room.write("/audit", user=COORDINATOR, thread=7)
    (sent,) = of(effects, SendMessage)
    assert (sent.case, sent.reply_to) == (None, None)
    (sent,) = of(await room.write("/audit", user=COORDINATOR, thread=None), SendMessage)
    assert sent.reply_to == 100


async def test_a_reveal_is_kept_with_its_group(room: Room, case: Case) -> None:
    await room.press(f"d:reveal:{case.number}:5")
    (seen,) = await room.cases.reveals(NOW)
    assert (seen.staff, seen.case, seen.group) == (AZIZA, case.number, GROUP)
