"""Which kind of medium a message is, from payloads as Telegram sends them."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Message

from bot.dialogue.events import MediaKind
from bot.telegram.handlers.media import media_kind

FILE = {"file_id": "f", "file_unique_id": "u"}
SIZED = {**FILE, "width": 1, "height": 1}
TIMED = {**FILE, "duration": 1}
DOCUMENT = {"document": FILE}


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ({"photo": [SIZED]}, MediaKind.PHOTO),
        ({"voice": TIMED}, MediaKind.VOICE),
        ({"audio": TIMED}, MediaKind.VOICE),
        ({"video": {**SIZED, **TIMED}}, MediaKind.VIDEO),
        ({"video_note": {**TIMED, "length": 1}}, MediaKind.VIDEO),
        (DOCUMENT, MediaKind.DOCUMENT),
        ({"animation": {**SIZED, **TIMED}, **DOCUMENT}, MediaKind.STICKER),
        (
            {"sticker": {**SIZED, "is_animated": False, "is_video": False, "type": "regular"}},
            MediaKind.STICKER,
        ),
        ({"dice": {"emoji": "🎲", "value": 3}}, MediaKind.STICKER),
        ({"contact": {"phone_number": "+77000000000", "first_name": "A"}}, MediaKind.CONTACT),
        ({"game": {"title": "g", "description": "d", "photo": []}}, MediaKind.OTHER),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else value.value,
)
def test_every_kind_is_told_apart(content: dict[str, Any], kind: MediaKind) -> None:
    chat = {"id": 1, "type": "private"}
    message = Message.de_json({"message_id": 1, "date": 0, "chat": chat, **content}, None)
    assert message is not None
    assert media_kind(message) == kind
