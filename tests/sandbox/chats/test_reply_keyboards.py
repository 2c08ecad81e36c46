"""Who sees a reply keyboard, in a private chat and in a group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from telegram import ForceReply, ReplyKeyboardMarkup, ReplyKeyboardRemove

if TYPE_CHECKING:
    from telegram import Bot

    from tests.sandbox.conftest import Api

GROUP = -1_001_000_000_001
STAFF = {"201", "202", "203"}
KEYS = ReplyKeyboardMarkup([["A", "B"]])

Json = dict[str, Any]


async def viewers(api: Api) -> set[str]:
    shown: Json = await api.get(f"/chats/{GROUP}?after=0")
    return set(shown["keyboards"])


async def labels(api: Api) -> list[list[str]] | None:
    keyboard = (await api.get("/chats/1001?after=0"))["keyboard"]
    return keyboard and [[key["text"] for key in row] for row in keyboard["keyboard"]]


async def test_a_keyboard_stays_until_it_is_replaced_or_removed(api: Api, bot: Bot) -> None:
    await api.send("a")
    await bot.send_message(1001, "x", reply_markup=KEYS)
    await bot.send_message(1001, "y")
    await api.send("b")
    assert await labels(api) == [["A", "B"]]
    await bot.send_message(1001, "x", reply_markup=ReplyKeyboardMarkup([["C"]]))
    assert await labels(api) == [["C"]]
    await bot.send_message(1001, "x", reply_markup=ReplyKeyboardRemove())
    assert await labels(api) is None


async def test_a_keyboard_goes_with_its_message(api: Api, bot: Bot) -> None:
    await api.send("a")
    sent = await bot.send_message(1001, "x", reply_markup=KEYS)
    await sent.delete()
    assert await labels(api) is None


@pytest.mark.parametrize(
    "markup", [ReplyKeyboardMarkup([["A"]], one_time_keyboard=True), ForceReply()]
)
async def test_a_keyboard_for_one_use_is_closed_for_whoever_wrote(
    api: Api, bot: Bot, markup: ReplyKeyboardMarkup | ForceReply
) -> None:
    await bot.send_message(GROUP, "x", reply_markup=markup)
    assert await viewers(api) == STAFF
    await api.send("A", 201, chat=GROUP)
    assert await viewers(api) == STAFF - {"201"}


async def test_all_members_of_a_group_see_a_keyboard_but_nobody_who_left(
    api: Api, bot: Bot
) -> None:
    await api.post("/members", user=202, chat=GROUP, member=202, status="left")
    await bot.send_message(GROUP, "x", reply_markup=KEYS)
    assert await viewers(api) == STAFF - {"202"}


async def test_a_selective_keyboard_is_for_those_who_are_mentioned(api: Api, bot: Bot) -> None:
    await api.post("/people", id=202, username="second_one")
    keys = ReplyKeyboardMarkup([["A"]], selective=True)
    await bot.send_message(GROUP, "hello @Second_One", reply_markup=keys)
    assert await viewers(api) == {"202"}
    link = "<a href='tg://user?id=201'>you</a>"
    await bot.send_message(GROUP, f"hello {link}", parse_mode="HTML", reply_markup=keys)
    assert await viewers(api) == {"201", "202"}


async def test_a_selective_keyboard_is_for_whom_the_bot_answers(api: Api, bot: Bot) -> None:
    asked = await api.send("?", 203, chat=GROUP)
    keys = ReplyKeyboardMarkup([["A"]], selective=True)
    await bot.send_message(GROUP, "x", reply_to_message_id=asked["message_id"], reply_markup=keys)
    assert await viewers(api) == {"203"}


async def test_a_selective_keyboard_in_a_topic_is_not_for_whoever_made_the_topic(
    api: Api, bot: Bot
) -> None:
    made = await api.post("/topics", user=203, chat=GROUP, action="create", name="T")
    thread = made["topic"]["id"]
    keys = ReplyKeyboardMarkup([["A"]], selective=True)
    await bot.send_message(GROUP, "x", message_thread_id=thread, reply_markup=keys)
    assert await viewers(api) == set()


async def test_a_selective_removal_leaves_the_others_keyboards(api: Api, bot: Bot) -> None:
    asked = await api.send("?", 203, chat=GROUP)
    await bot.send_message(GROUP, "x", reply_markup=KEYS)
    await bot.send_message(
        GROUP,
        "y",
        reply_to_message_id=asked["message_id"],
        reply_markup=ReplyKeyboardRemove(selective=True),
    )
    assert await viewers(api) == STAFF - {"203"}
