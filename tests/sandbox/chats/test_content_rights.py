"""Which permission each kind of content needs, and the words when it is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.sandbox.chats.content_rights import needed_right
from bot.sandbox.media.samples import sample
from tests.sandbox.crowds import ALL_PERMISSIONS, Crowd
from tests.sandbox.forums import refusal

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram import Bot

    Send = Callable[[Bot, int], Awaitable[object]]


def file(kind: str) -> bytes:
    return sample(kind).content


KINDS: list[tuple[Send, str, str]] = [
    (lambda bot, chat: bot.send_message(chat, "x"), "can_send_messages", "text messages"),
    (lambda bot, chat: bot.send_location(chat, 1, 2), "can_send_messages", "locations"),
    (lambda bot, chat: bot.send_venue(chat, 1, 2, "t", "a"), "can_send_messages", "venues"),
    (lambda bot, chat: bot.send_contact(chat, "+70000000000", "A"), "can_send_messages",
     "contacts"),
    (lambda bot, chat: bot.send_photo(chat, file("photo")), "can_send_photos", "photos"),
    (lambda bot, chat: bot.send_document(chat, file("document")), "can_send_documents",
     "documents"),
    (lambda bot, chat: bot.send_voice(chat, file("voice")), "can_send_voice_notes", "voice notes"),
    (lambda bot, chat: bot.send_audio(chat, file("voice")), "can_send_audios", "music"),
    (lambda bot, chat: bot.send_video(chat, file("video")), "can_send_videos", "videos"),
    (lambda bot, chat: bot.send_video_note(chat, file("video_note")), "can_send_video_notes",
     "video notes"),
    (lambda bot, chat: bot.send_sticker(chat, file("sticker")), "can_send_other_messages",
     "stickers"),
    (lambda bot, chat: bot.send_animation(chat, file("animation")), "can_send_other_messages",
     "animations"),
]  # fmt: skip


@pytest.mark.parametrize(("send", "right", "name"), KINDS)
async def test_a_bot_without_the_permission_is_refused_in_telegrams_words(
    crowd: Crowd, send: Send, right: str, name: str
) -> None:
    crowd.stand(0, "member")
    crowd.group.permissions = ALL_PERMISSIONS - {right}
    told = await refusal(send(crowd.bot, crowd.id))
    assert told == f"Not enough rights to send {name} to the chat"
    crowd.group.permissions = frozenset({right})
    await send(crowd.bot, crowd.id)
    crowd.stand(0, "administrator", rights=frozenset({"can_manage_chat"}))
    crowd.group.permissions = frozenset()
    await send(crowd.bot, crowd.id)


def test_the_caption_of_a_file_needs_no_right_of_its_own() -> None:
    assert needed_right({"photo": [], "caption": "x"}) == ("can_send_photos", "photos")
