"""The routing table: which update becomes which event.

Private chats only; in groups that are no staff groups the helpline says once, when spoken to, that
it answers in private. What is said in a case goes to the staff instead: ``telegram/desk``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from msgspec.structs import replace
from telegram import Chat, Message, Update
from telegram.ext import (
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    MessageHandler,
    MessageReactionHandler,
    TypeHandler,
    filters,
)

from bot.dialogue.events import (
    CaseEvent,
    Command,
    CommandGiven,
    LocationReceived,
    MediaReceived,
)
from bot.telegram.callbacks import decode
from bot.telegram.conversation import Conversation, Pressed, Written
from bot.telegram.handlers.context import note_failure
from bot.telegram.handlers.media import media_kind
from bot.telegram.handlers.start import app_locale, started
from bot.telegram.render import phrases

if TYPE_CHECKING:
    from bot.telegram.desk.migrant.chat import MigrantSide
    from bot.telegram.handlers.context import HelplineApplication, TurnContext
    from bot.understanding.reader import Reader

_PRIVATE = filters.ChatType.PRIVATE
_LETTERS = filters.TEXT | filters.CAPTION
_PLACE = filters.LOCATION | filters.VENUE

_log = structlog.get_logger()


def register(
    application: HelplineApplication,
    conversation: Conversation,
    reader: Reader,
    desk: MigrantSide | None = None,
) -> None:
    """Adds all handlers, in the order in which they are tried.

    Args:
        application: python-telegram-bot's.
        conversation: answers.
        reader: reads texts.
        desk: asked first whether a message is for the staff; None where there is no staff.
    """
    routes = _Routes(conversation, reader, desk)
    application.add_handler(CommandHandler("start", routes.start, _PRIVATE))
    for command in Command:
        application.add_handler(CommandHandler(command.value, routes.command, _PRIVATE))
    application.add_handler(CallbackQueryHandler(routes.button))
    application.add_handler(MessageHandler(_PRIVATE & _PLACE, routes.place))
    application.add_handler(MessageHandler(_PRIVATE & _LETTERS, routes.text))
    application.add_handler(MessageHandler(_PRIVATE & filters.StatusUpdate.ALL, routes.ignore))
    application.add_handler(MessageHandler(_PRIVATE, routes.media))
    application.add_handler(MessageHandler(filters.ChatType.GROUPS, routes.group))
    application.add_handler(MessageReactionHandler(routes.reaction))
    application.add_handler(ChatMemberHandler(routes.membership, ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_handler(TypeHandler(Update, routes.ignore))
    application.add_error_handler(note_failure)


class _Routes:
    """The handlers' callbacks."""

    def __init__(
        self, conversation: Conversation, reader: Reader, desk: MigrantSide | None
    ) -> None:
        self._conversation = conversation
        self._reader = reader
        self._desk = desk

    async def start(self, update: Update, context: TurnContext) -> None:
        message = _message(update)
        event = started(" ".join(context.args or ()), _language_code(update))
        await self._conversation.respond(context.turn, message.chat_id, event)

    async def command(self, update: Update, context: TurnContext) -> None:
        message = _message(update)
        name = (message.text or "").split(maxsplit=1)[0].lstrip("/").split("@")[0].lower()
        event = CommandGiven(Command(name))
        await self._conversation.respond(context.turn, message.chat_id, event)

    async def button(self, update: Update, context: TurnContext) -> None:
        query = update.callback_query
        if query is None:
            return
        message = query.message
        chat_id = message.chat.id if message is not None else query.from_user.id
        pressed = Pressed(query.id, message.message_id if isinstance(message, Message) else None)
        event = decode(query.data or "")
        if self._desk is not None and isinstance(event, CaseEvent):
            await self._desk.press(context.turn, chat_id, event, pressed)
        else:
            await self._conversation.respond(context.turn, chat_id, event, pressed)

    async def place(self, update: Update, context: TurnContext) -> None:
        message = _message(update)
        if await self._is_for_staff(update, context):
            return
        location = message.location or (message.venue.location if message.venue else None)
        if location is not None and update.edited_message is None:  # live locations edit, often
            event = LocationReceived(location.latitude, location.longitude)
            await self._conversation.respond(context.turn, message.chat_id, event)

    async def text(self, update: Update, context: TurnContext) -> None:
        message = _message(update)
        letters = message.text or message.caption or ""
        event = await self._reader.read(letters, context.turn.session.locale)
        event = replace(event, app_locale=app_locale(_language_code(update)))
        edited = update.edited_message is not None
        if self._desk is not None and await self._desk.text(
            context.turn, message, event, edited=edited
        ):
            return
        is_command = event.command is not None and not event.danger
        await self._conversation.respond(
            context.turn,
            message.chat_id,
            event,
            Written(message.message_id, "" if is_command else letters),
        )

    async def media(self, update: Update, context: TurnContext) -> None:
        """An album comes as one update per picture; one reply is enough."""
        message, turn = _message(update), context.turn
        if await self._is_for_staff(update, context):
            return
        album = message.media_group_id
        if album is not None and album == turn.session.album:
            return
        event = MediaReceived(media_kind(message))
        await self._conversation.respond(turn, message.chat_id, event)
        if album is not None:
            turn.session = replace(turn.session, album=album)

    async def group(self, update: Update, context: TurnContext) -> None:
        message = _message(update)
        addressed = (message.text or "").startswith("/") or bool(message.new_chat_members)
        if addressed:
            _log.info("group_without_desk", group=message.chat_id)  # for the operator's staff file
            drawn = phrases.group_notice(self._conversation.context(None))
            self._conversation.say(context.turn, message.chat_id, drawn)

    async def reaction(self, update: Update, context: TurnContext) -> None:
        change = update.message_reaction
        if self._desk is not None and change is not None and change.chat.type == Chat.PRIVATE:
            await self._desk.reaction(context.turn, change)

    async def membership(self, update: Update, context: TurnContext) -> None:
        change = update.my_chat_member
        if self._desk is not None and change is not None and change.chat.type == Chat.PRIVATE:
            await self._desk.membership(context.turn, change)

    async def _is_for_staff(self, update: Update, context: TurnContext) -> bool:
        """Whether a message without words was carried over."""
        if self._desk is None:
            return False
        edited = update.edited_message is not None
        return await self._desk.media(context.turn, _message(update), edited=edited)

    async def ignore(self, update: Update, context: TurnContext) -> None:
        """Updates that need no reply: a pinned message, a changed membership."""


def _message(update: Update) -> Message:
    message = update.effective_message
    assert message is not None  # noqa: S101 - the filters of these handlers see to it
    return message


def _language_code(update: Update) -> str | None:
    return update.effective_user.language_code if update.effective_user else None
