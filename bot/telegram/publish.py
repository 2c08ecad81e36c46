"""Tells Telegram how the bot presents itself, when that has changed."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec
import structlog
from telegram.error import TelegramError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redis.asyncio import Redis
    from telegram import Bot

    from bot.telegram.profile import Profile

_log = structlog.get_logger()


async def publish(bot: Bot, profiles: Sequence[Profile], redis: Redis, key: str) -> bool:
    """Sets names, descriptions and commands, unless this bot has these already.

    Telegram allows few changes of a name a day, so what was set last is remembered. A failure is
    logged and tried again at the next start: a helpline answers without a description.

    Args:
        bot: an initialised bot.
        profiles: one for each language code.
        redis: where the fingerprint of what was set is kept.
        key: under which name.

    Returns:
        Whether everything is set as wanted.
    """
    fingerprint = _fingerprint(bot.id, profiles)
    if await redis.get(key) == fingerprint:
        return True
    try:
        for profile in profiles:
            await _set(bot, profile)
    except TelegramError as error:
        _log.warning("profile_not_set", error=type(error).__name__)
        return False
    await redis.set(key, fingerprint)
    _log.info("profile_set", languages=len(profiles))
    return True


async def _set(bot: Bot, profile: Profile) -> None:
    code = profile.language_code or None
    await bot.set_my_commands(profile.commands, language_code=code)
    await bot.set_my_short_description(profile.short_description, language_code=code)
    await bot.set_my_description(profile.description, language_code=code)
    await bot.set_my_name(profile.name, language_code=code)


def _fingerprint(bot_id: int, profiles: Sequence[Profile]) -> bytes:
    content = msgspec.json.encode((bot_id, profiles))
    return hashlib.sha256(content).hexdigest().encode()
