"""The journal of the Bot API calls that the bot made."""

from __future__ import annotations

from collections import deque

import msgspec

MAX_CALLS = 5000


class CallRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """One call; without its texts."""

    n: int
    at: float
    method: str
    ok: bool
    chat: int | None = None
    error_code: int | None = None
    error: str = ""
    fault: bool = False


class Journal:
    """The latest calls. A ``getUpdates`` that went well is not written down: it is only waiting."""

    def __init__(self) -> None:
        self._records: deque[CallRecord] = deque(maxlen=MAX_CALLS)
        self._count = 0

    def add(  # noqa: PLR0913 - the columns of the journal
        self,
        at: float,
        method: str,
        chat: int | None,
        *,
        error_code: int | None = None,
        error: str = "",
        fault: bool = False,
    ) -> None:
        """Write a call down.

        Args:
            at: When, in seconds since the epoch.
            method: The method as the bot wrote it.
            chat: The chat it was about, if any.
            error_code: The error's code, if it failed.
            error: The error's words, if it failed.
            fault: Whether the failure was asked for.
        """
        if method.lower() == "getupdates" and error_code is None:
            return
        self._count += 1
        self._records.append(
            CallRecord(self._count, at, method, error_code is None, chat, error_code, error, fault)
        )

    def after(self, number: int) -> list[CallRecord]:
        """Return the calls after a number, the oldest first."""
        return [record for record in self._records if record.n > number]

    @property
    def last(self) -> int:
        """The number of the latest call."""
        return self._count
