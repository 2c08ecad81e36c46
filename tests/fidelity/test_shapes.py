"""The rules by which JSON is held against aiogram's models forgive nothing."""

from __future__ import annotations

from typing import Any

import pytest
from aiogram.types import (
    ChatMemberUnion,
    Message,
    MessageEntity,
    MessageOriginUnion,
    PhotoSize,
    ReactionTypeUnion,
    Update,
)

from tests.fidelity.shapes import violations

USER = {"id": 1, "is_bot": False, "first_name": "A"}
CHAT = {"id": 1, "type": "private", "first_name": "A"}
MESSAGE = {"message_id": 1, "date": 1_800_000_000, "chat": CHAT, "from": USER, "text": "x"}
ORIGIN = {"type": "user", "date": 1_800_000_000, "sender_user": USER}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (MESSAGE, Message),
        ([MESSAGE, MESSAGE], list[Message]),
        (MESSAGE | {"forward_origin": ORIGIN, "reply_to_message": MESSAGE}, Message),
        ({"update_id": 1, "message": MESSAGE}, Update),
        (ORIGIN, MessageOriginUnion),
        ({"status": "left", "user": USER}, ChatMemberUnion),
        ({"type": "emoji", "emoji": "👍"}, ReactionTypeUnion),
        (True, bool),
        (5, int),
        (5, float),
    ],
)
def test_what_is_right_passes(value: object, expected: Any) -> None:
    assert violations(value, expected, "it") == []


@pytest.mark.parametrize(
    ("value", "expected", "fault"),
    [
        (MESSAGE | {"colour": "red"}, Message, "it.colour: Message has no such field"),
        (
            MESSAGE | {"chat": CHAT | {"mood": "good"}},
            Message,
            "it.chat.mood: Chat has no such field",
        ),
        (
            MESSAGE | {"entities": [{"type": "bold", "offset": 0, "length": 1, "weight": 7}]},
            Message,
            "it.entities[0].weight: MessageEntity has no such field",
        ),
        (
            {"update_id": 1, "message": MESSAGE | {"colour": "red"}},
            Update,
            "it.message.colour: Message has no such field",
        ),
    ],
)
def test_an_unknown_field_is_caught(value: object, expected: Any, fault: str) -> None:
    assert fault in violations(value, expected, "it")


@pytest.mark.parametrize(
    ("value", "expected", "fault"),
    [
        ({key: MESSAGE[key] for key in MESSAGE if key != "date"}, Message, "it.date: missing"),
        (MESSAGE | {"chat": {"id": 1}}, Message, "it.chat.type: missing in Chat"),
        ({"type": "user", "date": 1}, MessageOriginUnion, "it.sender_user: missing"),
        ({"date": 1, "sender_user": USER}, MessageOriginUnion, "it.type: missing"),
        ({"emoji": "👍"}, ReactionTypeUnion, "it.type: missing in ReactionTypeEmoji"),
    ],
)
def test_a_missing_field_is_caught_also_a_tag(value: object, expected: Any, fault: str) -> None:
    assert any(found.startswith(fault) for found in violations(value, expected, "it"))


@pytest.mark.parametrize(
    ("value", "expected", "fault"),
    [
        (MESSAGE | {"message_id": "1"}, Message, "it.message_id: str instead of int"),
        (MESSAGE | {"message_id": True}, Message, "it.message_id: bool instead of int"),
        (MESSAGE | {"message_id": 1.0}, Message, "it.message_id: float instead of int"),
        (MESSAGE | {"date": "2026-11-23"}, Message, "it.date: str instead of Unix time"),
        (MESSAGE | {"from": USER | {"is_bot": 0}}, Message, "it.from.is_bot: int instead of bool"),
        (MESSAGE | {"text": 5}, Message, "it.text: int instead of str"),
        (MESSAGE | {"text": None}, Message, "it.text: null instead of str"),
        (MESSAGE | {"photo": {}}, Message, "it.photo: dict instead of a list"),
        (MESSAGE | {"chat": 1}, Message, "it.chat: int instead of Chat"),
        (1, bool, "it: int instead of bool"),
        (
            {"file_id": "a", "file_unique_id": "b", "width": 1, "height": "1"},
            PhotoSize,
            "it.height: str instead of int",
        ),
    ],
)
def test_a_wrong_type_is_caught_also_one_that_aiogram_would_convert(
    value: object, expected: Any, fault: str
) -> None:
    assert fault in violations(value, expected, "it")


@pytest.mark.parametrize(
    ("value", "expected", "fault"),
    [
        (ORIGIN | {"type": "planet"}, MessageOriginUnion, "it.type: 'planet' instead of"),
        ({"status": "lost", "user": USER}, ChatMemberUnion, "it.status: 'lost' instead of"),
        (
            {"status": "kicked", "user": USER},
            ChatMemberUnion,
            "it.until_date: missing in ChatMemberBanned",
        ),
    ],
)
def test_of_a_union_the_member_that_is_meant_is_named(
    value: object, expected: Any, fault: str
) -> None:
    assert any(found.startswith(fault) for found in violations(value, expected, "it"))


def test_a_field_that_the_bot_api_has_withdrawn_is_caught() -> None:
    assert violations(MESSAGE | {"forward_date": 1}, Message, "it") == [
        "it.forward_date: withdrawn from Message"
    ]


def test_aiograms_own_rules_hold_as_well() -> None:
    entity = {"type": "bold", "offset": 0}
    assert "it.length: aiogram: Field required" in violations(entity, MessageEntity, "it")
