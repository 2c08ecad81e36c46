"""How often somebody may ask: counted in this process, for a helpline has one console."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from bot.console.web.errors import TooManyError

if TYPE_CHECKING:
    from limits import RateLimitItem

CHANGES = parse("60/minute")
"""More changes by one person are no work of people."""
PAGES = parse("600/minute")
"""A live preview asks at every pause of typing."""
SIGN_INS = parse("20/minute")
"""From one address; an office has one for everybody."""


class Limits:
    """Counts requests by who asks."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def count(self, limit: RateLimitItem, who: str) -> None:
        """Counts a request.

        Args:
            limit: how many there may be.
            who: a session or an address.

        Raises:
            TooManyError: this one is too many.
        """
        if not self._limiter.hit(limit, str(limit), who):
            window = self._limiter.get_window_stats(limit, str(limit), who)
            raise TooManyError(max(1, math.ceil(window.reset_time - time.time())))
