"""editMessageText, editMessageCaption and editMessageReplyMarkup."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.errors import BadRequestError, NotEmulatedError
from bot.sandbox.formatted_text import message_text
from bot.sandbox.methods.registry import method
from bot.sandbox.methods.sending import (
    read_caption,
    read_formatted,
    read_reply_markup,
    text_fields,
)

if TYPE_CHECKING:
    from bot.sandbox.markup import Markup
    from bot.sandbox.request import Params
    from bot.sandbox.world import Chat, StoredMessage, World

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
_CONTENT = (
    "text",
    "entities",
    "link_preview_options",
    "caption",
    "caption_entities",
    "show_caption_above_media",
)
_WITH_CAPTION = ("photo", "video", "animation", "document", "audio", "voice")


def _message(world: World, params: Params) -> tuple[Chat, StoredMessage]:
    params.refuse("business_connection_id")
    if params.has("inline_message_id"):
        raise NotEmulatedError("messages sent via inline mode")
    chat = world.writable_chat(params.chat_id())
    message = chat.find(params.message_id())
    if message is None:
        raise BadRequestError("message to edit not found")
    if not message.by_bot or "forward_origin" in message.body:
        raise BadRequestError("message can't be edited")
    return chat, message


def _change(
    world: World,
    chat: Chat,
    message: StoredMessage,
    content: dict[str, Any] | None,
    markup: Markup | None,
) -> dict[str, Any]:
    """Put a new text or caption (None keeps it) and a new keyboard (None removes it)."""
    if markup is not None and markup.kind != "inline":
        raise BadRequestError("inline keyboard expected")
    keyboard = {"reply_markup": markup.body} if markup else {}
    dropped = {"reply_markup", "edit_date", *(_CONTENT if content is not None else ())}
    new = {key: value for key, value in message.body.items() if key not in dropped}
    new |= (content or {}) | keyboard
    if new == {key: value for key, value in message.body.items() if key != "edit_date"}:
        raise BadRequestError(NOT_MODIFIED)
    new["edit_date"] = world.clock.date()
    message.body = new
    message.markup = markup
    message.changed = world.touch(chat)
    return new


@method("editMessageText")
def edit_message_text(world: World, params: Params) -> dict[str, Any]:
    """Change a message's text."""
    formatted = message_text(read_formatted(world, params, "text"))
    markup = read_reply_markup(params)
    chat, message = _message(world, params)
    if "text" not in message.body:
        raise BadRequestError("there is no text in the message to edit")
    return _change(world, chat, message, text_fields(formatted, params), markup)


@method("editMessageCaption")
def edit_message_caption(world: World, params: Params) -> dict[str, Any]:
    """Change the caption under a file."""
    caption = read_caption(world, params)
    markup = read_reply_markup(params)
    chat, message = _message(world, params)
    if not any(kind in message.body for kind in _WITH_CAPTION):
        raise BadRequestError("there is no caption in the message to edit")
    return _change(world, chat, message, caption, markup)


@method("editMessageReplyMarkup")
def edit_message_reply_markup(world: World, params: Params) -> dict[str, Any]:
    """Change the buttons under a message."""
    markup = read_reply_markup(params)
    chat, message = _message(world, params)
    return _change(world, chat, message, None, markup)
