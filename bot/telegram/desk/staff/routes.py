"""The staff's side of the desk: which update of a staff group does what.

``register_staff`` adds handlers that run before all others and see to staff groups only; every
other chat goes on to the handlers behind them.
"""

from __future__ import annotations

from functools import partial, wraps
from html import escape
from typing import TYPE_CHECKING, Any, Protocol

import structlog
from telegram import Message, Update
from telegram.ext import (
    ApplicationHandlerStop,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    MessageHandler,
    MessageReactionHandler,
    filters,
)

from bot.telegram.desk.staff import actions, edits, replies, service
from bot.telegram.desk.staff.buttons import pressed
from bot.telegram.desk.staff.commands import COMMANDS, run, unknown
from bot.telegram.desk.staff.turn import StaffTurn
from bot.telegram.desk.staff.updates import (
    answered_of,
    counsellor,
    has_left,
    is_by_bot,
    message_of,
    thread_of,
)
from bot.telegram.desk.upkeep.rights import look
from bot.telegram.effects import AnswerCallback, SendMessage
from bot.telegram.faults import place_of
from bot.telegram.render.screen import Screen
from bot.telegram.topics import tidying

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from telegram import Chat, User

    from bot.handoff.groups import Group
    from bot.store.keys import Keys
    from bot.telegram.desk.cases.desk import Desk
    from bot.telegram.handlers.context import HelplineApplication, TurnContext
    from bot.telegram.turn import Turn

HANDLER_GROUP = -1
"""Before python-telegram-bot's group 0, in which the migrant's handlers are."""

_GROUPS = filters.ChatType.GROUPS
_log = structlog.get_logger()


class Members(Protocol):
    """Tells who is in a staff group."""

    async def has(self, group: int, user: int) -> bool:
        """Whether somebody is in it now."""


def register_staff(
    application: HelplineApplication, desk: Desk, members: Members, keys: Keys
) -> None:
    """Adds the handlers of the staff groups.

    Args:
        application: takes them.
        desk: reads and moves cases.
        members: tells who is in a group.
        keys: the names of the store's keys.
    """
    routes = _Routes(desk, members, keys)
    new = _GROUPS & filters.UpdateType.MESSAGE
    handlers = (
        MessageHandler(new & filters.StatusUpdate.ALL, routes.service),
        *(CommandHandler(name, routes.command, new) for name in COMMANDS),
        MessageHandler(new & filters.COMMAND, routes.unknown),
        MessageHandler(new, routes.message),
        MessageHandler(_GROUPS & filters.UpdateType.EDITED_MESSAGE, routes.edit),
        CallbackQueryHandler(routes.button),
        MessageReactionHandler(
            routes.reaction,
            message_reaction_types=MessageReactionHandler.MESSAGE_REACTION_UPDATED,
        ),
        ChatMemberHandler(routes.own_rights, ChatMemberHandler.MY_CHAT_MEMBER),
        ChatMemberHandler(routes.member, ChatMemberHandler.CHAT_MEMBER),
    )
    application.add_handlers(handlers, group=HANDLER_GROUP)


def _in_staff_group(
    route: Callable[[_Routes, Update, TurnContext, Group], Coroutine[Any, Any, None]],
) -> Callable[[_Routes, Update, TurnContext], Coroutine[Any, Any, None]]:
    """Lets updates of other chats through to the handlers behind; of staff groups none.

    What fails is said where it was written or pressed: nobody there must believe it was done.
    """

    @wraps(route)
    async def gated(self: _Routes, update: Update, context: TurnContext) -> None:
        group = await self.group_of(update.effective_chat)
        if group is None:
            return
        try:
            await route(self, update, context, group)
        except Exception as error:
            turn = context.turn
            _log.error("staff_turn_failed", error=type(error).__name__, place=place_of(error))
            turn.reset()
            self.apologise(update, turn, group)
        raise ApplicationHandlerStop

    return gated


class _Routes:
    """The handlers' callbacks."""

    def __init__(self, desk: Desk, members: Members, keys: Keys) -> None:
        self._desk = desk
        self._members = members
        self._keys = keys

    async def group_of(self, chat: Chat | None) -> Group | None:
        """The staff group of a chat."""
        if chat is None or chat.id >= 0:
            return None
        return await self._desk.staff_group(chat.id)

    def apologise(self, update: Update, turn: Turn, group: Group) -> None:
        """Says that something was not done."""
        words = self._desk.context(group.locale).words
        text = words.gettext(
            "Something went wrong on my side: this was not done. Please try again."
        )
        query, message = update.callback_query, update.effective_message
        if query is not None:
            turn.add(AnswerCallback(chat_id=group.id, query_id=query.id, text=text, alert=True))
        elif message is not None:
            turn.add(
                SendMessage(chat_id=group.id, text=text, plain=True, reply_to=message.message_id)
            )

    async def service(self, update: Update, context: TurnContext) -> None:
        """What Telegram says about the group; the new id comes under an id not yet known."""
        message = message_of(update)
        if await service.migrated(self._desk, message):
            raise ApplicationHandlerStop
        group = await self.group_of(update.effective_chat)
        if group is None:
            return
        by_itself = message.from_user is not None and message.from_user.id == context.bot.id
        here = self._here(context, group, message)
        if message.left_chat_member is not None:
            await self._left(here, message.left_chat_member)
        elif (tidy := tidying(message)) is not None:
            here.turn.add(tidy)
        elif message.pinned_message is not None and by_itself:
            await service.pinned(here)
        elif message.forum_topic_closed is not None and not by_itself:
            await service.topic_closed(here)
        raise ApplicationHandlerStop

    @_in_staff_group
    async def command(self, update: Update, context: TurnContext, group: Group) -> None:
        """A command that is known."""
        message = message_of(update)
        here = self._here(context, group, message)
        if await self._may_act(here, message):
            await run(here, message)

    @_in_staff_group
    async def unknown(self, update: Update, context: TurnContext, group: Group) -> None:
        """A command that is not; one that names another bot is not for us."""
        message = message_of(update)
        name = (message.text or message.caption or "").split(maxsplit=1)[0]
        if "@" in name and name.partition("@")[2].lower() != context.bot.username.lower():
            return
        here = self._here(context, group, message)
        if await self._may_act(here, message):
            await unknown(here)

    @_in_staff_group
    async def message(self, update: Update, context: TurnContext, group: Group) -> None:
        """Anything that is written; only in the topic of a case it means something."""
        message = message_of(update)
        here = self._here(context, group, message)
        if await here.number() is not None and await self._may_act(here, message):
            await replies.written(here, message)

    @_in_staff_group
    async def edit(self, update: Update, context: TurnContext, group: Group) -> None:
        """Something that was written is changed."""
        message = message_of(update)
        if not is_by_bot(message):
            await edits.edited(self._here(context, group, message), message)

    @_in_staff_group
    async def button(self, update: Update, context: TurnContext, group: Group) -> None:
        """A button; those of others than the group's members do nothing."""
        query = update.callback_query
        if query is None:
            return
        message = query.message
        here = StaffTurn(
            self._desk,
            context.turn,
            group,
            counsellor(query.from_user),
            message.message_id if isinstance(message, Message) else None,
            thread_of(message) if isinstance(message, Message) else None,
            query.id,
        )
        if not await self._members.has(group.id, query.from_user.id):
            here.toast(here.words.gettext("This button is for the members of the group."))
            return
        await pressed(here, query.data or "")
        if not any(isinstance(effect, AnswerCallback) for effect in context.turn.effects):
            here.toast()

    @_in_staff_group
    async def reaction(self, update: Update, context: TurnContext, group: Group) -> None:
        """A reaction to a message; of anonymous ones nobody knows whose they are."""
        change = update.message_reaction
        if change is None or change.user is None or change.user.is_bot:
            return
        who = counsellor(change.user)
        here = StaffTurn(self._desk, context.turn, group, who, change.message_id)
        await replies.reacted(here, change)

    @_in_staff_group
    async def own_rights(self, update: Update, context: TurnContext, group: Group) -> None:
        """What the bot may do here has changed."""
        change = update.my_chat_member
        if change is not None:
            turn = context.turn
            await service.rights_changed(self._desk, turn, group, change, self._keys)

    @_in_staff_group
    async def member(self, update: Update, context: TurnContext, group: Group) -> None:
        """Somebody came or left."""
        change = update.chat_member
        if change is not None and has_left(change):
            user = change.new_chat_member.user
            here = StaffTurn(self._desk, context.turn, group, counsellor(user), None)
            await self._left(here, user)

    async def _left(self, here: StaffTurn, user: User) -> None:
        await actions.left(here, user.id)

    async def _may_act(self, here: StaffTurn, message: Message) -> bool:
        """Rule: the others must see who does what; bots and channels do nothing here."""
        mask = message.sender_chat
        if mask is None or message.is_automatic_forward:  # what a linked channel posts is nobody's
            return not is_by_bot(message)
        if mask.id == message.chat.id:
            text = here.words.gettext(
                "You write as the group: nobody sees who does this. Switch anonymity off. Not sent."
            )
        else:
            text = here.words.gettext(
                "You write as a channel: nobody sees who does this. Write as yourself. Not sent."
            )
        here.reply(Screen(escape(text)), await here.number())
        return False

    def _here(self, context: TurnContext, group: Group, message: Message) -> StaffTurn:
        return StaffTurn(
            self._desk,
            context.turn,
            group,
            counsellor(message.from_user),
            message.message_id,
            thread_of(message),
            answered=answered_of(message),
            rights=partial(look, context.bot, self._desk, group.id),
        )
