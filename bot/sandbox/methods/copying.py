"""copyMessage and forwardMessage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.errors import BadRequestError
from bot.sandbox.methods.registry import method
from bot.sandbox.methods.sending import open_chat, post, read_caption, read_reply_markup

if TYPE_CHECKING:
    from bot.sandbox.request import Params
    from bot.sandbox.world import StoredMessage, World

# What a message says about its own sending does not go with it.
_OWN = frozenset(
    {
        "message_id", "from", "chat", "date", "edit_date", "reply_markup", "reply_to_message",
        "quote", "forward_origin", "media_group_id", "has_protected_content", "effect_id",
    }
)  # fmt: skip
_CAPTION = frozenset({"caption", "caption_entities", "show_caption_above_media"})


def content_of(message: StoredMessage) -> dict[str, Any]:
    """Return the fields of a message that another message may carry."""
    return {key: value for key, value in message.body.items() if key not in _OWN}


def origin_of(message: StoredMessage) -> dict[str, Any]:
    """Return the ``MessageOrigin`` of a forwarded message: where it was first written."""
    first: dict[str, Any] | None = message.body.get("forward_origin")
    return first or {
        "type": "user",
        "date": message.body["date"],
        "sender_user": message.body["from"],
    }


def _source(world: World, params: Params, verb: str) -> StoredMessage:
    chat = world.readable_chat(params.chat_id("from_chat_id"))
    message = chat.find(params.message_id())
    if message is None:
        raise BadRequestError(f"message to {verb} not found")
    if message.protected:
        raise BadRequestError(f"message can't be {'copied' if verb == 'copy' else 'forwarded'}")
    return message


@method("copyMessage")
def copy_message(world: World, params: Params) -> dict[str, Any]:
    """Send a message again as the bot's own."""
    source = _source(world, params, "copy")
    content = content_of(source)
    if params.given("caption"):
        content = {key: value for key, value in content.items() if key not in _CAPTION}
        content |= read_caption(world, params)
    markup = read_reply_markup(params)
    body = post(world, open_chat(world, params), params, content, markup)
    return {"message_id": body["message_id"]}


@method("forwardMessage")
def forward_message(world: World, params: Params) -> dict[str, Any]:
    """Send a message on, with its origin."""
    source = _source(world, params, "forward")
    content = content_of(source) | {"forward_origin": origin_of(source)}
    return post(world, open_chat(world, params), params, content, None)
