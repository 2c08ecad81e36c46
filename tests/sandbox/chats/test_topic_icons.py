"""The custom emoji for topics' icons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.constants import StickerType

from bot.sandbox.chats.topic_icons import ICONS
from bot.sandbox.config import SandboxConfig
from bot.sandbox.media.files import Upload
from bot.sandbox.world import World

if TYPE_CHECKING:
    from telegram import Bot


async def test_they_are_stickers_of_one_set(bot: Bot) -> None:
    stickers = await bot.get_forum_topic_icon_stickers()
    assert {sticker.custom_emoji_id: sticker.emoji for sticker in stickers} == ICONS
    assert {sticker.type for sticker in stickers} == {StickerType.CUSTOM_EMOJI}
    assert {sticker.set_name for sticker in stickers} == {"Topics"}
    assert len({sticker.file_unique_id for sticker in stickers}) == len(ICONS)


async def test_they_are_the_same_when_asked_for_again(bot: Bot) -> None:
    first = await bot.get_forum_topic_icon_stickers()
    assert await bot.get_forum_topic_icon_stickers() == first


async def test_their_pictures_can_be_downloaded(bot: Bot) -> None:
    sticker = (await bot.get_forum_topic_icon_stickers())[0]
    file = await bot.get_file(sticker.file_id)
    content = bytes(await file.download_as_bytearray())
    assert content.startswith(b"RIFF")
    assert len(content) == sticker.file_size


def test_pictures_that_made_room_are_drawn_anew() -> None:
    world = World(SandboxConfig(media_bytes=5000))
    (first, *_) = world.topic_icons.stickers()
    world.files.add("document", Upload("big", "text/plain", b"x" * 4999))
    assert world.files.content(first["file_id"]) is None
    (again, *_) = world.topic_icons.stickers()
    assert again["file_unique_id"] == first["file_unique_id"]
    assert world.files.content(again["file_id"]) is not None
