"""The commands of the staff groups, and the menu in which Telegram shows them there."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec
import structlog
from telegram import BotCommandScopeChat
from telegram.error import TelegramError

if TYPE_CHECKING:
    from redis.asyncio import Redis
    from telegram import Bot

    from bot.catalogs import Words
    from bot.store.keys import Keys
    from bot.telegram.desk.cases.desk import Desk

_log = structlog.get_logger()


def menu(words: Words) -> tuple[tuple[str, str], ...]:
    """The commands with what they do, the most used first."""
    return (
        ("a", words.gettext("find an answer and send it")),
        ("queue", words.gettext("open cases")),
        ("claim", words.gettext("take the case")),
        ("release", words.gettext("give the case back")),
        ("transfer", words.gettext("give the case to others")),
        ("close", words.gettext("close the case")),
        ("note", words.gettext("a note: the person does not see it")),
        ("history", words.gettext("what was before")),
        ("refer", words.gettext("name a centre")),
        ("lang", words.gettext("correct the language")),
        ("citizen", words.gettext("correct the citizenship")),
        ("city", words.gettext("correct the city")),
        ("block", words.gettext("block the person")),
        ("unblock", words.gettext("unblock the person")),
        ("snippet", words.gettext("keep a text of your own")),
        ("snippets", words.gettext("texts of your own")),
        ("duty", words.gettext("on or off: whether urgent cases call you")),
        ("blocked", words.gettext("who is blocked")),
        ("stats", words.gettext("figures of the last 30 days")),
        ("audit", words.gettext("who revealed what, for coordinators")),
        ("console", words.gettext("a link to the web console")),
        ("desk", words.gettext("rights and settings")),
        ("help", words.gettext("what works where")),
    )


async def publish_menus(bot: Bot, desk: Desk, redis: Redis, keys: Keys) -> None:
    """Sets the menu of each staff group, unless it has it already; a failure is only logged."""
    for group in desk.groups.all:
        present = await desk.cases.canonical(group.id)
        commands = menu(desk.context(group.locale).words)
        content = msgspec.json.encode((bot.id, commands))
        state = hashlib.sha256(content).hexdigest().encode()
        key = keys.staff_menu(present)
        if await redis.get(key) == state:
            continue
        try:
            await bot.set_my_commands(commands, scope=BotCommandScopeChat(present))
        except TelegramError as error:
            _log.warning("staff_menu_not_set", group=present, error=type(error).__name__)
            continue
        await redis.set(key, state)
