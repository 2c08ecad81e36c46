"""The sandbox's time, which people may play forward; a bot on the same machine can follow it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bot.sandbox.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

# Telegram writes dates as signed 32-bit numbers: https://core.telegram.org/type/int
LAST_MOMENT = 2**31 - 1


class Clock:
    """Wall time plus an offset.

    Args:
        file: Where the offset is written for others, in seconds; nowhere if left out. The file is
            replaced whole, and is not there while nobody has played with the time.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._offset = 0.0

    @property
    def ahead(self) -> float:
        """How far the time was moved forward, in seconds."""
        return self._offset

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
            InputError: Time would go back, or past the last date there is.
        """
        if seconds < 0:
            raise InputError("time only goes forward; a reset takes it back to now")
        if self.now() + seconds > LAST_MOMENT:
            raise InputError("time ends in January 2038, where Telegram's dates do")
        self._write(self._offset + seconds)
        self._offset += seconds

    def reset(self) -> None:
        """Go back to the machine's own time."""
        self._offset = 0.0
        if self._file is not None:
            self._file.unlink(missing_ok=True)

    def _write(self, offset: float) -> None:
        if self._file is None:
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        new = self._file.with_name(f"{self._file.name}.new")
        new.write_text(f"{offset}\n")
        new.replace(self._file)
