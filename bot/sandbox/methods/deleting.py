"""deleteMessage and deleteMessages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.errors import BadRequestError
from bot.sandbox.methods.registry import method

if TYPE_CHECKING:
    from bot.sandbox.request import Params
    from bot.sandbox.world import Chat, StoredMessage, World

# https://core.telegram.org/bots/api#deletemessage: less than 48 hours ago
DELETABLE_SECONDS = 48 * 3600
MAX_IDS = 100


def erase(world: World, chat: Chat, message: StoredMessage) -> None:
    """Take a message out of its chat, and its keyboard with it."""
    message.deleted = True
    message.changed = world.touch(chat)
    if chat.keyboard_message_id == message.id:
        chat.keyboard = None


def _too_old(world: World, message: StoredMessage) -> bool:
    return world.clock.now() - int(message.body["date"]) > DELETABLE_SECONDS


@method("deleteMessage")
def delete_message(world: World, params: Params) -> bool:
    """Delete one message, the bot's or the person's."""
    chat = world.readable_chat(params.chat_id())
    message = chat.find(params.message_id())
    if message is None:
        raise BadRequestError("message to delete not found")
    if _too_old(world, message):
        raise BadRequestError("message can't be deleted for everyone")
    erase(world, chat, message)
    return True


@method("deleteMessages")
def delete_messages(world: World, params: Params) -> bool:
    """Delete several messages; those that are gone already are passed over."""
    chat = world.readable_chat(params.chat_id())
    for number in read_ids(params):
        message = chat.find(number)
        if message is not None and not _too_old(world, message):
            erase(world, chat, message)
    return True


def read_ids(params: Params) -> list[int]:
    """Read ``message_ids``.

    Raises:
        BadRequestError: It is not a list of 1-100 numbers.
    """
    ids = params.json("message_ids", "message identifiers")
    if not isinstance(ids, list) or not ids:
        raise BadRequestError("message identifiers are not specified")
    if len(ids) > MAX_IDS:
        raise BadRequestError("too many message identifiers specified")
    try:
        return [int(number) for number in ids]
    except (TypeError, ValueError):
        raise BadRequestError("can't parse message identifiers JSON object") from None
