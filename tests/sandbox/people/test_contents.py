"""What people send: albums, forwards and quotes, through the JSON API to the bot."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import pytest

from bot.sandbox.media.samples import sample

if TYPE_CHECKING:
    from telegram import Bot, Message

    from tests.sandbox.conftest import Api

GROUP = -1_001_000_000_001
WHO = {"user": 1001}
Json = dict[str, Any]


async def told(bot: Bot) -> list[Message]:
    return [update.message for update in await bot.get_updates() if update.message]


async def test_an_album_is_several_messages_of_one_group_id(api: Api, bot: Bot) -> None:
    data = base64.b64encode(sample("photo").content).decode()
    answer = await api.post(
        "/send",
        **WHO,
        album=[{"photo": {"caption": "Look"}}, {"video": {}}, {"photo": {"data": data}}],
    )
    assert len(answer["messages"]) == 3
    assert answer["message"] == answer["messages"][0]
    assert answer["update_id"] == answer["update_ids"][0]
    messages = await told(bot)
    assert len({message.message_id for message in messages}) == 3
    assert len({message.media_group_id for message in messages}) == 1
    assert messages[0].media_group_id
    assert messages[0].caption == "Look"
    assert messages[1].video is not None
    update_ids = [update.update_id for update in await bot.get_updates()]
    assert update_ids == answer["update_ids"]


async def test_two_albums_have_two_group_ids(api: Api, bot: Bot) -> None:
    for _ in range(2):
        await api.send(album=[{"document": {}}, {"document": {}}])
    assert len({message.media_group_id for message in await told(bot)}) == 2


async def test_an_album_answers_and_stands_in_a_topic(api: Api, bot: Bot) -> None:
    made = await api.post("/topics", user=203, chat=GROUP, action="create", name="T")
    thread = made["topic"]["id"]
    first = await api.send("first", 203, chat=GROUP, thread=thread)
    answer = await api.post(
        "/send",
        user=201,
        chat=GROUP,
        thread=thread,
        reply_to=first["message_id"],
        album=[{"photo": {}}, {"photo": {}}],
    )
    for message in answer["messages"]:
        assert message["message_thread_id"] == thread
        assert message["reply_to_message"]["message_id"] == first["message_id"]


@pytest.mark.parametrize(
    ("album", "words"),
    [
        ([{"photo": {}}], "an album has 2 to 10 files, not 1"),
        ([{"photo": {}}] * 11, "an album has 2 to 10 files, not 11"),
        ([{"photo": {}}, {}], "file 2 of the album must be exactly one of photo, video"),
        ([{"photo": {}, "video": {}}, {"photo": {}}], "file 1 of the album must be exactly one"),
        ([{"photo": {}}, {"document": {}}], "documents and music stand only among themselves"),
        ([{"audio": {}}, {"document": {}}], "documents and music stand only among themselves"),
        ([{"photo": {}}, {"sticker": {}}], "unknown field `sticker`"),
        ([{"photo": {"media_group_id": "1"}}, {"photo": {}}], "media_group_id by themselves"),
        ([{"photo": {"data": "YWJj"}}, {"photo": {}}], "IMAGE_PROCESS_FAILED"),
    ],
)
async def test_a_wrong_album_is_told_what_is_wrong(
    api: Api, bot: Bot, album: list[Json], words: str
) -> None:
    assert words in (await api.post("/send", 400, **WHO, album=album))["error"]
    assert await told(bot) == []


async def test_an_album_is_the_only_content(api: Api) -> None:
    album = [{"photo": {}}, {"photo": {}}]
    answer = await api.post("/send", 400, **WHO, album=album, text="a")
    assert "got text, album" in answer["error"]


async def test_a_message_of_a_group_is_forwarded_with_its_origin(api: Api, bot: Bot) -> None:
    source = await api.send("news", 202, chat=GROUP)
    forward = {"message_id": source["message_id"], "chat": GROUP}
    await api.send(user=201, forward=forward)
    origin = (await told(bot))[-1].forward_origin
    assert origin is not None
    assert origin.to_dict()["sender_user"]["id"] == 202


async def test_what_an_anonymous_administrator_wrote_comes_from_the_group(
    api: Api, bot: Bot
) -> None:
    await api.post("/members", user=203, chat=GROUP, member=203, status="creator", anonymous=True)
    source = await api.send("news", 203, chat=GROUP)
    await api.send(user=201, forward={"message_id": source["message_id"], "chat": GROUP})
    origin = (await told(bot))[-1].forward_origin
    assert origin is not None
    assert origin.type == "chat"
    assert origin.to_dict()["sender_chat"]["id"] == GROUP


async def test_a_message_is_forwarded_from_ones_own_chat_into_a_topic(api: Api) -> None:
    made = await api.post("/topics", user=203, chat=GROUP, action="create", name="T")
    thread = made["topic"]["id"]
    source = await api.send("note", 201)
    forward = {"message_id": source["message_id"], "chat": 201}
    message = await api.send(user=201, chat=GROUP, thread=thread, forward=forward)
    assert message["message_thread_id"] == thread
    assert message["forward_origin"]["sender_user"]["id"] == 201


async def test_another_person_may_be_named_as_the_origin(api: Api) -> None:
    message = await api.send("from a friend", forward={"sender_id": 102})
    assert message["forward_origin"]["sender_user"]["first_name"] == "Русский"


async def test_a_forwarded_album_stays_one_under_a_new_group_id(api: Api) -> None:
    album = (await api.post("/send", **WHO, album=[{"photo": {}}, {"photo": {}}]))["messages"]
    single = await api.send("and this")
    ids = [message["message_id"] for message in [*album, single]]
    sent = (await api.post("/send", **WHO, forward={"message_ids": ids}))["messages"]
    groups = [message.get("media_group_id") for message in sent]
    assert groups[0] == groups[1]
    assert groups[0] != album[0]["media_group_id"]
    assert groups[2] is None
    alone = await api.send(forward={"message_ids": ids[:1]})
    assert "media_group_id" not in alone


@pytest.mark.parametrize(
    ("forward", "words"),
    [
        ({"message_id": 99}, "there is no message 99 in chat 101"),
        ({"message_ids": [99]}, "there is no message 99 in chat 101"),
        ({"message_id": 1, "chat": GROUP}, "person 101 is not a member of group"),
        ({"message_id": 1, "chat": 102}, "chat must be the user's own id, or the id of a group"),
        ({}, "forward needs message_id, sender_name or sender_id"),
        ({"sender_id": 999}, "there is no person 999 to forward from"),
    ],
)
async def test_a_wrong_forward_is_told_what_is_wrong(api: Api, forward: Json, words: str) -> None:
    body: Json = {"user": 101, "forward": forward}
    if not {"message_id", "message_ids"} & forward.keys():
        body["text"] = "a"
    assert words in (await api.post("/send", 400, **body))["error"]


async def test_a_forwarded_message_brings_its_own_content(api: Api) -> None:
    number = (await api.send("a"))["message_id"]
    answer = await api.post("/send", 400, **WHO, text="b", forward={"message_id": number})
    assert "brings its own content" in answer["error"]


async def test_what_is_protected_or_only_tells_is_not_forwarded(api: Api, bot: Bot) -> None:
    await api.send("a")
    sent = await bot.send_message(1001, "secret", protect_content=True)
    answer = await api.post("/send", 400, **WHO, forward={"message_id": sent.message_id})
    assert "is protected and cannot be forwarded" in answer["error"]
    made = await api.post("/topics", user=203, chat=GROUP, action="create", name="T")
    number = made["topic"]["id"]
    answer = await api.post("/send", 400, user=203, forward={"message_id": number, "chat": GROUP})
    assert "only says that something happened" in answer["error"]


async def test_a_quote_has_its_place_and_its_entities(api: Api, bot: Bot) -> None:
    await api.send("hi")
    sent = await bot.send_message(1001, "😀 a <b>bold</b> word", parse_mode="HTML")
    await api.send("what?", reply_to=sent.message_id, quote="bold word")
    message = (await told(bot))[-1]
    assert message.quote is not None
    assert (message.quote.text, message.quote.position) == ("bold word", 5)
    assert message.quote.is_manual is True
    assert [(e.type, e.offset, e.length) for e in message.quote.entities] == [("bold", 0, 4)]


async def test_a_quote_must_be_in_the_answered_message(api: Api) -> None:
    number = (await api.send("hi"))["message_id"]
    words = "the answered message does not say what is quoted"
    for body in ({"reply_to": number, "quote": "other"}, {"quote": "hi"}):
        assert (await api.post("/send", 400, **WHO, text="a", **body))["error"] == words


async def test_several_messages_are_deleted_at_once_or_none(api: Api) -> None:
    ids = [(await api.send(text))["message_id"] for text in "abc"]
    refused = await api.post("/delete", 400, **WHO, message_ids=[ids[0], 99])
    assert "there is no message 99" in refused["error"]
    assert len(await api.messages()) == 3
    assert (await api.post("/delete", **WHO, message_ids=ids[:2]))["deleted"] == ids[:2]
    assert [m["text"] for m in await api.messages()] == ["c"]
    for body in ({}, {"message_id": ids[2], "message_ids": ids}):
        refused = await api.post("/delete", 400, **WHO, **body)
        assert refused["error"] == "delete needs message_id, or message_ids"


async def test_others_messages_in_a_group_are_deleted_by_those_who_may(api: Api) -> None:
    number = (await api.send("a", 202, chat=GROUP))["message_id"]
    refused = await api.post("/delete", 400, user=201, chat=GROUP, message_ids=[number])
    assert "may not delete others' messages here" in refused["error"]
    await api.post("/delete", user=203, chat=GROUP, message_ids=[number])


async def test_the_same_reaction_again_is_no_news(api: Api, bot: Bot) -> None:
    await bot.get_updates(allowed_updates=["message", "message_reaction"])
    number = (await api.send("a"))["message_id"]
    first = await api.post("/react", **WHO, message_id=number, emoji="👍")
    again = await api.post("/react", **WHO, message_id=number, emoji="👍")
    assert first["update_id"] is not None
    assert again["update_id"] is None
