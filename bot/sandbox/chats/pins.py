"""Pinned messages, set and taken off by the bot or a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.chats.announcements import announce
from bot.sandbox.chats.groups import Group
from bot.sandbox.chats.standings import may
from bot.sandbox.chats.threads import nested
from bot.sandbox.errors import BadRequestError

if TYPE_CHECKING:
    from bot.sandbox.chats.chat import Chat
    from bot.sandbox.chats.messages import StoredMessage
    from bot.sandbox.chats.people import Person
    from bot.sandbox.world import World

NOT_MODIFIED = "CHAT_NOT_MODIFIED"


def check_may_pin(world: World, chat: Chat, actor: Person | None) -> None:
    """Check that somebody may change what is pinned; in a private chat both sides may.

    Raises:
        BadRequestError: They may not.
    """
    if isinstance(chat, Group) and not may(world, chat, actor, "can_pin_messages"):
        raise BadRequestError("not enough rights to manage pinned messages in the chat")


def pin(world: World, chat: Chat, actor: Person | None, message: StoredMessage) -> None:
    """Pin a message; the chat is told.

    Args:
        world: The sandbox.
        chat: The chat.
        actor: Who does it; None is the bot.
        message: The message.

    Raises:
        BadRequestError: The actor may not, it is pinned already, or it is a service message.
    """
    check_may_pin(world, chat, actor)
    if message.service:
        raise BadRequestError("service messages can't be pinned")
    if message.id in chat.pinned:
        raise BadRequestError(NOT_MODIFIED)
    chat.pinned.append(message.id)
    announce(world, chat, actor, {"pinned_message": nested(message.body)}, message.thread)


def unpin(world: World, chat: Chat, actor: Person | None, message: StoredMessage) -> None:
    """Take a message's pin off. Nobody is told.

    Args:
        world: The sandbox.
        chat: The chat.
        actor: Who does it; None is the bot.
        message: The message.

    Raises:
        BadRequestError: The actor may not, or it is not pinned.
    """
    check_may_pin(world, chat, actor)
    if message.id not in chat.pinned:
        raise BadRequestError(NOT_MODIFIED)
    chat.pinned.remove(message.id)
    world.touch(chat)


def unpin_all(world: World, chat: Chat, actor: Person | None, place: int | None = None) -> None:
    """Take all pins off. Nobody is told.

    Args:
        world: The sandbox.
        chat: The chat.
        actor: Who does it; None is the bot.
        place: The topic it is about, 0 for General; all of the chat if left out.

    Raises:
        BadRequestError: The actor may not.
    """
    check_may_pin(world, chat, actor)
    kept = [
        number
        for number in chat.pinned
        if place is not None and chat.messages[number].thread != place
    ]
    if kept != chat.pinned:
        chat.pinned = kept
        world.touch(chat)


def latest_pin(chat: Chat) -> StoredMessage | None:
    """Return the pinned message that was sent last.

    https://core.telegram.org/bots/api#chatfullinfo: the most recent one by sending date.
    """
    return chat.messages[max(chat.pinned)] if chat.pinned else None
