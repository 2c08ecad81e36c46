"""People change their own messages: texts, captions, files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from telegram import Bot, Message

    from tests.sandbox.conftest import Api

GROUP = -1_001_000_000_001
WHO = {"user": 1001}
HOURS_48 = 48 * 3600
Json = dict[str, Any]


async def edited(bot: Bot) -> Message:
    message = (await bot.get_updates())[-1].edited_message
    assert message is not None
    return message


async def change(api: Api, message: Json, status: int = 200, /, **to: Any) -> Json:
    body = WHO | {"edit": {"message_id": message["message_id"]} | to}
    return await api.post("/send", status, **body)


@pytest.mark.parametrize("kind", ["photo", "video", "document", "audio", "voice", "animation"])
async def test_a_caption_is_changed_and_the_file_stays(api: Api, bot: Bot, kind: str) -> None:
    sent = await api.send(**{kind: {"caption": "old"}})
    told = (await change(api, sent, text="new /x"))["message"]
    assert told[kind] == sent[kind]
    message = await edited(bot)
    assert message.caption == "new /x"
    assert [entity.type for entity in message.caption_entities] == ["bot_command"]
    assert message.edit_date is not None


async def test_a_caption_can_be_taken_away(api: Api) -> None:
    sent = await api.send(photo={"caption": "old"})
    assert "caption" not in (await change(api, sent, text=""))["message"]


async def test_a_new_file_takes_the_place_of_the_old_under_the_same_words(
    api: Api, bot: Bot
) -> None:
    sent = await api.send(photo={"caption": "old"})
    await change(api, sent, document={"file_name": "form.txt"})
    message = await edited(bot)
    assert message.message_id == sent["message_id"]
    assert not message.photo
    assert message.document is not None
    assert message.document.file_name == "form.txt"
    assert message.caption == "old"


@pytest.mark.parametrize("new", [{"text": "new", "video": {}}, {"video": {"caption": "new"}}])
async def test_file_and_words_change_together(api: Api, bot: Bot, new: Json) -> None:
    sent = await api.send(photo={"caption": "old"})
    await change(api, sent, **new)
    message = await edited(bot)
    assert message.video is not None
    assert message.caption == "new"


async def test_a_file_is_added_to_a_text_which_becomes_its_caption(api: Api, bot: Bot) -> None:
    sent = await api.send("words")
    await change(api, sent, photo={})
    message = await edited(bot)
    assert message.text is None
    assert (message.caption, bool(message.photo)) == ("words", True)


async def test_in_an_album_a_picture_stays_a_picture(api: Api, bot: Bot) -> None:
    album = (await api.post("/send", **WHO, album=[{"photo": {}}, {"photo": {}}]))["messages"]
    refused = await change(api, album[0], 400, document={})
    assert refused["error"] == "in an album, photo cannot become document"
    await change(api, album[0], video={})
    message = await edited(bot)
    assert message.video is not None
    assert message.media_group_id == album[1]["media_group_id"]


@pytest.mark.parametrize(
    ("content", "to", "words"),
    [
        ({"text": "a"}, {}, "edit needs the new text, or a file"),
        ({"text": "a"}, {"text": "a"}, "already says that"),
        ({"text": "a"}, {"text": " "}, "text is empty"),
        ({"text": "a"}, {"text": "b" * 4097}, "longer than 4096"),
        ({"text": "a" * 1025}, {"photo": {}}, "caption is longer than 1024"),
        ({"text": "a"}, {"photo": {}, "video": {}}, "edit takes one file, not photo, video"),
        ({"text": "a"}, {"photo": {"caption": "b"}, "text": "c"}, "give the new words once"),
        ({"text": "a"}, {"photo": {"media_group_id": "1"}}, "cannot change its album"),
        ({"text": "a"}, {"voice": {}}, "unknown field `voice`"),
        ({"sticker": {}}, {"text": "b"}, "has no text or caption to edit"),
        ({"voice": {}}, {"photo": {}}, "cannot take a file"),
        ({"location": {"latitude": 1, "longitude": 1}}, {"text": "b"}, "has no text or caption"),
        ({"text": "a", "forward": {"sender_name": "X"}}, {"text": "b"}, "was forwarded"),
    ],
)
async def test_a_wrong_change_is_told_what_is_wrong(
    api: Api, content: Json, to: Json, words: str
) -> None:
    sent = await api.send(**content)
    assert words in (await change(api, sent, 400, **to))["error"]


async def test_others_messages_are_not_theirs_to_change(api: Api, bot: Bot) -> None:
    await api.send("a")
    sent = await bot.send_message(1001, "b")
    refused = await change(api, {"message_id": sent.message_id}, 400, text="c")
    assert "people edit only their own" in refused["error"]
    other = (await api.send("a", 202, chat=GROUP))["message_id"]
    refused = await api.post("/send", 400, user=203, chat=GROUP, edit=other, text="b")
    assert "people edit only their own" in refused["error"]


async def test_a_service_message_is_not_changed(api: Api) -> None:
    made = await api.post("/topics", user=203, chat=GROUP, action="create", name="T")
    body = {"user": 203, "chat": GROUP, "edit": made["topic"]["id"], "text": "b"}
    assert "people edit only their own" in (await api.post("/send", 400, **body))["error"]


async def test_after_48_hours_a_message_stays_as_it_is(api: Api) -> None:
    sent = await api.send("a")
    await api.post("/time", advance=HOURS_48 - 60)
    await change(api, sent, text="b")
    await api.post("/time", advance=60)
    refused = await change(api, sent, 400, text="c")
    assert "older than 48 hours" in refused["error"]


async def test_in_a_supergroup_48_hours_do_not_hold_for_those_who_pin(api: Api) -> None:
    owner = (await api.send("a", 203, chat=GROUP))["message_id"]
    counsellor = (await api.send("a", 201, chat=GROUP))["message_id"]
    await api.post("/time", advance=HOURS_48)
    await api.send("b", 203, chat=GROUP, edit=owner)
    refused = await api.post("/send", 400, user=201, chat=GROUP, edit=counsellor, text="b")
    assert "older than 48 hours" in refused["error"]
