"""Entities given as JSON: https://core.telegram.org/bots/api#messageentity."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.errors import BadRequestError
from bot.sandbox.text.given_entities import read_entities

PLACE = {"offset": 0, "length": 1}


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ({"type": "bold"}, {"type": "bold"}),
        ({"type": "pre", "language": "py"}, {"type": "pre", "language": "py"}),
        ({"type": "text_link", "url": "egov.kz"}, {"type": "text_link", "url": "http://egov.kz/"}),
        ({"type": "text_link", "url": "tg://user?id=7"}, {"type": "text_mention", "user_id": 7}),
        ({"type": "text_mention", "user": {"id": 7}}, {"type": "text_mention", "user_id": 7}),
        ({"type": "custom_emoji", "custom_emoji_id": "5"},
         {"type": "custom_emoji", "custom_emoji_id": "5"}),
        ({"type": "date_time", "unix_time": 5, "date_time_format": "dDw"},
         {"type": "date_time", "unix_time": 5, "date_time_format": "wD"}),
    ],
)  # fmt: skip
def test_kinds(told: dict[str, Any], read: dict[str, Any]) -> None:
    assert read_entities([PLACE | told]) == [PLACE | read]


def test_numbers_may_be_strings() -> None:
    assert read_entities([{"type": "bold", "offset": "0", "length": "1"}]) == [
        PLACE | {"type": "bold"}
    ]


@pytest.mark.parametrize("kind", ["mention", "hashtag", "bot_command", "url", "phone_number"])
def test_kinds_that_telegram_finds_itself_are_passed_over(kind: str) -> None:
    assert read_entities([PLACE | {"type": kind}]) == []


@pytest.mark.parametrize(
    ("entity", "error"),
    [
        (5, "can't parse MessageEntity: expected an Object"),
        ({"type": "bold", "length": 1}, 'can\'t parse MessageEntity: Can\'t find field "offset"'),
        (PLACE | {"length": [], "type": "bold"},
         'can\'t parse MessageEntity: Field "length" must be of type Number'),
        (PLACE, 'can\'t parse MessageEntity: Can\'t find field "type"'),
        (PLACE | {"type": ""}, "can't parse MessageEntity: Type is not specified"),
        (PLACE | {"type": "loud"}, "can't parse MessageEntity: Unsupported type specified"),
        (PLACE | {"type": "text_link"}, 'can\'t parse MessageEntity: Can\'t find field "url"'),
        (PLACE | {"type": "text_link", "url": "nodot"},
         "entity URL 'nodot' is invalid: Wrong HTTP URL"),
        (PLACE | {"type": "custom_emoji", "custom_emoji_id": 0},
         "invalid custom emoji identifier specified"),
        (PLACE | {"type": "date_time", "unix_time": 5, "date_time_format": "x"},
         "can't parse MessageEntity: Invalid date format used"),
    ],
)  # fmt: skip
def test_faults_are_named_in_telegrams_words(entity: object, error: str) -> None:
    with pytest.raises(BadRequestError) as caught:
        read_entities([entity])
    assert caught.value.description == f"Bad Request: {error}"
