"""Telegram's icons for topics, by their emoji."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import structlog
from telegram.error import TelegramError

from bot.telegram.ends import end_of

if TYPE_CHECKING:
    from telegram import Bot

KEPT_SECONDS = 24 * 3600.0
"""The set changes with Telegram's releases."""

RETRY_SECONDS = 60.0
"""After a failure topics go without an icon for so long."""

_log = structlog.get_logger()


class Icons:
    """Asks Telegram for the icons once a day.

    Args:
        bot: calls Telegram.
    """

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._ids: dict[str, str] = {}
        self._ask_at = float("-inf")

    async def id_of(self, emoji: str) -> str | None:
        """Telegram's id of an icon; None if there is none for the emoji, or none can be had now."""
        if time.monotonic() >= self._ask_at:
            await self._ask()
        return self._ids.get(_bare(emoji))

    async def _ask(self) -> None:
        try:
            stickers = await self._bot.get_forum_topic_icon_stickers()
        except TelegramError as error:
            self._ask_at = time.monotonic() + RETRY_SECONDS
            _log.warning("topic_icons_unknown", cause=end_of(error))
            return
        self._ids = {
            _bare(sticker.emoji): sticker.custom_emoji_id
            for sticker in stickers
            if sticker.emoji and sticker.custom_emoji_id
        }
        self._ask_at = time.monotonic() + KEPT_SECONDS


def _bare(emoji: str) -> str:
    """Without the selector that asks for a coloured picture: some write it, some do not."""
    return emoji.replace("\ufe0f", "")
