"""What the script needs of a Bot API library; an adapter for each library provides it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

Json = dict[str, Any]


LOST = 0
"""The kind of a refusal that is none: there was no answer."""


@dataclass(frozen=True)
class Upload:
    """A file to send."""

    name: str
    content: bytes


@dataclass(frozen=True)
class RefusedError(Exception):
    """How a library reports that Telegram refused.

    Args:
        kind: The HTTP status that the library's class of error stands for, or ``LOST``.
        words: The library's message, which need not be Telegram's letter by letter.
        retry_after: Seconds to wait, where the library says so.
        migrate_to_chat_id: The supergroup that the group became, where the library says so.
    """

    kind: int
    words: str
    retry_after: int | None = None
    migrate_to_chat_id: int | None = None


class Client(Protocol):
    """A library's client for one bot."""

    name: str

    async def call(self, method: str, **parameters: Any) -> Any:
        """Calls a method by its Bot API name, with Bot API JSON for objects.

        Returns:
            What the library made of the result, as Bot API JSON again.

        Raises:
            RefusedError: Telegram refused.
        """

    async def download(self, file_path: str) -> bytes:
        """Fetches the contents of a file by the ``file_path`` of ``getFile``."""
