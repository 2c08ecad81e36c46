"""Lets what waits for Telegram's limits through, one after the other: people's words first."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.telegram.flood import Flood

    Pause = Callable[[float], Awaitable[None]]


class Place:
    """A place in the queue of a chat.

    Args:
        late: whether it gives way to what is not late; asked again at each choice.
        since: what orders equals, the earliest first.
    """

    __slots__ = ("is_late", "since", "turn")

    def __init__(self, late: Callable[[], bool], since: tuple[int, int]) -> None:
        self.is_late = late
        self.since = since
        self.turn = asyncio.Event()

    @property
    def rank(self) -> tuple[bool, tuple[int, int]]:
        """Lower ranks go first."""
        return self.is_late(), self.since


class Turnstile:
    """One queue for each chat, one gate for all.

    Of those who wait for a chat one watches the clock, and when the chat is free again gives way
    to the first of them at that moment: what came later may be more urgent.

    Args:
        flood: Telegram's limits.
        share: this sender's part of what all senders may send, above 0 and up to 1.
        pause: waits so many seconds; raises if there is no use in waiting any more.
    """

    def __init__(self, flood: Flood, share: Callable[[], float], pause: Pause) -> None:
        self._flood = flood
        self._share = share
        self._pause = pause
        self._queues: dict[int, list[Place]] = {}
        self._gate = asyncio.Lock()  # one after the other, in order of coming

    async def pass_through(self, chat_id: int, place: Place, messages: int = 1) -> None:
        """Waits until messages may go to a chat, and counts them.

        Args:
            chat_id: the destination.
            place: of its own in the queue.
            messages: how many.
        """
        queue = self._queues.setdefault(chat_id, [])
        queue.append(place)
        if len(queue) == 1:
            place.turn.set()
        try:
            while not await self._try(chat_id, queue, place, messages):
                pass
        finally:
            queue.remove(place)
            if not queue:
                del self._queues[chat_id]
            elif place.turn.is_set():
                _first(queue).turn.set()

    async def _try(self, chat_id: int, queue: list[Place], place: Place, messages: int) -> bool:
        await place.turn.wait()
        while (wait := self._flood.chat_wait(chat_id, time.monotonic(), messages)) > 0:
            await self._pause(wait)
        first = _first(queue)
        if first is not place:
            place.turn.clear()
            first.turn.set()
            return False
        async with self._gate:
            while (wait := self._flood.common_wait(time.monotonic(), self._share())) > 0:
                await self._pause(wait)
            now = time.monotonic()
            if self._flood.chat_wait(chat_id, now, messages) > 0:
                return False
            self._flood.take(chat_id, now, self._share(), messages)
        return True


def _first(queue: list[Place]) -> Place:
    return min(queue, key=lambda place: place.rank)
