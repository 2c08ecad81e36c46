"""What to try instead of an effect that Telegram refused: words without their form beat silence."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from msgspec.structs import replace
from telegram.error import ChatMigrated

from bot.telegram.effects import CopyMessage, EditMarkup, EditMessage, SendAlbum, SendMessage
from bot.telegram.ends import End, end_of
from bot.telegram.splitting import (
    one_by_one,
    split,
    strip_tags,
    without_caption,
    without_captions,
)

if TYPE_CHECKING:
    from telegram.error import TelegramError

    from bot.telegram.effects import Effect

_NOT_THERE = (End.REFUSED, End.KIND_BARRED, End.NO_TEXT)
"""Ends of an edit after which its new file goes as a message of its own."""

_TORN = (End.REFUSED, End.KIND_BARRED, End.TOO_LONG, End.COPY_GONE)
"""Ends of an album after which its parts are tried alone: one of them may be the cause."""


def repaired(effect: Effect, error: TelegramError) -> tuple[Effect, ...] | None:
    """The effects to carry out in place of a refused one.

    Returns:
        Nothing to do any more (empty), other effects, or None if there is no way.
    """
    if isinstance(error, ChatMigrated):
        return (replace(effect, chat_id=error.new_chat_id),)
    end = end_of(error)
    if end is End.DONE:
        return ()
    if isinstance(effect, EditMarkup) and end is End.EDIT_GONE:
        return ()  # a message that is gone has no buttons left to change
    if end is End.BAD_BUTTONS:
        return _without_buttons(effect)
    if isinstance(effect, SendMessage | EditMessage):
        return _reworded(effect, end)
    if isinstance(effect, CopyMessage):
        return _recaptioned(effect, end)
    if isinstance(effect, SendAlbum):
        return _regrouped(effect, end)
    return None


def _reworded(effect: SendMessage | EditMessage, end: End) -> tuple[Effect, ...] | None:
    if end is End.UNPARSED and not effect.plain:
        return (replace(effect, text=strip_tags(effect.text), plain=True),)
    if end in {End.TOO_LONG, End.CAPTION_TOO_LONG}:
        parts = split(effect, max(1, len(effect.text) // 2))
        return parts if len(parts) > 1 else None
    if isinstance(effect, EditMessage):
        if effect.medium is not None and effect.or_send and end in _NOT_THERE:
            return (sent_anew(effect),)
        if end is End.NO_TEXT and not effect.caption:
            return (replace(effect, caption=True),)
        if end is End.EDIT_GONE and effect.or_send:
            return (sent_anew(effect),)
    return None


def sent_anew(edit: EditMessage) -> SendMessage | CopyMessage:
    """A message in place of one that cannot be edited; found by the same name afterwards."""
    if edit.caption and edit.origin is not None:  # without its medium a caption says little
        return CopyMessage(
            chat_id=edit.chat_id,
            case=edit.case,
            origin=edit.origin,
            late=edit.late,
            from_chat_id=edit.origin.chat_id,
            message_id=edit.origin.message_id,
            caption=edit.text,
            keyboard=edit.keyboard,
        )
    return SendMessage(
        chat_id=edit.chat_id,
        case=edit.case,
        origin=edit.origin,
        late=edit.late,
        text=edit.text,
        keyboard=edit.keyboard,
        link_preview=edit.link_preview,
        plain=edit.plain,
        ref=edit.message_ref,
    )


def _recaptioned(effect: CopyMessage, end: End) -> tuple[Effect, ...] | None:
    if not effect.caption:
        return None
    if end is End.CAPTION_TOO_LONG:
        return without_caption(effect)
    plain = escape(strip_tags(effect.caption), quote=False)
    if end is End.UNPARSED and plain != effect.caption:
        return (replace(effect, caption=plain),)
    return None


def _regrouped(effect: SendAlbum, end: End) -> tuple[Effect, ...] | None:
    if end is End.CAPTION_TOO_LONG and any(item.caption for item in effect.items):
        return without_captions(effect)
    if end is End.UNPARSED:
        plain = tuple(
            replace(item, caption=escape(strip_tags(item.caption), quote=False))
            for item in effect.items
        )
        return None if plain == effect.items else (replace(effect, items=plain),)
    if end in _TORN and effect.origin is not None:
        return one_by_one(effect)
    return None


def _without_buttons(effect: Effect) -> tuple[Effect, ...] | None:
    if isinstance(effect, SendMessage) and (effect.keyboard or effect.reply_keyboard):
        return (replace(effect, keyboard=None, reply_keyboard=None),)
    if not isinstance(effect, EditMarkup) and getattr(effect, "keyboard", None):
        return (replace(effect, keyboard=None),)
    return None
