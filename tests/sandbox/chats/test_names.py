"""Names as Telegram keeps them, by the rules of TDLib's ``clean_name``."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.chats.names import MAX_NAME, clean_name


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("Case 1", "Case 1"),
        ("  Case \n\n 1 ", "Case 1"),
        ("Case\t1\r\n", "Case 1"),
        ("Case\u00a0\u3000\u20091", "Case 1"),
        ("\u202eCase\u2028 1", "Case 1"),
        ("C\u0333a\u033fs\u030ae", "Case"),
        ("\u200eА\u200f", "\u200eА\u200f"),
        ("", ""),
        (" \u200b\ufeff\u2800\u00a0", ""),
        ("\U000e0041\U000e0042", ""),
    ],
)
def test_examples(given_name: str, kept: str) -> None:
    assert clean_name(given_name) == kept


def test_a_long_name_is_cut_by_characters_before_spaces_are_joined() -> None:
    assert clean_name("😀" * 200) == "😀" * MAX_NAME
    assert clean_name("a" + " " * 126 + "bc") == "a b"
    assert clean_name("a" * 127 + " b") == "a" * 127


@given(st.text(st.sampled_from("aЖ😀 \n\t\u00a0\u200b\u200e\u3000\ufffc\U000e0041"), max_size=300))
def test_a_kept_name_is_clean_and_stays_so(name: str) -> None:
    kept = clean_name(name)
    assert len(kept) <= MAX_NAME
    assert "  " not in kept
    assert "\n" not in kept
    assert kept == kept.strip()
    assert clean_name(kept) == kept
