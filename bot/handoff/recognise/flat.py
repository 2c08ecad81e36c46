"""One spelling of a text's digits and signs, however they were typed, and the way back.

Full-width, Arabic, circled and keycap digits become 0-9; every space, dash and plus one of its
kind; what nobody sees (joiners, direction marks, strokes through digits) goes.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Flat:
    """A text in one spelling.

    Attributes:
        text: the flat text.
        starts: where each of its characters begins in the original.
        ends: where it ends there, with what was dropped after it.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that became a stretch (not empty) of the flat text."""
        return self.starts[start], self.ends[end - 1]


def flatten(text: str) -> Flat:
    """The flat spelling of a text."""
    flat: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for place, character in enumerate(text):
        become = _flat(character)
        if become is None:
            become = "" if flat and flat[-1].isdecimal() else character
        if not become and ends:
            ends[-1] = place + 1
        flat.extend(become)
        starts.extend([place] * len(become))
        ends.extend([place + 1] * len(become))
    return Flat("".join(flat), tuple(starts), tuple(ends))


@lru_cache(maxsize=4096)
def _flat(character: str) -> str | None:
    """What a character becomes; None for a mark that goes only when it stands on a digit."""
    if character.isascii():
        return {"\r": "\n", "\t": " "}.get(character, character)
    category = unicodedata.category(character)
    if category == "Cf":
        return ""
    if category in {"Mn", "Me"}:
        return None
    if (digit := unicodedata.digit(character, None)) is not None:
        return str(digit)
    if category == "Zs":
        return " "
    if category in {"Zl", "Zp"}:
        return "\n"
    if category == "Pd" or character == "\N{MINUS SIGN}":
        return "-"
    compatible = unicodedata.normalize("NFKC", character)
    if compatible.isascii() and (len(compatible) == 1 or compatible.isdecimal()):
        return compatible
    return character
