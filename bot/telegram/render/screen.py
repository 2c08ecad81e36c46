"""What a person gets to see: a text with its buttons. Not yet a call of Telegram's."""

from __future__ import annotations

import msgspec

from bot.telegram.effects import Keyboard, ReplyKeyboard


class Screen(msgspec.Struct, frozen=True):
    """One message.

    Attributes:
        html: its text, in Telegram's HTML.
        rows: inline buttons by row.
        reply_keyboard: buttons in place of the phone's keyboard, instead of inline ones.
        in_place: after a button was pressed, replaces the message that bore it.
        toast: short words shown over the chat, if a button was pressed, instead of a message.
        silent: comes without a sound.
        deletes: messages of the chat that vanish with it.
    """

    html: str
    rows: Keyboard = ()
    reply_keyboard: ReplyKeyboard | None = None
    in_place: bool = False
    toast: bool = False
    silent: bool = False
    deletes: tuple[int, ...] = ()
