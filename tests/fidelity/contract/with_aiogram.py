"""aiogram as a client of the script."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.types import BufferedInputFile, TelegramObject

from tests.fidelity.contract.client import LOST, RefusedError, Upload

_KINDS: tuple[tuple[type[TelegramAPIError], int], ...] = (
    (TelegramBadRequest, 400),
    (TelegramUnauthorizedError, 401),
    (TelegramForbiddenError, 403),
    (TelegramNotFound, 404),
    (TelegramConflictError, 409),
    (TelegramEntityTooLarge, 413),
    (TelegramServerError, 500),
    (TelegramNetworkError, LOST),
)


class AiogramClient:
    """aiogram's ``Bot``."""

    name = "aiogram"

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def call(self, method: str, **parameters: Any) -> Any:
        name = re.sub(r"(?<!^)(?=[A-Z])", "_", method).lower()
        given = {key: _given(value) for key, value in parameters.items()}
        try:
            return _told(await getattr(self._bot, name)(**given))
        except TelegramRetryAfter as error:
            raise RefusedError(429, error.message, retry_after=error.retry_after) from None
        except TelegramMigrateToChat as error:
            migrated = error.migrate_to_chat_id
            raise RefusedError(400, error.message, migrate_to_chat_id=migrated) from None
        except TelegramAPIError as error:
            kind = next((status for known, status in _KINDS if isinstance(error, known)), -1)
            raise RefusedError(kind, error.message) from None

    async def download(self, file_path: str) -> bytes:
        content = await self._bot.download_file(file_path)
        assert content is not None
        return content.read()


def _given(value: Any) -> Any:
    """Bot API JSON: aiogram makes its own objects of it, but for files."""
    if isinstance(value, Upload):
        return BufferedInputFile(value.content, filename=value.name)
    if isinstance(value, list):
        return [_given(each) for each in value]
    if isinstance(value, dict):
        return {key: _given(each) for key, each in value.items()}
    return value


def _told(result: Any) -> Any:
    """aiogram's own object as Bot API JSON."""
    if isinstance(result, TelegramObject):
        return result.model_dump(mode="json", by_alias=True, exclude_unset=True, warnings=False)
    if isinstance(result, list):
        return [_told(each) for each in result]
    return result


@asynccontextmanager
async def aiogram_client(token: str, url: str) -> AsyncIterator[AiogramClient]:
    """A client of a Bot API server.

    Args:
        token: The bot's token.
        url: The server's root.
    """
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    async with Bot(token, session=session) as bot:
        yield AiogramClient(bot)
