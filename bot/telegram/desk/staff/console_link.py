"""``/console``: a member of the staff gets a link that signs them in to the web console.

The link goes to the private chat only: in the group anybody could use it before them.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from telegram.ext import ApplicationHandlerStop, CommandHandler, filters

from bot.store.console import Member
from bot.telegram.desk.staff.updates import is_by_bot, message_of
from bot.telegram.desk.upkeep.members import Standing, standing
from bot.telegram.effects import SendMessage

if TYPE_CHECKING:
    from telegram import Update

    from bot.catalogs import Words
    from bot.handoff.groups import Group
    from bot.store.console import ConsoleStore
    from bot.telegram.desk.cases.desk import Desk
    from bot.telegram.handlers.context import HelplineApplication, TurnContext

HANDLER_GROUP = -2
"""Before the staff's other handlers, which know no command of this name."""


def register_console(
    application: HelplineApplication, desk: Desk, store: ConsoleStore, address: str
) -> None:
    """Adds the command to staff groups, and for their members to private chats.

    Args:
        application: takes the handler.
        desk: knows the staff groups.
        store: keeps the links.
        address: of the console, without a slash at its end.
    """
    route = _Route(desk, store, address)
    new = filters.UpdateType.MESSAGE
    handler = CommandHandler("console", route.asked, new & ~filters.ChatType.CHANNEL)
    application.add_handler(handler, group=HANDLER_GROUP)


class _Route:
    def __init__(self, desk: Desk, store: ConsoleStore, address: str) -> None:
        self._desk = desk
        self._store = store
        self._address = address

    async def asked(self, update: Update, context: TurnContext) -> None:
        """Sends the link; whoever is not on the staff learns nothing of it."""
        message = message_of(update)
        user = message.from_user
        if user is None or is_by_bot(message):
            return
        if message.chat_id > 0:
            group = await self._group_of_member(context, user.id)
        else:
            group = await self._desk.staff_group(message.chat_id)
        if group is None:
            return
        words = self._desk.context(group.locale).words
        self._send(context, words, Member(user.id, user.full_name))
        if message.chat_id < 0:
            text = words.gettext(
                "I have sent you the link in private. If nothing came: open the private chat with "
                "me, press Start and write /console there."
            )
            context.turn.add(
                SendMessage(
                    chat_id=group.id,
                    text=text,
                    plain=True,
                    reply_to=message.message_id,
                    silent=True,
                )
            )
        raise ApplicationHandlerStop

    async def _group_of_member(self, context: TurnContext, user: int) -> Group | None:
        """The first staff group that somebody is in for certain."""
        for group in self._desk.groups.all:
            present = await self._desk.cases.canonical(group.id)
            if await standing(context.bot, present, user) is Standing.MEMBER:
                return group
        return None

    def _send(self, context: TurnContext, words: Words, member: Member) -> None:
        secret = secrets.token_urlsafe(32)
        context.turn.write(self._store.offering(secret, member))
        text = words.gettext(
            "Your link to the console. It works once, for five minutes; give it to nobody."
        )
        link = f"{self._address}/sign-in/{secret}"
        context.turn.add(
            SendMessage(chat_id=member.id, text=f"{text}\n{link}", plain=True, protect=True)
        )
