"""Telegram counts the places of formatting in UTF-16 code units, Python in characters."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.handoff.masking import Masked


def carried(original: str, masked: Masked, offset: int, length: int) -> tuple[int, int]:
    """Where the formatting of a text is once the text is masked.

    Formatting that touches a label covers all of it. What formatting *carries* is not looked at
    here: links to phones, to e-mail addresses and to people must not be carried over at all.

    Args:
        original: the text before.
        masked: the text after, made of ``original``.
        offset: of the formatting in the original, in UTF-16 code units.
        length: likewise; at least 1.

    Returns:
        Offset and length in the masked text, in UTF-16 code units.
    """
    units = [0, *accumulate(_units(character) for character in original)]
    first = bisect_right(units, offset) - 1
    last = min(bisect_left(units, offset + length), len(original))
    start, end = masked.moved_span(first, last)
    before = sum(map(_units, masked.text[:start]))
    return before, sum(map(_units, masked.text[start:end]))


def _units(character: str) -> int:
    return 2 if ord(character) > 0xFFFF else 1
