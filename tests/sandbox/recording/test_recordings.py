"""What a recording keeps of people and of the bot, and how it is switched and fetched."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from telegram import (
    Bot,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    Message,
    ReactionTypeEmoji,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.error import BadRequest

from bot.sandbox.media.samples import plain_webp, sample
from bot.sandbox.recording import recordings
from bot.sandbox.recording.recorded_bodies import file_name

if TYPE_CHECKING:
    from aiohttp import ClientSession

    from tests.sandbox.conftest import Api

GROUP = -1_001_000_000_001
PICTURE = plain_webp(16, (1, 2, 3))
DATA = base64.b64encode(PICTURE).decode()
FILE = file_name(DATA)
BUTTONS = InlineKeyboardMarkup(
    [
        [InlineKeyboardButton("One", callback_data="1")],
        [
            InlineKeyboardButton("Site", url="https://example.org/"),
            InlineKeyboardButton("Copy", copy_text=CopyTextButton("words")),
        ],
    ]
)

Json = dict[str, Any]


async def events(api: Api) -> list[Json]:
    """Return the recording without its first event, which tells its version."""
    first, *rest = (await api.get("/recording"))["events"]
    assert first == {"recording": 1}
    return list(rest)


async def answers(api: Api) -> list[Json]:
    """Return what the bot did, without the chat's id."""
    return [
        {key: value for key, value in event.items() if key != "chat"}
        for event in await events(api)
        if "bot" in event
    ]


async def test_acts_and_answers_stand_in_order_without_ids(api: Api, bot: Bot) -> None:
    asked = await api.send("/start", 101, name="A", language_code="kk")
    number = asked["message_id"]
    sent = await bot.send_message(
        101, "<b>Hi</b>", parse_mode="HTML", reply_to_message_id=number, reply_markup=BUTTONS
    )
    pressed = await api.post("/press", user=101, message_id=sent.message_id, data="1")
    await bot.answer_callback_query(pressed["callback_query_id"], "Done", show_alert=True)
    await sent.edit_text("Bye")
    await api.send("again", 101, edit=number)
    await api.post("/react", user=101, message_id=sent.message_id, emoji="👍")
    await sent.delete()
    assert await events(api) == [
        {"act": "send", "user": 101, "name": "A", "language_code": "kk", "text": "/start"},
        {
            "bot": "sendMessage",
            "chat": 101,
            "reply_to": "people 1",
            "text": "Hi",
            "buttons": [
                [["One", "1"]],
                [["Site", "https://example.org/"], ["Copy", "words"]],
            ],
        },
        {"act": "press", "user": 101, "message_id": "bot 1", "data": "1"},
        {"bot": "answerCallbackQuery", "chat": 101, "text": "Done", "show_alert": True},
        {"bot": "editMessageText", "chat": 101, "message": "bot 1", "text": "Bye"},
        {"act": "send", "user": 101, "text": "again", "edit": "people 1"},
        {"act": "react", "user": 101, "message_id": "bot 1", "emoji": "👍"},
        {"bot": "deleteMessage", "chat": 101, "message": "bot 1"},
    ]


async def test_a_topic_is_named_by_the_message_that_made_it(api: Api, bot: Bot) -> None:
    topic = await bot.create_forum_topic(GROUP, "Case 1")
    thread = topic.message_thread_id
    await api.send("mine", 201, chat=GROUP, thread=thread)
    await bot.send_message(GROUP, "told", message_thread_id=thread)
    await bot.close_forum_topic(GROUP, thread)
    made, act, sent, closed = await events(api)
    assert (made["bot"], made["name"]) == ("createForumTopic", "Case 1")
    assert act == {"act": "send", "user": 201, "chat": GROUP, "thread": "bot 1", "text": "mine"}
    assert sent == {"bot": "sendMessage", "chat": GROUP, "thread": "bot 1", "text": "told"}
    assert closed == {"bot": "closeForumTopic", "chat": GROUP, "thread": "bot 1"}


async def test_a_file_is_kept_once_and_named_by_its_hash(api: Api, bot: Bot) -> None:
    sent = await api.send("", 101, sticker={"data": DATA})
    await api.send("", 101, album=[{"photo": {"data": DATA}}, {"photo": {"caption": "ready"}}])
    await bot.copy_message(101, 101, sent["message_id"])
    assert await events(api) == [
        {"file": FILE, "data": DATA},
        {"act": "send", "user": 101, "sticker": {"data": FILE}},
        {
            "act": "send",
            "user": 101,
            "album": [{"photo": {"data": FILE}}, {"photo": {"caption": "ready"}}],
        },
        {"bot": "copyMessage", "chat": 101, "sticker": FILE},
    ]


async def test_what_the_bot_shows_is_kept_of_each_kind(api: Api, bot: Bot) -> None:
    await api.send("a", 101)
    photo = sample("photo").content
    await bot.send_photo(101, photo, caption="c", protect_content=True)
    await bot.send_sticker(101, PICTURE)
    await bot.send_contact(101, "+7700", "Hotline")
    await bot.send_media_group(101, [InputMediaPhoto(photo, caption="1"), InputMediaPhoto(photo)])
    await bot.send_message(101, "k", reply_markup=ReplyKeyboardMarkup([["A", "B"], ["C"]]))
    await bot.send_message(101, "r", reply_markup=ReplyKeyboardRemove())
    assert await answers(api) == [
        {"bot": "sendPhoto", "caption": "c", "photo": "sample", "protected": True},
        {"bot": "sendSticker", "sticker": FILE},
        {"bot": "sendContact", "contact": "+7700"},
        {"bot": "sendMediaGroup", "messages": [{"caption": "1", "photo": "sample"},
                                               {"photo": "sample"}]},
        {"bot": "sendMessage", "text": "k", "keyboard": [["A", "B"], ["C"]]},
        {"bot": "sendMessage", "text": "r", "keyboard": "remove"},
    ]  # fmt: skip


async def test_what_the_bot_does_to_messages_and_members_is_kept(api: Api, bot: Bot) -> None:
    asked = await api.send("a", 201, chat=GROUP)
    await bot.set_message_reaction(GROUP, asked["message_id"], ReactionTypeEmoji("👍"))
    await bot.pin_chat_message(GROUP, asked["message_id"], disable_notification=True)
    await bot.forward_message(GROUP, GROUP, asked["message_id"])
    await bot.ban_chat_member(GROUP, 202, until_date=2_000_000_000)
    assert await answers(api) == [
        {
            "bot": "setMessageReaction",
            "message": "people 1",
            "reaction": [{"type": "emoji", "emoji": "👍"}],
        },
        {"bot": "pinChatMessage", "message": "people 1", "disable_notification": True},
        {"bot": "forwardMessage", "text": "a", "forwarded": "user"},
        {"bot": "banChatMember", "user_id": 202},
    ]


async def test_what_shows_nothing_or_failed_is_not_kept(api: Api, bot: Bot) -> None:
    await api.send("a", 101)
    await bot.get_me()
    await bot.get_chat(101)
    await bot.send_chat_action(101, "typing")
    await bot.set_my_commands([("start", "Begin")])
    with pytest.raises(BadRequest):
        await bot.send_message(101, "<b>x", parse_mode="HTML")
    await api.post("/read", user=101, message_id=1)
    await api.post("/send", 400, user=101)
    assert await events(api) == [{"act": "send", "user": 101, "text": "a"}]


async def test_answers_lost_on_their_way_were_given(api: Api, raw: ClientSession) -> None:
    await api.send("a", 101)
    await api.post("/fault", method="sendMessage", error_code=500, after=True)
    call = {"chat_id": 101, "text": "b"}
    async with raw.post("/bot42:TEST/sendMessage", json=call) as answer:
        assert answer.status == 500
    assert (await events(api))[1:] == [
        {"act": "fault", "method": "sendMessage", "error_code": 500, "after": True},
        {"bot": "sendMessage", "chat": 101, "text": "b"},
    ]


async def test_new_people_and_groups_are_kept_with_their_ids(api: Api) -> None:
    person = (await api.post("/people", name="New"))["person"]["id"]
    made = await api.post("/groups", title="G", creator=203, kind="group", bot="administrator")
    old = made["chat"]["id"]
    new = (await api.post("/groups/change", user=203, chat=old, upgrade=True))["chat"]["id"]
    assert await events(api) == [
        {"act": "people", "name": "New", "id": person},
        {"act": "groups", "title": "G", "creator": 203, "kind": "group", "bot": "administrator",
         "made": old},
        {"act": "groups/change", "user": 203, "chat": old, "upgrade": True, "made": new},
    ]  # fmt: skip


async def test_time_updates_and_blocks_are_acts_too(api: Api) -> None:
    await api.send("a", 101)
    await api.post("/block", user=101)
    await api.post("/unblock", user=101)
    await api.post("/time", advance=3600)
    await api.post("/update", update={"poll": {}})
    assert [event["act"] for event in await events(api)] == [
        "send", "block", "unblock", "time", "update",
    ]  # fmt: skip


async def test_messages_from_before_the_recording_share_one_name(api: Api, bot: Bot) -> None:
    number = (await api.send("a", 101))["message_id"]
    await api.post("/recording", on=True)
    await api.send("b", 101, reply_to=number)
    await bot.send_message(101, "c")
    await bot.send_message(101, "d", reply_to_message_id=number)
    assert await events(api) == [
        {"act": "send", "user": 101, "text": "b", "reply_to": "earlier"},
        {"bot": "sendMessage", "chat": 101, "text": "c"},
        {"bot": "sendMessage", "chat": 101, "reply_to": "earlier", "text": "d"},
    ]


async def test_a_press_from_before_the_recording_has_no_place_in_it(api: Api, bot: Bot) -> None:
    await api.send("a", 101)
    sent: Message = await bot.send_message(101, "x", reply_markup=BUTTONS)
    pressed = await api.post("/press", user=101, message_id=sent.message_id, data="1")
    await api.post("/recording", on=True)
    await bot.answer_callback_query(pressed["callback_query_id"])
    assert await events(api) == []


async def test_off_keeps_what_was_noted_and_on_begins_anew(api: Api) -> None:
    await api.send("a", 101)
    assert await api.post("/recording", on=False) == {"on": False}
    await api.send("b", 101)
    told = await api.get("/recording")
    assert (told["on"], told["full"]) == (False, False)
    assert [event["text"] for event in told["events"][1:]] == ["a"]
    assert await api.post("/recording", on=True) == {"on": True}
    await api.send("c", 101)
    assert [event["text"] for event in await events(api)] == ["c"]


async def test_a_reset_begins_a_new_recording(api: Api) -> None:
    await api.send("a", 101)
    await api.post("/reset")
    assert await events(api) == []
    await api.post("/recording", on=False)
    await api.post("/reset")
    assert (await api.get("/recording"))["on"] is False


@pytest.mark.parametrize(("limit", "value"), [("MAX_EVENTS", 3), ("MAX_FILE_BYTES", 10)])
async def test_a_full_recording_keeps_its_beginning(
    api: Api, monkeypatch: pytest.MonkeyPatch, limit: str, value: int
) -> None:
    monkeypatch.setattr(recordings, limit, value)
    await api.send("", 101, sticker={"data": DATA})
    await api.send("b", 101)
    told = await api.get("/recording")
    assert told["full"] is True
    assert [next(iter(event)) for event in told["events"]] == ["recording", "file", "act"]


async def test_a_recording_is_fetched_as_a_file_with_one_event_a_line(
    api: Api, raw: ClientSession
) -> None:
    await api.send("қазақша\nтекст", 101)
    async with raw.get("/sandbox/api/recording.jsonl") as answer:
        body = await answer.read()
        assert "recording.jsonl" in answer.headers["Content-Disposition"]
    assert "қазақша" in body.decode()
    assert [msgspec.json.decode(line) for line in body.splitlines()] == (
        await api.get("/recording")
    )["events"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "missing required field `on`"),
        ({"on": "yes"}, "Expected `bool`"),
        ({"on": True, "of": 1}, "unknown field `of`"),
    ],
)
async def test_a_wrong_switch_is_told_what_is_wrong(api: Api, body: Json, words: str) -> None:
    assert words in (await api.post("/recording", 400, **body))["error"]
