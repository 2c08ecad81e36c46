"""One spelling of digits and signs, and the way back to the original."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handoff.recognise.flat import flatten


@pytest.mark.parametrize(
    ("written", "flat"),
    [
        ("０１２３", "0123"),
        ("٠١٢٣", "0123"),
        ("۰۱۲۳", "0123"),
        ("①②⑩❶", "12101"),
        ("𝟎𝟏𝟐", "012"),
        ("8\ufe0f\u20e37\ufe0f\u20e3", "87"),
        ("8\u200b7\u200d0\u00ad1\u2060", "8701"),
        ("8\u03367\u0336", "87"),
        ("8\u00a07\u20090\u202f1\t2", "8 7 0 1 2"),
        ("8\u20137\u20140\u22121\u20112", "8-7-0-1-2"),
        ("＋９＠ｂ．", "+9@b."),
        ("қў й\u0306 №", "қў й\u0306 №"),
        ("a\r\nb\u2028c", "a\n\nb\nc"),
    ],
)
def test_every_way_to_type_a_digit_becomes_one(written: str, flat: str) -> None:
    assert flatten(written).text == flat


@given(st.text())
def test_every_flat_character_knows_where_it_came_from(text: str) -> None:
    flat = flatten(text)
    assert len(flat.starts) == len(flat.ends) == len(flat.text)
    assert list(flat.starts) == sorted(flat.starts)
    assert list(flat.ends) == sorted(flat.ends)
    for place in range(len(flat.text)):
        start, end = flat.original(place, place + 1)
        assert 0 <= start < end <= len(text)
        assert flat.text[place] in flatten(text[start:end]).text


@given(st.text())
def test_flat_text_stays_as_it_is(text: str) -> None:
    once = flatten(text).text
    assert flatten(once).text == once
