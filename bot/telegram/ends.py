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
    CAPTION_TOO_LONG = "caption_too_long"
    """Send it without, and the caption as a text."""
    NO_TEXT = "no_text"
    """What is to be edited has a caption in place of a text, or the other way round."""
    TOPIC_GONE = "topic_gone"
    """The topic was deleted."""
    TOPIC_CLOSED = "topic_closed"
    """The topic is closed: open it again."""
    NO_TOPICS = "no_topics"
    """The group has no topics, or the bot may not open them."""
    BAD_ICON = "bad_icon"
    """The icon of a topic is refused: do without."""
    COPY_GONE = "copy_gone"
    """What is to be copied is gone."""
    KIND_BARRED = "kind_barred"
    """Messages of this kind may not be sent there, or may not be copied."""
    SHUT_OUT = "shut_out"
    """The bot is not in the group any more, or may not write there."""
    CHAT_NOT_FOUND = "chat_not_found"
    """There is no such chat."""
    REFUSED = "refused"
    """Anything else that trying again would not change."""


RETRIED = (End.RETRY_AFTER, End.NETWORK, End.REFUSED_TOKEN)

_WORDS = (
    ("message is not modified", End.DONE),
    ("topic_not_modified", End.DONE),
    ("chat_not_modified", End.DONE),
    ("query is too old", End.DONE),
    ("query id is invalid", End.DONE),
    ("query_id_invalid", End.DONE),
    ("message to delete not found", End.DONE),
    ("parse entities", End.UNPARSED),
    ("caption is too long", End.CAPTION_TOO_LONG),
    ("caption_too_long", End.CAPTION_TOO_LONG),
    ("message is too long", End.TOO_LONG),
    ("message_too_long", End.TOO_LONG),
    ("text is too long", End.TOO_LONG),
    ("message to edit not found", End.EDIT_GONE),
    ("message can't be edited", End.EDIT_GONE),
    ("message_id_invalid", End.EDIT_GONE),
    ("no text in the message to edit", End.NO_TEXT),
    ("no caption in the message to edit", End.NO_TEXT),
    ("message thread not found", End.TOPIC_GONE),
    ("topic_deleted", End.TOPIC_GONE),
    ("topic_id_invalid", End.TOPIC_GONE),
    ("topic_closed", End.TOPIC_CLOSED),
    ("not a forum", End.NO_TOPICS),
    ("not a supergroup forum", End.NO_TOPICS),
    ("not enough rights to create a topic", End.NO_TOPICS),
    ("document_invalid", End.BAD_ICON),
    ("message to copy not found", End.COPY_GONE),
    ("message to forward not found", End.COPY_GONE),
    ("message can't be copied", End.KIND_BARRED),
    ("user restricted receiving of", End.KIND_BARRED),
    ("messages_forbidden", End.KIND_BARRED),
    ("not enough rights to send text", End.SHUT_OUT),
    ("not enough rights to send", End.KIND_BARRED),
    ("no write access", End.SHUT_OUT),
    ("have no rights to send", End.SHUT_OUT),
    ("chat_write_forbidden", End.SHUT_OUT),
    ("chat_restricted", End.SHUT_OUT),
    ("chat_send_plain_forbidden", End.SHUT_OUT),
    ("_forbidden", End.KIND_BARRED),
    ("button_", End.BAD_BUTTONS),
    ("keyboard button", End.BAD_BUTTONS),
    ("reply markup", End.BAD_BUTTONS),
    ("chat not found", End.CHAT_NOT_FOUND),
)
"""Words of Telegram's descriptions, in lower case, in the order they are looked for. Source: the
descriptions in the Bot API server, https://github.com/tdlib/telegram-bot-api, Client.cpp."""

_OF_GROUPS = ("kicked from", "not a member of", "group chat was deleted")
"""Words of a 403 that is not about a person."""

_CLASSES: tuple[tuple[type[TelegramError], End], ...] = (
    (RetryAfter, End.RETRY_AFTER),
    (Forbidden, End.BLOCKED),
    (ChatMigrated, End.MIGRATED),
    (InvalidToken, End.REFUSED_TOKEN),
    (TimedOut, End.NETWORK),
)


def end_of(error: TelegramError) -> End:
    """What an error means."""
    words = error.message.lower()
    if isinstance(error, Forbidden) and any(text in words for text in _OF_GROUPS):
        return End.SHUT_OUT
    for cause, end in _CLASSES:
        if isinstance(error, cause):
            return end
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
