"""Which permission a kind of content needs, for the bot and for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.chats.groups import Group
from bot.sandbox.errors import BadRequestError, InputError

if TYPE_CHECKING:
    from bot.sandbox.chats.chat import Chat
    from bot.sandbox.chats.people import Person

# https://core.telegram.org/bots/api#chatpermissions; what TDLib calls each kind when it refuses
# it (``can_send_message_content`` in MessageContent.cpp). The first field that is there counts:
# an animation has a ``document`` too, and a venue a ``location``.
_KINDS = (
    ("animation", "can_send_other_messages", "animations"),
    ("sticker", "can_send_other_messages", "stickers"),
    ("dice", "can_send_other_messages", "dice"),
    ("photo", "can_send_photos", "photos"),
    ("video_note", "can_send_video_notes", "video notes"),
    ("video", "can_send_videos", "videos"),
    ("voice", "can_send_voice_notes", "voice notes"),
    ("audio", "can_send_audios", "music"),
    ("document", "can_send_documents", "documents"),
    ("poll", "can_send_polls", "polls"),
    ("contact", "can_send_messages", "contacts"),
    ("venue", "can_send_messages", "venues"),
    ("location", "can_send_messages", "locations"),
)


def needed_right(content: dict[str, Any]) -> tuple[str, str]:
    """Return what one must be allowed to do to send a content.

    Args:
        content: The fields of a message.

    Returns:
        A field of ``ChatPermissions``, and what Telegram calls the kind of content.
    """
    for field, right, name in _KINDS:
        if field in content:
            return right, name
    return "can_send_messages", "text messages"


def check_right(chat: Chat, content: dict[str, Any]) -> None:
    """Check that the bot may send a content.

    Raises:
        BadRequestError: The group does not let it.
    """
    right, name = needed_right(content)
    if isinstance(chat, Group) and not chat.bot_may(right):
        raise BadRequestError(f"not enough rights to send {name} to the chat")


def check_person(chat: Chat, person: Person, content: dict[str, Any]) -> None:
    """Check that a person may send a content.

    Raises:
        InputError: The group does not let them.
    """
    right, name = needed_right(content)
    if isinstance(chat, Group) and not chat.user_may(person.id, right):
        raise InputError(f"person {person.id} may not send {name} in group {chat.id} ({right})")
