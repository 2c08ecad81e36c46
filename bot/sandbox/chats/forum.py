"""What can be done to a forum's topics, by the bot or by a person.

The rules and words are those of TDLib's ForumTopicManager.cpp, through which the Bot API server
goes; where Telegram's own server decides, the words are the constants it is known to answer with.
All refusals are ``BadRequestError``; for a person the caller tells them in its own way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.chats.announcements import announce
from bot.sandbox.chats.erasing import erase
from bot.sandbox.chats.groups import Group
from bot.sandbox.chats.names import clean_name
from bot.sandbox.chats.pins import check_may_pin, unpin_all
from bot.sandbox.chats.standings import id_of, may
from bot.sandbox.chats.threads import runs_topics
from bot.sandbox.chats.topic_icons import ICONS
from bot.sandbox.chats.topics import GENERAL, ICON_COLORS, Topic
from bot.sandbox.errors import BadRequestError

if TYPE_CHECKING:
    from bot.sandbox.chats.chat import Chat
    from bot.sandbox.chats.people import Person
    from bot.sandbox.world import World

NOT_MODIFIED = "TOPIC_NOT_MODIFIED"
_MAY_NOT_CLOSE = "not enough rights to close or open the topic"


def create_topic(  # noqa: PLR0913 - who makes what where, and how it looks
    world: World,
    chat: Chat,
    actor: Person | None,
    name: str,
    *,
    icon_color: int = 0,
    icon_emoji_id: str = "",
) -> Topic:
    """Open a new topic.

    Args:
        world: The sandbox.
        chat: The forum.
        actor: Who does it; None is the bot.
        name: The topic's name; it is cleaned, and cut to 128 characters.
        icon_color: The colour of its icon, in RGB; 0 leaves the choice to Telegram.
        icon_emoji_id: The custom emoji that is its icon, if any.

    Returns:
        The topic.

    Raises:
        BadRequestError: The chat has no topics, the actor may not, or name or icon are not usable.
    """
    group = _forum(chat)
    # A right of administrators, or a permission of everybody.
    if not may(world, group, actor, "can_manage_topics"):
        raise BadRequestError("not enough rights to create a topic")
    topic = Topic(0, _name(name), creator_id=id_of(world, actor))
    if icon_color:
        if icon_color not in ICON_COLORS:
            raise BadRequestError("invalid icon color specified")
        topic.icon_color = icon_color
    _check_icon(icon_emoji_id)
    topic.icon_custom_emoji_id = icon_emoji_id
    topic.id = announce(world, group, actor, {"forum_topic_created": topic.look()}).id
    group.topics[topic.id] = topic
    return topic


def edit_topic(  # noqa: PLR0913 - who changes which where, and to what
    world: World,
    chat: Chat,
    actor: Person | None,
    thread: int,
    *,
    name: str = "",
    icon_emoji_id: str | None = None,
) -> Topic:
    """Change a topic's name or icon.

    Args:
        world: The sandbox.
        chat: The forum.
        actor: Who does it; None is the bot.
        thread: The topic; 1 is General.
        name: The new name; an empty one keeps the old.
        icon_emoji_id: The new icon; None keeps the old, an empty one removes it.

    Returns:
        The topic.

    Raises:
        BadRequestError: The chat has no topics, there is no such topic, the actor may not, or
            nothing would change.
    """
    group = _forum(chat)
    _check_own(world, group, actor, thread, "not enough rights to edit the topic")
    cleaned = _name(name) if name else ""
    topic = _topic(group, thread)
    if not name and icon_emoji_id is None:
        return topic
    if icon_emoji_id is not None:
        _check_icon(icon_emoji_id)
        if thread == GENERAL:
            raise BadRequestError("GENERAL_MODIFY_ICON_FORBIDDEN")
    edited: dict[str, Any] = {}
    if cleaned and cleaned != topic.name:
        edited["name"] = topic.name = cleaned
    if icon_emoji_id is not None and icon_emoji_id != topic.icon_custom_emoji_id:
        edited["icon_custom_emoji_id"] = topic.icon_custom_emoji_id = icon_emoji_id
    if not edited:
        raise BadRequestError(NOT_MODIFIED)
    announce(world, group, actor, {"forum_topic_edited": edited}, topic.place)
    return topic


def close_topic(world: World, chat: Chat, actor: Person | None, thread: int) -> Topic:
    """Close a topic: only those who run topics, and who made it, may then write.

    Args:
        world: The sandbox.
        chat: The forum.
        actor: Who does it; None is the bot.
        thread: The topic; 1 is General.

    Returns:
        The topic.

    Raises:
        BadRequestError: The chat has no topics, there is no such topic, the actor may not, or it
            is closed.
    """
    return _set_closed(world, chat, actor, thread, closed=True)


def reopen_topic(world: World, chat: Chat, actor: Person | None, thread: int) -> Topic:
    """Open a closed topic again. General comes into sight with it.

    Args and errors are those of ``close_topic``.
    """
    return _set_closed(world, chat, actor, thread, closed=False)


def _set_closed(
    world: World, chat: Chat, actor: Person | None, thread: int, *, closed: bool
) -> Topic:
    group = _forum(chat)
    _check_own(world, group, actor, thread, _MAY_NOT_CLOSE)
    topic = _topic(group, thread)
    if topic.closed == closed:
        raise BadRequestError(NOT_MODIFIED)
    topic.closed = closed
    # https://core.telegram.org/bots/api#reopengeneralforumtopic: unhidden if it was hidden
    topic.hidden = topic.hidden and closed
    what = "forum_topic_closed" if closed else "forum_topic_reopened"
    announce(world, group, actor, {what: {}}, topic.place)
    return topic


def hide_general(world: World, chat: Chat, actor: Person | None) -> Topic:
    """Take General out of sight, which closes it too.

    Args:
        world: The sandbox.
        chat: The forum.
        actor: Who does it; None is the bot.

    Returns:
        General.

    Raises:
        BadRequestError: The chat has no topics, the actor may not, or General is hidden.
    """
    return _set_hidden(world, chat, actor, hidden=True)


def unhide_general(world: World, chat: Chat, actor: Person | None) -> Topic:
    """Bring General back into sight. It stays closed.

    Args and errors are those of ``hide_general``.
    """
    return _set_hidden(world, chat, actor, hidden=False)


def _set_hidden(world: World, chat: Chat, actor: Person | None, *, hidden: bool) -> Topic:
    group = _forum(chat)
    if not runs_topics(group, id_of(world, actor), world.profile.bot_id):
        raise BadRequestError(_MAY_NOT_CLOSE)
    general = group.topics[GENERAL]
    if general.hidden == hidden:
        raise BadRequestError(NOT_MODIFIED)
    general.hidden = hidden
    # https://core.telegram.org/bots/api#hidegeneralforumtopic: closed if it was open; there is no
    # message about that.
    general.closed = general.closed or hidden
    what = "general_forum_topic_hidden" if hidden else "general_forum_topic_unhidden"
    announce(world, group, actor, {what: {}})
    return general


def delete_topic(world: World, chat: Chat, actor: Person | None, thread: int) -> None:
    """Delete a topic with all its messages. Telegram does not tell a bot about it.

    Args:
        world: The sandbox.
        chat: The forum.
        actor: Who does it; None is the bot.
        thread: The topic; General cannot be deleted.

    Raises:
        BadRequestError: The chat has no topics, there is no such topic, or the actor may not.
    """
    group = _forum(chat)
    _check_id(thread)
    known = group.topic(thread)
    owns = known is not None and known.creator_id == id_of(world, actor)
    if known and not owns and not may(world, group, actor, "can_delete_messages"):
        raise BadRequestError("not enough rights to delete the topic")
    topic = _topic(group, thread)
    if thread == GENERAL:
        raise BadRequestError("TOPIC_ID_INVALID")
    for message in [message for message in group.visible() if message.thread == thread]:
        erase(world, group, message)
    topic.deleted = True
    if actor is None:
        # Who deletes a topic knows that it is gone.
        topic.cached_until = 0.0
    world.touch(group)


def unpin_topic(world: World, chat: Chat, actor: Person | None, thread: int) -> None:
    """Unpin all messages of a topic. Telegram does not tell a bot about it.

    Args:
        world: The sandbox.
        chat: The forum.
        actor: Who does it; None is the bot.
        thread: The topic; 1 is General.

    Raises:
        BadRequestError: The chat has no topics, there is no such topic, or the actor may not.
    """
    if not isinstance(chat, Group) or not chat.is_forum:
        raise BadRequestError("chat doesn't have topics")
    _check_id(thread)
    check_may_pin(world, chat, actor)
    unpin_all(world, chat, actor, _topic(chat, thread).place)


def _forum(chat: Chat) -> Group:
    if not isinstance(chat, Group) or not chat.is_forum:
        raise BadRequestError("the chat is not a forum")
    return chat


def _name(name: str) -> str:
    cleaned = clean_name(name)
    if not cleaned:
        raise BadRequestError("name must be non-empty")
    return cleaned


def _check_icon(icon_emoji_id: str) -> None:
    # The set's other emoji are allowed too, on Telegram; those that are not have no known refusal.
    if icon_emoji_id and icon_emoji_id not in ICONS:
        raise BadRequestError("DOCUMENT_INVALID")


def _check_id(thread: int) -> None:
    if thread <= 0:
        raise BadRequestError("invalid forum topic identifier specified")


def _topic(group: Group, thread: int) -> Topic:
    topic = group.topic(thread)
    if topic is None:
        raise BadRequestError("TOPIC_ID_INVALID")
    return topic


def _check_own(world: World, group: Group, actor: Person | None, thread: int, refusal: str) -> None:
    """Check that a topic is the actor's own, or that they run topics."""
    _check_id(thread)
    user_id = id_of(world, actor)
    topic = group.topic(thread)
    owns = topic is not None and topic.creator_id == user_id
    if topic and not owns and not runs_topics(group, user_id, world.profile.bot_id):
        raise BadRequestError(refusal)
