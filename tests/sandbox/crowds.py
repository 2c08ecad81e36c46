"""A group to test with: its people, its bot, and what the bot is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from telegram import Update
from telegram.error import Forbidden

from bot.sandbox.bot_api.http import WORLD
from bot.sandbox.chats.group_creation import create_group
from bot.sandbox.chats.members import GROUP_RIGHTS, PERMISSIONS, Member
from bot.sandbox.people import actions

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from aiohttp.test_utils import TestServer
    from telegram import Bot

    from bot.sandbox.chats.groups import Group
    from bot.sandbox.chats.messages import StoredMessage
    from bot.sandbox.chats.people import Person
    from bot.sandbox.world import World

OWNER, ADMIN, MEMBER = 203, 201, 202
STRANGER = 101
"""Somebody whom the bot knows and who is not in the group."""
NOBODY = 999
"""An id that the bot never met."""
ALL_RIGHTS = frozenset(GROUP_RIGHTS)
ALL_PERMISSIONS = frozenset(PERMISSIONS)


class Crowd:
    """A group with an owner, an administrator of the owner's, and a member."""

    def __init__(self, sandbox: TestServer, bot: Bot) -> None:
        assert sandbox.app is not None
        self.world: World = sandbox.app[WORLD]
        self.bot = bot
        self.group: Group
        self._confirmed = 0

    async def begin(self, kind: str = "supergroup", standing: Member | None = None) -> Crowd:
        """Make the group and ask for updates of all kinds; forget what came so far."""
        group = create_group(
            self.world,
            self.person(OWNER),
            "Crowd",
            kind="group" if kind == "group" else "supergroup",
            members=[ADMIN, MEMBER],
            bot=standing or Member("administrator", rights=ALL_RIGHTS),
        )
        self.group = group
        self.stand(ADMIN, "administrator", rights=ALL_RIGHTS, promoted_by=OWNER)
        await self.updates()
        return self

    @property
    def id(self) -> int:
        return self.group.id

    def person(self, user_id: int) -> Person:
        return self.world.people[user_id]

    def stand(self, user_id: int, status: str, **more: Any) -> None:
        """Set how somebody stands, without a word to anybody; 0 is the bot."""
        member = Member(status, **more)  # type: ignore[arg-type]
        bot_id = self.world.profile.bot_id
        self.group.put_member(user_id or bot_id, member, bot_id)

    def write(self, user_id: int, **content: Any) -> StoredMessage:
        """Have a person send a content into the group."""
        return actions.write(self.world, self.person(user_id), self.group, content)[0]

    async def updates(self) -> list[Update]:
        """Return what the bot was not told yet, and confirm it."""
        told = await self.bot.get_updates(
            offset=self._confirmed, timeout=0, allowed_updates=Update.ALL_TYPES
        )
        if told:
            self._confirmed = told[-1].update_id + 1
        return list(told)


def kinds(updates: list[Update]) -> list[str]:
    """Name what updates are about: ``ban``-like steps, or the field of a service message."""
    return [_kind(update) for update in updates]


def _kind(update: Update) -> str:
    for name in ("my_chat_member", "chat_member"):
        changed = getattr(update, name)
        if changed is not None:
            return f"{name} {changed.old_chat_member.status}→{changed.new_chat_member.status}"
    assert update.message is not None
    own = {"message_id", "from", "chat", "date", "sender_chat", "author_signature"}
    ends = {"group_chat_created", "supergroup_chat_created", "channel_chat_created"}
    left = {name for name, value in update.message.to_dict().items() if name not in own
            and not (name in ends and value is False) and value not in ([], ())}  # fmt: skip
    return " ".join(sorted(left - {"delete_chat_photo"}))


async def forbidden(call: Awaitable[object]) -> str:
    """Return the words with which the bot is shut out."""
    with pytest.raises(Forbidden) as caught:
        await call
    return caught.value.message
