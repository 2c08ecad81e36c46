"""Messages, button presses and their answers, as the sandbox keeps them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import msgspec

# https://core.telegram.org/bots/api#message: the fields that make a message a service message.
# Those that the sandbox sends.
SERVICE_FIELDS = frozenset(
    {
        "new_chat_members", "left_chat_member", "new_chat_title", "group_chat_created",
        "supergroup_chat_created", "migrate_to_chat_id", "migrate_from_chat_id", "pinned_message",
        "chat_owner_changed",
        "forum_topic_created", "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened",
        "general_forum_topic_hidden", "general_forum_topic_unhidden",
    }
)  # fmt: skip


class Markup(msgspec.Struct, frozen=True):
    """A reply markup, as Telegram keeps it.

    Args:
        kind: ``inline``, ``keyboard``, ``remove`` or ``force_reply``.
        body: The markup as Bot API JSON.
    """

    kind: str
    body: dict[str, Any]


@dataclass(slots=True)
class StoredMessage:
    """A message with what its Bot API object does not show.

    Attributes:
        body: The Bot API ``Message``.
        by_bot: Whether the bot sent it.
        changed: The number of its last change.
        author_id: Who really wrote it; an anonymous administrator's id is not in ``body``.
        markup: Its keyboard.
        deleted: Whether it is gone.
        reactions: Who reacted how.
        live_until: Until when its place moves, in the sandbox's time; 0 for all others.
    """

    body: dict[str, Any]
    by_bot: bool
    changed: int
    author_id: int = 0
    markup: Markup | None = None
    deleted: bool = False
    reactions: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    live_until: float = 0.0

    @property
    def id(self) -> int:
        """The ``message_id``."""
        return int(self.body["message_id"])

    @property
    def thread(self) -> int:
        """The topic it is in; 0 outside of topics and in General."""
        return int(self.body["message_thread_id"]) if "is_topic_message" in self.body else 0

    @property
    def protected(self) -> bool:
        """Whether the message may not be forwarded or copied."""
        return bool(self.body.get("has_protected_content"))

    @property
    def service(self) -> bool:
        """Whether it only says that something happened."""
        return not SERVICE_FIELDS.isdisjoint(self.body)


@dataclass(slots=True)
class Notice:
    """The answer to a button press, as the person sees it."""

    callback_query_id: str
    user_id: int
    message_id: int
    text: str
    show_alert: bool
    url: str
    changed: int


@dataclass(slots=True)
class Callback:
    """A button press that waits for its answer."""

    chat_id: int
    user_id: int
    message_id: int
    pressed_at: float


@dataclass(frozen=True, slots=True)
class Keyboard:
    """A reply keyboard that is open.

    Attributes:
        message_id: The message that opened it.
        body: ``ReplyKeyboardMarkup`` or ``ForceReply``.
    """

    message_id: int
    body: dict[str, Any]
