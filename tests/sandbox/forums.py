"""A forum to test with: the ready staff group, what the bot is told of it, and who may what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from telegram.error import BadRequest

from bot.sandbox.bot_api.http import WORLD
from bot.sandbox.chats.groups import Group
from bot.sandbox.chats.members import GROUP_RIGHTS, Member
from bot.sandbox.people import actions

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from aiohttp.test_utils import TestServer
    from telegram import Bot

    from bot.sandbox.chats.messages import StoredMessage
    from bot.sandbox.chats.people import Person
    from bot.sandbox.world import World

GROUP = -1_001_000_000_001
COUNSELLOR, COORDINATOR, MIGRANT = 201, 203, 101
ALL_RIGHTS = frozenset(GROUP_RIGHTS)

Json = dict[str, Any]


class Forum:
    """The ready staff group, as its members and its bot see it."""

    def __init__(self, sandbox: TestServer, bot: Bot) -> None:
        assert sandbox.app is not None
        self.world: World = sandbox.app[WORLD]
        self.bot = bot
        group = self.world.chats[GROUP]
        assert isinstance(group, Group)
        self.group = group

    def person(self, user_id: int) -> Person:
        return self.world.people[user_id]

    def give_bot(self, *rights: str) -> None:
        """Leave the bot these rights only."""
        self.group.bot = Member("administrator", rights=frozenset(rights))

    def demote_bot(self) -> None:
        self.group.bot = Member("member")

    def promote(self, user_id: int, *rights: str, **more: Any) -> Person:
        self.group.members[user_id] = Member("administrator", rights=frozenset(rights), **more)
        return self.person(user_id)

    def write(self, user_id: int, text: str, **more: Any) -> StoredMessage:
        """Have a person write into the group."""
        content = actions.text_content(text)
        message, _ = actions.write(self.world, self.person(user_id), self.group, content, **more)
        return message

    def updates(self) -> list[Json]:
        """Return what the bot was not told yet, as JSON, and confirm it."""
        told = []
        while (update := self.world.updates.first()) is not None:
            told.append(update)
            self.world.updates.done(update)
        return told

    def told(self) -> list[Json]:
        """Return the messages that the bot was not told yet, and confirm them."""
        return [update["message"] for update in self.updates()]

    def body(self, message_id: int) -> Json:
        message = self.group.find(message_id)
        assert message is not None
        return message.body


async def refusal(call: Awaitable[object]) -> str:
    """Return the words with which a call is refused.

    python-telegram-bot takes "Bad Request: " away, and writes all but the first letter small.
    """
    with pytest.raises(BadRequest) as caught:
        await call
    return caught.value.message
