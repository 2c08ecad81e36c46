"""python-telegram-bot as a client of the script."""

from __future__ import annotations

import datetime
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import httpx
import telegram
from telegram import Bot, InputFile, TelegramObject
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from tests.fidelity.contract.client import LOST, Json, RefusedError, Upload

_KINDS: tuple[tuple[type[TelegramError], int], ...] = (
    (BadRequest, 400),
    (InvalidToken, 401),  # and 404: PTB tells apart only the words
    (Forbidden, 403),
    (Conflict, 409),
    (NetworkError, 500),
)
_KEYBOARDS: dict[str, type[TelegramObject]] = {
    "inline_keyboard": telegram.InlineKeyboardMarkup,
    "keyboard": telegram.ReplyKeyboardMarkup,
    "remove_keyboard": telegram.ReplyKeyboardRemove,
    "force_reply": telegram.ForceReply,
}
_OBJECTS: dict[str, type[TelegramObject]] = {
    "caption_entities": telegram.MessageEntity,
    "commands": telegram.BotCommand,
    "entities": telegram.MessageEntity,
    "link_preview_options": telegram.LinkPreviewOptions,
    "menu_button": telegram.MenuButton,
    "permissions": telegram.ChatPermissions,
    "reaction": telegram.ReactionType,
    "reply_parameters": telegram.ReplyParameters,
    "rights": telegram.ChatAdministratorRights,
    "scope": telegram.BotCommandScope,
}
_MEDIA: dict[str, Callable[..., Any]] = {
    "animation": telegram.InputMediaAnimation,
    "audio": telegram.InputMediaAudio,
    "document": telegram.InputMediaDocument,
    "photo": telegram.InputMediaPhoto,
    "video": telegram.InputMediaVideo,
}


class PtbClient:
    """python-telegram-bot's ``Bot``."""

    name = "python-telegram-bot"

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def call(self, method: str, **parameters: Any) -> Any:
        given = {name: self._given(name, value) for name, value in parameters.items()}
        try:
            return self._told(await getattr(self._bot, method)(**given))
        except RetryAfter as error:
            wait = error.retry_after
            seconds = wait.total_seconds() if isinstance(wait, datetime.timedelta) else wait
            raise RefusedError(429, error.message, retry_after=int(seconds)) from None
        except ChatMigrated as error:
            raise RefusedError(400, error.message, migrate_to_chat_id=error.new_chat_id) from None
        except TelegramError as error:
            kind = next(status for known, status in _KINDS if isinstance(error, known))
            # PTB wraps what httpx raises without an answer
            lost = isinstance(error.__cause__, httpx.HTTPError)
            raise RefusedError(LOST if lost else kind, error.message) from None

    async def download(self, file_path: str) -> bytes:
        url = f"{self._bot.base_file_url}/{file_path}"
        return await self._bot.request.retrieve(url)

    def _given(self, name: str, value: Any) -> Any:
        """Bot API JSON as the library's own object."""
        if isinstance(value, Upload):
            return InputFile(value.content, filename=value.name)
        if name == "reply_markup":
            keyboard = next(known for key, known in _KEYBOARDS.items() if key in value)
            return keyboard.de_json(value, self._bot)
        if name == "media":
            return [_media(each) for each in value] if isinstance(value, list) else _media(value)
        kind = _OBJECTS.get(name)
        if kind is None:
            return value
        if isinstance(value, list):
            return [kind.de_json(each, self._bot) for each in value]
        return kind.de_json(value, self._bot)

    def _told(self, result: Any) -> Any:
        """The library's own object as Bot API JSON."""
        if isinstance(result, telegram.File):
            told: Json = result.to_dict()
            # PTB makes a whole address of it
            prefix = f"{self._bot.base_file_url}/"
            return told | {"file_path": str(result.file_path).removeprefix(prefix)}
        if isinstance(result, TelegramObject):
            return result.to_dict()
        if isinstance(result, Sequence) and not isinstance(result, str):
            return [self._told(each) for each in result]
        return result


def _media(item: Json) -> Any:
    given = {key: value for key, value in item.items() if key != "type"}
    media = given["media"]
    if isinstance(media, Upload):
        given |= {"media": media.content, "filename": media.name}
    if "caption_entities" in given:
        given["caption_entities"] = telegram.MessageEntity.de_list(given["caption_entities"])
    return _MEDIA[item["type"]](**given)


@asynccontextmanager
async def ptb_client(token: str, url: str) -> AsyncIterator[PtbClient]:
    """A client of a Bot API server.

    Args:
        token: The bot's token.
        url: The server's root.
    """
    async with Bot(token, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot") as bot:
        yield PtbClient(bot)
