"""sendMediaGroup: https://core.telegram.org/bots/api#sendmediagroup."""

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
UPLOADED = {"type": "photo", "media": "attach://a"}


@pytest.fixture(autouse=True)
async def started(api: Api) -> None:
    await api.send("/start", USER, name="A", language_code="ru")


async def _album(calls: Calls, *media: dict[str, Any]) -> Any:
    return await calls.upload(
        "sendMediaGroup", {"a": PHOTO}, chat_id=str(USER), media=json.dumps(media)
    )


async def test_one_file_alone_is_no_album(calls: Calls) -> None:
    (message,) = await _album(calls, UPLOADED)
    assert "media_group_id" not in message


async def test_captions_are_each_files_own(calls: Calls) -> None:
    styled = {"caption": "*a*", "parse_mode": "MarkdownV2", "show_caption_above_media": True}
    first, second = await _album(calls, UPLOADED | styled, UPLOADED | {"has_spoiler": True})
    assert first["caption_entities"] == [{"type": "bold", "offset": 0, "length": 1}]
    assert first["show_caption_above_media"] is True
    assert "caption" not in second
    assert second["has_media_spoiler"] is True


@pytest.mark.parametrize(
    ("media", "words"),
    [
        (None, 'parameter "media" is required'),
        ("[", "can't parse media JSON object"),
        ({}, "expected an Array of InputMedia"),
        ([], "there are no messages to send"),
        ([5], "can't parse InputMedia: expected an Object"),
        ([{"type": "photo"}], "can't parse InputMedia: media not found"),
        ([{"type": "photo", "media": "attach://b"}], "can't parse InputMedia: media not found"),
        ([{"type": "animation", "media": "xx"}],
         'can\'t parse InputMedia: type "animation" can\'t be used in sendMediaGroup'),
        ([{"type": "sticker", "media": "xx"}],
         'can\'t parse InputMedia: type "sticker" is unsupported'),
        ([{"type": "photo", "media": "xx", "has_spoiler": "x"}],
         "wrong remote file identifier specified: can't unserialize it"),
    ],
)  # fmt: skip
async def test_refusals_in_telegrams_words(calls: Calls, media: object, words: str) -> None:
    params = {} if media is None else {"media": media}
    assert await calls.refused("sendMediaGroup", chat_id=USER, **params) == words


async def test_what_an_album_cannot_be(calls: Calls) -> None:
    photo = (await calls.upload("sendPhoto", {"photo": PHOTO}, chat_id=str(USER)))["photo"][-1]
    sound = (await calls.upload("sendAudio", {"audio": b"x"}, chat_id=str(USER)))["audio"]
    picture = {"type": "photo", "media": photo["file_id"]}
    music = {"type": "audio", "media": sound["file_id"]}
    above = picture | {"caption": "a", "show_caption_above_media": True}

    async def refused(*media: dict[str, Any]) -> str:
        return await calls.refused("sendMediaGroup", chat_id=USER, media=list(media))

    assert await refused(*[picture] * 11) == "too many messages to send as an album"
    assert await refused(picture, music) == "audio can't be mixed with other media types"
    assert await refused(above, picture | {"caption": "b"}) == (
        "parameter show_caption_above_media must be the same for all messages"
    )
