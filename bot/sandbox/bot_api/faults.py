"""Failures on demand: refusals, slow answers, cut connections."""

from __future__ import annotations

import msgspec

from bot.sandbox.errors import BotApiError

_WORDS = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running",
    413: "Request Entity Too Large",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


class Fault(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A failure to come.

    Args:
        method: The method it strikes; ``*`` for all but getUpdates.
        chat: The chat it strikes; any if left out.
        error_code: The refusal's code.
        description: The refusal's words; Telegram's usual ones if left out.
        retry_after: Seconds to wait, for 429.
        migrate_to_chat_id: The supergroup that a group became, for 400.
        delay: Seconds to wait before anything happens.
        cut: Whether the connection is cut without an answer.
        after: Whether the call is carried out first, so that only its answer is lost.
        times: How many calls it strikes.
    """

    method: str = "*"
    chat: int | None = None
    error_code: int | None = None
    description: str = ""
    retry_after: int | None = None
    migrate_to_chat_id: int | None = None
    delay: float = 0.0
    cut: bool = False
    after: bool = False
    times: int = 1

    def problem(self) -> str:
        """Return what is wrong with this fault, or nothing."""
        if self.times < 1:
            return "times must be 1 or more"
        if not 0 <= self.delay <= 600:
            return "delay must be between 0 and 600 seconds"
        if self.error_code is not None and not 400 <= self.error_code <= 599:
            return "error_code must be between 400 and 599"
        if self.error_code is None and not self.cut and not self.delay:
            return "a fault needs error_code, cut or delay"
        return ""

    def error(self) -> BotApiError | None:
        """Return the refusal, if this fault is one."""
        if self.error_code is None:
            return None
        parameters: dict[str, int] = {}
        words = self.description or _WORDS.get(self.error_code, "Bad Request")
        if self.error_code == 429:
            seconds = 1 if self.retry_after is None else self.retry_after
            parameters["retry_after"] = seconds
            words = self.description or f"Too Many Requests: retry after {seconds}"
        if self.migrate_to_chat_id is not None:
            parameters["migrate_to_chat_id"] = self.migrate_to_chat_id
        return BotApiError(self.error_code, words, parameters)


class Faults:
    """The failures to come, in the order they were asked for."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Ask for a failure."""
        self._faults.append(fault)

    def take_back(self, fault: Fault) -> bool:
        """Take back one failure that is still to come.

        Args:
            fault: The failure as ``waiting`` shows it.

        Returns:
            Whether there was one like it.
        """
        if fault not in self._faults:
            return False
        self._faults.remove(fault)
        return True

    def clear(self) -> None:
        """Take back all failures."""
        self._faults.clear()

    def waiting(self) -> list[Fault]:
        """Return the failures that have not struck for the last time."""
        return list(self._faults)

    def strike(self, method: str, chat: int | None) -> Fault | None:
        """Take the first failure that fits a call.

        Args:
            method: The method called.
            chat: The chat it is about.

        Returns:
            The failure, one time less to come; None if there is none.
        """
        name = method.lower()
        for fault in self._faults:
            wanted = fault.method.lower()
            fits = name != "getupdates" if wanted == "*" else name == wanted
            if fits and fault.chat in {None, chat}:
                fault.times -= 1
                if not fault.times:
                    self._faults.remove(fault)
                return fault
        return None
