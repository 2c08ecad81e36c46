"""editMessageText, editMessageCaption, editMessageMedia and editMessageReplyMarkup."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.bot_api.methods.registry import method
from bot.sandbox.bot_api.methods.sending import read_formatted, read_reply_markup, text_fields
from bot.sandbox.chats.groups import Group
from bot.sandbox.errors import BadRequestError, NotEmulatedError
from bot.sandbox.media.input_media import ALBUM_KINDS, ALONE, kind_of, read_input_media
from bot.sandbox.text.formatted_text import caption_fields, caption_text, message_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.sandbox.chats.chat import Chat
    from bot.sandbox.chats.messages import Markup, StoredMessage
    from bot.sandbox.params import Params
    from bot.sandbox.world import World

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
_TEXT = ("text", "entities", "link_preview_options")
_CAPTION = ("caption", "caption_entities", "show_caption_above_media")
_FILE = ("photo", "video", "animation", "document", "audio", "has_media_spoiler")
_WITH_CAPTION = frozenset({"photo", "video", "animation", "document", "audio", "voice"})
# The old contents that TDLib lets a new file replace.
_WITH_NEW_MEDIA = frozenset({"text", "photo", "video", "animation", "document", "audio"})
# Only sending renames these (telegram-bot-api: process_send_message_fail_error).
_TEXT_TOO_LONG = "MESSAGE_TOO_LONG"
_CAPTION_TOO_LONG = "MEDIA_CAPTION_TOO_LONG"


def find_editable(world: World, params: Params) -> tuple[Chat, StoredMessage]:
    """Find the message that a call wants to change.

    Raises:
        BadRequestError: There is none, or the bot may not change it.
        NotEmulatedError: It is one of inline mode, or of a business account.
    """
    params.refuse("business_connection_id")
    if params.has("inline_message_id"):
        raise NotEmulatedError("messages sent via inline mode")
    if not params.has("chat_id") and not params.has("message_id"):
        raise BadRequestError("message identifier is not specified")
    chat = world.readable_chat(params.chat_id())
    # A group that became a supergroup keeps its messages, and they can be changed there.
    if not (isinstance(chat, Group) and chat.migrated_to):
        chat = world.writable_chat(chat.id)
    message = chat.find(params.integer("message_id"))
    if message is None:
        raise BadRequestError("message to edit not found")
    with_keyboard = message.markup is not None and message.markup.kind != "inline"
    if not message.by_bot or message.service or with_keyboard or "forward_origin" in message.body:
        raise BadRequestError("message can't be edited")
    return chat, message


def change(  # noqa: PLR0913, PLR0917 - what becomes what where
    world: World,
    chat: Chat,
    message: StoredMessage,
    dropped: Iterable[str],
    content: dict[str, Any],
    markup: Markup | None,
) -> dict[str, Any]:
    """Change a message.

    Args:
        world: The sandbox.
        chat: Its chat.
        message: The message.
        dropped: The fields that go.
        content: The fields that come.
        markup: Its buttons; None takes the old ones away.

    Returns:
        The changed Bot API ``Message``.

    Raises:
        BadRequestError: Nothing would change, or the markup is no inline keyboard.
    """
    if markup is not None and markup.kind != "inline":
        raise BadRequestError("inline keyboard expected")
    keyboard = {"reply_markup": markup.body} if markup else {}
    gone = {"reply_markup", "edit_date", *dropped}
    new = {key: value for key, value in message.body.items() if key not in gone}
    new |= content | keyboard
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
    formatted = message_text(read_formatted(world, params, "text"), _TEXT_TOO_LONG)
    markup = read_reply_markup(params)
    chat, message = find_editable(world, params)
    if "text" not in message.body:
        raise BadRequestError("there is no text in the message to edit")
    return change(world, chat, message, _TEXT, text_fields(formatted, params), markup)


@method("editMessageCaption")
def edit_message_caption(world: World, params: Params) -> dict[str, Any]:
    """Change the caption under a file."""
    caption = caption_text(read_formatted(world, params, "caption"), _CAPTION_TOO_LONG)
    markup = read_reply_markup(params)
    chat, message = find_editable(world, params)
    if _WITH_CAPTION.isdisjoint(message.body):
        raise BadRequestError("there is no caption in the message to edit")
    fields = caption_fields(caption)
    if fields and params.flag("show_caption_above_media"):
        fields["show_caption_above_media"] = True
    return change(world, chat, message, _CAPTION, fields, markup)


@method("editMessageMedia")
def edit_message_media(world: World, params: Params) -> dict[str, Any]:
    """Put another file into a message, or a file in the place of a text."""
    markup = read_reply_markup(params)
    params.required("media")
    content = read_input_media(world, params, params.json("media", "input media"), in_album=False)
    chat, message = find_editable(world, params)
    if _WITH_NEW_MEDIA.isdisjoint(message.body):
        raise BadRequestError("message media can't be edited")
    if "media_group_id" in message.body:
        _check_album(kind_of(message.body), kind_of(content))
    return change(world, chat, message, (*_TEXT, *_CAPTION, *_FILE), content, markup)


def _check_album(old: str, new: str) -> None:
    if old == new:
        return
    if new not in ALBUM_KINDS:
        raise BadRequestError("message content type can't be used in an album")
    if old in ALONE or new in ALONE:
        raise BadRequestError("can't change media type in the album")


@method("editMessageReplyMarkup")
def edit_message_reply_markup(world: World, params: Params) -> dict[str, Any]:
    """Change the buttons under a message."""
    markup = read_reply_markup(params)
    chat, message = find_editable(world, params)
    return change(world, chat, message, (), {}, markup)
