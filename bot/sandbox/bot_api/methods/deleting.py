"""deleteMessage and deleteMessages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.bot_api.methods.message_ids import read_ids
from bot.sandbox.bot_api.methods.registry import method
from bot.sandbox.bot_api.methods.shared_params import read_chat
from bot.sandbox.chats.erasing import erase
from bot.sandbox.chats.groups import Group
from bot.sandbox.errors import BadRequestError

if TYPE_CHECKING:
    from bot.sandbox.chats.chat import Chat
    from bot.sandbox.chats.messages import StoredMessage
    from bot.sandbox.params import Params
    from bot.sandbox.world import World

# https://core.telegram.org/bots/api#deletemessage: sent less than 48 hours ago; service messages
# about the creation of a supergroup or topic never; a die in a private chat only after 24 hours.
DELETABLE_SECONDS = 48 * 3600
DICE_SECONDS = 24 * 3600
MAX_IDS = 100
_LASTING = frozenset({"forum_topic_created", "supergroup_chat_created", "migrate_from_chat_id"})


def _refusal(world: World, chat: Chat, message: StoredMessage) -> str:
    """Return why the bot may not delete a message, or nothing."""
    if not _LASTING.isdisjoint(message.body):
        return "message can't be deleted"
    if isinstance(chat, Group):
        if chat.bot_may("can_delete_messages"):
            return ""
        if not message.by_bot:
            return "message can't be deleted"
    age = world.clock.now() - int(message.body["date"])
    fresh_dice = "dice" in message.body and not isinstance(chat, Group) and age < DICE_SECONDS
    if age > DELETABLE_SECONDS or fresh_dice:
        return "message can't be deleted for everyone"
    return ""


@method("deleteMessage")
def delete_message(world: World, params: Params) -> bool:
    """Delete one message, the bot's or another's."""
    if not params.has("chat_id"):
        raise BadRequestError("chat identifier is not specified")
    if not params.has("message_id"):
        raise BadRequestError("message identifier is not specified")
    chat = read_chat(world, params)
    message = chat.find(params.integer("message_id"))
    if message is None:
        raise BadRequestError("message to delete not found")
    refusal = _refusal(world, chat, message)
    if refusal:
        raise BadRequestError(refusal)
    erase(world, chat, message)
    return True


@method("deleteMessages")
def delete_messages(world: World, params: Params) -> bool:
    """Delete several messages: those that are gone are passed over; if one may not be, none is."""
    numbers = read_ids(params, MAX_IDS)
    chat = read_chat(world, params)
    found = [message for number in numbers if (message := chat.find(number)) is not None]
    refusal = next(filter(None, (_refusal(world, chat, message) for message in found)), "")
    if refusal:
        raise BadRequestError(refusal)
    for message in found:
        erase(world, chat, message)
    return True
