"""What goes wrong on the way: refusals on demand, slow and cut connections, what is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fidelity.contract.chapters.people import ANNA, start
from tests.fidelity.contract.client import Json

if TYPE_CHECKING:
    from tests.fidelity.contract.script import Script

NEW_CHAT = -1001234567890


async def on_demand(s: Script) -> None:
    """Each failure strikes once; then all is well again."""
    await start(s)
    hello: Json = {"chat_id": ANNA, "text": "Hello"}
    await s.does("fault", method="sendMessage", error_code=429, retry_after=7)
    await s.call(
        "too many requests",
        "sendMessage",
        refused="Too Many Requests: retry after 7",
        retry_after=7,
        **hello,
    )
    for code, words in (
        (400, "Bad Request: CHAT_WRITE_FORBIDDEN"),
        (401, "Unauthorized"),
        (403, "Forbidden: user is deactivated"),
        (500, "Internal Server Error: restart"),
        (502, "Bad Gateway"),
    ):
        await s.does("fault", method="sendMessage", error_code=code, description=words)
        await s.call(f"{code}", "sendMessage", refused=words, **hello)
    words = "Bad Request: group chat was upgraded to a supergroup chat"
    await s.does("fault", error_code=400, description=words, migrate_to_chat_id=NEW_CHAT)
    await s.call("moved", "sendMessage", refused=words, migrated_to=NEW_CHAT, **hello)
    await s.does("fault", cut=True)
    await s.call("the connection is cut before anything happens", "sendMessage", lost=True, **hello)
    view = await s.looks(f"chats/{ANNA}?after=0")
    s.check("nothing was sent until now", [m["text"] for m in view["messages"]], ["/start"])
    await s.does("fault", cut=True, after=True)
    await s.call("it is cut after the message was sent", "sendMessage", lost=True, **hello)
    view = await s.looks(f"chats/{ANNA}?after=0")
    s.check("Anna has it", [m["text"] for m in view["messages"]], ["/start", "Hello"])
    await s.does("fault", delay=0.2)
    await s.call("a slow answer", "sendMessage", gives={"text": "Hello"}, **hello)
    await s.call("all is well", "sendMessage", gives={"text": "Hello"}, **hello)


async def not_emulated(s: Script) -> None:
    """What the sandbox does not have, it refuses by name; it never says that it did it."""
    await start(s)
    for method, parameters in (
        ("sendPoll", {"chat_id": ANNA, "question": "Sure?", "options": ["Yes", "No"]}),
        ("sendGame", {"chat_id": ANNA, "game_short_name": "chess"}),
        ("getStickerSet", {"name": "Animals"}),
        ("getMyStarBalance", {}),
    ):
        await s.call(
            f"{method} is not there",
            method,
            refused=f"Not Implemented in the sandbox: {method}",
            **parameters,
        )


async def transport(s: Script) -> None:
    """What goes wrong before a method is looked at; no library would ever send this."""
    for what, token, method, answer in (
        ("no such method", s.token, "sendNothing", (404, "Not Found: method not found")),
        ("any case of letters", s.token, "GETME", (None, None)),
        ("a token that is none", "nonsense", "getMe", (404, "Not Found")),
    ):
        told = await s.raw_as(token, method)
        code, words = answer
        s.check(what, (told.get("error_code"), told.get("description")), (code, words))


CHAPTERS = (transport, on_demand, not_emulated)
