"""pinChatMessage, unpinChatMessage and unpinAllChatMessages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.bot_api.methods.registry import method
from bot.sandbox.bot_api.methods.shared_params import read_chat
from bot.sandbox.chats import pins
from bot.sandbox.errors import BadRequestError

if TYPE_CHECKING:
    from bot.sandbox.chats.chat import Chat
    from bot.sandbox.params import Params
    from bot.sandbox.world import World

NOTHING_TO_UNPIN = "message to unpin not found"


def _chat(world: World, params: Params) -> Chat:
    params.refuse("business_connection_id")
    return read_chat(world, params)


@method("pinChatMessage")
def pin_chat_message(world: World, params: Params) -> bool:
    """Pin a message."""
    chat = _chat(world, params)
    message = chat.find(params.integer("message_id"))
    if message is None:
        raise BadRequestError("message to pin not found")
    pins.pin(world, chat, None, message)
    return True


@method("unpinChatMessage")
def unpin_chat_message(world: World, params: Params) -> bool:
    """Take a pin off: of one message, or of the pinned one that was sent last."""
    chat = _chat(world, params)
    number = params.integer("message_id")
    message = chat.find(number) if number else pins.latest_pin(chat)
    if message is None:
        raise BadRequestError(NOTHING_TO_UNPIN)
    pins.unpin(world, chat, None, message)
    return True


@method("unpinAllChatMessages")
def unpin_all_chat_messages(world: World, params: Params) -> bool:
    """Take all pins off."""
    pins.unpin_all(world, _chat(world, params), None)
    return True
