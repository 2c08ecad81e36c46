"""What all sending methods share: the chat, the reply, the keyboard, the message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.bot_api.markup import check_requests, read_markup
from bot.sandbox.bot_api.reply_parameters import read_reply
from bot.sandbox.chats.content_rights import check_right
from bot.sandbox.chats.groups import Group
from bot.sandbox.chats.messages import Markup, StoredMessage
from bot.sandbox.chats.reply_keyboards import show_keyboard
from bot.sandbox.chats.threads import find_thread, place_fields
from bot.sandbox.errors import BadRequestError
from bot.sandbox.text.formatted_text import Formatted, caption_fields, caption_text, format_text

if TYPE_CHECKING:
    from bot.sandbox.chats.chat import Chat
    from bot.sandbox.params import Params
    from bot.sandbox.world import World

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
    if world.config.strict:
        world.rates.take(chat.id, count)
    return chat


def read_formatted(world: World, params: Params, name: str) -> Formatted:
    """Read a text parameter with its ``parse_mode`` or entities."""
    field = "caption_entities" if name == "caption" else "entities"
    try:
        entities = params.json(field, "message entities")
    except BadRequestError:
        # Entities that are no JSON are passed over (telegram-bot-api: get_input_entities).
        entities = None
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


def text_fields(formatted: Formatted, params: Params) -> dict[str, Any]:
    """Return a text as the fields of its message."""
    fields: dict[str, Any] = {"text": formatted.text}
    if formatted.entities:
        fields["entities"] = formatted.entities
    preview = params.json("link_preview_options", "link preview options")
    if preview is not None and not isinstance(preview, dict):
        raise BadRequestError("object expected as link preview options")
    if formatted.has_link():
        if preview:
            fields["link_preview_options"] = preview
        elif params.flag("disable_web_page_preview"):
            fields["link_preview_options"] = {"is_disabled": True}
    return fields


def read_reply_markup(params: Params) -> Markup | None:
    """Read a call's keyboard."""
    return read_markup(params.json("reply_markup", "reply keyboard markup"))


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

    Raises:
        BadRequestError: The bot may not, or there is no such place.
    """
    # In this order Telegram refuses: topic, answered message, rights, closed topic.
    thread = find_thread(world, chat, params.integer("message_thread_id"), world.profile.bot_id)
    reply = read_reply(world, chat, params, thread)
    if isinstance(chat, Group):
        check_requests(markup)
    check_right(chat, content)
    place = place_fields(
        world, chat, thread, reply.message, world.profile.bot_id, source=reply.chat
    )
    body: dict[str, Any] = {
        "message_id": world.new_message_id(chat),
        "from": world.bot_user(),
        "chat": chat.object(),
        "date": world.clock.date(),
    }
    body |= place | reply.quote | content
    if params.flag("protect_content"):
        body["has_protected_content"] = True
    if params.has("message_effect_id"):
        body["effect_id"] = params.text("message_effect_id")
    if markup is not None and markup.kind == "inline":
        body["reply_markup"] = markup.body
    show_keyboard(world, chat, body, markup)
    message = StoredMessage(
        body, by_bot=True, changed=0, author_id=world.profile.bot_id, markup=markup
    )
    if message.thread == chat.action_thread:
        chat.action = ""
    world.put(chat, message)
    return body
