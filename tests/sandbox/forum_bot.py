"""A small bot that gives each person a topic in the staff group and carries messages both ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    Update,
)
from telegram.ext import (
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    MessageHandler,
    filters,
)

from tests.sandbox.menu_bot import TOKEN, App, Context

if TYPE_CHECKING:
    from aiohttp.test_utils import TestServer

GROUP = -1_001_000_000_001
WELCOME = "Welcome. Write your question, and a counsellor answers here."
CARD = InlineKeyboardMarkup(
    [
        [InlineKeyboardButton("Take", callback_data="take")],
        [
            InlineKeyboardButton("Hours", callback_data="hours"),
            InlineKeyboardButton("Close", callback_data="close"),
        ],
    ]
)


class Relay:
    """Which topic belongs to whom, and which message became which."""

    def __init__(self) -> None:
        self.topics: dict[int, int] = {}
        self.people: dict[int, int] = {}
        self.copies: dict[tuple[int, int], tuple[int, int]] = {}

    def link(self, one: tuple[int, int], other: tuple[int, int]) -> None:
        self.copies[one] = other
        self.copies[other] = one


def _relay(context: Context) -> Relay:
    relay = context.bot_data.setdefault("relay", Relay())
    assert isinstance(relay, Relay)
    return relay


async def start(update: Update, context: Context) -> None:
    assert update.effective_message is not None
    await update.effective_message.reply_text(WELCOME)


async def _topic(relay: Relay, message: Message, context: Context) -> int:
    person = message.chat_id
    if person not in relay.topics:
        number = len(relay.topics) + 1
        topic = await context.bot.create_forum_topic(GROUP, f"Case {number}")
        relay.topics[person] = topic.message_thread_id
        relay.people[topic.message_thread_id] = person
        card = await context.bot.send_message(
            GROUP, "A new case", message_thread_id=topic.message_thread_id, reply_markup=CARD
        )
        await card.pin()
    return relay.topics[person]


def _answered(relay: Relay, message: Message) -> int | None:
    """Find the copy of the message that one answers to."""
    source = message.reply_to_message
    copy = relay.copies.get((message.chat_id, source.message_id)) if source else None
    return copy[1] if copy else None


async def from_person(update: Update, context: Context) -> None:
    message = update.effective_message
    assert message is not None
    relay = _relay(context)
    thread = await _topic(relay, message, context)
    known = relay.copies.get((message.chat_id, message.message_id))
    if update.edited_message:
        if known and message.text:
            await context.bot.edit_message_text(message.text, GROUP, known[1])
        return
    copied = await context.bot.copy_message(
        GROUP,
        message.chat_id,
        message.message_id,
        message_thread_id=thread,
        reply_to_message_id=_answered(relay, message),
    )
    relay.link((message.chat_id, message.message_id), (GROUP, copied.message_id))


async def from_staff(update: Update, context: Context) -> None:
    message = update.effective_message
    assert message is not None
    relay = _relay(context)
    person = relay.people.get(message.message_thread_id or 0)
    if person is None:
        return
    known = relay.copies.get((GROUP, message.message_id))
    if update.edited_message:
        if known and message.text:
            await context.bot.edit_message_text(message.text, person, known[1])
        return
    copied = await message.copy(person, reply_to_message_id=_answered(relay, message))
    relay.link((person, copied.message_id), (GROUP, message.message_id))
    await message.set_reaction("👍")


async def pressed(update: Update, context: Context) -> None:
    query = update.callback_query
    assert query is not None
    message = query.message
    assert isinstance(message, Message)
    if query.data == "hours":
        await query.answer("Open from 9 to 18", show_alert=True)
        return
    await query.answer("Done")
    if query.data == "take":
        taken = f"Taken by {query.from_user.first_name}"
        await message.edit_text(taken, reply_markup=CARD)
        return
    await context.bot.close_forum_topic(GROUP, message.message_thread_id or 0)


def build(server: TestServer) -> App:
    """Build the bot against a sandbox."""
    return build_at(str(server.make_url("/")))


def build_at(root: str) -> App:
    """Build the bot against a sandbox at an address that ends with a slash."""
    app: App = (
        ApplicationBuilder()
        .token(TOKEN)
        .base_url(f"{root}bot")
        .base_file_url(f"{root}file/bot")
        .build()
    )
    private, group = filters.ChatType.PRIVATE, filters.Chat(GROUP)
    app.add_handler(CommandHandler("start", start, filters=private))
    app.add_handler(CallbackQueryHandler(pressed))
    app.add_handler(MessageHandler(private & ~filters.StatusUpdate.ALL, from_person))
    app.add_handler(MessageHandler(group & ~filters.StatusUpdate.ALL, from_staff))
    return app


async def set_commands(app: App) -> None:
    """Set commands for private chats, and others for groups."""
    await app.bot.set_my_commands([BotCommand("start", "Begin")])
    await app.bot.set_my_commands(
        [BotCommand("case", "Show the case")], scope=BotCommandScopeAllGroupChats()
    )
