"""What can go wrong, one class per cause."""

from __future__ import annotations

from typing import Any


class SandboxError(Exception):
    """The base of everything the sandbox raises on purpose."""


class PortTakenError(SandboxError):
    """The port cannot be bound.

    Args:
        host: The address asked for.
        port: The port asked for.
    """

    def __init__(self, host: str, port: int) -> None:
        self.host = host
        self.port = port
        super().__init__(
            f"The sandbox cannot listen on {host}:{port}: the port is taken or not allowed. "
            "Stop the program that uses it, or choose another port."
        )


class InputError(SandboxError):
    """The JSON API was called with something it cannot use; the text says what and why."""


class BotApiError(SandboxError):
    """A refusal in Telegram's words.

    Args:
        error_code: The HTTP status and ``error_code``.
        description: Telegram's sentence, with its prefix.
        parameters: ``ResponseParameters``, such as ``retry_after``.
    """

    def __init__(
        self, error_code: int, description: str, parameters: dict[str, Any] | None = None
    ) -> None:
        self.error_code = error_code
        self.description = description
        self.parameters = parameters
        super().__init__(description)

    def answer(self) -> dict[str, Any]:
        """Return the body Telegram would send."""
        body: dict[str, Any] = {
            "ok": False,
            "error_code": self.error_code,
            "description": self.description,
        }
        if self.parameters:
            body["parameters"] = self.parameters
        return body


class BadRequestError(BotApiError):
    """The call cannot be carried out as asked (400)."""

    def __init__(self, reason: str) -> None:
        super().__init__(400, f"Bad Request: {reason}")


class MigratedError(BotApiError):
    """The group became a supergroup (400).

    Args:
        supergroup_id: The new chat's id.
    """

    def __init__(self, supergroup_id: int) -> None:
        super().__init__(
            400,
            "Bad Request: group chat was upgraded to a supergroup chat",
            {"migrate_to_chat_id": supergroup_id},
        )


class ForbiddenError(BotApiError):
    """The bot may not do this (403)."""

    def __init__(self, reason: str) -> None:
        super().__init__(403, f"Forbidden: {reason}")


class ConflictError(BotApiError):
    """Two ways of receiving updates at once (409)."""

    def __init__(self, reason: str) -> None:
        super().__init__(409, f"Conflict: {reason}")


class TooManyRequestsError(BotApiError):
    """A rate limit was passed (429).

    Args:
        retry_after: Seconds to wait.
    """

    def __init__(self, retry_after: int) -> None:
        super().__init__(
            429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after}
        )


class NotEmulatedError(BotApiError):
    """The sandbox does not do this, and says so (501).

    Args:
        what: The method, parameter or kind that is missing.
    """

    def __init__(self, what: str) -> None:
        super().__init__(501, f"Not Implemented in the sandbox: {what}")
