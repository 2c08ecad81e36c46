"""Numbers of bank cards; these are the issuers' own test numbers."""

from __future__ import annotations

import pytest

from bot.sandbox.text.bank_cards import find_cards


def _found(text: str) -> list[str]:
    return [text[begin:end] for begin, end in find_cards(text)]


@pytest.mark.parametrize(
    "number",
    ["4242424242424242", "4242 4242 4242 4242", "5555-5555-5555-4444", "378282246310005",
     "6200000000000005", "4 2 4 2 4 2 4 2 4 2 4 2 4 2 4 2"],
)  # fmt: skip
def test_cards(number: str) -> None:
    assert _found(f"pay with {number} please") == [number]


@pytest.mark.parametrize(
    "text",
    ["4242424242424241", "424242424242", "a4242424242424242", "+4242424242424242",
     "4242424242424242a", "42424242424242420", "4242                        424242424242"],
)  # fmt: skip
def test_what_is_no_card(text: str) -> None:
    assert _found(text) == []
