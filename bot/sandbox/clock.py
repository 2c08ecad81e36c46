"""The sandbox's time, which tests and later the page may move forward."""

from __future__ import annotations

import time


class Clock:
    """Wall time plus an offset."""

    def __init__(self) -> None:
        self._offset = 0.0

    def now(self) -> float:
        """Return the time in seconds since the Unix epoch."""
        return time.time() + self._offset

    def date(self) -> int:
        """Return the time in whole seconds, as Telegram writes dates."""
        return int(self.now())

    def advance(self, seconds: float) -> None:
        """Move time forward.

        Args:
            seconds: How far, in seconds; never negative.

        Raises:
            ValueError: Time would go back.
        """
        if seconds < 0:
            msg = "time only goes forward"
            raise ValueError(msg)
        self._offset += seconds
