"""Long lists, a page at a time; ``templates/leaves.html`` leads from one to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec

if TYPE_CHECKING:
    from collections.abc import Sequence

ROWS = 100
"""Of a page, if nothing else is said."""

_T = TypeVar("_T")


class Leaf(msgspec.Struct, Generic[_T], frozen=True):
    """A page of a long list.

    Attributes:
        rows: of this page.
        number: of this page, from 1.
        last: of the last page.
        all: how many rows there are on all pages.
    """

    rows: tuple[_T, ...]
    number: int
    last: int
    all: int


def leaf(rows: Sequence[_T], number: int, size: int = ROWS) -> Leaf[_T]:
    """The page of this number; the last one if there are fewer.

    Args:
        rows: all of them.
        number: from 1.
        size: how many rows a page has.
    """
    last = max(1, -(-len(rows) // size))
    number = min(number, last)
    first = (number - 1) * size
    return Leaf(tuple(rows[first : first + size]), number, last, len(rows))
