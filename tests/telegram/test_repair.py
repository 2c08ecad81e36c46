"""What an error means, and what is tried instead."""

from __future__ import annotations

from datetime import timedelta

import pytest
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

from bot.telegram.effects import (
    AnswerCallback,
    Button,
    EditMarkup,
    EditMessage,
    Effect,
    ReplyButton,
    ReplyKeyboard,
    SendMessage,
    SendVenue,
)
from bot.telegram.ends import End, end_of, wait_of
from bot.telegram.repair import repaired

ROWS = ((Button("A", data="a"),),)
HELLO = SendMessage(chat_id=1, text="<b>1 &lt; 2</b>", keyboard=ROWS)
EDIT = EditMessage(chat_id=1, message_id=2, text="x", keyboard=ROWS)
NOT_MODIFIED = BadRequest(
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)
EDIT_GONE = BadRequest("Bad Request: message to edit not found")
TOO_OLD = BadRequest(
    "Bad Request: query is too old and response timeout expired or query ID is invalid"
)
UNPARSED = BadRequest("Bad Request: can't parse entities: Can't find end tag")


@pytest.mark.parametrize(
    ("error", "end"),
    [
        (RetryAfter(3), End.RETRY_AFTER),
        (RetryAfter(timedelta(seconds=3)), End.RETRY_AFTER),
        (TimedOut(), End.NETWORK),
        (NetworkError("Bad Gateway (502)"), End.NETWORK),
        (TelegramError("Invalid server response"), End.NETWORK),
        (NetworkError("Not Implemented in the sandbox: x"), End.REFUSED),
        (InvalidToken(), End.REFUSED_TOKEN),
        (Forbidden("Forbidden: bot was blocked by the user"), End.BLOCKED),
        (ChatMigrated(-1005), End.MIGRATED),
        (NOT_MODIFIED, End.DONE),
        (TOO_OLD, End.DONE),
        (EDIT_GONE, End.EDIT_GONE),
        (UNPARSED, End.UNPARSED),
        (BadRequest("Bad Request: message is too long"), End.TOO_LONG),
        (BadRequest("Bad Request: BUTTON_DATA_INVALID"), End.BAD_BUTTONS),
        (BadRequest("Bad Request: chat not found"), End.CHAT_NOT_FOUND),
        (BadRequest("Bad Request: something new"), End.REFUSED),
    ],
)
def test_telegrams_answers_have_a_meaning(error: TelegramError, end: End) -> None:
    assert end_of(error) is end


def test_the_wait_is_telegrams() -> None:
    assert wait_of(RetryAfter(7)) == 7.0
    assert wait_of(TimedOut()) == 0.0


@pytest.mark.parametrize(
    ("effect", "error"),
    [
        (EDIT, NOT_MODIFIED),
        (AnswerCallback(chat_id=1, query_id="7"), TOO_OLD),
        (EditMarkup(chat_id=1, message_id=2), EDIT_GONE),
    ],
)
def test_what_needs_no_doing_is_done(effect: Effect, error: TelegramError) -> None:
    assert repaired(effect, error) == ()


def test_refused_html_is_sent_as_plain_text() -> None:
    plain = SendMessage(chat_id=1, text="1 < 2", keyboard=ROWS, plain=True)
    assert repaired(HELLO, UNPARSED) == (plain,)
    assert repaired(plain, UNPARSED) is None


def test_an_edit_of_a_lost_message_is_sent_anew_if_it_says_so() -> None:
    assert repaired(EDIT, EDIT_GONE) is None
    willing = EditMessage(chat_id=1, message_id=2, text="x", keyboard=ROWS, or_send=True)
    assert repaired(willing, EDIT_GONE) == (SendMessage(chat_id=1, text="x", keyboard=ROWS),)


@pytest.mark.parametrize(
    "effect",
    [
        HELLO,
        EDIT,
        SendVenue(chat_id=1, latitude=1.0, longitude=2.0, title="T", address="A", keyboard=ROWS),
    ],
)
def test_refused_buttons_are_left_out(effect: Effect) -> None:
    error = BadRequest("Bad Request: BUTTON_DATA_INVALID")
    others = repaired(effect, error)
    assert others is not None
    (without,) = others
    assert getattr(without, "keyboard", 0) is None
    assert repaired(without, error) is None


def test_a_refused_reply_keyboard_is_left_out() -> None:
    keyboard = ReplyKeyboard(((ReplyButton("x"),),))
    effect = SendMessage(chat_id=1, text="x", reply_keyboard=keyboard)
    error = BadRequest("Bad Request: keyboard button is invalid")
    assert repaired(effect, error) == (SendMessage(chat_id=1, text="x"),)


def test_a_text_that_telegram_finds_too_long_is_halved_until_it_fits() -> None:
    error = BadRequest("Bad Request: message is too long")
    others = repaired(SendMessage(chat_id=1, text="слово " * 20), error)
    assert others is not None
    assert len(others) >= 2
    assert repaired(SendMessage(chat_id=1, text="x"), error) is None


def test_a_migrated_group_is_followed() -> None:
    moved = SendMessage(chat_id=-1005, text="x")
    assert repaired(SendMessage(chat_id=-5, text="x"), ChatMigrated(-1005)) == (moved,)
