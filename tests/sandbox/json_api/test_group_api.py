"""What people do in groups by the JSON API, what the bot is told, and how mistakes are named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from telegram import Bot

    from tests.sandbox.conftest import Api

GROUP = -1_001_000_000_001
COUNSELLOR, SECOND, COORDINATOR = 201, 202, 203
ALL_KINDS = ["message", "chat_member", "my_chat_member", "edited_message", "message_reaction"]

IN_GROUP = {"user": COORDINATOR, "chat": GROUP}

Json = dict[str, Any]


async def view(api: Api, chat: int = GROUP) -> Json:
    return await api.get(f"/chats/{chat}?after=0")


async def member(api: Api, user_id: int, chat: int = GROUP) -> Json:
    members = (await view(api, chat))["members"]
    found: Json = next(one for one in members if one["user"]["id"] == user_id)
    return found


async def told(bot: Bot) -> list[Json]:
    """Return what the bot was not told yet, each as its kind and body, and confirm it."""
    updates = await bot.get_updates(allowed_updates=ALL_KINDS)
    if updates:
        await bot.get_updates(offset=updates[-1].update_id + 1)
    return [update.to_dict() for update in updates]


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        ("/groups", {"title": "G"}, "missing required field `creator`"),
        ("/groups", {"title": "G", "creator": 999}, "there is no person 999"),
        ("/groups", {"title": "G", "creator": 203, "members": [999]}, "there is no person 999"),
        ("/groups", {"title": " ", "creator": 203}, "title must be non-empty"),
        ("/groups", {"title": "G", "creator": 203, "kind": "channel"}, "Invalid enum value"),
        ("/groups", {"title": "G", "creator": 203, "kind": "group", "forum": True}, "no topics"),
        ("/groups", {"title": "G", "creator": 203, "rights": []}, "rights are an administrator's"),
        (
            "/groups",
            {"title": "G", "creator": 203, "bot": "administrator", "rights": ["can_fly"]},
            "'can_fly' is none of can_manage_chat",
        ),
        ("/groups", {"title": "G", "creator": 203, "members": ["x"]}, "Expected `int`"),
        ("/groups/change", {"user": 203, "chat": 101}, "chat must be the user's own id"),
        ("/groups/change", {"user": 101, "chat": 101}, "chat 101 is no group"),
        ("/groups/change", {"user": 101, "chat": GROUP}, "person 101 is not a member"),
        ("/groups/change", {"user": 999, "chat": GROUP}, "there is no person 999"),
        ("/groups/change", IN_GROUP | {"title": ""}, "title must be non-empty"),
        ("/groups/change", IN_GROUP | {"permissions": ["can_fly"]}, "'can_fly' is none of"),
        (
            "/groups/change",
            {"user": COUNSELLOR, "chat": GROUP, "title": "Mine"},
            "not enough rights to change chat title",
        ),
        ("/members", IN_GROUP | {"member": 999, "status": "member"}, "there is no person 999"),
        ("/members", IN_GROUP | {"member": "me", "status": "member"}, "Invalid enum value 'me'"),
        ("/members", IN_GROUP | {"member": 201, "status": "boss"}, "Invalid enum value 'boss'"),
        ("/members", IN_GROUP | {"member": 201, "status": "restricted", "permissions": ["x"]},
         "'x' is none of can_send_messages"),
        ("/members", {"user": 203, "chat": -5, "member": 201, "status": "left"},
         "there is no group -5"),
        ("/members", {"user": 101, "chat": GROUP, "member": 201, "status": "kicked"},
         "not enough rights"),
        ("/topics", IN_GROUP | {"action": "paint"}, "Invalid enum value 'paint'"),
        ("/topics", IN_GROUP | {"action": "create"}, "name must be non-empty"),
        ("/topics", IN_GROUP | {"action": "create", "name": "T", "icon_color": 1},
         "invalid icon color"),
        ("/topics", IN_GROUP | {"action": "create", "name": "T", "icon_emoji": "🧿"},
         "🧿 is no topic icon"),
        ("/topics", IN_GROUP | {"action": "edit", "name": "T"}, "say which with thread"),
        ("/topics", IN_GROUP | {"action": "close", "thread": 99}, "TOPIC_ID_INVALID"),
        ("/topics", IN_GROUP | {"action": "unhide"}, "TOPIC_NOT_MODIFIED"),
        (
            "/topics",
            {"user": COUNSELLOR, "chat": GROUP, "action": "create", "name": "T"},
            "not enough rights to create a topic",
        ),
        ("/pin", IN_GROUP | {"message_id": 99}, "there is no message 99"),
        ("/pin", {"user": 999, "message_id": 1}, "there is no person 999"),
    ],
)  # fmt: skip
async def test_a_wrong_request_is_told_what_is_wrong(
    api: Api, path: str, body: Json, words: str
) -> None:
    assert words in (await api.post(path, 400, **body))["error"]


async def test_a_forum_with_members_and_the_bot_as_administrator_is_founded(
    api: Api, bot: Bot
) -> None:
    await told(bot)
    made = await api.post(
        "/groups", title="Second", creator=203, forum=True, members=[201, 202], bot="administrator"
    )
    chat = made["chat"]
    assert (chat["title"], chat["type"], chat["is_forum"]) == ("Second", "supergroup", True)
    shown = await view(api, chat["id"])
    assert [(m["user"]["id"], m["status"]) for m in shown["members"]] == [
        (203, "creator"), (201, "member"), (202, "member"),
    ]  # fmt: skip
    assert shown["bot"]["status"] == "administrator"
    assert "can_manage_topics" in shown["bot"]["rights"]
    assert "can_promote_members" not in shown["bot"]["rights"]
    joined = [one["my_chat_member"] for one in await told(bot) if "my_chat_member" in one]
    assert joined[0]["new_chat_member"]["status"] == "administrator"


async def test_a_group_may_be_founded_without_the_bot_or_with_few_rights(api: Api) -> None:
    without = (await api.post("/groups", title="A", creator=203, kind="group", bot="left"))["chat"]
    few = await api.post(
        "/groups", title="B", creator=203, bot="administrator", rights=["can_pin_messages"]
    )
    assert (await view(api, without["id"]))["bot"] == {"status": "left", "rights": []}
    assert (await view(api, few["chat"]["id"]))["bot"]["rights"] == [
        "can_manage_chat", "can_pin_messages",
    ]  # fmt: skip
    groups = {group["id"]: group for group in (await api.get("/people"))["groups"]}
    assert groups[without["id"]]["kind"] == "group"
    assert groups[without["id"]]["bot_status"] == "left"
    assert groups[GROUP]["title"] == "Helpline staff"


async def test_what_a_group_is_can_be_changed(api: Api, bot: Bot) -> None:
    await told(bot)
    await api.post(
        "/groups/change",
        **IN_GROUP,
        title="Day shift",
        description="9 to 18",
        permissions=["can_send_messages"],
        forum=False,
    )
    shown = await view(api)
    assert (shown["title"], shown["description"]) == ("Day shift", "9 to 18")
    assert shown["permissions"] == ["can_send_messages"]
    assert (shown["is_forum"], shown["topics"]) == (False, [])
    titles = [one["message"].get("new_chat_title") for one in await told(bot) if "message" in one]
    assert "Day shift" in titles


async def test_a_group_becomes_a_supergroup_and_its_old_id_says_so(api: Api) -> None:
    old = (await api.post("/groups", title="A", creator=203, kind="group"))["chat"]["id"]
    new = (await api.post("/groups/change", user=203, chat=old, upgrade=True))["chat"]
    assert new["type"] == "supergroup"
    shown = await view(api, old)
    assert shown["migrated_to"] == new["id"]
    refused = await api.post("/groups/change", 400, user=203, chat=old, title="B")
    assert refused["error"] == f"group {old} became supergroup {new['id']}"
    refused = await api.post("/members", 400, user=203, chat=old, member=201, status="member")
    assert refused["error"] == f"group {old} became supergroup {new['id']}"


async def test_one_joins_and_leaves_by_oneself(api: Api, bot: Bot) -> None:
    await told(bot)
    joined = await api.post("/members", user=101, chat=GROUP, member=101, status="member")
    assert joined["member"]["status"] == "member"
    assert joined["update_id"] is not None
    await api.post("/members", user=101, chat=GROUP, member=101, status="left")
    assert (await member(api, 101))["status"] == "left"
    updates = [one["chat_member"] for one in await told(bot) if "chat_member" in one]
    assert [one["new_chat_member"]["status"] for one in updates] == ["member", "left"]


async def test_an_administrator_gets_rights_a_title_and_a_mask(api: Api) -> None:
    answer = await api.post(
        "/members",
        **IN_GROUP,
        member=COUNSELLOR,
        status="administrator",
        rights=["can_pin_messages"],
        anonymous=True,
        custom_title="Night",
    )
    shown = answer["member"]
    assert shown["status"] == "administrator"
    assert "can_pin_messages" in shown["rights"]
    assert (shown["anonymous"], shown["custom_title"]) == (True, "Night")
    assert shown["user"]["id"] == COUNSELLOR
    assert shown["staff"] is True
    message = await api.send("x", COUNSELLOR, chat=GROUP)
    assert message["from"]["username"] == "GroupAnonymousBot"
    assert message["sender_chat"]["id"] == GROUP
    assert message["author_signature"] == "Night"


async def test_a_restriction_holds_for_what_people_send_until_its_end(api: Api) -> None:
    now = (await api.get("/time"))["now"]
    await api.post(
        "/members",
        **IN_GROUP,
        member=COUNSELLOR,
        status="restricted",
        permissions=["can_send_messages"],
        until=now + 3600,
    )
    assert (await member(api, COUNSELLOR))["until"] == now + 3600
    await api.send("words", COUNSELLOR, chat=GROUP)
    refused = await api.post("/send", 400, user=COUNSELLOR, chat=GROUP, photo={})
    assert "may not send photos" in refused["error"]
    await api.post("/time", advance=3601)
    assert (await member(api, COUNSELLOR))["status"] == "member"
    await api.send("", COUNSELLOR, chat=GROUP, photo={})


async def test_the_bot_is_demoted_and_put_out(api: Api, bot: Bot) -> None:
    await told(bot)
    demoted = await api.post("/members", **IN_GROUP, member="bot", status="member")
    assert demoted["member"]["status"] == "member"
    assert demoted["member"]["user"]["is_bot"] is True
    await api.post("/members", **IN_GROUP, member="bot", status="kicked")
    assert (await view(api))["bot"]["status"] == "kicked"
    changes = [one["my_chat_member"] for one in await told(bot) if "my_chat_member" in one]
    assert [one["new_chat_member"]["status"] for one in changes] == ["member", "kicked"]


async def test_a_topic_lives_from_its_creation_to_its_end(api: Api) -> None:
    made = (await api.post("/topics", **IN_GROUP, action="create", name="Fees", icon_emoji="❗"))[
        "topic"
    ]
    assert (made["name"], made["icon_emoji"], made["closed"]) == ("Fees", "❗️", False)
    assert made["creator_id"] == COORDINATOR
    thread = made["id"]
    await api.send("question", COUNSELLOR, chat=GROUP, thread=thread)
    edited = await api.post("/topics", **IN_GROUP, action="edit", thread=thread, name="Costs")
    assert edited["topic"]["name"] == "Costs"
    closed = await api.post("/topics", **IN_GROUP, action="close", thread=thread)
    assert closed["topic"]["closed"] is True
    refused = await api.post("/send", 400, user=COUNSELLOR, chat=GROUP, thread=thread, text="a")
    assert "TOPIC_CLOSED" in refused["error"]
    await api.post("/topics", **IN_GROUP, action="reopen", thread=thread)
    topics = (await view(api))["topics"]
    assert [topic["id"] for topic in topics] == [1, thread]
    assert topics[1]["last"]["kind"] == "forum_topic_reopened"
    gone = await api.post("/topics", **IN_GROUP, action="delete", thread=thread)
    assert gone["topic"] is None
    assert [topic["id"] for topic in (await view(api))["topics"]] == [1]


async def test_general_can_be_hidden_and_shown(api: Api) -> None:
    hidden = await api.post("/topics", **IN_GROUP, action="hide")
    assert (hidden["topic"]["id"], hidden["topic"]["hidden"]) == (1, True)
    shown = await api.post("/topics", **IN_GROUP, action="unhide")
    assert shown["topic"]["hidden"] is False


async def test_an_icon_is_taken_away_by_an_empty_emoji(api: Api) -> None:
    made = await api.post("/topics", **IN_GROUP, action="create", name="T", icon_emoji="🔥")
    thread = made["topic"]["id"]
    edited = await api.post("/topics", **IN_GROUP, action="edit", thread=thread, icon_emoji="")
    assert (edited["topic"]["name"], edited["topic"]["icon_emoji"]) == ("T", "")


async def test_no_topic_gets_the_number_of_general(api: Api) -> None:
    made = await api.post("/topics", **IN_GROUP, action="create", name="First")
    assert made["topic"]["id"] > 1


async def test_a_topic_of_before_a_reset_is_never_another_one_after_it(api: Api) -> None:
    before = (await api.post("/topics", **IN_GROUP, action="create", name="A"))["topic"]["id"]
    await api.post("/reset")
    after = (await api.post("/topics", **IN_GROUP, action="create", name="B"))["topic"]["id"]
    assert after > before


async def test_messages_are_pinned_and_unpinned(api: Api) -> None:
    number = (await api.send("rules", COORDINATOR, chat=GROUP))["message_id"]
    assert (await api.post("/pin", **IN_GROUP, message_id=number))["pinned"] == [number]
    shown = await view(api)
    assert shown["pinned"] == [number]
    assert shown["messages"][-1]["pinned_message"]["message_id"] == number
    off = await api.post("/pin", **IN_GROUP, message_id=number, pinned=False)
    assert off["pinned"] == []


async def test_a_person_pins_in_their_own_chat(api: Api, bot: Bot) -> None:
    await api.send("a")
    sent = await bot.send_message(1001, "keep this")
    pinned = await api.post("/pin", user=1001, message_id=sent.message_id)
    assert pinned["pinned"] == [sent.message_id]


async def test_contacts_and_places_are_shared_in_groups(api: Api, bot: Bot) -> None:
    await told(bot)
    await api.send("", COUNSELLOR, chat=GROUP, contact={"phone_number": "+7700", "own": True})
    await api.send(
        "", COUNSELLOR, chat=GROUP, location={"latitude": 43.2, "longitude": 76.9}, thread=0
    )
    messages = [one["message"] for one in await told(bot)]
    assert messages[0]["contact"]["user_id"] == COUNSELLOR
    assert messages[1]["location"]["latitude"] == 43.2
    assert {message["chat"]["id"] for message in messages} == {GROUP}


async def test_an_anonymous_administrator_edits_and_reacts_as_the_group(api: Api, bot: Bot) -> None:
    await api.post("/members", **IN_GROUP, member=COORDINATOR, status="creator", anonymous=True)
    question = (await api.send("q", COUNSELLOR, chat=GROUP))["message_id"]
    own = (await api.send("a", COORDINATOR, chat=GROUP))["message_id"]
    await told(bot)
    await api.send("b", COORDINATOR, chat=GROUP, edit=own)
    await api.post("/react", **IN_GROUP, message_id=question, emoji="👍")
    edited, reaction = await told(bot)
    assert edited["edited_message"]["sender_chat"]["id"] == GROUP
    assert edited["edited_message"]["from"]["username"] == "GroupAnonymousBot"
    assert reaction["message_reaction"]["actor_chat"]["id"] == GROUP
    assert "user" not in reaction["message_reaction"]


async def test_what_is_read_is_kept_for_each_topic(api: Api) -> None:
    thread = (await api.post("/topics", **IN_GROUP, action="create", name="T"))["topic"]["id"]
    last = (await api.send("x", COORDINATOR, chat=GROUP, thread=thread))["message_id"]
    await api.post("/read", user=COUNSELLOR, chat=GROUP, thread=thread, message_id=last)
    shown = await view(api)
    assert shown["topics"][1]["read"] == {str(COUNSELLOR): last}
    assert shown["read"] == {}
    refused = await api.post("/read", 400, user=COUNSELLOR, chat=GROUP, thread=99, message_id=last)
    assert "there is no topic 99" in refused["error"]
