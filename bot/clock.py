"""The time that the helpline's rules go by: freshness of answers, working hours, timers of cases.

Leases, flood limits and metrics use the machine's own clocks instead: they are about this machine.
On the sandbox the time can be played forward: it writes by how many seconds into a small file.
"""

from __future__ import annotations

import asyncio
import math
import time
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import tzinfo
    from pathlib import Path

KAZAKHSTAN_TIME = timezone(timedelta(hours=5))
"""One time zone for the whole country since 1 March 2024."""

JUMP_CHECK_SECONDS = 0.25
"""How soon a sleeper notices that the time was played forward."""

ADJUSTED_CHECK_SECONDS = 30.0
"""How soon a sleeper notices that the machine's clock was set."""


class Clock:
    """Tells the time.

    Args:
        shift_file: holds by how many seconds the sandbox is ahead; it may be missing. None where
            nobody plays with the time: then nothing is read.
    """

    def __init__(self, shift_file: Path | None = None) -> None:
        self._file = shift_file

    def now(self) -> float:
        """The time in seconds since the Unix epoch."""
        shift = 0.0 if self._file is None else _read_shift(self._file)
        return time.time() + shift

    def in_zone(self, zone: tzinfo = KAZAKHSTAN_TIME) -> datetime:
        """The time as an aware datetime."""
        return datetime.fromtimestamp(self.now(), UTC).astimezone(zone)

    def today(self, zone: tzinfo = KAZAKHSTAN_TIME) -> date:
        """The day."""
        return self.in_zone(zone).date()

    async def sleep_until(self, moment: float) -> None:
        """Returns when the time has come, within half a second also when it comes by a jump.

        Args:
            moment: seconds since the Unix epoch; one that has passed returns at once.
        """
        longest = ADJUSTED_CHECK_SECONDS if self._file is None else JUMP_CHECK_SECONDS
        while (left := moment - self.now()) > 0:  # noqa: ASYNC110 - another process plays with it
            await asyncio.sleep(min(left, longest))


def _read_shift(file: Path) -> float:
    """Read anew each time: it takes ten microseconds, and is right at once after any restart."""
    try:
        shift = float(file.read_text())
    except (OSError, ValueError):  # not there; not a number
        return 0.0
    return shift if math.isfinite(shift) else 0.0
