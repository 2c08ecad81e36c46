"""Chats: what all kinds share, and the private one. Groups are in ``groups``."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.sandbox.chats.messages import Keyboard, Notice, StoredMessage
    from bot.sandbox.chats.people import Person

MAX_NOTICES = 50


@dataclass(slots=True, kw_only=True)
class Chat:
    """A chat of the bot.

    Attributes:
        id: Its id: a person's for a private chat, negative for a group.
        changed: The number of its last change.
        messages: Its messages by id, the deleted ones too.
        keyboards: The reply keyboards that are open, by the person who sees them.
        action: What the bot is doing, such as ``typing``.
        action_until: Until when, in the sandbox's time.
        action_thread: In which topic.
        notices: The latest answers to button presses.
        pinned: The pinned messages, the latest last.
        read: The last message that each viewer has seen.
    """

    id: int
    changed: int = 0
    messages: dict[int, StoredMessage] = field(default_factory=dict)
    keyboards: dict[int, Keyboard] = field(default_factory=dict)
    action: str = ""
    action_until: float = 0.0
    action_thread: int = 0
    notices: deque[Notice] = field(default_factory=lambda: deque(maxlen=MAX_NOTICES))
    pinned: list[int] = field(default_factory=list)
    read: dict[int, int] = field(default_factory=dict)

    def object(self) -> dict[str, Any]:
        """Return the Bot API ``Chat``."""
        raise NotImplementedError

    def visible(self) -> Iterator[StoredMessage]:
        """Yield the messages that were not deleted, the oldest first."""
        return (message for message in self.messages.values() if not message.deleted)

    def find(self, message_id: int) -> StoredMessage | None:
        """Return a message that was not deleted."""
        message = self.messages.get(message_id)
        return None if message is None or message.deleted else message


@dataclass(slots=True, kw_only=True)
class PrivateChat(Chat):
    """The chat between one person and the bot.

    Attributes:
        person: The person.
        started: Whether the person ever wrote; a bot cannot write first.
        blocked: Whether the person blocked the bot.
    """

    person: Person
    started: bool = False
    blocked: bool = False

    def object(self) -> dict[str, Any]:
        """Return the Bot API ``Chat``."""
        told: dict[str, Any] = {
            "id": self.id,
            "first_name": self.person.name,
            "type": "private",
        }
        for key in ("last_name", "username"):
            if getattr(self.person, key):
                told[key] = getattr(self.person, key)
        return told
