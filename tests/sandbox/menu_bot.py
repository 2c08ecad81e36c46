"""A small bot on python-telegram-bot: the other side of the sandbox's tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telegram import (
    BotCommand,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    Update,
)
from telegram.constants import ChatAction, ParseMode
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

if TYPE_CHECKING:
    from aiohttp.test_utils import TestServer

TOKEN = "4242:TEST-token_for-the-sandbox"
Context = ContextTypes.DEFAULT_TYPE
App = Application[Any, Any, Any, Any, Any, Any]

MENU = InlineKeyboardMarkup(
    [
        [InlineKeyboardButton("One", callback_data="one")],
        [InlineKeyboardButton("Alert", callback_data="alert")],
        [
            InlineKeyboardButton("Site", url="https://example.org/"),
            InlineKeyboardButton("Copy", copy_text=CopyTextButton("copied words")),
        ],
    ]
)
KEYS = ReplyKeyboardMarkup(
    [
        [KeyboardButton("Where am I", request_location=True)],
        [KeyboardButton("My number", request_contact=True), "Plain"],
    ],
    resize_keyboard=True,
)


async def start(update: Update, context: Context) -> None:
    message = update.effective_message
    assert message is not None
    await message.reply_text(
        "<b>Hello</b>, <i>stranger</i>! See <a href='https://example.org/a'>this</a>, "
        "<code>code</code>, call +7 727 250 00 00.",
        parse_mode=ParseMode.HTML,
        reply_markup=MENU,
    )


async def keys(update: Update, context: Context) -> None:
    assert update.effective_message is not None
    await update.effective_message.reply_text("Use the buttons", reply_markup=KEYS)


async def pressed(update: Update, context: Context) -> None:
    query = update.callback_query
    assert query is not None
    if query.data == "alert":
        await query.answer("Read <this> & press OK", show_alert=True)
        return
    await query.answer("Pressed one")
    await query.edit_message_text("Changed by the button", reply_markup=MENU)


async def echo(update: Update, context: Context) -> None:
    message = update.effective_message
    assert message is not None
    await context.bot.send_chat_action(message.chat_id, ChatAction.TYPING)
    if update.edited_message:
        await message.reply_text(f"You changed it to: {message.text}")
    elif message.location:
        await message.reply_text(f"You are at {message.location.latitude:.2f}")
    elif message.contact:
        await message.reply_text(f"Your number is {message.contact.phone_number}")
    elif message.text:
        await message.reply_text(message.text, reply_to_message_id=message.message_id)
    else:
        await message.copy(message.chat_id)


def build(server: TestServer) -> App:
    """Build the bot against a sandbox."""
    root = str(server.make_url("/"))
    app = (
        ApplicationBuilder()
        .token(TOKEN)
        .base_url(f"{root}bot")
        .base_file_url(f"{root}file/bot")
        .build()
    )
    app.add_handler(CommandHandler("start", start))
    app.add_handler(CommandHandler("keys", keys))
    app.add_handler(CallbackQueryHandler(pressed))
    app.add_handler(MessageHandler(filters.ALL, echo))
    return app


async def set_commands(app: App) -> None:
    """Set commands for everybody, and in Russian."""
    await app.bot.set_my_commands([BotCommand("start", "Begin"), BotCommand("keys", "Buttons")])
    await app.bot.set_my_commands([BotCommand("start", "Начать")], language_code="ru")
