"""The order of the questions in a menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_ASKED = 3
"""So many of the most asked questions stand first; the rest keeps its place, to be found again."""


def most_asked_first(intents: Sequence[str], asked: Mapping[str, int]) -> tuple[str, ...]:
    """The questions of a menu: the three most asked, then the others in the order of the file.

    Args:
        intents: in the order of the file, which also decides between equals.
        asked: how often each was asked lately; what was never asked is not promoted.
    """
    by_count = sorted((i for i in intents if asked.get(i, 0) > 0), key=lambda i: -asked[i])
    first = by_count[:MOST_ASKED]
    return (*first, *(intent for intent in intents if intent not in first))
