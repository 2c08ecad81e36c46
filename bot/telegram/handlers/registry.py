"""The routing table: which update becomes which event.

Private chats only; in groups the helpline says once, when spoken to, that it answers in private.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace
from telegram import Message, Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, TypeHandler, filters

from bot.dialogue.events import Command, CommandGiven, LocationReceived, MediaReceived
from bot.telegram.callbacks import decode
from bot.telegram.conversation import Conversation, Pressed
from bot.telegram.handlers.context import note_failure
from bot.telegram.handlers.media import media_kind
from bot.telegram.handlers.start import app_locale, started
from bot.telegram.render import phrases

if TYPE_CHECKING:
    from bot.telegram.handlers.context import HelplineApplication, TurnContext
    from bot.understanding.reader import Reader

_PRIVATE = filters.ChatType.PRIVATE
_LETTERS = filters.TEXT | filters.CAPTION
_PLACE = filters.LOCATION | filters.VENUE


def register(application: HelplineApplication, conversation: Conversation, reader: Reader) -> None:
    """Adds all handlers, in the order in which they are tried."""
    routes = _Routes(conversation, reader)
    application.add_handler(CommandHandler("start", routes.start, _PRIVATE))
    for command in Command:
        application.add_handler(CommandHandler(command.value, routes.command, _PRIVATE))
    application.add_handler(CallbackQueryHandler(routes.button))
    application.add_handler(MessageHandler(_PRIVATE & _PLACE, routes.place))
    application.add_handler(MessageHandler(_PRIVATE & _LETTERS, routes.text))
    application.add_handler(MessageHandler(_PRIVATE & filters.StatusUpdate.ALL, routes.ignore))
    application.add_handler(MessageHandler(_PRIVATE, routes.media))
    application.add_handler(MessageHandler(filters.ChatType.GROUPS, routes.group))
    application.add_handler(TypeHandler(Update, routes.ignore))
    application.add_error_handler(note_failure)


class _Routes:
    """The handlers' callbacks."""

    def __init__(self, conversation: Conversation, reader: Reader) -> None:
        self._conversation = conversation
        self._reader = reader

    async def start(self, update: Update, context: TurnContext) -> None:
        message = _message(update)
        event = started(" ".join(context.args or ()), _language_code(update))
        self._conversation.respond(context.turn, message.chat_id, event)

    async def command(self, update: Update, context: TurnContext) -> None:
        message = _message(update)
        name = (message.text or "").split(maxsplit=1)[0].lstrip("/").split("@")[0].lower()
        self._conversation.respond(context.turn, message.chat_id, CommandGiven(Command(name)))

    async def button(self, update: Update, context: TurnContext) -> None:
        query = update.callback_query
        if query is None:
            return
        message = query.message
        chat_id = message.chat.id if message is not None else query.from_user.id
        pressed = Pressed(query.id, message.message_id if isinstance(message, Message) else None)
        self._conversation.respond(context.turn, chat_id, decode(query.data or ""), pressed)

    async def place(self, update: Update, context: TurnContext) -> None:
        message = _message(update)
        location = message.location or (message.venue.location if message.venue else None)
        if location is not None and update.edited_message is None:  # live locations edit, often
            event = LocationReceived(location.latitude, location.longitude)
            self._conversation.respond(context.turn, message.chat_id, event)

    async def text(self, update: Update, context: TurnContext) -> None:
        message = _message(update)
        letters = message.text or message.caption or ""
        event = await self._reader.read(letters, context.turn.session.locale)
        event = replace(event, app_locale=app_locale(_language_code(update)))
        self._conversation.respond(
            context.turn, message.chat_id, event, message_id=message.message_id
        )

    async def media(self, update: Update, context: TurnContext) -> None:
        """An album comes as one update per picture; one reply is enough."""
        message, turn = _message(update), context.turn
        album = message.media_group_id
        if album is not None and album == turn.session.album:
            return
        self._conversation.respond(turn, message.chat_id, MediaReceived(media_kind(message)))
        if album is not None:
            turn.session = replace(turn.session, album=album)

    async def group(self, update: Update, context: TurnContext) -> None:
        message = _message(update)
        addressed = (message.text or "").startswith("/") or bool(message.new_chat_members)
        if addressed:
            drawn = phrases.group_notice(self._conversation.context(None))
            self._conversation.say(context.turn, message.chat_id, drawn)

    async def ignore(self, update: Update, context: TurnContext) -> None:
        """Updates that need no reply: a pinned message, a changed membership."""


def _message(update: Update) -> Message:
    message = update.effective_message
    assert message is not None  # noqa: S101 - the filters of these handlers see to it
    return message


def _language_code(update: Update) -> str | None:
    return update.effective_user.language_code if update.effective_user else None
