"""The answers as they are in the folder now, broken or not; read anew only when a file changed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.answers import snapshot
from bot.answers.load import read_library

if TYPE_CHECKING:
    from pathlib import Path

    from bot.answers.loaded import Loaded
    from bot.answers.snapshot import Signature
    from bot.answers.variables import Values


class AnswersFolder:
    """Reads the folder, and remembers what it read.

    Args:
        folder: the answers folder.
        values: of the variables in the texts, by name.
    """

    def __init__(self, folder: Path, values: Values) -> None:
        self._folder = folder
        self._values = values
        self._one_at_a_time = asyncio.Lock()
        self._read: tuple[Signature, Loaded] | None = None

    async def loaded(self) -> Loaded:
        """What the folder holds, with its faults; never raises."""
        async with self._one_at_a_time:
            return await asyncio.to_thread(self._loaded)

    def _loaded(self) -> Loaded:
        # Looked at before it is read: a change in between is then found at the next call.
        now = snapshot.signature(self._folder)
        if self._read is None or self._read[0] != now:
            self._read = now, read_library(snapshot.take(self._folder), self._values)
        return self._read[1]
