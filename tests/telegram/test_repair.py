"""What an error means, and what is tried instead."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace
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
    AlbumItem,
    AlbumKind,
    AnswerCallback,
    Button,
    CopyMessage,
    EditMarkup,
    EditMessage,
    Effect,
    Medium,
    Origin,
    ReplyButton,
    ReplyKeyboard,
    SendAlbum,
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
ALBUM = SendAlbum(
    chat_id=1,
    origin=Origin(7, 1),
    items=(
        AlbumItem(AlbumKind.PHOTO, "A", 1, "<b>a</b>"),
        AlbumItem(AlbumKind.PHOTO, "B", 2),
    ),
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
        (BadRequest("Bad Request: message thread not found"), End.TOPIC_GONE),
        (BadRequest("Bad Request: TOPIC_DELETED"), End.TOPIC_GONE),
        (BadRequest("Bad Request: TOPIC_ID_INVALID"), End.TOPIC_GONE),
        (BadRequest("Bad Request: TOPIC_CLOSED"), End.TOPIC_CLOSED),
        (BadRequest("Bad Request: TOPIC_NOT_MODIFIED"), End.DONE),
        (BadRequest("Bad Request: CHAT_NOT_MODIFIED"), End.DONE),
        (BadRequest("Bad Request: the chat is not a forum"), End.NO_TOPICS),
        (BadRequest("Bad Request: not enough rights to create a topic"), End.NO_TOPICS),
        (BadRequest("Bad Request: DOCUMENT_INVALID"), End.BAD_ICON),
        (BadRequest("Bad Request: message caption is too long"), End.CAPTION_TOO_LONG),
        (BadRequest("Bad Request: MEDIA_CAPTION_TOO_LONG"), End.CAPTION_TOO_LONG),
        (BadRequest("Bad Request: there is no text in the message to edit"), End.NO_TEXT),
        (BadRequest("Bad Request: message to copy not found"), End.COPY_GONE),
        (BadRequest("Bad Request: message can't be copied"), End.KIND_BARRED),
        (BadRequest("Bad Request: CHAT_SEND_STICKERS_FORBIDDEN"), End.KIND_BARRED),
        (BadRequest("Bad Request: CHAT_WRITE_FORBIDDEN"), End.SHUT_OUT),
        (Forbidden("Forbidden: bot was kicked from the supergroup chat"), End.SHUT_OUT),
        (Forbidden("Forbidden: bot is not a member of the supergroup chat"), End.SHUT_OUT),
        (Forbidden("Forbidden: the group chat was deleted"), End.SHUT_OUT),
        (Forbidden("Forbidden: user is deactivated"), End.BLOCKED),
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


@pytest.mark.parametrize("caption", ["<b>1 &lt; 2</b>", "a < b"])
def test_a_refused_caption_loses_its_form_only(caption: str) -> None:
    copy = CopyMessage(chat_id=1, from_chat_id=2, message_id=3, caption=caption)
    (plain,) = repaired(copy, UNPARSED) or ()
    assert plain == replace(copy, caption="1 &lt; 2" if "1" in caption else "a &lt; b")
    assert repaired(plain, UNPARSED) is None


def test_an_album_with_a_refused_caption_loses_its_form_only() -> None:
    assert repaired(ALBUM, UNPARSED) == (
        replace(ALBUM, items=(replace(ALBUM.items[0], caption="a"), ALBUM.items[1])),
    )


def test_what_telegram_finds_too_long_for_a_caption_becomes_a_text() -> None:
    error = BadRequest("Bad Request: message caption is too long")
    copy = CopyMessage(chat_id=1, from_chat_id=2, message_id=3, caption="x")
    bare, text = repaired(copy, error) or ()
    assert bare == replace(copy, caption="")
    assert text == SendMessage(chat_id=1, text="x", reply_ref="previous")
    assert repaired(bare, error) is None
    album, words = repaired(ALBUM, error) or ()
    assert isinstance(words, SendMessage)
    assert words.text == "<b>a</b>"
    assert repaired(album, error) is None


def test_a_refused_album_goes_part_by_part() -> None:
    parts = repaired(ALBUM, BadRequest("Bad Request: MEDIA_INVALID"))
    assert parts is not None
    assert [
        (part.from_chat_id, part.message_id) for part in parts if isinstance(part, CopyMessage)
    ] == [(7, 1), (7, 2)]
    anonymous = replace(ALBUM, origin=None)
    assert repaired(anonymous, BadRequest("Bad Request: MEDIA_INVALID")) is None
    assert repaired(ALBUM, BadRequest("Bad Request: chat not found")) is None


def test_an_edit_of_a_text_that_is_a_caption_is_put_right_once() -> None:
    error = BadRequest("Bad Request: there is no text in the message to edit")
    (caption,) = repaired(EDIT, error) or ()
    assert caption == replace(EDIT, caption=True)
    assert repaired(caption, error) is None


def test_an_edit_of_a_lost_message_is_sent_anew_if_it_says_so() -> None:
    assert repaired(EDIT, EDIT_GONE) is None
    willing = EditMessage(chat_id=1, message_id=2, text="x", keyboard=ROWS, or_send=True)
    assert repaired(willing, EDIT_GONE) == (SendMessage(chat_id=1, text="x", keyboard=ROWS),)


@pytest.mark.parametrize(
    "words",
    [
        "message media can't be edited",
        "can't change media type in the album",
        "CHAT_SEND_FORBIDDEN",
    ],
)
def test_a_file_that_takes_no_other_ones_place_goes_as_a_message_of_its_own(words: str) -> None:
    edit = EditMessage(
        chat_id=1,
        case=2,
        origin=Origin(5, 6),
        message_id=3,
        text="x",
        caption=True,
        medium=Medium(AlbumKind.PHOTO, "f"),
        or_send=True,
    )
    anew = CopyMessage(
        chat_id=1, case=2, origin=Origin(5, 6), from_chat_id=5, message_id=6, caption="x"
    )
    assert repaired(edit, BadRequest(f"Bad Request: {words}")) == (anew,)
    assert repaired(replace(edit, or_send=False), BadRequest(f"Bad Request: {words}")) is None


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
