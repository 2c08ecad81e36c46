"""Effects survive the outbox, and releases; what does not is told apart."""

from __future__ import annotations

from typing import get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram import effects
from bot.telegram.effects import (
    AlbumKind,
    AnswerCallback,
    Button,
    ChatAction,
    EditMessage,
    EffectFormatError,
    Medium,
    ReplyButton,
    ReplyKeyboard,
    SendMessage,
    SendVenue,
    SetReaction,
    TidyTopic,
)

ROWS = ((Button("A", data="a:1"), Button("B", url="https://example.org")),)


def _encodable(effect: effects.Effect) -> bool:
    try:
        again = msgspec.json.decode(msgspec.json.encode(effect), type=type(effect))
    except (ValueError, OverflowError):
        return False
    return again == effect


ANY_EFFECT = st.one_of(*map(st.from_type, get_args(effects.Effect))).filter(_encodable)


@given(ANY_EFFECT)
def test_every_effect_is_read_again_as_it_was(effect: effects.Effect) -> None:
    assert effects.decode(effects.encode(effect)) == effect


@pytest.mark.parametrize(
    ("payload", "effect"),
    [
        (
            b'{"v":1,"effect":{"type":"send_message","chat_id":1,"text":"<b>x</b>",'
            b'"keyboard":[[{"text":"A","data":"a:1"},{"text":"B","url":"https://example.org"}]]}}',
            SendMessage(chat_id=1, text="<b>x</b>", keyboard=ROWS),
        ),
        (
            b'{"v":1,"effect":{"type":"send_message","chat_id":1,"text":"x",'
            b'"reply_keyboard":{"rows":[[{"text":"Place","request_location":true}]]}}}',
            SendMessage(
                chat_id=1,
                text="x",
                reply_keyboard=ReplyKeyboard(((ReplyButton("Place", request_location=True),),)),
            ),
        ),
        (
            b'{"v":1,"effect":{"type":"edit_message","chat_id":1,"message_id":2,"text":"x",'
            b'"or_send":true}}',
            EditMessage(chat_id=1, message_id=2, text="x", or_send=True),
        ),
        (
            b'{"v":1,"effect":{"type":"edit_message","chat_id":1,"text":"x","message_id":2,'
            b'"caption":true,"medium":{"kind":"photo","file_id":"f"}}}',
            EditMessage(
                chat_id=1,
                message_id=2,
                text="x",
                caption=True,
                medium=Medium(AlbumKind.PHOTO, "f"),
            ),
        ),
        (
            b'{"v":1,"effect":{"type":"answer_callback","chat_id":1,"query_id":"77"}}',
            AnswerCallback(chat_id=1, query_id="77"),
        ),
        (
            b'{"v":1,"effect":{"type":"send_venue","chat_id":1,"latitude":43.2,"longitude":76.9,'
            b'"title":"T","address":"A","a_field_of_a_later_release":1}}',
            SendVenue(chat_id=1, latitude=43.2, longitude=76.9, title="T", address="A"),
        ),
    ],
)
def test_an_entry_of_the_first_release_is_read(payload: bytes, effect: effects.Effect) -> None:
    """These bytes lie in outboxes: a change that breaks this test loses people's answers."""
    assert effects.decode(payload) == effect


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"{",
        b"\xff",
        b"[]",
        b'{"v":2,"effect":{"type":"send_message","chat_id":1,"text":"x"}}',
        b'{"v":1,"effect":{"type":"send_gift","chat_id":1}}',
        b'{"v":1,"effect":{"type":"send_message","text":"x"}}',
    ],
)
def test_what_is_no_effect_of_this_release_is_told(payload: bytes) -> None:
    with pytest.raises(EffectFormatError):
        effects.decode(payload)


@given(st.binary())
def test_no_bytes_break_the_decoder(payload: bytes) -> None:
    with pytest.raises(EffectFormatError):
        effects.decode(payload)


def test_what_is_worthless_when_late_has_a_lane_of_its_own() -> None:
    assert effects.lane(SendMessage(chat_id=-5, text="x")) == "-5"
    assert effects.lane(AnswerCallback(chat_id=-5, query_id="1")) == "-5!"
    assert effects.lane(ChatAction(chat_id=-5)) == "-5!"


def test_cases_of_one_group_do_not_wait_for_each_other() -> None:
    assert effects.lane(SendMessage(chat_id=-5, case=7, text="x")) == "-5/7"
    assert effects.lane(SendMessage(chat_id=5, case=7, text="x")) == "5"


def test_a_reaction_to_what_may_still_wait_goes_behind_it_and_a_tick_past_it() -> None:
    behind = SetReaction(chat_id=-5, case=7, emoji="❤", message_ref="p1")
    assert effects.lane(behind) == "-5/7"
    assert effects.lane(SetReaction(chat_id=-5, emoji="👍", message_id=1)) == "-5+"
    assert effects.lane(TidyTopic(chat_id=-5, thread=1)) == "-5~"


def test_a_group_with_a_new_id_keeps_its_lanes() -> None:
    assert effects.lane(SendMessage(chat_id=-6, case=7, text="x"), -5) == "-5/7"
    assert effects.lane(SendMessage(chat_id=-6, text="x"), -5) == "-5"
