"""Which kind of medium a message is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.events import MediaKind

if TYPE_CHECKING:
    from telegram import Message

_KINDS = (
    ("voice", MediaKind.VOICE),
    ("audio", MediaKind.VOICE),
    ("video", MediaKind.VIDEO),
    ("video_note", MediaKind.VIDEO),
    ("animation", MediaKind.STICKER),
    ("sticker", MediaKind.STICKER),
    ("dice", MediaKind.STICKER),
    ("photo", MediaKind.PHOTO),
    ("document", MediaKind.DOCUMENT),
    ("contact", MediaKind.CONTACT),
)
"""In this order: Telegram sets ``document`` beside ``animation``."""


def media_kind(message: Message) -> MediaKind:
    """The kind of a message without text."""
    for attribute, kind in _KINDS:
        if getattr(message, attribute):
            return kind
    return MediaKind.OTHER
