"""Who goes through first where many wait for a chat."""

from __future__ import annotations

import asyncio
import time

import pytest

from bot.telegram import turnstile
from bot.telegram.flood import Flood, Limits
from bot.telegram.turnstile import Place, Turnstile

GROUP, OTHER = -1, -2


class Door:
    """A turnstile at which everybody waits until the test opens it."""

    def __init__(self, **limits: float) -> None:
        usual = {"per_second": 1e6, "chat_seconds": 0.01, "group_per_minute": 10_000}
        self.flood = Flood(Limits(chat_burst=1, **(usual | limits)))  # type: ignore[arg-type]
        self.stopped = False
        self.turnstile = Turnstile(self.flood, lambda: 1.0)
        self.order: list[str] = []

    async def _pause(self, seconds: float) -> None:
        if self.stopped:
            raise TimeoutError
        await asyncio.sleep(seconds)

    async def go(
        self,
        name: str,
        late: bool | list[bool],
        since: int,
        chat: int = GROUP,
        urgency: int | list[int] = 0,
    ) -> bool:
        """Goes through; a list of lateness, or of urgency, can be changed while it waits."""
        is_late = (lambda: late[0]) if isinstance(late, list) else (lambda: late)
        urgent = (lambda: urgency[0]) if isinstance(urgency, list) else (lambda: urgency)
        place = Place(is_late, (since, 0), self._pause, urgent)
        spent = await self.turnstile.pass_through(chat, place)
        self.order.append(name)
        return spent


async def _all(door: Door, *going: tuple[str, bool | list[bool], int]) -> list[str]:
    """Everybody comes while the chat is not free yet."""
    door.flood.refused(GROUP, time.monotonic(), 0.05)
    await asyncio.gather(*(door.go(*one) for one in going))
    return door.order


async def test_what_is_late_gives_way_and_equals_go_by_age() -> None:
    order = await _all(
        Door(), ("late old", True, 1), ("young", False, 9), ("old", False, 2), ("late", True, 3)
    )
    assert order == ["old", "young", "late old", "late"]


async def test_lateness_is_asked_when_it_is_decided() -> None:
    late = [True]
    door = Door()
    going = asyncio.create_task(
        _all(door, ("words", False, 5), ("promoted", late, 1), ("late", True, 2))
    )
    await asyncio.sleep(0)
    late[0] = False
    assert await going == ["promoted", "words", "late"]


async def test_other_chats_do_not_wait() -> None:
    door = Door()
    door.flood.refused(GROUP, time.monotonic(), 3600)
    waiting = asyncio.create_task(door.go("stalled", late=False, since=1))
    await door.go("other", late=False, since=2, chat=OTHER)
    assert door.order == ["other"]
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)


async def test_who_is_called_off_leaves_the_turn_to_the_next() -> None:
    door = Door()
    door.flood.refused(GROUP, time.monotonic(), 0.05)
    first = asyncio.create_task(door.go("first", late=False, since=1))
    second = asyncio.create_task(door.go("second", late=False, since=2))
    await asyncio.sleep(0)
    first.cancel()
    await second
    assert door.order == ["second"]


async def test_a_stop_reaches_everybody_who_waits() -> None:
    door = Door()
    door.flood.refused(GROUP, time.monotonic(), 0.05)
    going = [
        asyncio.create_task(door.go(str(since), late=since % 2 == 0, since=since))
        for since in range(5)
    ]
    door.stopped = True
    ended = await asyncio.gather(*going, return_exceptions=True)
    assert [type(end) for end in ended] == [TimeoutError] * 5


async def test_at_the_gate_of_all_chats_peoples_words_go_before_menus() -> None:
    """Rule: counsellors' replies do not wait behind what the helpline says by itself."""
    door = Door(per_second=20.0)
    door.flood.take(999, time.monotonic(), 1, messages=3)
    going = [
        door.go("menu", late=False, since=1, chat=1, urgency=2),
        door.go("other menu", late=False, since=2, chat=2, urgency=2),
        door.go("reminder", late=False, since=3, chat=3, urgency=3),
        door.go("words", late=False, since=4, chat=4, urgency=0),
        door.go("other words", late=False, since=5, chat=5, urgency=0),
    ]
    await asyncio.gather(*going)
    assert door.order == ["words", "other words", "menu", "other menu", "reminder"]


async def test_at_the_gate_urgency_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words that come behind a menu, in its chat, take it along."""
    monkeypatch.setattr(turnstile, "GATE_RANKS_SECONDS", 0.0)
    door = Door(per_second=20.0)
    door.flood.take(999, time.monotonic(), 1, messages=3)
    promoted = [2]
    going = asyncio.gather(
        door.go("menu", late=False, since=1, chat=1, urgency=2),
        door.go("promoted", late=False, since=2, chat=2, urgency=promoted),
    )
    await asyncio.sleep(0)
    promoted[0] = 0
    await going
    assert door.order == ["promoted", "menu"]


async def test_a_group_whose_minute_was_spent_is_told_from_others() -> None:
    door = Door()
    assert not await door.go("at once", late=False, since=1)
    door.flood.refused(GROUP, time.monotonic(), 0.02)
    assert await door.go("waited", late=False, since=2)
    door.flood.refused(7, time.monotonic(), 0.02)
    assert not await door.go("in a private chat", late=False, since=3, chat=7)
