"""Private chats: what is known of them, and people who block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fidelity.contract.chapters.people import ANNA, NO_CHAT, STRANGER, sent, start
from tests.fidelity.contract.matching import ABSENT, ANY

if TYPE_CHECKING:
    from tests.fidelity.contract.script import Script

BLOCKED = "Forbidden: bot was blocked by the user"


async def private(s: Script) -> None:
    """getChat, chat actions, pinned messages."""
    await start(s)
    await s.does("send", user=ANNA, last_name="K.", username="anna_k", text="Hello")
    await s.hears(
        "Anna has a name",
        message={
            "from": {"first_name": "Anna", "last_name": "K.", "username": "anna_k"},
            "chat": {"username": "anna_k", "title": ABSENT},
        },
    )
    await s.call(
        "her chat",
        "getChat",
        gives={
            "id": ANNA,
            "type": "private",
            "first_name": "Anna",
            "last_name": "K.",
            "username": "anna_k",
            "accent_color_id": ANY,
            "max_reaction_count": ANY,
        },
        chat_id=ANNA,
    )
    await s.call("a stranger's", "getChat", refused=NO_CHAT, chat_id=STRANGER)
    await s.call("it types", "sendChatAction", gives=True, chat_id=ANNA, action="typing")
    s.check("Anna sees it", (await s.looks(f"chats/{ANNA}?after=0"))["action"], "typing")
    await s.call(
        "it does what there is not",
        "sendChatAction",
        refused="Bad Request: wrong parameter action in request",
        chat_id=ANNA,
        action="sleeping",
    )
    await s.call("they are two", "getChatMemberCount", gives=2, chat_id=ANNA)
    await s.call(
        "nobody administers",
        "getChatAdministrators",
        refused="Bad Request: there are no administrators in the private chat",
        chat_id=ANNA,
    )
    number = await sent(s, "Remember this")
    await s.call("a pin", "pinChatMessage", gives=True, chat_id=ANNA, message_id=number)
    await s.hears(
        "it hears of its own pin",
        message={"pinned_message": {"message_id": number}, "from": {"id": 42}},
    )
    await s.call("no pin", "unpinChatMessage", gives=True, chat_id=ANNA, message_id=number)
    await s.call(
        "nothing to pin",
        "pinChatMessage",
        refused="Bad Request: message to pin not found",
        chat_id=ANNA,
        message_id=999_999,
    )


async def blocking(s: Script) -> None:
    """A person blocks the bot, and takes it back."""
    await start(s)
    number = await sent(s, "Hello")
    await s.does("block", user=ANNA)
    await s.hears(
        "Anna blocks the bot",
        my_chat_member={
            "chat": {"id": ANNA, "type": "private"},
            "from": {"id": ANNA},
            "old_chat_member": {"status": "member", "user": {"id": 42}},
            "new_chat_member": {"status": "kicked", "user": {"id": 42}, "until_date": 0},
        },
    )
    await s.call("it cannot write", "sendMessage", refused=BLOCKED, chat_id=ANNA, text="Hello?")
    await s.call(
        "nor show that it types", "sendChatAction", refused=BLOCKED, chat_id=ANNA, action="typing"
    )
    await s.call(
        "nor copy",
        "copyMessage",
        refused=BLOCKED,
        chat_id=ANNA,
        from_chat_id=ANNA,
        message_id=number,
    )
    await s.call("but look", "getChat", gives={"id": ANNA}, chat_id=ANNA)
    await s.does("unblock", user=ANNA)
    await s.hears(
        "Anna takes it back",
        my_chat_member={
            "old_chat_member": {"status": "kicked"},
            "new_chat_member": {"status": "member"},
        },
    )
    await s.call(
        "it can write", "sendMessage", gives={"text": "Welcome"}, chat_id=ANNA, text="Welcome"
    )


CHAPTERS = (private, blocking)
