"""What the JSON API shows, and how it waits for changes."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from telegram import Bot

    from tests.sandbox.conftest import Api

GROUP = -1_001_000_000_001
Json = dict[str, Any]


async def test_one_answer_shows_people_groups_and_the_chats_asked_for(api: Api) -> None:
    await api.send("hello", 101)
    await api.send("at work", 201, chat=GROUP)
    shown = await api.get(f"/watch?chats=101,{GROUP}&after=0")
    assert set(shown["chats"]) == {"101", str(GROUP)}
    assert [m["text"] for m in shown["chats"]["101"]["messages"]] == ["hello"]
    assert [m["text"] for m in shown["chats"][str(GROUP)]["messages"]] == ["at work"]
    assert len(shown["people"]) == 9
    assert [group["id"] for group in shown["groups"]] == [GROUP]
    assert shown["groups"][0]["last"]["text"] == "at work"
    assert shown["groups"][0]["last"]["author"] == "Counsellor 1"
    assert shown["recording"] is True
    assert shown["time"]["ahead"] == 0
    assert shown["session"] == shown["chats"]["101"]["session"]


async def test_only_what_changed_comes_again(api: Api) -> None:
    await api.send("one", 101)
    first = await api.get("/watch?chats=101&after=0")
    await api.send("two", 101)
    second = await api.get(f"/watch?chats=101&after={first['now']}")
    assert [m["text"] for m in second["chats"]["101"]["messages"]] == ["two"]


async def test_it_waits_for_a_change_of_any_chat(api: Api) -> None:
    now = (await api.get("/watch?chats=101&after=0"))["now"]
    waiting = asyncio.create_task(api.get(f"/watch?chats=101&after={now}&wait=60"))
    await api.send("elsewhere", 102)
    shown = await waiting
    assert shown["now"] > now
    assert shown["chats"]["101"]["messages"] == []
    people = {person["id"]: person for person in shown["people"]}
    assert people[102]["last"]["text"] == "elsewhere"


async def test_chats_that_are_not_there_are_left_out(api: Api) -> None:
    shown = await api.get("/watch?chats=101,999,-5")
    assert list(shown["chats"]) == ["101"]
    assert (await api.get("/watch"))["chats"] == {}


async def test_a_number_from_before_a_restart_shows_everything(api: Api) -> None:
    await api.send("one", 101)
    shown = await api.get("/watch?chats=101&after=999999&wait=60")
    assert [m["text"] for m in shown["chats"]["101"]["messages"]] == ["one"]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/watch?chats=101,x", "a chat's id is a number, not 'x'"),
        ("/watch?after=x", "after must be a number"),
        ("/chats/x", "a chat's id is a number"),
        ("/chats/999", "there is no chat 999"),
    ],
)
async def test_a_wrong_address_is_told_what_is_wrong(api: Api, path: str, words: str) -> None:
    assert words in (await api.get(path, 400))["error"]


async def test_a_groups_view_has_all_that_its_pane_shows(api: Api) -> None:
    made = await api.post("/topics", user=203, chat=GROUP, action="create", name="T")
    thread = made["topic"]["id"]
    await api.send("in the topic", 203, chat=GROUP, thread=thread)
    await api.send("", 203, chat=GROUP, photo={"caption": "in General"})
    shown = await api.get(f"/chats/{GROUP}?after=0")
    assert (shown["title"], shown["kind"], shown["is_forum"]) == (
        "Helpline staff", "supergroup", True,
    )  # fmt: skip
    assert (shown["description"], shown["migrated_to"]) == ("", 0)
    assert "can_send_messages" in shown["permissions"]
    assert [(m["user"]["id"], m["status"], m["staff"]) for m in shown["members"]] == [
        (201, "member", True), (202, "member", True), (203, "creator", True),
    ]  # fmt: skip
    general, topic = shown["topics"]
    assert (general["id"], general["name"]) == (1, "General")
    assert (general["last"]["kind"], general["last"]["text"]) == ("photo", "in General")
    assert (topic["id"], topic["last"]["text"]) == (thread, "in the topic")


async def test_the_last_message_may_be_a_service_message(api: Api) -> None:
    await api.post("/topics", user=203, chat=GROUP, action="create", name="T")
    (group,) = (await api.get("/people"))["groups"]
    assert group["last"]["kind"] == "forum_topic_created"


async def test_the_last_message_of_an_anonymous_administrator_is_the_groups(api: Api) -> None:
    await api.post("/members", user=203, chat=GROUP, member=203, status="creator", anonymous=True)
    await api.send("from nobody", 203, chat=GROUP)
    (group,) = (await api.get("/people"))["groups"]
    assert group["last"]["author"] == "Helpline staff"


async def test_a_chat_waits_for_its_own_changes_only(api: Api, bot: Bot) -> None:
    await api.send("a")
    now = (await api.get("/chats/1001?after=0"))["now"]
    waiting = asyncio.create_task(api.get(f"/chats/1001?after={now}&wait=60"))
    await api.send("elsewhere", 102)
    await bot.send_message(1001, "here")
    shown = await waiting
    assert [m["text"] for m in shown["messages"]] == ["here"]
