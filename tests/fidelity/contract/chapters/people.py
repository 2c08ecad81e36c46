"""Who is in the script, and what they send."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, Any

from tests.fidelity.contract.client import Json, Upload

if TYPE_CHECKING:
    from tests.fidelity.contract.script import Script

ANNA = 1001
BORIS = 1002
STRANGER = 1999
OWNER = 2001
STAFF = 2002
ANNA_CHAT = {"id": ANNA, "type": "private", "first_name": "Anna"}
BOT = {"id": 42, "is_bot": True}

PRESS_ME = {"inline_keyboard": [[{"text": "Press me", "callback_data": "pressed"}]]}
PRESS_OTHER = {"inline_keyboard": [[{"text": "Press this", "callback_data": "other"}]]}

NO_CHAT = "Bad Request: chat not found"
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)
QUERY_TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


async def start(s: Script, user: int = ANNA, name: str = "Anna") -> None:
    """A person starts the bot, without which it may not write to them."""
    await s.does("send", user=user, name=name, language_code="ru", text="/start")
    await s.hears(f"{name} starts the bot", message={"text": "/start"})


async def sent(s: Script, text: str = "A text", **more: Any) -> int:
    """The bot sends Anna a text; returns its id."""
    message: Json = await s.call(
        f"it sends {text!r}", "sendMessage", chat_id=ANNA, text=text, **more
    )
    return int(message["message_id"])


async def group(s: Script, **more: Any) -> int:
    """Two people of the staff found a supergroup with the bot; returns its id."""
    await s.does("people", id=OWNER, name="Dina", username="dina_k")
    await s.does("people", id=STAFF, name="Erik")
    made = await s.does(
        "groups",
        **{"title": "Staff", "creator": OWNER, "members": [STAFF], "bot": "member", **more},
    )
    await s.waits_out("a group is founded")
    return int(made["chat"]["id"])


async def forum(s: Script, **more: Any) -> int:
    """The same with topics, and the bot as its administrator; returns its id."""
    return await group(s, forum=True, bot="administrator", **more)


def picture(shade: int = 0) -> Upload:
    """A small grey picture; another shade is another file."""
    row = bytes([0]) + bytes([shade]) * 64
    head = struct.pack(">IIBBBBB", 64, 64, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(row * 64)), (b"IEND", b""))
    content = b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )
    return Upload("picture.png", b"\x89PNG\r\n\x1a\n" + content)


def document(text: str = "A document.") -> Upload:
    """A small file."""
    return Upload("document.txt", text.encode())
