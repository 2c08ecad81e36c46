"""Where a message was first written, as forwards and replies from elsewhere tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.sandbox.chats.messages import StoredMessage


def origin_of(message: StoredMessage) -> dict[str, Any]:
    """Return the ``MessageOrigin`` of a message.

    Args:
        message: The message; if it was forwarded itself, its own origin is the answer.

    Returns:
        An origin of type ``chat`` for what an anonymous administrator wrote, else ``user``.
    """
    body = message.body
    if "forward_origin" in body:
        first: dict[str, Any] = body["forward_origin"]
        return first
    if "sender_chat" not in body:
        return {"type": "user", "date": body["date"], "sender_user": body["from"]}
    signature = {key: body[key] for key in ("author_signature",) if key in body}
    return {"type": "chat", "date": body["date"], "sender_chat": body["sender_chat"]} | signature
