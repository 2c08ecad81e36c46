"""Groups: founding, privacy, what they are called, becoming a supergroup, leaving."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fidelity.contract.chapters.people import OWNER, PRESS_ME, STAFF, group
from tests.fidelity.contract.client import Json
from tests.fidelity.contract.matching import ABSENT, ANY, Holding, Like

if TYPE_CHECKING:
    from tests.fidelity.contract.script import Script

UPGRADED = "Bad Request: group chat was upgraded to a supergroup chat"
KICKED = "Forbidden: bot was kicked from the supergroup chat"


async def founding(s: Script) -> None:
    """A group with the bot in it, and one that it is added to later."""
    await s.does("people", id=OWNER, name="Dina")
    await s.does("people", id=STAFF, name="Erik")
    made = await s.does(
        "groups", title="Helpers", creator=OWNER, kind="group", members=[STAFF], bot="member"
    )
    chat = made["chat"]["id"]
    s.check("a basic group's id is negative and short", -(10**12) < chat < 0, True)
    told = await s.hears_all(
        "the bot is in a new group",
        {
            "my_chat_member": {
                "chat": {"id": chat, "type": "group", "title": "Helpers"},
                "from": {"id": OWNER},
                "old_chat_member": {"status": "left"},
                "new_chat_member": {"status": "member", "user": {"id": 42}},
            }
        },
        {"message": {"group_chat_created": True, "chat": {"id": chat}, "from": {"id": OWNER}}},
    )
    s.check("and hears it once each", len(told), 2)
    await s.call(
        "it writes there",
        "sendMessage",
        gives={"chat": {"id": chat, "type": "group", "title": "Helpers"}, "text": "Hello all"},
        chat_id=chat,
        text="Hello all",
    )
    made = await s.does(
        "groups", title="Without", creator=OWNER, members=[STAFF], bot="left", forum=True
    )
    chat = made["chat"]["id"]
    s.check("a supergroup's id begins with -100", str(chat), Like(r"-100\d+"))
    await s.hears_nothing("of a group without it, it hears nothing")
    await s.call(
        "and it cannot write there",
        "sendMessage",
        refused="Forbidden: bot is not a member of the supergroup chat",
        chat_id=chat,
        text="Hello",
    )
    await s.does("members", chat=chat, user=OWNER, member="bot", status="member")
    await s.hears_all(
        "it is added",
        {
            "my_chat_member": {
                "chat": {"id": chat, "type": "supergroup", "is_forum": True},
                "old_chat_member": {"status": "left"},
                "new_chat_member": {"status": "member"},
            }
        },
        {"message": {"new_chat_members": [{"id": 42, "is_bot": True}], "from": {"id": OWNER}}},
    )


async def privacy(s: Script) -> None:
    """What a bot that is no administrator gets to read, and what an administrator does."""
    chat = await group(s)
    me = await s.call("who it is", "getMe", gives={"can_read_all_group_messages": False})
    here: Json = {"chat": chat, "user": STAFF}
    await s.does("send", **here, text="Just talking")
    await s.hears_nothing("what is not for it, it is not told")
    await s.does("send", **here, text=f"/help@{me['username']}")
    await s.hears("a command with its name", message={"text": ANY, "from": {"id": STAFF}})
    await s.does("send", **here, text="/help@another_bot")
    await s.hears_nothing("another bot's command")
    own = await s.call(
        "it asks", "sendMessage", gives={"message_id": ANY}, chat_id=chat, text="Yes or no?",
        reply_markup=PRESS_ME,
    )  # fmt: skip
    await s.does("send", **here, text="Yes", reply_to=own["message_id"])
    await s.hears(
        "an answer to its own message",
        message={"text": "Yes", "reply_to_message": {"message_id": own["message_id"]}},
    )
    await s.does("press", **here, message_id=own["message_id"], data="pressed")
    await s.hears(
        "a press of its button",
        callback_query={
            "from": {"id": STAFF},
            "message": {"chat": {"id": chat}},
            "data": "pressed",
        },
    )
    await s.does("groups/change", chat=chat, user=OWNER, title="Staff of 2026")
    await s.hears("a service message", message={"new_chat_title": "Staff of 2026"})
    await s.does("react", **here, message_id=own["message_id"], emoji="👍")
    await s.hears_nothing("a reaction is for administrators")
    await s.does("members", chat=chat, user=OWNER, member="bot", status="administrator")
    await s.hears(
        "it becomes an administrator",
        my_chat_member={
            "old_chat_member": {"status": "member"},
            "new_chat_member": {
                "status": "administrator",
                "can_be_edited": False,
                "is_anonymous": False,
                "can_manage_chat": True,
            },
        },
    )
    await s.does("send", **here, text="Just talking again")
    await s.hears("now it is told all", message={"text": "Just talking again"})
    await s.does("react", **here, message_id=own["message_id"], emoji="🔥")
    await s.hears(
        "also reactions",
        message_reaction={
            "chat": {"id": chat},
            "user": {"id": STAFF},
            "old_reaction": [{"type": "emoji", "emoji": "👍"}],
            "new_reaction": [{"type": "emoji", "emoji": "🔥"}],
        },
    )
    await s.does("members", chat=chat, user=STAFF, member=STAFF, status="left")
    await s.hears_all(
        "and who leaves",
        {
            "chat_member": {
                "from": {"id": STAFF},
                "old_chat_member": {"status": "member"},
                "new_chat_member": {"status": "left", "user": {"id": STAFF}},
            }
        },
        {"message": {"left_chat_member": {"id": STAFF}, "from": {"id": STAFF}}},
    )


async def settings(s: Script) -> None:
    """Title, description, permissions and pins, changed by the bot."""
    chat = await group(s, bot="administrator")
    await s.call("a title", "setChatTitle", gives=True, chat_id=chat, title="Counsellors")
    await s.hears(
        "it hears of its own deed", message={"new_chat_title": "Counsellors", "from": {"id": 42}}
    )
    await s.call(
        "no title",
        "setChatTitle",
        refused="Bad Request: title must be non-empty",
        chat_id=chat,
        title="",
    )
    await s.call(
        "a description", "setChatDescription", gives=True, chat_id=chat, description="We help."
    )
    await s.call(
        "the same again",
        "setChatDescription",
        refused="Bad Request: chat description is not modified",
        chat_id=chat,
        description="We help.",
    )
    message = await s.call("a message", "sendMessage", gives={}, chat_id=chat, text="Read this")
    number = message["message_id"]
    await s.call("is pinned", "pinChatMessage", gives=True, chat_id=chat, message_id=number)
    await s.hears(
        "which it hears",
        message={"pinned_message": {"message_id": number, "text": "Read this"}, "from": {"id": 42}},
    )
    await s.call(
        "permissions",
        "setChatPermissions",
        gives=True,
        chat_id=chat,
        permissions={"can_send_messages": True, "can_send_photos": False},
    )
    await s.call(
        "all of it is kept",
        "getChat",
        gives={
            "title": "Counsellors",
            "description": "We help.",
            "pinned_message": {"message_id": number},
            "permissions": {"can_send_messages": True, "can_send_photos": False},
        },
        chat_id=chat,
    )
    await s.call("no pins any more", "unpinAllChatMessages", gives=True, chat_id=chat)
    await s.call("really", "getChat", gives={"pinned_message": ABSENT}, chat_id=chat)
    await s.call(
        "nothing to unpin",
        "unpinChatMessage",
        refused="Bad Request: message to unpin not found",
        chat_id=chat,
    )


async def migration(s: Script) -> None:
    """A group becomes a supergroup: another id, and new numbers for messages."""
    chat = await group(s, kind="group")
    await s.call("in the old one", "sendMessage", gives={}, chat_id=chat, text="Before")
    made = await s.does("groups/change", chat=chat, user=OWNER, upgrade=True)
    new = made["chat"]["id"]
    await s.hears_all(
        "both chats say where they went and whence they came",
        {"message": {"chat": {"id": chat, "type": "group"}, "migrate_to_chat_id": new}},
        {"message": {"chat": {"id": new, "type": "supergroup"}, "migrate_from_chat_id": chat}},
        besides=("my_chat_member",),  # whether one comes is not documented
    )
    await s.call(
        "the old one is closed",
        "sendMessage",
        refused=UPGRADED,
        migrated_to=new,
        chat_id=chat,
        text="After?",
    )
    await s.call(
        "the new one is open",
        "sendMessage",
        gives={"chat": {"id": new, "type": "supergroup"}, "text": "After"},
        chat_id=new,
        text="After",
    )
    await s.call("members came along", "getChatMemberCount", gives=3, chat_id=new)
    await s.call(
        "so they do when one asks in the old one",
        "getChatMemberCount",
        refused=UPGRADED,
        migrated_to=new,
        chat_id=chat,
    )


async def leaving(s: Script) -> None:
    """The bot leaves, and is put out."""
    chat = await group(s)
    await s.call("it leaves", "leaveChat", gives=True, chat_id=chat)
    await s.hears_all(
        "which it hears",
        {
            "my_chat_member": {
                "from": {"id": 42},
                "old_chat_member": {"status": "member"},
                "new_chat_member": {"status": "left"},
            }
        },
        {"message": {"left_chat_member": {"id": 42}, "from": {"id": 42}}},
    )
    await s.call(
        "and is out",
        "sendMessage",
        refused="Forbidden: bot is not a member of the supergroup chat",
        chat_id=chat,
        text="Hello",
    )
    other = await group(s, title="Others")
    await s.does("members", chat=other, user=OWNER, member="bot", status="kicked")
    await s.hears_all(
        "it is put out",
        {
            "my_chat_member": {
                "from": {"id": OWNER},
                "new_chat_member": {"status": "kicked", "until_date": 0},
            }
        },
        {"message": {"left_chat_member": {"id": 42}, "from": {"id": OWNER}}},
    )
    await s.call("and may not write", "sendMessage", refused=KICKED, chat_id=other, text="Hello")
    await s.call("nor look", "getChat", refused=KICKED, chat_id=other)


async def anonymous(s: Script) -> None:
    """An administrator who writes as the group."""
    chat = await group(s, bot="administrator")
    await s.does(
        "members",
        chat=chat,
        user=OWNER,
        member=OWNER,
        status="creator",
        anonymous=True,
        custom_title="Head",
    )
    await s.waits_out("the owner becomes anonymous")
    await s.does("send", chat=chat, user=OWNER, text="From above")
    await s.hears(
        "a message without a name",
        message={
            "from": {"id": 1087968824, "is_bot": True, "username": "GroupAnonymousBot"},
            "sender_chat": {"id": chat, "type": "supergroup"},
            "author_signature": "Head",
            "text": "From above",
        },
    )
    own = await s.call(
        "a button", "sendMessage", gives={}, chat_id=chat, text="Press", reply_markup=PRESS_ME
    )
    number = own["message_id"]
    await s.does("press", chat=chat, user=OWNER, message_id=number, data="pressed")
    await s.hears("is pressed under the real name", callback_query={"from": {"id": OWNER}})
    await s.does("react", chat=chat, user=OWNER, message_id=number, emoji="👍")
    await s.hears(
        "a reaction without a name",
        message_reaction={"actor_chat": {"id": chat}, "user": ABSENT, "message_id": number},
    )
    await s.call(
        "the bot sees who it is",
        "getChatAdministrators",
        gives=Holding(
            {
                "status": "creator",
                "user": {"id": OWNER},
                "is_anonymous": True,
                "custom_title": "Head",
            },
            {"status": "administrator", "user": {"id": 42}},
        ),
        chat_id=chat,
    )


CHAPTERS = (founding, privacy, settings, migration, leaving, anonymous)
