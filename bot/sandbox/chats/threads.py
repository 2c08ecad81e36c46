"""Where in a chat a message goes: topics of a forum, threads of replies, and the reply itself.

Written after the Bot API server (``check_message_topic``, ``check_reply_parameters``,
``get_implicit_reply_to_message_id`` in Client.cpp) and TDLib (ForumTopicManager.cpp).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.chats.groups import Group
from bot.sandbox.chats.replies import external_reply
from bot.sandbox.chats.topics import CACHE_SECONDS, GENERAL
from bot.sandbox.errors import BadRequestError

if TYPE_CHECKING:
    from bot.sandbox.chats.chat import Chat
    from bot.sandbox.chats.messages import StoredMessage
    from bot.sandbox.world import World

THREAD_NOT_FOUND = "message thread not found"


def nested(body: dict[str, Any]) -> dict[str, Any]:
    """Return a message as it stands inside another: without what it answers to itself."""
    return {key: value for key, value in body.items() if key != "reply_to_message"}


def runs_topics(group: Group, user_id: int, bot_id: int) -> bool:
    """Say whether somebody may change any topic, and write into closed ones.

    This is the administrators' right only. The permission of the same name, which a group may give
    to everybody, lets people create topics and change their own.
    """
    member = group.standing(user_id, bot_id)
    return member.status == "creator" or (member.runs and "can_manage_topics" in member.rights)


def find_thread(world: World, chat: Chat, thread: int, writer_id: int) -> int:
    """Find the topic that somebody names for a new message.

    Args:
        world: The sandbox.
        chat: The chat.
        thread: The ``message_thread_id``; 0 if none was given.
        writer_id: Who writes.

    Returns:
        The topic's id; 0 for none or General, and in a group without topics, where Telegram ignores
        what was asked for.

    Raises:
        BadRequestError: There is no such topic. One that somebody else deleted is still found while
            the Bot API server remembers it.
    """
    if not thread:
        return 0
    if not isinstance(chat, Group):
        raise BadRequestError(THREAD_NOT_FOUND)
    if not chat.is_forum:
        return 0
    is_bot = writer_id == world.profile.bot_id
    if thread == GENERAL:
        # People open it; for bots it has no id.
        if is_bot:
            raise BadRequestError(THREAD_NOT_FOUND)
        return 0
    topic = chat.topics.get(thread)
    if topic is None:
        raise BadRequestError(THREAD_NOT_FOUND)
    now = world.clock.now()
    remembered = is_bot and now < topic.cached_until
    if topic.deleted and not remembered:
        raise BadRequestError(THREAD_NOT_FOUND)
    if is_bot and not remembered:
        topic.cached_until = now + CACHE_SECONDS
    return thread


def place_fields(  # noqa: PLR0913, PLR0917 - who writes what where
    world: World,
    chat: Chat,
    thread: int,
    answered: StoredMessage | None,
    writer_id: int,
    source: Chat | None = None,
) -> dict[str, Any]:
    """Return the fields that say where a new message stands.

    Args:
        world: The sandbox.
        chat: The chat.
        thread: The ``message_thread_id`` asked for; 0 if none was.
        answered: The message it answers to.
        writer_id: Who writes.
        source: Where the answered message stands, if in another chat.

    Returns:
        ``message_thread_id``, ``is_topic_message``, ``reply_to_message``, ``external_reply`` and
        ``quote``, as far as they apply.

    Raises:
        BadRequestError: There is no such thread, or it is closed.
    """
    thread = find_thread(world, chat, thread, writer_id)
    outside = answered is not None and is_elsewhere(chat, thread, answered, source or chat)
    if isinstance(chat, Group) and chat.is_forum:
        if answered is not None and not outside:
            # An answer goes to where the answered message stands.
            thread = answered.thread
        _check_open(world, chat, thread, writer_id)
    if answered is None:
        return topic_fields(chat, thread)
    if outside:
        return topic_fields(chat, thread) | external_reply(source or chat, answered)
    reply = {"reply_to_message": nested(answered.body)}
    return topic_fields(chat, thread) | _thread_of_replies(chat, answered) | reply


def is_elsewhere(chat: Chat, thread: int, answered: StoredMessage, source: Chat) -> bool:
    """Say whether an answered message stands outside the place that the answer goes to.

    Args:
        chat: Where the answer goes.
        thread: The topic that was asked for; 0 if none was, then the answer goes to where the
            answered message stands.
        answered: The answered message.
        source: Where that stands.
    """
    if source is not chat:
        return True
    has_topics = isinstance(chat, Group) and chat.is_forum
    return has_topics and thread not in {0, answered.thread}


def topic_fields(chat: Chat, thread: int) -> dict[str, Any]:
    """Return what every message in a topic carries.

    Args:
        chat: The chat.
        thread: The topic; 0 is none, or General.

    Returns:
        ``message_thread_id`` and ``is_topic_message``; and ``reply_to_message``, because what
        answers to nothing else answers to the message that created the topic.
    """
    if not thread:
        return {}
    created = chat.find(thread)
    implied = {"reply_to_message": nested(created.body)} if created else {}
    return {"message_thread_id": thread, "is_topic_message": True} | implied


def _thread_of_replies(chat: Chat, answered: StoredMessage) -> dict[str, Any]:
    """In a supergroup without topics, a message and the answers below it are a thread."""
    if not isinstance(chat, Group) or chat.kind != "supergroup" or chat.is_forum:
        return {}
    return {"message_thread_id": answered.body.get("message_thread_id", answered.id)}


def _check_open(world: World, group: Group, thread: int, writer_id: int) -> None:
    """Check that somebody may write into a topic.

    Raises:
        BadRequestError: It is closed, or gone although the Bot API server did not notice yet.
    """
    topic = group.topics[thread or GENERAL]
    if topic.deleted:
        raise BadRequestError("TOPIC_DELETED")
    if not topic.closed or topic.creator_id == writer_id:
        return
    if not runs_topics(group, writer_id, world.profile.bot_id):
        raise BadRequestError("TOPIC_CLOSED")
