"""Whatever comes is read as an update, or told apart from one."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Bot

from bot.telegram import updates
from bot.telegram.updates import MalformedUpdateError
from tests.telegram.bot_api import message_update

BOT = Bot("1:x-y-z-not-used")

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)

CHAT = {"id": -1001, "type": "supergroup"}
USER = {"id": 42, "is_bot": False, "first_name": "A"}


@pytest.mark.parametrize(
    ("content", "chat_id"),
    [
        ({"message": {"chat": CHAT, "from": USER}}, -1001),
        ({"callback_query": {"id": "1", "from": USER, "message": {"chat": CHAT}}}, -1001),
        ({"callback_query": {"id": "1", "from": USER, "inline_message_id": "x"}}, 42),
        ({"my_chat_member": {"chat": CHAT, "from": USER}}, -1001),
        ({"inline_query": {"id": "1", "from": USER}}, 42),
        ({"poll_answer": {"poll_id": "1", "user": USER}}, 42),
        ({"message_reaction": {"chat": CHAT, "user": USER}}, -1001),
        ({"a_kind_to_come": {"chat": CHAT}}, -1001),
        ({"poll": {"id": "1"}}, None),
        ({"message": {"chat": {"id": "1"}}}, None),
        ({"message": {"chat": {"id": True}}}, None),
        ({"message": {"chat": {"id": 2**70}}}, None),
        ({"message": None}, None),
        ({}, None),
    ],
)
def test_the_chat_is_found_in_any_kind_of_update(
    content: dict[str, Any], chat_id: int | None
) -> None:
    assert updates.chat_id_of({"update_id": 1, **content}) == chat_id


@pytest.mark.parametrize("number", [None, "1", 1.5, True, -1, 2**63])
def test_an_odd_update_id_is_none(number: object) -> None:
    with pytest.raises(MalformedUpdateError):
        updates.update_id_of({"update_id": number})


@pytest.mark.parametrize("payload", [b"", b"{", b"[1]", b"null", b'"x"', b"\x00", b"[" * 100_000])
def test_what_is_no_object_is_malformed(payload: bytes) -> None:
    with pytest.raises(MalformedUpdateError):
        updates.read_json(payload)


def test_halves_of_surrogate_pairs_and_broken_utf8_are_replaced() -> None:
    assert updates.read_json(b'{"a":"x\\ud800y"}') == {"a": "x\ufffdy"}
    assert updates.read_json(b'{"a":"x\xffy"}') == {"a": "x\ufffdy"}


@given(JSON)
def test_any_json_is_read_or_malformed(found: object) -> None:
    payload = json.dumps(found).encode()
    try:
        update = updates.read_json(payload)
    except MalformedUpdateError:
        assert not isinstance(found, dict)
        return
    updates.chat_id_of(update)
    assert updates.read_json(updates.write_json(update)).keys() == update.keys()


@given(st.dictionaries(st.sampled_from(["message", "callback_query", "my_chat_member"]), JSON))
def test_a_known_kind_with_odd_contents_is_malformed_or_unknown(content: dict[str, Any]) -> None:
    with suppress(MalformedUpdateError):
        updates.build({"update_id": 1, **content}, BOT)


def test_a_message_is_built_and_an_unknown_kind_is_none() -> None:
    built = updates.build(message_update(7, text="salom"), BOT)
    assert built is not None
    assert built.effective_message is not None
    assert built.effective_message.text == "salom"
    assert updates.build({"update_id": 1, "a_kind_to_come": {}}, BOT) is None


def member_update(status: str, chat_type: str = "private") -> dict[str, Any]:
    def member(value: str) -> dict[str, Any]:
        extra = {"until_date": 0} if value == "kicked" else {}
        return {"status": value, "user": {**USER, "is_bot": True}, **extra}

    change = {
        "chat": {"id": 42, "type": chat_type},
        "from": USER,
        "date": 1,
        "old_chat_member": member("member"),
        "new_chat_member": member(status),
    }
    return {"update_id": 1, "my_chat_member": change}


CHANNEL_POST = {
    "update_id": 1,
    "channel_post": {"message_id": 1, "date": 1, "chat": {"id": -5, "type": "channel"}},
}


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (member_update("kicked"), True),
        (member_update("member"), False),
        (member_update("kicked", "group"), None),
        (message_update(1), False),
        (CHANNEL_POST, None),
    ],
)
def test_whether_the_person_blocks_us(raw: dict[str, Any], says: bool | None) -> None:
    built = updates.build(raw, BOT)
    assert built is not None
    assert updates.blocks(built) is says
