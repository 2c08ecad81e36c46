"""The audit logs as tables: filtered, newest first, a page at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.store.console import Change
    from bot.store.staff import Reveal

ROWS = 100
"""Of a page."""

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


def leaf(rows: Sequence[_T], number: int) -> Leaf[_T]:
    """The page of this number; the last one if there are fewer."""
    last = max(1, -(-len(rows) // ROWS))
    number = min(number, last)
    first = (number - 1) * ROWS
    return Leaf(tuple(rows[first : first + ROWS]), number, last, len(rows))


def changes_of(
    changes: Iterable[Change], since: float, who: int | None = None, what: str = ""
) -> tuple[Change, ...]:
    """Changes from a moment on, newest first.

    Args:
        changes: oldest first.
        since: seconds since the epoch.
        who: by this member only.
        what: of this kind only.
    """
    found = [
        change
        for change in changes
        if change.at >= since
        and (who is None or change.who.id == who)
        and (not what or change.what == what)
    ]
    return tuple(sorted(found, key=lambda change: -change.at))


def reveals_of(
    reveals: Iterable[Reveal], since: float, who: int | None = None
) -> tuple[Reveal, ...]:
    """Looks at what was masked, likewise."""
    found = [one for one in reveals if one.at >= since and who in (None, one.staff)]
    return tuple(sorted(found, key=lambda one: -one.at))
