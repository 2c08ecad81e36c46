"""What the bot may do in the staff groups: looked at when it starts and when it changes."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import structlog
from telegram import Chat, ChatMember, ChatMemberAdministrator
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.handoff.groups import Missing
from bot.telegram.render import desk_lists

if TYPE_CHECKING:
    from redis.asyncio import Redis
    from telegram import Bot

    from bot.handoff.groups import Group
    from bot.store.keys import Keys
    from bot.telegram.desk.cases.desk import Desk

_log = structlog.get_logger()


_RIGHTS = (Missing.TOPICS, Missing.PINS, Missing.DELETES)


def missing(
    standing: ChatMember, *, is_forum: bool | None, username: str | None
) -> tuple[Missing, ...]:
    """What the bot lacks in a group.

    Privacy mode does not matter: administrators get all messages.

    Args:
        standing: the bot's, in the group.
        is_forum: whether the group has topics; None if that is not known.
        username: of a group that everybody can find.
    """
    if standing.status in (ChatMember.LEFT, ChatMember.BANNED):
        return (Missing.MEMBER,)
    found = []
    if is_forum is False:
        found.append(Missing.FORUM)
    if username:
        found.append(Missing.PRIVATE)
    if not isinstance(standing, ChatMemberAdministrator):
        found.append(Missing.ADMINISTRATOR)
    else:
        found += [right for right in _RIGHTS if not getattr(standing, right.value)]
    return tuple(found)


def fingerprint(found: tuple[Missing, ...]) -> bytes:
    """Names a state of things, to tell whether it was said before."""
    return hashlib.sha256(" ".join(sorted(found)).encode()).hexdigest()[:16].encode()


async def look(bot: Bot, desk: Desk, group_id: int) -> tuple[Missing, ...] | None:
    """What the bot lacks in a group; None if Telegram does not tell now."""
    try:
        chat = await bot.get_chat(group_id)
        standing = await bot.get_chat_member(group_id, bot.id)
    except ChatMigrated as moved:
        await desk.cases.follow_group(group_id, moved.new_chat_id)
        return await look(bot, desk, moved.new_chat_id)
    except (BadRequest, Forbidden):
        return (Missing.MEMBER,)
    except TelegramError as error:
        _log.warning("staff_group_unknown", group=group_id, error=type(error).__name__)
        return None
    if chat.type == Chat.PRIVATE:
        return (Missing.MEMBER,)
    return missing(standing, is_forum=bool(chat.is_forum), username=chat.username)


class RightsCheck:
    """Looks at the rights and says what is missing, once for each state of things.

    Args:
        bot: asks Telegram.
        desk: knows the groups.
        redis: keeps what was said.
        keys: under which name.
    """

    def __init__(self, bot: Bot, desk: Desk, redis: Redis, keys: Keys) -> None:
        self._bot = bot
        self._desk = desk
        self._redis = redis
        self._keys = keys

    async def all(self) -> None:
        """Checks every group; whatever fails, the bot goes on without it."""
        for group in self._desk.groups.all:
            present = await self._desk.cases.canonical(group.id)
            await self.tell(group, present, await self.look(present))

    async def look(self, group_id: int) -> tuple[Missing, ...] | None:
        """What is missing in a group; None if Telegram does not tell now."""
        return await look(self._bot, self._desk, group_id)

    async def tell(self, group: Group, present: int, found: tuple[Missing, ...] | None) -> None:
        """Says in General and in the log what is missing, unless it was said before."""
        if found is None:
            return
        await self._desk.cases.write([self._desk.cases.shut(present, yes=Missing.MEMBER in found)])
        if found:
            _log.warning("staff_rights_missing", group=present, missing=[m.value for m in found])
        state = fingerprint(found)
        key = self._keys.staff_told(present)
        before = await self._redis.get(key)
        if before == state or (before is None and not found):
            return
        if Missing.MEMBER not in found:
            screen = desk_lists.rights(self._desk.context(group.locale), found)
            try:
                await self._bot.send_message(present, screen.html, parse_mode="HTML")
            except TelegramError as error:
                _log.warning("staff_rights_unsaid", group=present, error=type(error).__name__)
                return
        await self._redis.set(key, state)
