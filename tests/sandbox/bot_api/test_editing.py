"""Changing messages: https://core.telegram.org/bots/api#updating-messages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from bot.sandbox.media.samples import sample

if TYPE_CHECKING:
    from tests.sandbox.calls import Calls
    from tests.sandbox.conftest import Api

USER = 1001
PHOTO = sample("photo").content
BUTTONS = {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]}


@pytest.fixture(autouse=True)
async def started(api: Api) -> None:
    await api.send("/start", USER, name="A", language_code="ru")


async def _photo(calls: Calls, **more: str) -> Any:
    return await calls.upload("sendPhoto", {"photo": PHOTO}, chat_id=str(USER), **more)


async def _edit_media(calls: Calls, message_id: int, content: bytes, **media: object) -> Any:
    return await calls.upload(
        "editMessageMedia",
        {"file": content},
        chat_id=str(USER),
        message_id=str(message_id),
        media=json.dumps({"media": "attach://file"} | media),
    )


async def test_a_photo_becomes_a_document_with_another_caption(calls: Calls) -> None:
    photo = await _photo(calls, caption="old", has_spoiler="true")
    edited = await _edit_media(
        calls, photo["message_id"], b"text", type="document", caption="<b>n</b>", parse_mode="HTML"
    )
    assert edited["message_id"] == photo["message_id"]
    assert edited["document"]["file_size"] == 4
    assert edited["caption"] == "n"
    assert edited["caption_entities"] == [{"type": "bold", "offset": 0, "length": 1}]
    assert "edit_date" in edited
    assert "photo" not in edited
    assert "has_media_spoiler" not in edited


async def test_a_text_becomes_a_photo(calls: Calls) -> None:
    text = await calls.ok("sendMessage", chat_id=USER, text="see egov.kz", reply_markup=BUTTONS)
    edited = await _edit_media(calls, text["message_id"], PHOTO, type="photo")
    assert edited["photo"][-1]["width"] == 640
    assert {"text", "entities", "reply_markup"}.isdisjoint(edited)


async def test_media_by_file_id_keeps_what_is_the_same(calls: Calls) -> None:
    photo = await _photo(calls)
    media = {"type": "photo", "media": photo["photo"][-1]["file_id"]}
    where = {"chat_id": USER, "message_id": photo["message_id"]}
    words = await calls.refused("editMessageMedia", media=media, **where)
    assert words.startswith("message is not modified")
    edited = await calls.ok("editMessageMedia", media=media, reply_markup=BUTTONS, **where)
    assert edited["reply_markup"] == BUTTONS


async def test_an_album_keeps_its_id_and_its_kind(calls: Calls) -> None:
    media = [{"type": "photo", "media": "attach://a"}, {"type": "photo", "media": "attach://b"}]
    album = await calls.upload(
        "sendMediaGroup", {"a": PHOTO, "b": PHOTO}, chat_id=str(USER), media=json.dumps(media)
    )
    first = album[0]["message_id"]
    edited = await _edit_media(calls, first, b"film", type="video")
    assert edited["media_group_id"] == album[0]["media_group_id"]
    document = await calls.upload("sendDocument", {"document": b"x"}, chat_id=str(USER))
    where = {"chat_id": USER, "message_id": first}
    media_of = {"type": "document", "media": document["document"]["file_id"]}
    assert await calls.refused("editMessageMedia", media=media_of, **where) == (
        "can't change media type in the album"
    )
    moving = await calls.upload("sendAnimation", {"animation": b"x"}, chat_id=str(USER))
    media_of = {"type": "animation", "media": moving["animation"]["file_id"]}
    assert await calls.refused("editMessageMedia", media=media_of, **where) == (
        "message content type can't be used in an album"
    )


@pytest.mark.parametrize(
    ("media", "words"),
    [
        (None, 'parameter "media" is required'),
        ("{", "can't parse input media JSON object"),
        (5, "can't parse InputMedia: expected an Object"),
        ({"type": "photo"}, "can't parse InputMedia: media not found"),
        ({"type": "photo", "media": "attach://x"}, "can't parse InputMedia: media not found"),
        ({"media": "x"}, 'can\'t parse InputMedia: Can\'t find field "type"'),
        ({"type": "voice", "media": "x"}, 'can\'t parse InputMedia: type "voice" is unsupported'),
        ({"type": "photo", "media": "x", "caption": "<", "parse_mode": "HTML"},
         "can't parse entities: Unclosed start tag at byte offset 0"),
        ({"type": "photo", "media": "xx", "caption": "x" * 1025},
         "message caption is too long"),
        ({"type": "photo", "media": "xx"},
         "wrong remote file identifier specified: can't unserialize it"),
    ],
)  # fmt: skip
async def test_media_that_cannot_be_read(calls: Calls, media: object, words: str) -> None:
    photo = await _photo(calls)
    params = {} if media is None else {"media": media}
    where = {"chat_id": USER, "message_id": photo["message_id"]}
    assert await calls.refused("editMessageMedia", **where, **params) == words


async def test_a_voice_message_takes_no_other_file(calls: Calls) -> None:
    voice = await calls.upload("sendVoice", {"voice": b"x"}, chat_id=str(USER))
    photo = await _photo(calls)
    media = {"type": "photo", "media": photo["photo"][-1]["file_id"]}
    words = await calls.refused(
        "editMessageMedia", chat_id=USER, message_id=voice["message_id"], media=media
    )
    assert words == "message media can't be edited"


@pytest.mark.parametrize(
    ("method", "params", "words"),
    [
        ("editMessageText", {}, "message text is empty"),
        ("editMessageText", {"text": "x" * 4097}, "MESSAGE_TOO_LONG"),
        ("editMessageText", {"text": "x"}, "message identifier is not specified"),
        ("editMessageText", {"text": "x", "message_id": 1}, "chat_id is empty"),
        ("editMessageText", {"text": "x", "chat_id": USER}, "message to edit not found"),
        ("editMessageText", {"text": "x", "chat_id": USER, "message_id": 99},
         "message to edit not found"),
        ("editMessageText", {"text": "x", "chat_id": USER, "message_id": 1},
         "message can't be edited"),
        ("editMessageCaption", {"caption": "x" * 1025, "chat_id": USER, "message_id": 1},
         "MEDIA_CAPTION_TOO_LONG"),
    ],
)  # fmt: skip
async def test_refusals_in_telegrams_words(
    calls: Calls, method: str, params: dict[str, Any], words: str
) -> None:
    assert await calls.refused(method, **params) == words


async def test_what_the_bot_cannot_change(calls: Calls) -> None:
    keyboard = {"keyboard": [["a"]]}
    for sent in (
        await calls.ok("sendMessage", chat_id=USER, text="a", reply_markup=keyboard),
        await calls.ok("forwardMessage", chat_id=USER, from_chat_id=USER, message_id=1),
    ):
        where = {"chat_id": USER, "message_id": sent["message_id"]}
        assert await calls.refused("editMessageText", text="b", **where) == (
            "message can't be edited"
        )
    plain = await calls.ok("sendMessage", chat_id=USER, text="a")
    where = {"chat_id": USER, "message_id": plain["message_id"]}
    assert await calls.refused("editMessageText", text="b", reply_markup=keyboard, **where) == (
        "inline keyboard expected"
    )
    assert await calls.refused("editMessageCaption", caption="b", **where) == (
        "there is no caption in the message to edit"
    )


async def test_a_caption_goes_above_and_away(calls: Calls) -> None:
    photo = await _photo(calls, caption="a")
    where = {"chat_id": USER, "message_id": photo["message_id"]}
    above = await calls.ok(
        "editMessageCaption", caption="b", show_caption_above_media=True, **where
    )
    assert above["show_caption_above_media"] is True
    bare = await calls.ok("editMessageCaption", **where)
    assert {"caption", "show_caption_above_media"}.isdisjoint(bare)


async def test_messages_of_a_group_that_moved_can_be_changed(calls: Calls, api: Api) -> None:
    told = await api.post(
        "/groups", title="G", kind="group", forum=False, creator=203, members=[201],
        bot="administrator",
    )  # fmt: skip
    group = told["chat"]["id"]
    message = await calls.ok("sendMessage", chat_id=group, text="a")
    await api.post("/groups/change", chat=group, user=203, upgrade=True)
    where = {"chat_id": group, "message_id": message["message_id"]}
    assert (await calls.ok("editMessageText", text="b", **where))["text"] == "b"
