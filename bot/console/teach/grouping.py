"""Groups of like questions for a page that must not wait for them: remembered, and made beside it.

Vectors take seconds. What was grouped once stays grouped while questions leave the queue; new ones
stand by themselves until the groups are made anew in the background.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import msgspec

from bot.console.training.likeness import By, Likeness, by_spelling, group

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.console.training.folders import Folders
    from bot.console.training.likeness import Asked

PATIENCE = 2.0
"""Seconds that a page waits for its groups before it is shown without them."""

RETRY_SECONDS = 600.0
"""After so long it is tried again to group by meaning what could be grouped by spelling only."""


class Grouped(msgspec.Struct, frozen=True):
    """The groups of now, in no order.

    Attributes:
        groups: the ids of each group's questions; the likest to the others come first.
        by: what they were put together by.
        working: whether better groups are being made.
    """

    groups: tuple[tuple[str, ...], ...]
    by: By
    working: bool


class _Found(msgspec.Struct, frozen=True):
    ids: frozenset[str]
    likeness: Likeness
    at: float


class Grouping:
    """Remembers the last groups.

    Args:
        folders: of this installation.
        patience: seconds that a page waits.
        monotonic: the clock by which it is tried again.
    """

    def __init__(
        self,
        folders: Folders,
        patience: float = PATIENCE,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._folders = folders
        self._patience = patience
        self._monotonic = monotonic
        self._found: _Found | None = None
        self._task: asyncio.Task[None] | None = None

    async def groups(self, asked: Sequence[Asked]) -> Grouped:
        """The groups of questions, as far as they are known within the page's patience.

        Args:
            asked: the whole queue; their ids differ.
        """
        if not self._knows(asked):
            if self._task is None or self._task.done():
                self._task = asyncio.create_task(self._group(tuple(asked)))
            await asyncio.wait({self._task}, timeout=self._patience)
        return self._grouped(asked)

    def is_working(self) -> bool:
        """Whether groups are being made."""
        return self._task is not None and not self._task.done()

    async def close(self) -> None:
        """Ends what still works."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})

    async def _group(self, asked: tuple[Asked, ...]) -> None:
        found = await group(self._folders, asked)
        self._found = _Found(frozenset(one.id for one in asked), found, self._monotonic())

    def _knows(self, asked: Sequence[Asked]) -> bool:
        found = self._found
        if found is None or not found.ids.issuperset(one.id for one in asked):
            return False
        old = self._monotonic() - found.at > RETRY_SECONDS
        return found.likeness.by is By.MEANING or not old

    def _grouped(self, asked: Sequence[Asked]) -> Grouped:
        found = self._found
        known = found.ids if found else frozenset()
        here = {one.id for one in asked}
        groups = [each.ids for each in found.likeness.groups] if found else []
        left = [tuple(name for name in ids if name in here) for ids in groups]
        new = by_spelling(one for one in asked if one.id not in known)
        return Grouped(
            (*filter(None, left), *(each.ids for each in new)),
            found.likeness.by if found else By.SPELLING,
            self.is_working(),
        )
