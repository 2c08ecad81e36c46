"""What to try instead of an effect that Telegram refused: words without their form beat silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace
from telegram.error import ChatMigrated

from bot.telegram.effects import EditMarkup, EditMessage, SendMessage
from bot.telegram.ends import End, end_of
from bot.telegram.splitting import split, strip_tags

if TYPE_CHECKING:
    from telegram.error import TelegramError

    from bot.telegram.effects import Effect


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
    return None


def _reworded(effect: SendMessage | EditMessage, end: End) -> tuple[Effect, ...] | None:
    if end is End.UNPARSED and not effect.plain:
        return (replace(effect, text=strip_tags(effect.text), plain=True),)
    if end is End.TOO_LONG:
        parts = split(effect, max(1, len(effect.text) // 2))
        return parts if len(parts) > 1 else None
    if end is End.EDIT_GONE and isinstance(effect, EditMessage) and effect.or_send:
        fresh = SendMessage(
            chat_id=effect.chat_id,
            text=effect.text,
            keyboard=effect.keyboard,
            link_preview=effect.link_preview,
            plain=effect.plain,
        )
        return (fresh,)
    return None


def _without_buttons(effect: Effect) -> tuple[Effect, ...] | None:
    if isinstance(effect, SendMessage) and (effect.keyboard or effect.reply_keyboard):
        return (replace(effect, keyboard=None, reply_keyboard=None),)
    if not isinstance(effect, EditMarkup) and getattr(effect, "keyboard", None):
        return (replace(effect, keyboard=None),)
    return None
