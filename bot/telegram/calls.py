"""Carries an effect out: one call of the Bot API each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import (
    BotCommandScopeChat,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from telegram.constants import ParseMode

from bot.telegram.effects import (
    AnswerCallback,
    ChatAction,
    CopyMessage,
    DeleteMessage,
    EditMarkup,
    EditMessage,
    SendLocation,
    SendMessage,
    SendVenue,
    SetCommands,
)

if TYPE_CHECKING:
    from telegram import Bot

    from bot.telegram.effects import Button, Effect, Keyboard, ReplyKeyboard


async def carry_out(bot: Bot, effect: Effect) -> int | None:
    """Carries an effect out.

    Returns:
        The id of the message that it made, if it made one.

    Raises:
        telegram.error.TelegramError: what Telegram or the network answered instead.
    """
    match effect:
        case SendMessage() | SendLocation() | SendVenue() | CopyMessage():
            return await _send(bot, effect)
        case EditMessage() | EditMarkup() | DeleteMessage():
            await _change(bot, effect)
        case AnswerCallback():
            await bot.answer_callback_query(
                effect.query_id, text=effect.text, show_alert=effect.alert
            )
        case ChatAction():
            await bot.send_chat_action(effect.chat_id, effect.action)
        case SetCommands():
            await _set_commands(bot, effect)
    return None


async def _send(bot: Bot, effect: SendMessage | SendLocation | SendVenue | CopyMessage) -> int:
    keyboard = inline(effect.keyboard)
    match effect:
        case SendMessage():
            message = await bot.send_message(
                effect.chat_id,
                effect.text,
                parse_mode=None if effect.plain else ParseMode.HTML,
                reply_markup=keyboard or reply(effect.reply_keyboard),
                link_preview_options=LinkPreviewOptions(is_disabled=not effect.link_preview),
                protect_content=effect.protect or None,
                disable_notification=effect.silent or None,
                reply_parameters=_reply_to(effect.reply_to),
            )
        case SendLocation():
            message = await bot.send_location(
                effect.chat_id, effect.latitude, effect.longitude, reply_markup=keyboard
            )
        case SendVenue():
            message = await bot.send_venue(
                effect.chat_id,
                effect.latitude,
                effect.longitude,
                effect.title,
                effect.address,
                reply_markup=keyboard,
            )
        case CopyMessage():
            copy = await bot.copy_message(
                effect.chat_id,
                effect.from_chat_id,
                effect.message_id,
                reply_markup=keyboard,
                reply_parameters=_reply_to(effect.reply_to),
            )
            return copy.message_id
    return message.message_id


async def _change(bot: Bot, effect: EditMessage | EditMarkup | DeleteMessage) -> None:
    match effect:
        case EditMessage():
            await bot.edit_message_text(
                effect.text,
                effect.chat_id,
                effect.message_id,
                parse_mode=None if effect.plain else ParseMode.HTML,
                reply_markup=inline(effect.keyboard),
                link_preview_options=LinkPreviewOptions(is_disabled=not effect.link_preview),
            )
        case EditMarkup():
            await bot.edit_message_reply_markup(
                effect.chat_id, effect.message_id, reply_markup=inline(effect.keyboard)
            )
        case DeleteMessage():
            await bot.delete_message(effect.chat_id, effect.message_id)


async def _set_commands(bot: Bot, effect: SetCommands) -> None:
    scope = BotCommandScopeChat(effect.chat_id)
    if effect.commands:
        commands = [(command.name, command.description) for command in effect.commands]
        await bot.set_my_commands(commands, scope=scope)
    else:
        await bot.delete_my_commands(scope=scope)


def _reply_to(message_id: int | None) -> ReplyParameters | None:
    """A reply that is sent all the same when the message it answers was deleted."""
    if message_id is None:
        return None
    return ReplyParameters(message_id, allow_sending_without_reply=True)


def inline(keyboard: Keyboard | None) -> InlineKeyboardMarkup | None:
    """Buttons under a message, as the library has them."""
    if not keyboard:
        return None
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in keyboard])


def _button(button: Button) -> InlineKeyboardButton:
    copied = None if button.copy_text is None else CopyTextButton(button.copy_text)
    return InlineKeyboardButton(
        button.text, url=button.url, callback_data=button.data, copy_text=copied
    )


def reply(keyboard: ReplyKeyboard | None) -> ReplyKeyboardMarkup | ReplyKeyboardRemove | None:
    """Buttons in place of the phone's keyboard, as the library has them."""
    if keyboard is None:
        return None
    if not keyboard.rows:
        return ReplyKeyboardRemove()
    rows = [
        [
            KeyboardButton(
                button.text,
                request_location=button.request_location or None,
                request_contact=button.request_contact or None,
            )
            for button in row
        ]
        for row in keyboard.rows
    ]
    return ReplyKeyboardMarkup(
        rows,
        resize_keyboard=True,
        one_time_keyboard=keyboard.one_time,
        input_field_placeholder=keyboard.placeholder,
    )
