"""Buttons of effects as the library has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import (
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

if TYPE_CHECKING:
    from bot.telegram.effects import Button, Keyboard, ReplyKeyboard


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
