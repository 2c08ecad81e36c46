"""What tests of faults and restarts look at, and do to a desk."""

from __future__ import annotations

from itertools import groupby

from bot.handoff.groups import Group, Groups
from bot.language.tags import Locale
from tests.telegram.desk.house import (
    COLLEAGUE,
    COUNSELLOR,
    GROUP,
    MIGRANT,
    OWNER,
    House,
    buttons,
    said,
    words,
)


async def topic_ids(house: House, group: int = GROUP) -> list[int]:
    """The topics of a group, General first."""
    view = await house.api.get(f"/chats/{group}?after=0")
    return [topic["id"] for topic in view["topics"]]


async def of_bot(house: House, chat: int) -> list[str]:
    """The bot's words in a chat."""
    return [said(m) for m in await house.api.messages(chat) if m["from"]["is_bot"]]


def numbered(texts: list[str], mark: str) -> list[str]:
    return [text for text in texts if text.startswith(mark)]


def once_each(texts: list[str]) -> list[str]:
    """What was said twice in a row, once."""
    return [text for text, _ in groupby(texts)]


def reminders(texts: list[str]) -> list[str]:
    """That nobody has taken a case."""
    start = words("Nobody has taken this case. It waits since {when}.").partition("{when}")[0]
    return [text for text in texts if start in text]


async def pressed(house: House, data: str) -> None:
    """A counsellor presses the newest button with these data; nothing is waited for."""
    for message in reversed(await house.api.messages(GROUP)):
        if any(button.get("callback_data") == data for button in buttons(message)):
            press = {"message_id": message["message_id"], "data": data}
            await house.api.post("/press", user=COUNSELLOR, chat=GROUP, **press)
            return
    raise AssertionError(data)


async def both_write(house: House, first: int, last: int, user: int = MIGRANT) -> None:
    """A migrant and a counsellor write in turn; nothing is waited for."""
    thread = await house.thread(user)
    for number in range(first, last):
        await house.api.send(f"migrant {number}", user=user)
        await house.api.send(f"staff {number}", user=COUNSELLOR, chat=GROUP, thread=thread)


async def small_group(house: House) -> int:
    """A basic group of the owner's and a counsellor's, as people found them first."""
    made = await house.api.post(
        "/groups",
        title="Small",
        creator=OWNER,
        kind="group",
        members=[COUNSELLOR],
        bot="administrator",
    )
    return int(made["chat"]["id"])


def only(group: int) -> Groups:
    return Groups((Group(group, "Staff", Locale.RU, tuple(Locale), coordinators=(OWNER,)),))


async def forum(house: House, title: str = "Second") -> int:
    made = await house.api.post(
        "/groups",
        title=title,
        creator=OWNER,
        forum=True,
        members=[COUNSELLOR, COLLEAGUE],
        bot="administrator",
    )
    return int(made["chat"]["id"])
