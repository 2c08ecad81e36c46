"""Telegram counts text in UTF-16 code units."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_BMP = 0xFFFF


def utf16_length(text: str) -> int:
    """Return how many UTF-16 code units a text has."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def utf16_offsets(text: str) -> Sequence[int]:
    """Return the UTF-16 offset of each character, and of the end.

    Args:
        text: Any text.

    Returns:
        Numbers, one more than there are characters; ``result[i]`` is where character ``i`` begins.
    """
    if utf16_length(text) == len(text):  # nearly every text
        return range(len(text) + 1)
    offsets = [0]
    for char in text:
        offsets.append(offsets[-1] + (2 if ord(char) > MAX_BMP else 1))
    return offsets


def utf16_slice(text: str, offset: int, length: int) -> str:
    """Cut a piece out of a text by UTF-16 offset and length.

    Args:
        text: Any text.
        offset: Where the piece begins, in code units.
        length: How long it is, in code units.

    Returns:
        The piece. Half a surrogate pair becomes U+FFFD.
    """
    units = text.encode("utf-16-le", "surrogatepass")
    return units[offset * 2 : (offset + length) * 2].decode("utf-16-le", "replace")
