"""What the JSON API shows of people, and of the last message in a chat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.chats.messages import SERVICE_FIELDS

if TYPE_CHECKING:
    from bot.sandbox.chats.chat import PrivateChat
    from bot.sandbox.chats.messages import StoredMessage
    from bot.sandbox.world import World

# An animation is a document too, and a venue a location: the more telling one comes first.
_KINDS = ("venue", "location", "contact", "dice", "photo", "voice", "audio", "video", "video_note",
          "animation", "sticker", "document", *sorted(SERVICE_FIELDS))  # fmt: skip
_SHOWN_CHARACTERS = 120


def people_view(world: World) -> list[dict[str, Any]]:
    """Show the people, each with how their chat stands."""
    return [_person_view(chat) for chat in world.private_chats()]


def _person_view(chat: PrivateChat) -> dict[str, Any]:
    person = chat.person
    seen = chat.read.get(chat.id, 0)
    last = next((m for m in reversed(chat.messages.values()) if not m.deleted), None)
    return {
        "id": person.id,
        "name": person.name,
        "last_name": person.last_name,
        "username": person.username,
        "language_code": person.language_code,
        "staff": person.staff,
        "started": chat.started,
        "blocked": chat.blocked,
        "unread": sum(
            number > seen and message.by_bot and not message.deleted
            for number, message in chat.messages.items()
        ),
        "last": last_view(last) if last else None,
    }


def last_view(message: StoredMessage) -> dict[str, Any]:
    """Show a chat's last message in short.

    Returns:
        ``kind`` is ``text``, a kind of content, or the field of a service message.
    """
    body = message.body
    author = body.get("sender_chat", {}).get("title") or body["from"]["first_name"]
    return {
        "message_id": message.id,
        "date": body["date"],
        "by_bot": message.by_bot,
        "author": author,
        "text": str(body.get("text") or body.get("caption") or "")[:_SHOWN_CHARACTERS],
        "kind": next((kind for kind in _KINDS if kind in body), "text"),
    }
