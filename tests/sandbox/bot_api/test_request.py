"""Parameters, read with Telegram's leniency."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.errors import BadRequestError
from bot.sandbox.params import Params


@pytest.mark.parametrize("value", [True, "true", "True", "1", "yes", 1])
def test_yes(value: object) -> None:
    assert Params({"a": value}).flag("a")


@pytest.mark.parametrize("value", [False, "false", "0", "y", "on", "", 2, None])
def test_everything_else_is_no(value: object) -> None:
    assert not Params({"a": value}).flag("a")


@pytest.mark.parametrize(
    ("value", "number"),
    [(5, 5), ("5", 5), ("-5", -5), ("5 apples", 5), (5.9, 5), ("apples", 0), ([], 0), (True, 0),
     (None, 7), ("", 7), ("9" * 30, 0)],
)  # fmt: skip
def test_a_number_is_what_a_text_begins_with(value: object, number: int) -> None:
    assert Params({"a": value}).integer("a", 7) == number


def test_numbers_out_of_bounds_are_brought_in() -> None:
    params = Params({"a": 500, "b": -5})
    assert params.bounded("a", 1, 100) == 100
    assert params.bounded("b", 1, 100) == 1
    assert params.bounded("c", 1, 100, 40) == 40


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "chat_id is empty"),
        ({"chat_id": ""}, "chat_id is empty"),
        ({"chat_id": "name"}, "chat not found"),
        ({"chat_id": "@name"}, "chat not found"),
    ],
)
def test_chats_that_cannot_be(values: dict[str, Any], words: str) -> None:
    with pytest.raises(BadRequestError, match=words):
        Params(values).chat_id()


def test_what_is_required_is_named() -> None:
    with pytest.raises(BadRequestError) as caught:
        Params({"a": ""}).required("a")
    assert caught.value.description == 'Bad Request: parameter "a" is required'
