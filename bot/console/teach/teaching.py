"""What all pages of Teach share: where things are, and what is slow to find out."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.console.teach.grouping import Grouping
from bot.console.training import phrases

if TYPE_CHECKING:
    from bot.console.training.folders import Folders

_Stamp = tuple[tuple[str, int, int], ...]


class Teaching:
    """One for the process.

    Args:
        folders: of this installation.
    """

    def __init__(self, folders: Folders) -> None:
        self.folders = folders
        self.grouping = Grouping(folders)
        self._reading = asyncio.Lock()
        self._intents: tuple[_Stamp, frozenset[str]] | None = None

    async def intents(self) -> frozenset[str]:
        """The questions that can be taught; the files are read again when one of them changed."""
        async with self._reading:
            return await asyncio.to_thread(self._known)

    async def close(self) -> None:
        """Ends what still works in the background; a training goes on."""
        await self.grouping.close()

    def _known(self) -> frozenset[str]:
        stamp = _stamp(self.folders)
        if self._intents is None or self._intents[0] != stamp:
            self._intents = stamp, frozenset(phrases.known_intents(self.folders))
        return self._intents[1]


def _stamp(folders: Folders) -> _Stamp:
    """Changes when a file of phrases does."""
    found = []
    for path in sorted(folders.phrases.glob("*/*.yml")):
        about = path.stat()
        found.append((str(path), about.st_mtime_ns, about.st_size))
    return tuple(found)
