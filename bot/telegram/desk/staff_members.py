"""Who is in a staff group, as Telegram says; asked for buttons, which strangers could forge."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import structlog
from telegram import ChatMemberRestricted
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.telegram.desk.staff_updates import GONE

if TYPE_CHECKING:
    from telegram import Bot

REMEMBERED_SECONDS = 300.0
"""A member is asked for again after so long; whoever leaves is taken off their cases at once."""

_log = structlog.get_logger()


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
        try:
            standing = await self._bot.get_chat_member(group, user)
        except (BadRequest, Forbidden):
            return False
        except TelegramError as error:
            _log.warning("membership_unknown", group=group, error=type(error).__name__)
            return True
        if standing.status in GONE:
            return False
        if isinstance(standing, ChatMemberRestricted) and not standing.is_member:
            return False
        self._seen[group, user] = now + REMEMBERED_SECONDS
        return True
