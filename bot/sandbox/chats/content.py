"""A message's content: what of it may go on in another message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.chats.moving_places import standing

if TYPE_CHECKING:
    from bot.sandbox.chats.messages import StoredMessage

# What a message says about its own sending does not go with it.
_OWN = frozenset(
    {
        "message_id", "from", "chat", "date", "edit_date", "reply_markup", "reply_to_message",
        "external_reply", "quote", "forward_origin", "media_group_id", "has_protected_content",
        "effect_id", "message_thread_id", "is_topic_message", "sender_chat", "author_signature",
        "sender_tag",
    }
)  # fmt: skip


def content_of(message: StoredMessage) -> dict[str, Any]:
    """Return the fields of a message that another message may carry; a place does not move on."""
    content = {key: value for key, value in message.body.items() if key not in _OWN}
    if message.live_until:
        content["location"] = standing(content["location"])
    return content
