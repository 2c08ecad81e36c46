"""Lets what waits for Telegram's limits through, one after the other: people's words first."""

from __future__ import annotations

import asyncio
import heapq
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from bot.telegram.flood import Flood

    Pause = Callable[[float], Awaitable[None]]

GATE_RANKS_SECONDS = 1.0
"""Thousands of chats may wait at the gate: who goes first there is asked anew so often only."""


class Place:
    """A place in the queue of a chat, and at the gate.

    Args:
        late: whether it gives way, in its chat, to what is not late; asked again at each choice.
        since: what orders equals, the earliest first.
        pause: waits so many seconds; raises if there is no use in waiting any more.
        urgency: how urgent it is at the gate, the lowest first; asked again now and then.
    """

    __slots__ = ("is_late", "pause", "since", "urgency")

    def __init__(
        self,
        late: Callable[[], bool],
        since: tuple[int, int],
        pause: Pause,
        urgency: Callable[[], int] = lambda: 0,
    ) -> None:
        self.is_late = late
        self.since = since
        self.pause = pause
        self.urgency = urgency


class _Waiter:
    """Somebody in a queue."""

    __slots__ = ("left", "place", "turn")

    def __init__(self, place: Place) -> None:
        self.place = place
        self.turn = asyncio.Event()
        self.left = False


class _Queue:
    """Those who wait for one thing.

    One of them watches the clock, and when it is time gives way to the first of them at that
    moment: what came later may be more urgent.

    Args:
        rank: of a place; lower ranks go first.
        keep: how long ranks hold, in seconds.
    """

    def __init__(self, rank: Callable[[Place], Any], keep: float = 0.0) -> None:
        self._rank = rank
        self._keep = keep
        self._ranked_at = 0.0
        self._heap: list[tuple[Any, int, _Waiter]] = []
        self._number = 0
        self._watched = False
        self.size = 0

    @asynccontextmanager
    async def first(self, place: Place, wait: Callable[[], float]) -> AsyncIterator[None]:
        """Waits to be the first when it is time; the others wait until the context ends.

        Args:
            place: of the one who waits.
            wait: how many seconds it is not yet time.
        """
        waiter = self._enter(place)
        try:
            while True:
                await waiter.turn.wait()
                while (seconds := wait()) > 0:
                    await place.pause(seconds)
                first = self._first()
                if first is waiter:
                    break
                waiter.turn.clear()
                first.turn.set()
            yield
        finally:
            self._leave(waiter)

    def _enter(self, place: Place) -> _Waiter:
        waiter = _Waiter(place)
        self._number += 1
        heapq.heappush(self._heap, (self._rank(place), self._number, waiter))
        self.size += 1
        if not self._watched:
            self._watched = True
            waiter.turn.set()
        return waiter

    def _leave(self, waiter: _Waiter) -> None:
        waiter.left = True
        self.size -= 1
        if not waiter.turn.is_set():
            return
        if self.size:
            self._first().turn.set()
        else:
            self._watched = False

    def _first(self) -> _Waiter:
        now = time.monotonic()
        if now - self._ranked_at >= self._keep:
            there = [entry for entry in self._heap if not entry[2].left]
            self._heap = [(self._rank(one.place), number, one) for _, number, one in there]
            heapq.heapify(self._heap)
            self._ranked_at = now
        while self._heap[0][2].left:
            heapq.heappop(self._heap)
        return self._heap[0][2]


class Turnstile:
    """One queue for each chat, one gate for all.

    Args:
        flood: Telegram's limits.
        share: this sender's part of what all senders may send, above 0 and up to 1.
    """

    def __init__(self, flood: Flood, share: Callable[[], float]) -> None:
        self._flood = flood
        self._share = share
        self._queues: dict[int, _Queue] = {}
        self._gate = _Queue(lambda place: (place.urgency(), place.since), keep=GATE_RANKS_SECONDS)

    async def pass_through(self, chat_id: int, place: Place, messages: int = 1) -> bool:
        """Waits until messages may go to a chat, and counts them.

        Args:
            chat_id: the destination.
            place: of its own.
            messages: how many.

        Returns:
            Whether the chat is a group whose minute was spent on the way.
        """
        spent = self._flood.is_spent(chat_id, time.monotonic())

        def wait() -> float:
            nonlocal spent
            now = time.monotonic()
            spent = spent or self._flood.is_spent(chat_id, now)
            return self._flood.chat_wait(chat_id, now, messages)

        queue = self._queues.setdefault(chat_id, _Queue(lambda one: (one.is_late(), one.since)))
        try:
            while True:
                async with queue.first(place, wait), self._gate.first(place, self._common_wait):
                    if wait() <= 0:  # Telegram may have stalled the chat meanwhile
                        now, share = time.monotonic(), self._share()
                        self._flood.take(chat_id, now, share, messages)
                        return spent
        finally:
            if not queue.size and self._queues.get(chat_id) is queue:
                del self._queues[chat_id]

    def _common_wait(self) -> float:
        return self._flood.common_wait(time.monotonic(), self._share())
