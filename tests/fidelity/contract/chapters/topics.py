"""Forum topics: made, changed, closed, deleted, and written into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fidelity.contract.chapters.people import (
    ANNA,
    OWNER,
    STAFF,
    forum,
    group,
    picture,
    start,
)
from tests.fidelity.contract.client import Json
from tests.fidelity.contract.matching import ABSENT, ANY

if TYPE_CHECKING:
    from tests.fidelity.contract.script import Script

NO_THREAD = "Bad Request: message thread not found"
NOT_MODIFIED = "Bad Request: TOPIC_NOT_MODIFIED"
NO_FORUM = "Bad Request: the chat is not a forum"
BLUE = 7322096


async def topic(s: Script, chat: int, name: str = "Case 1") -> int:
    """The bot makes a topic; returns its id."""
    made = await s.call(f"topic {name}", "createForumTopic", gives={}, chat_id=chat, name=name)
    await s.waits_out("which it hears")
    return int(made["message_thread_id"])


async def life(s: Script) -> None:
    """From its making to its deletion, with the service messages on the way."""
    chat = await forum(s)
    icons = await s.call("icons to choose from", "getForumTopicIconStickers", gives=ANY)
    s.check("they are custom emoji", icons[0], {"type": "custom_emoji", "custom_emoji_id": ANY})
    made = await s.call(
        "a topic",
        "createForumTopic",
        gives={"message_thread_id": ANY, "name": "Case 1", "icon_color": BLUE},
        chat_id=chat,
        name="Case 1",
        icon_color=BLUE,
    )
    thread = made["message_thread_id"]
    here: Json = {"chat_id": chat, "message_thread_id": thread}
    in_it: Json = {"message_thread_id": thread, "is_topic_message": True, "from": {"id": 42}}
    await s.hears(
        "whose first message gives it its id",
        message={
            "message_id": thread,
            "forum_topic_created": {"name": "Case 1", "icon_color": BLUE},
            **in_it,
        },
    )
    await s.call(
        "another name and an icon",
        "editForumTopic",
        gives=True,
        name="Case 1: wages",
        icon_custom_emoji_id=icons[0]["custom_emoji_id"],
        **here,
    )
    await s.hears(
        "is told",
        message={
            "forum_topic_edited": {
                "name": "Case 1: wages",
                "icon_custom_emoji_id": icons[0]["custom_emoji_id"],
            },
            **in_it,
        },
    )
    await s.call(
        "the same name", "editForumTopic", refused=NOT_MODIFIED, name="Case 1: wages", **here
    )
    await s.call("it is closed", "closeForumTopic", gives=True, **here)
    await s.hears("which is told", message={"forum_topic_closed": {}, **in_it})
    await s.call("twice", "closeForumTopic", refused=NOT_MODIFIED, **here)
    await s.call(
        "an administrator may still write",
        "sendMessage",
        gives=in_it,
        text="One thing more",
        **here,
    )
    note = await s.call("a note", "sendMessage", gives=in_it, text="Phone: 102", **here)
    await s.call(
        "is pinned in it",
        "pinChatMessage",
        gives=True,
        chat_id=chat,
        message_id=note["message_id"],
    )
    await s.hears(
        "which is told there",
        message={"pinned_message": {"message_id": note["message_id"]}, **in_it},
    )
    await s.call("no pins in it", "unpinAllForumTopicMessages", gives=True, **here)
    await s.call("it is opened again", "reopenForumTopic", gives=True, **here)
    await s.hears("which is told, too", message={"forum_topic_reopened": {}, **in_it})
    await s.call("it is deleted", "deleteForumTopic", gives=True, **here)
    await s.hears_nothing("which is not told")
    await s.call("there is no such topic", "sendMessage", refused=NO_THREAD, text="Hello?", **here)
    await s.call(
        "nor can it be closed", "closeForumTopic", refused="Bad Request: TOPIC_ID_INVALID", **here
    )
    await s.call(
        "a topic without a name",
        "createForumTopic",
        refused="Bad Request: name must be non-empty",
        chat_id=chat,
        name=" ",
    )
    await s.call(
        "a name of more than 128 is cut",
        "createForumTopic",
        gives={"name": "n" * 128},
        chat_id=chat,
        name="n" * 130,
    )
    await s.waits_out("the last topic")


async def writing(s: Script) -> None:
    """Messages in topics, by the bot and by people."""
    chat = await forum(s)
    thread = await topic(s, chat)
    in_it: Json = {"message_thread_id": thread, "is_topic_message": True}
    here: Json = {"chat_id": chat, "message_thread_id": thread}
    await s.call("a text", "sendMessage", gives={"text": "Hello", **in_it}, text="Hello", **here)
    await s.call("a picture", "sendPhoto", gives={"photo": ANY, **in_it}, photo=picture(), **here)
    await s.call(
        "an album",
        "sendMediaGroup",
        gives=[in_it, in_it],
        media=[{"type": "photo", "media": picture(n)} for n in (1, 2)],
        **here,
    )
    await s.call("it types", "sendChatAction", gives=True, action="typing", **here)
    await start(s)
    await s.does("send", user=ANNA, text="Help me")
    asked = await s.hears("Anna asks", message={"text": "Help me"})
    copy = await s.call(
        "a copy",
        "copyMessage",
        gives={"message_id": ANY},
        from_chat_id=ANNA,
        message_id=asked["message_id"],
        **here,
    )
    await s.does(
        "send", chat=chat, thread=thread, user=STAFF, text="I will", reply_to=copy["message_id"]
    )
    await s.hears(
        "an answer in the topic",
        message={
            "text": "I will",
            "reply_to_message": {"message_id": copy["message_id"], "text": "Help me"},
            **in_it,
        },
    )
    await s.does("send", chat=chat, thread=thread, user=STAFF, text="By myself")
    await s.hears(
        "what is no answer, answers to the topic's first message",
        message={
            "text": "By myself",
            "reply_to_message": {"message_id": thread, "forum_topic_created": {"name": "Case 1"}},
            **in_it,
        },
    )
    await s.does("send", chat=chat, user=STAFF, text="In General")
    await s.hears(
        "General has no number",
        message={
            "text": "In General",
            "message_thread_id": ABSENT,
            "is_topic_message": ABSENT,
            "chat": {"is_forum": True},
        },
    )
    await s.call(
        "nor may one say it",
        "sendMessage",
        refused=NO_THREAD,
        chat_id=chat,
        message_thread_id=1,
        text="Hello",
    )
    await s.call(
        "General is where no topic is named",
        "sendMessage",
        gives={"text": "Hello", "message_thread_id": ABSENT, "is_topic_message": ABSENT},
        chat_id=chat,
        text="Hello",
    )
    await s.call(
        "a topic that never was",
        "sendMessage",
        refused=NO_THREAD,
        chat_id=chat,
        message_thread_id=999_999,
        text="Hello",
    )
    await s.does("topics", chat=chat, user=OWNER, action="create", name="From people")
    made = await s.hears(
        "people make topics, too",
        message={"forum_topic_created": {"name": "From people"}, "from": {"id": OWNER}},
    )
    number = made["message_thread_id"]
    await s.does("topics", chat=chat, user=OWNER, action="delete", thread=number)
    await s.hears_nothing("and delete them without a word")


async def rights(s: Script) -> None:
    """What needs can_manage_topics, and what is no forum."""
    plain = await group(s, bot="administrator")
    await s.call("no forum", "createForumTopic", refused=NO_FORUM, chat_id=plain, name="x")
    await s.call(
        "in a group without topics a thread is nothing",
        "sendMessage",
        gives={"text": "Hello", "is_topic_message": ABSENT},
        chat_id=plain,
        message_thread_id=999_999,
        text="Hello",
    )
    chat = await forum(s, title="Forum", rights=["can_delete_messages"])
    await s.call(
        "without the right",
        "createForumTopic",
        refused="Bad Request: not enough rights to create a topic",
        chat_id=chat,
        name="x",
    )
    made = await s.does("topics", chat=chat, user=OWNER, action="create", name="Theirs")
    thread = made["topic"]["id"]
    here: Json = {"chat_id": chat, "message_thread_id": thread}
    await s.waits_out("a topic of theirs")
    await s.call(
        "somebody else's name",
        "editForumTopic",
        refused="Bad Request: not enough rights to edit the topic",
        name="Mine",
        **here,
    )
    await s.call(
        "somebody else's end",
        "closeForumTopic",
        refused="Bad Request: not enough rights to close or open the topic",
        **here,
    )
    await s.does("topics", chat=chat, user=OWNER, action="close", thread=thread)
    await s.waits_out("they close it")
    await s.call(
        "a closed one", "sendMessage", refused="Bad Request: TOPIC_CLOSED", text="Hi", **here
    )
    await s.does("topics", chat=chat, user=OWNER, action="hide")
    await s.hears("General is hidden, and so closed", message={"general_forum_topic_hidden": {}})
    await s.call(
        "one cannot write there",
        "sendMessage",
        refused="Bad Request: TOPIC_CLOSED",
        chat_id=chat,
        text="Hi",
    )


async def general(s: Script) -> None:
    """The topic that is always there."""
    chat = await forum(s)
    await s.call("a name", "editGeneralForumTopic", gives=True, chat_id=chat, name="Everything")
    await s.hears("is told", message={"forum_topic_edited": {"name": "Everything"}})
    await s.call("closed", "closeGeneralForumTopic", gives=True, chat_id=chat)
    await s.hears("is told", message={"forum_topic_closed": {}})
    await s.call("closed twice", "closeGeneralForumTopic", refused=NOT_MODIFIED, chat_id=chat)
    await s.call("open", "reopenGeneralForumTopic", gives=True, chat_id=chat)
    await s.hears("is told", message={"forum_topic_reopened": {}})
    await s.call("hidden", "hideGeneralForumTopic", gives=True, chat_id=chat)
    await s.hears("is told", message={"general_forum_topic_hidden": {}})
    await s.call("hidden twice", "hideGeneralForumTopic", refused=NOT_MODIFIED, chat_id=chat)
    await s.call("seen again", "unhideGeneralForumTopic", gives=True, chat_id=chat)
    await s.hears("is told", message={"general_forum_topic_unhidden": {}})
    message = await s.call("a message", "sendMessage", gives={}, chat_id=chat, text="Read")
    number = message["message_id"]
    await s.call("pinned", "pinChatMessage", gives=True, chat_id=chat, message_id=number)
    await s.hears("is told", message={"pinned_message": {"message_id": number}})
    await s.call("no pins", "unpinAllGeneralForumTopicMessages", gives=True, chat_id=chat)
    await s.call("really", "getChat", gives={"pinned_message": ABSENT}, chat_id=chat)


CHAPTERS = (life, writing, rights, general)
