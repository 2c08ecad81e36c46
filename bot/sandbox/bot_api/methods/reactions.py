"""setMessageReaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.bot_api.methods.registry import method
from bot.sandbox.chats.reactions import read_reactions
from bot.sandbox.errors import BadRequestError

if TYPE_CHECKING:
    from bot.sandbox.params import Params
    from bot.sandbox.world import World


@method("setMessageReaction")
def set_message_reaction(world: World, params: Params) -> bool:
    """Set the bot's reaction to a message; none removes it. ``is_big`` only plays a bigger show."""
    reactions = read_reactions(params.json("reaction", "reaction types"))
    chat = world.readable_chat(params.chat_id())
    message = chat.find(params.integer("message_id"))
    if message is None:
        raise BadRequestError("message to react not found")
    message.reactions[world.profile.bot_id] = reactions
    message.changed = world.touch(chat)
    return True
