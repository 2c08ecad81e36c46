"""A person and the staff talk through the bot: the whole way, there and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fidelity.contract.chapters.chats import BLOCKED
from tests.fidelity.contract.chapters.people import ANNA, OWNER, STAFF, forum, start
from tests.fidelity.contract.chapters.topics import NO_THREAD, topic
from tests.fidelity.contract.client import Json
from tests.fidelity.contract.matching import ABSENT, ANY

if TYPE_CHECKING:
    from tests.fidelity.contract.script import Script

OWN_TEXT = {"text": "Wait a moment"}


async def to_the_staff(s: Script) -> None:
    """Texts, albums, edits and deletions from a private chat into a topic."""
    await start(s)
    chat = await forum(s)
    thread = await topic(s, chat)
    here: Json = {"chat_id": chat, "message_thread_id": thread}
    await s.does("send", user=ANNA, album=[{"photo": {"caption": "Both sides"}}, {"photo": {}}])
    first = await s.hears("an album, first", message={"media_group_id": ANY, "caption": ANY})
    second = await s.hears("an album, second", message={"media_group_id": ANY, "caption": ABSENT})
    s.check("is one", first["media_group_id"] == second["media_group_id"], True)
    copies = await s.call(
        "it goes on as one",
        "copyMessages",
        gives=[{"message_id": ANY}, {"message_id": ANY}],
        from_chat_id=ANNA,
        message_ids=[first["message_id"], second["message_id"]],
        **here,
    )
    shown = (await s.looks(f"chats/{chat}?after=0"))["messages"][-2:]
    s.check("in the topic", shown, [{"message_thread_id": thread, "photo": ANY}] * 2)
    s.check(
        "with its own messages",
        [m["message_id"] for m in shown] == [m["message_id"] for m in copies],
        True,
    )
    s.check("as an album", shown[0]["media_group_id"] == shown[1]["media_group_id"], True)
    s.check("but another one", shown[0]["media_group_id"] != first["media_group_id"], True)
    await s.does("send", user=ANNA, text="They don't pay")
    asked = await s.hears("a text", message={"text": "They don't pay"})
    copy = await s.call(
        "goes on",
        "copyMessage",
        gives={"message_id": ANY},
        from_chat_id=ANNA,
        message_id=asked["message_id"],
        **here,
    )
    await s.does(
        "send", user=ANNA, edit={"message_id": asked["message_id"], "text": "They pay late"}
    )
    await s.hears("it is edited", edited_message={"text": "They pay late"})
    await s.call(
        "there, too",
        "editMessageText",
        gives={"text": "They pay late", "message_thread_id": thread, "is_topic_message": True},
        chat_id=chat,
        message_id=copy["message_id"],
        text="They pay late",
    )
    await s.call(
        "and deleted, with what went on before",
        "deleteMessages",
        gives=True,
        chat_id=chat,
        message_ids=sorted(m["message_id"] for m in (*copies, copy)),
    )
    left = (await s.looks(f"chats/{chat}?after=0"))["messages"]
    s.check("nothing is left but the topic", [sorted(m) for m in left if "photo" in m], [])


async def to_the_person(s: Script) -> None:
    """Answers, edits, reactions and deletions from a topic into a private chat."""
    await start(s)
    chat = await forum(s)
    thread = await topic(s, chat)
    await s.does("send", user=ANNA, text="Help me")
    asked = await s.hears("Anna asks", message={"text": "Help me"})
    copy = await s.call(
        "it goes on",
        "copyMessage",
        gives={"message_id": ANY},
        chat_id=chat,
        message_thread_id=thread,
        from_chat_id=ANNA,
        message_id=asked["message_id"],
    )
    staff: Json = {"chat": chat, "thread": thread, "user": STAFF}
    await s.does("send", **staff, **OWN_TEXT, reply_to=copy["message_id"])
    said = await s.hears(
        "the staff answers it",
        message={"reply_to_message": {"message_id": copy["message_id"]}, **OWN_TEXT},
    )
    sent = await s.call(
        "the answer goes to Anna's own message",
        "copyMessage",
        gives={"message_id": ANY},
        chat_id=ANNA,
        from_chat_id=chat,
        message_id=said["message_id"],
        reply_parameters={"message_id": asked["message_id"]},
    )
    shown = (await s.looks(f"chats/{ANNA}?after=0"))["messages"][-1]
    s.check(
        "which she sees, without a name and without a topic",
        shown,
        {
            "from": {"id": 42},
            "reply_to_message": {"message_id": asked["message_id"], "text": "Help me"},
            "message_thread_id": ABSENT,
            "is_topic_message": ABSENT,
            "forward_origin": ABSENT,
            **OWN_TEXT,
        },
    )
    await s.call(
        "the bot says that it was delivered",
        "setMessageReaction",
        gives=True,
        chat_id=chat,
        message_id=said["message_id"],
        reaction=[{"type": "emoji", "emoji": "👍"}],
    )
    edit = {"message_id": said["message_id"], "text": "I call you at five"}
    await s.does("send", chat=chat, user=STAFF, edit=edit)
    await s.hears(
        "the staff edits the answer",
        edited_message={"text": "I call you at five", "message_thread_id": thread},
    )
    await s.call(
        "so does the bot",
        "editMessageText",
        gives={"text": "I call you at five", "edit_date": ANY},
        chat_id=ANNA,
        message_id=sent["message_id"],
        text="I call you at five",
    )
    await s.call(
        "and takes it back",
        "deleteMessage",
        gives=True,
        chat_id=ANNA,
        message_id=sent["message_id"],
    )
    await s.does("block", user=ANNA)
    await s.waits_out("Anna blocks the bot")
    await s.call(
        "nothing can be delivered any more",
        "copyMessage",
        refused=BLOCKED,
        chat_id=ANNA,
        from_chat_id=chat,
        message_id=said["message_id"],
    )
    await s.does("topics", chat=chat, user=OWNER, action="delete", thread=thread)
    await s.hears_nothing("the topic is deleted, and nobody says so")
    more: Json = {"chat_id": chat, "message_thread_id": thread, "text": "Anna is away"}
    # Telegram's server keeps for a minute what it knows of a topic that it used.
    deleted = "Bad Request: TOPIC_DELETED"
    await s.call("the next message finds it gone", "sendMessage", refused=deleted, **more)
    await s.does("time", advance=61)
    await s.call("and in other words later", "sendMessage", refused=NO_THREAD, **more)


CHAPTERS = (to_the_staff, to_the_person)
