"""What goes with a message when it is deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.chats.reply_keyboards import drop_keyboards

if TYPE_CHECKING:
    from bot.sandbox.chats.chat import Chat
    from bot.sandbox.chats.messages import StoredMessage
    from bot.sandbox.world import World


def erase(world: World, chat: Chat, message: StoredMessage) -> None:
    """Take a message out of its chat, and its keyboard and pin with it."""
    message.deleted = True
    message.changed = world.touch(chat)
    drop_keyboards(chat, message.id)
    if message.id in chat.pinned:
        chat.pinned.remove(message.id)
