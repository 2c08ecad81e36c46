"""Replies to a message of another chat or another topic: what they tell of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.chats.groups import Group
from bot.sandbox.chats.origins import origin_of
from bot.sandbox.text.quotes import QUOTED
from bot.sandbox.text.utf16 import utf16_length

if TYPE_CHECKING:
    from bot.sandbox.chats.chat import Chat
    from bot.sandbox.chats.messages import StoredMessage

# https://core.telegram.org/bots/api#externalreplyinfo: everything but words.
_SHOWN = (
    "link_preview_options", "animation", "audio", "document", "photo", "sticker", "video",
    "video_note", "voice", "has_media_spoiler", "contact", "dice", "location", "poll", "venue",
)  # fmt: skip
# https://core.telegram.org/bots/api#replyparameters: 0-1024 characters after parsing
MAX_QUOTE = 1024


def external_reply(chat: Chat, message: StoredMessage) -> dict[str, Any]:
    """Return what a message says of one elsewhere that it answers to.

    Args:
        chat: Where the answered message stands.
        message: The answered message.

    Returns:
        ``external_reply``, and the ``quote`` that Telegram adds by itself.
    """
    body = message.body
    told: dict[str, Any] = {"origin": origin_of(message)}
    # https://core.telegram.org/bots/api#externalreplyinfo: of supergroups and channels only.
    if isinstance(chat, Group) and chat.kind == "supergroup":
        told |= {"chat": chat.object(), "message_id": message.id}
    told |= {key: body[key] for key in _SHOWN if key in body}
    if "animation" in told:
        # A message has the animation as a document too, for old clients; a reply does not.
        told.pop("document", None)
    if "venue" in told:
        told.pop("location", None)
    return {"external_reply": told} | _whole_quote(body)


def _whole_quote(body: dict[str, Any]) -> dict[str, Any]:
    """Quote a message from its beginning, as far as a quote may go."""
    prefix, text = ("", body["text"]) if "text" in body else ("caption_", body.get("caption", ""))
    if not text:
        return {}
    part = str(text)[:MAX_QUOTE]
    end = utf16_length(part)
    kept = [
        entity | {"length": min(entity["length"], end - entity["offset"])}
        for entity in body.get(f"{prefix}entities", ())
        if entity["type"] in QUOTED and entity["offset"] < end
    ]
    return {"quote": {"text": part, "position": 0} | ({"entities": kept} if kept else {})}
