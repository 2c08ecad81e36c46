"""What an error of the Bot API means for an effect."""

from __future__ import annotations

from enum import StrEnum

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)


class End(StrEnum):
    """What to do, and the name under which it is counted."""

    DONE = "done"
    """There is nothing left to do: it is as it should be, or too late to matter."""
    RETRY_AFTER = "retry_after"
    """Telegram says how long to wait."""
    NETWORK = "network"
    """Try again later: a fault of the network or of Telegram's servers."""
    REFUSED_TOKEN = "refused_token"  # noqa: S105 - no secret
    """The token is refused: try again later, the operator must act."""
    BLOCKED = "blocked"
    """The person blocked the bot, or never started it."""
    MIGRATED = "migrated"
    """The group has a new id."""
    UNPARSED = "unparsed"
    """The HTML is refused: send the plain text."""
    TOO_LONG = "too_long"
    """Send it in parts."""
    EDIT_GONE = "edit_gone"
    """The message cannot be edited any more."""
    BAD_BUTTONS = "bad_buttons"
    """The buttons are refused: send it without."""
    CHAT_NOT_FOUND = "chat_not_found"
    """There is no such chat."""
    REFUSED = "refused"
    """Anything else that trying again would not change."""


RETRIED = (End.RETRY_AFTER, End.NETWORK, End.REFUSED_TOKEN)

_WORDS = (
    ("message is not modified", End.DONE),
    ("query is too old", End.DONE),
    ("query id is invalid", End.DONE),
    ("query_id_invalid", End.DONE),
    ("message to delete not found", End.DONE),
    ("parse entities", End.UNPARSED),
    ("message is too long", End.TOO_LONG),
    ("message_too_long", End.TOO_LONG),
    ("text is too long", End.TOO_LONG),
    ("message to edit not found", End.EDIT_GONE),
    ("message can't be edited", End.EDIT_GONE),
    ("message_id_invalid", End.EDIT_GONE),
    ("button_", End.BAD_BUTTONS),
    ("keyboard button", End.BAD_BUTTONS),
    ("reply markup", End.BAD_BUTTONS),
    ("chat not found", End.CHAT_NOT_FOUND),
)
"""Words of Telegram's descriptions, in lower case, in the order they are looked for. Source: the
descriptions in the Bot API server, https://github.com/tdlib/telegram-bot-api, Client.cpp."""

_CLASSES: tuple[tuple[type[TelegramError], End], ...] = (
    (RetryAfter, End.RETRY_AFTER),
    (Forbidden, End.BLOCKED),
    (ChatMigrated, End.MIGRATED),
    (InvalidToken, End.REFUSED_TOKEN),
    (TimedOut, End.NETWORK),
)


def end_of(error: TelegramError) -> End:
    """What an error means."""
    for cause, end in _CLASSES:
        if isinstance(error, cause):
            return end
    words = error.message.lower()
    if isinstance(error, BadRequest):
        return next((end for text, end in _WORDS if text in words), End.REFUSED)
    if isinstance(error, NetworkError) and "not implemented" in words:
        return End.REFUSED  # a server of our own that lacks the method, as the sandbox does
    return End.NETWORK


def wait_of(error: TelegramError) -> float:
    """How long Telegram says to wait, in seconds; 0 if it does not say."""
    if not isinstance(error, RetryAfter):
        return 0.0
    wait = error.retry_after
    return float(wait) if isinstance(wait, int | float) else wait.total_seconds()
