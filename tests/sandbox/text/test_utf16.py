"""Offsets in UTF-16 code units, against their definition."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.text.utf16 import utf16_length, utf16_offsets, utf16_slice

# With surrogates: a bot may send half a pair in JSON's escapes.
TEXT = st.text(st.characters(exclude_categories=()), max_size=20)


def units(text: str) -> int:
    """A character beyond the basic plane has two code units."""
    return sum(2 if ord(char) > 0xFFFF else 1 for char in text)


@given(TEXT)
def test_the_length_counts_code_units(text: str) -> None:
    assert utf16_length(text) == units(text)


@given(TEXT)
def test_each_character_begins_after_the_units_before_it(text: str) -> None:
    assert list(utf16_offsets(text)) == [units(text[:place]) for place in range(len(text) + 1)]


@given(st.text(max_size=20), st.data())
def test_a_slice_by_offsets_is_the_characters_between(text: str, data: st.DataObject) -> None:
    begin = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(begin, len(text)))
    offsets = utf16_offsets(text)
    assert utf16_slice(text, offsets[begin], offsets[end] - offsets[begin]) == text[begin:end]
