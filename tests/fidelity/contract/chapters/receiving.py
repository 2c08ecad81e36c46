"""How updates reach the bot: by polling and by webhook."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tests.fidelity.contract.chapters.people import ANNA, PRESS_ME, sent, start
from tests.fidelity.contract.hook import Hook
from tests.fidelity.contract.matching import ABSENT, ANY, Holding

if TYPE_CHECKING:
    from tests.fidelity.contract.script import Script

OTHER_POLL = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)
WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
SECRET = "a-secret_of-32-or-so-characters1"


async def polling(s: Script) -> None:
    """Offsets, limits and kinds; what is not confirmed comes again."""
    await start(s)
    await s.hears_nothing("nothing waits")
    for text in ("one", "two", "three"):
        await s.does("send", user=ANNA, text=text)
    two = [{"message": {"text": "one"}}, {"message": {"text": "two"}}]
    first = await s.call("two of three", "getUpdates", gives=two, limit=2, timeout=0)
    again = await s.call("the same two again", "getUpdates", gives=two, limit=2, timeout=0)
    s.check("with the same ids", again == first, True)
    after = again[-1]["update_id"] + 1
    third = await s.call(
        "the third", "getUpdates", gives=[{"message": {"text": "three"}}], offset=after, timeout=0
    )
    s.check("whose id is the next one", third[0]["update_id"] == after, True)
    s.seen(third)
    await s.hears_nothing("all were told")
    for text in ("four", "five"):
        await s.does("send", user=ANNA, text=text)
    last = [{"message": {"text": "five"}}]
    s.seen(await s.call("only the last one", "getUpdates", gives=last, offset=-1, timeout=0))
    await s.hears_nothing("the one before it is forgotten")
    number = await sent(s, "Press", reply_markup=PRESS_ME)
    await s.call(
        "only presses", "getUpdates", gives=[], timeout=0, allowed_updates=["callback_query"]
    )
    told = await s.does("send", user=ANNA, text="six")
    s.check("so this is not told", told["update_id"], None)
    await s.does("press", user=ANNA, message_id=number, data="pressed")
    pressed = await s.call(
        "and this is, also without asking anew",
        "getUpdates",
        gives=[{"callback_query": {"data": "pressed"}, "message": ABSENT}],
        timeout=0,
    )
    s.seen(pressed)


async def two_pollers(s: Script) -> None:
    """A second getUpdates ends the first one, which waits."""
    waiting = asyncio.create_task(
        s.call("it waits for updates", "getUpdates", refused=OTHER_POLL, timeout=50)
    )
    while not waiting.done():  # if ours comes second, it is the other one that is ended
        other = asyncio.create_task(s.raw("getUpdates", timeout=1))
        await asyncio.wait((waiting, other), return_when=asyncio.FIRST_COMPLETED)
        await other


async def webhook(s: Script) -> None:
    """Updates are posted in order, with the secret, again until they are taken."""
    await start(s)
    await s.hears_nothing("nothing waits")
    await s.call("no webhook", "getWebhookInfo", gives={"url": "", "pending_update_count": 0})
    async with Hook() as hook:
        await s.call(
            "a webhook",
            "setWebhook",
            gives=True,
            url=hook.url,
            secret_token=SECRET,
            allowed_updates=["message"],
            max_connections=1,
        )
        await s.call(
            "it is there",
            "getWebhookInfo",
            gives={
                "url": hook.url,
                "has_custom_certificate": False,
                "pending_update_count": 0,
                "allowed_updates": ["message"],
                "max_connections": 1,
            },
        )
        await s.call("no polling beside it", "getUpdates", refused=WEBHOOK_ACTIVE, timeout=0)
        await s.does("send", user=ANNA, text="one")
        s.told("an update is posted", await hook.next(), message={"text": "one"})
        s.check("with the secret", hook.secret, SECRET)
        hook.statuses = [500, 404]
        await s.does("send", user=ANNA, text="two")
        await s.does("send", user=ANNA, text="three")
        for time in ("first", "second", "third"):
            s.told(f"{time} time", await hook.next(), message={"text": "two"})
        s.told("and only then the next", await hook.next(), message={"text": "three"})
        info = await s.call("the last fault", "getWebhookInfo", gives={"last_error_date": ANY})
        s.check(
            "has its words",
            info["last_error_message"],
            "Wrong response from the webhook: 404 Not Found",
        )
        hook.answer = {"method": "sendMessage", "chat_id": ANNA, "text": "Answered at once"}
        await s.does("send", user=ANNA, text="four")
        s.told("an answer with a method", await hook.next(), message={"text": "four"})
        hook.answer = {}
        await s.does("send", user=ANNA, text="five")
        s.told("is carried out", await hook.next(), message={"text": "five"})
        view = await s.looks(f"chats/{ANNA}?after=0")
        s.check("before the next update", view["messages"], Holding({"text": "Answered at once"}))
        # The fault from before, so that it does not matter whether this try is noted already.
        hook.statuses = [404] * 100
        await s.does("send", user=ANNA, text="six")
        s.told("is tried", await hook.next(), message={"text": "six"})
        await s.call("nobody takes it", "getWebhookInfo", gives={"pending_update_count": 1})
        await s.call("no webhook any more", "deleteWebhook", gives=True)
    await s.hears("what waited is told by polling", message={"text": "six"})
    await s.call(
        "a secret with a sign it cannot have",
        "setWebhook",
        refused="Bad Request: secret token contains unallowed characters",
        url="https://example.org/hook",
        secret_token="a secret",
    )


CHAPTERS = (polling, two_pollers, webhook)
