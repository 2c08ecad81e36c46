"""What Telegram takes out of texts, and where entities may stand in them."""

from __future__ import annotations

import pytest

from bot.sandbox.text.text_cleaning import (
    EntityPlaceError,
    check_places,
    check_range,
    cleaned,
    is_invisible,
    trimmed,
)


def _bold(offset: int, length: int) -> dict[str, object]:
    return {"type": "bold", "offset": offset, "length": length}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a\0b\tc\x1fd", "a b c d"),
        ("a\r\nb", "a\nb"),
        ("a\u2028b\u202ec\u0333", "abc"),
        ("\u200e\u200f\u200ea", "\u200c\u200c\u200ea"),
    ],
)
def test_what_is_taken_out(text: str, left: str) -> None:
    assert cleaned(text, []) == (left, [])


def test_entities_follow_what_is_taken_out() -> None:
    assert cleaned("\ra\rb\r", [_bold(1, 3)]) == ("ab", [_bold(0, 2)])


def test_trimming() -> None:
    assert trimmed(" \n a \n", []) == ("a", [])
    assert trimmed("  a  ", [_bold(1, 4)]) == (" a", [_bold(0, 2)])
    assert trimmed("a  ", [_bold(1, 2)]) == ("a", [])
    assert trimmed(" \n", [_bold(0, 2)]) == ("", [])


@pytest.mark.parametrize(
    ("entity", "error"),
    [
        (_bold(-1, 1), "receive an entity with incorrect offset -1"),
        (_bold(0, -1), "receive an entity with incorrect length -1"),
        (_bold(0, 1_000_001), "receive an entity with incorrect length 1000001"),
    ],
)
def test_numbers_that_no_entity_has(entity: dict[str, object], error: str) -> None:
    with pytest.raises(EntityPlaceError) as caught:
        check_range(entity)
    assert str(caught.value) == error


@pytest.mark.parametrize(
    ("text", "entities", "error"),
    [
        ("a😀b", [_bold(2, 1)], "entity begins in a middle of a UTF-16 symbol at byte offset 5"),
        ("a😀b", [_bold(1, 1)], "entity beginning at UTF-16 offset 1 ends in a middle of a UTF-16 "
         "symbol at byte offset 5"),
        ("ab", [_bold(5, 1)], "entity begins after the end of the text at UTF-16 offset 5"),
        ("ab", [_bold(0, 5)], "entity beginning at UTF-16 offset 0 ends after the end of the text "
         "at UTF-16 offset 5"),
    ],
)  # fmt: skip
def test_places_where_no_entity_stands(
    text: str, entities: list[dict[str, object]], error: str
) -> None:
    with pytest.raises(EntityPlaceError) as caught:
        check_places(text, entities)
    assert str(caught.value) == error


@pytest.mark.parametrize("text", ["", " \n", "\u200b\u200d", "\u3000\u00a0", "\ufeff"])
def test_a_text_that_nobody_sees(text: str) -> None:
    assert is_invisible(text)


def test_a_text_that_somebody_sees() -> None:
    assert not is_invisible("\u200b.")
