"""Serves the last good version of the answers, and takes changed files into service."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from bot.answers import snapshot
from bot.answers.faults import BrokenLibraryError
from bot.answers.load import load_library

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from bot.answers.model import Library

MAX_LOGGED_FAULTS = 20
"""A folder that was moved away has a fault per file: the first say enough."""

_log = structlog.get_logger()


class LibraryHolder:
    """Holds the library that is in service.

    Args:
        folder: the answers folder.
        count_faults: told after each load how many faults there were; 0 means that the folder as
            it is on the disk is in service.
        values: of the variables in the texts, by name.

    Raises:
        BrokenLibraryError: at the first load there is nothing good to serve yet.
    """

    def __init__(
        self,
        folder: Path,
        count_faults: Callable[[int], None] | None = None,
        values: Mapping[str, str] | None = None,
    ) -> None:
        self._folder = folder
        self._values = values
        self._count_faults = count_faults or (lambda _: None)
        self._seen = snapshot.signature(folder)
        self._library = load_library(folder, values)
        self._count_faults(0)

    def __repr__(self) -> str:
        return f"LibraryHolder({self._library.version})"

    @property
    def library(self) -> Library:
        """The last good version."""
        return self._library

    def refresh(self) -> bool:
        """Loads the folder anew if a file has changed; keeps what is served if it is broken.

        Blocks while it reads (about a quarter of a second for all answers): call it in a thread.
        Faults are logged once per change, not at each call.

        Returns:
            Whether another version is in service now.
        """
        # Looked at before it is read: a change in between is then found at the next call.
        now = snapshot.signature(self._folder)
        if now == self._seen:
            return False
        self._seen = now
        try:
            found = load_library(self._folder, self._values)
        except BrokenLibraryError as error:
            self._report(error)
            return False
        self._count_faults(0)
        changed = found.version != self._library.version
        self._library = found
        if changed:
            _log.info("library_changed", version=found.version, answers=len(found.answers))
        return changed

    def _report(self, error: BrokenLibraryError) -> None:
        self._count_faults(len(error.faults))
        _log.error("library_broken", faults=len(error.faults), still_served=self._library.version)
        for fault in error.faults[:MAX_LOGGED_FAULTS]:
            _log.error("library_fault", file=fault.file, line=fault.line, fault=fault.sentence)
