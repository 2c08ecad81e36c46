"""What all sending methods share: the chat, the reply, the keyboard, the message."""

from __future__ import annotations

from typing import Any

from bot.sandbox.errors import BadRequestError
from bot.sandbox.formatted_text import Formatted, caption_text, format_text
from bot.sandbox.markup import Markup, read_markup
from bot.sandbox.request import Params
from bot.sandbox.world import Chat, StoredMessage, World

_NOT_HERE = (
    "business_connection_id",
    "direct_messages_topic_id",
    "allow_paid_broadcast",
    "suggested_post_parameters",
)


def open_chat(world: World, params: Params, count: int = 1) -> Chat:
    """Find the chat to send to, within the rate limits.

    Args:
        world: The sandbox.
        params: The call.
        count: How many messages are to be sent.

    Returns:
        The chat.
    """
    params.refuse(*_NOT_HERE)
    chat = world.writable_chat(params.chat_id())
    if params.integer("message_thread_id"):
        # Private chats have no topics here; groups will look theirs up.
        raise BadRequestError("message thread not found")
    if world.config.strict:
        world.rates.take(chat.id, count)
    return chat


def read_formatted(world: World, params: Params, name: str) -> Formatted:
    """Read a text parameter with its ``parse_mode`` or entities."""
    field = "caption_entities" if name == "caption" else "entities"
    entities = params.json(field, "message entities")
    return format_text(
        params.text(name),
        params.text("parse_mode"),
        entities if isinstance(entities, list) else None,
        user_of=world.known_user,
    )


def read_caption(world: World, params: Params) -> dict[str, Any]:
    """Read a caption as the fields of its message."""
    formatted = caption_text(read_formatted(world, params, "caption"))
    fields = caption_fields(formatted)
    if formatted.text and params.flag("show_caption_above_media"):
        fields["show_caption_above_media"] = True
    return fields


def caption_fields(formatted: Formatted) -> dict[str, Any]:
    """Return a caption as the fields of its message."""
    if not formatted.text:
        return {}
    fields: dict[str, Any] = {"caption": formatted.text}
    if formatted.entities:
        fields["caption_entities"] = formatted.entities
    return fields


def text_fields(formatted: Formatted, params: Params) -> dict[str, Any]:
    """Return a text as the fields of its message."""
    fields: dict[str, Any] = {"text": formatted.text}
    if formatted.entities:
        fields["entities"] = formatted.entities
    preview = params.json("link_preview_options", "link preview options")
    if formatted.has_link():
        if isinstance(preview, dict) and preview:
            fields["link_preview_options"] = preview
        elif params.flag("disable_web_page_preview"):
            fields["link_preview_options"] = {"is_disabled": True}
    return fields


def read_reply_markup(params: Params) -> Markup | None:
    """Read a call's keyboard."""
    return read_markup(params.json("reply_markup", "reply keyboard markup"))


def reply_fields(chat: Chat, params: Params) -> dict[str, Any]:
    """Read what a message answers to as the fields of the message."""
    given = params.json("reply_parameters", "reply parameters")
    reply = Params(given) if isinstance(given, dict) else Params({})
    number = reply.integer("message_id") or params.integer("reply_to_message_id")
    if not number:
        return {}
    if reply.has("chat_id") and reply.chat_id() != chat.id:
        raise BadRequestError("replies from other chats are not in the sandbox")
    answered = chat.find(number)
    if answered is None:
        lenient = reply.flag("allow_sending_without_reply") or params.flag(
            "allow_sending_without_reply"
        )
        if lenient:
            return {}
        raise BadRequestError("message to be replied not found")
    fields: dict[str, Any] = {"reply_to_message": without_reply(answered.body)}
    if reply.has("quote"):
        quote = reply.text("quote")
        position = str(answered.body.get("text", answered.body.get("caption", ""))).find(quote)
        if position < 0:
            raise BadRequestError("QUOTE_TEXT_INVALID")
        fields["quote"] = {"text": quote, "position": position, "is_manual": True}
    return fields


def without_reply(body: dict[str, Any]) -> dict[str, Any]:
    """Return a message as it stands inside another: without what it answers to itself."""
    return {key: value for key, value in body.items() if key != "reply_to_message"}


def post(
    world: World,
    chat: Chat,
    params: Params,
    content: dict[str, Any],
    markup: Markup | None,
) -> dict[str, Any]:
    """Put a message of the bot into a chat.

    Args:
        world: The sandbox.
        chat: The chat.
        params: The call, for what all messages share.
        content: The fields of this kind of message.
        markup: Its keyboard.

    Returns:
        The Bot API ``Message``.
    """
    body: dict[str, Any] = {
        "message_id": world.new_message_id(),
        "from": world.bot_user(),
        "chat": world.chat_object(chat),
        "date": world.clock.date(),
    }
    body |= reply_fields(chat, params) | content
    if params.flag("protect_content"):
        body["has_protected_content"] = True
    if params.has("message_effect_id"):
        body["effect_id"] = params.text("message_effect_id")
    if markup is not None and markup.kind == "inline":
        body["reply_markup"] = markup.body
    chat.action = ""
    _show_keyboard(chat, int(body["message_id"]), markup)
    world.put(chat, StoredMessage(body, by_bot=True, changed=0, markup=markup))
    return body


def _show_keyboard(chat: Chat, message_id: int, markup: Markup | None) -> None:
    """A reply keyboard stays until another one, or its removal, comes."""
    if markup is None or markup.kind == "inline":
        return
    chat.keyboard = None if markup.kind == "remove" else markup.body
    chat.keyboard_message_id = message_id
