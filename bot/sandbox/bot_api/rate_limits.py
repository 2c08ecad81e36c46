"""Telegram's rate limits, for a strict sandbox."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from typing import TYPE_CHECKING

from bot.sandbox.errors import TooManyRequestsError

if TYPE_CHECKING:
    from bot.sandbox.clock import Clock

# https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
IN_ALL = (30, 1.0)
PRIVATE_CHAT = (1, 1.0)
GROUP = (20, 60.0)


class RateLimits:
    """Counts messages in sliding windows: 1/s per chat, 20/min per group, 30/s in all.

    Args:
        clock: Where the time comes from.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._sent: dict[int | None, deque[float]] = defaultdict(deque)

    def take(self, chat_id: int, count: int = 1) -> None:
        """Count messages to a chat.

        Args:
            chat_id: The chat; groups have negative ids.
            count: How many messages.

        Raises:
            TooManyRequestsError: A limit is passed; nothing was counted.
        """
        now = self._clock.now()
        windows = ((None, *IN_ALL), (chat_id, *(GROUP if chat_id < 0 else PRIVATE_CHAT)))
        for key, most, seconds in windows:
            sent = self._sent[key]
            while sent and sent[0] <= now - seconds:
                sent.popleft()
            if len(sent) >= most:
                raise TooManyRequestsError(max(1, math.ceil(sent[0] + seconds - now)))
        for key, _, _ in windows:
            self._sent[key].extend([now] * count)
