"""Who is in a staff group, as Telegram says; asked for buttons, which strangers could forge."""

from __future__ import annotations

import time
from enum import Enum
from typing import TYPE_CHECKING

import structlog
from telegram import ChatMember, ChatMemberRestricted
from telegram.error import BadRequest, Forbidden, TelegramError

if TYPE_CHECKING:
    from telegram import Bot

GONE = (ChatMember.LEFT, ChatMember.BANNED)
"""Who is no longer in a group."""

REMEMBERED_SECONDS = 300.0
"""A member is asked for again after so long; whoever leaves is taken off their cases at once."""

_log = structlog.get_logger()


class Standing(Enum):
    """What Telegram says of somebody."""

    MEMBER = "member"
    STRANGER = "stranger"
    UNKNOWN = "unknown"
    """It does not answer."""


async def standing(bot: Bot, group: int, user: int) -> Standing:
    """Whether somebody is in a group now, as Telegram says.

    Args:
        bot: asks.
        group: its present id.
        user: their id.
    """
    try:
        found = await bot.get_chat_member(group, user)
    except (BadRequest, Forbidden):
        return Standing.STRANGER
    except TelegramError as error:
        _log.warning("membership_unknown", group=group, error=type(error).__name__)
        return Standing.UNKNOWN
    outside = isinstance(found, ChatMemberRestricted) and not found.is_member
    return Standing.STRANGER if outside or found.status in GONE else Standing.MEMBER


class GroupMembers:
    """Asks Telegram, and remembers members for a while.

    Args:
        bot: asks.
    """

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._seen: dict[tuple[int, int], float] = {}

    async def has(self, group: int, user: int) -> bool:
        """Whether somebody is in a group now.

        While Telegram does not tell, they count as members: the groups are private, so that nobody
        else sees a button there.
        """
        now = time.monotonic()
        if self._seen.get((group, user), 0.0) > now:
            return True
        found = await standing(self._bot, group, user)
        if found is not Standing.MEMBER:
            return found is Standing.UNKNOWN
        self._seen[group, user] = now + REMEMBERED_SECONDS
        return True
