"""Serves the last good version of the answers, and takes changed ones into service.

Answers come from the folder or, if the console has published one, from an *edition*. While there is
an edition, every bot serves it and no bot its folder, which may be older or read-only there. The
machine of the console is no exception: its console takes changes of the folder into the edition. A
broken folder or edition is never served: what is in service stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from bot.answers import snapshot
from bot.answers.edition import DamagedEditionError, unpack
from bot.answers.faults import BrokenLibraryError
from bot.answers.load import load_library, read_library

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.answers.model import Library
    from bot.answers.variables import Values

MAX_LOGGED_FAULTS = 20
"""A folder that was moved away has a fault per file: the first say enough."""

_log = structlog.get_logger()


class LibraryHolder:
    """Holds the library that is in service.

    Args:
        folder: the answers folder.
        count_faults: told after each load how many faults there were; 0 means that the folder as
            it is on the disk, or the edition, is in service.
        values: of the variables in the texts, by name.
        edition: version and packed files of the edition, if there is one; the folder is then
            needed only if this one is broken.

    Raises:
        BrokenLibraryError: at the first load there is nothing good to serve yet.
    """

    def __init__(
        self,
        folder: Path,
        count_faults: Callable[[int], None] | None = None,
        values: Values | None = None,
        edition: tuple[str, bytes] | None = None,
    ) -> None:
        self._folder = folder
        self._values = values
        self._count_faults = count_faults or (lambda _: None)
        self._seen_edition: str | None = None
        self._served: str | None = None
        self._seen: snapshot.Signature = {}
        found = None if edition is None else self._from_edition(*edition)
        self._is_edition = found is not None
        if found is None:
            self._seen = snapshot.signature(folder)
            found = load_library(folder, values)
        self._library = found
        self._served = found.version
        self._count_faults(0)

    def __repr__(self) -> str:
        return f"LibraryHolder({self._library.version})"

    @property
    def library(self) -> Library:
        """The last good version."""
        return self._library

    @property
    def edition(self) -> str | None:
        """The version of the edition last looked at, good or broken; None: there is none."""
        return self._seen_edition

    def follow(self, edition: tuple[str, bytes] | None) -> bool:
        """Serves an edition if it is good, or the folder again if there is none any more.

        Blocks while it reads, as ``refresh``.

        Args:
            edition: its version and packed files; None if there is no edition.

        Returns:
            Whether another version is in service now.
        """
        if edition is None:
            if self._seen_edition is None:
                return False
            self._seen_edition, was_edition = None, self._is_edition
            self._is_edition = False
            if was_edition:
                _log.warning("edition_gone", served_next="folder")
            return self._load_folder() if was_edition else False
        found = self._from_edition(*edition)
        if found is None:
            return False
        self._is_edition = True
        return self._serve(found)

    def refresh(self) -> bool:
        """Loads the folder anew if a file has changed; keeps what is served if it is broken.

        Does nothing while an edition is served. Blocks while it reads (about a quarter of a second
        for all answers): call it in a thread. Faults are logged once per change, not at each call.

        Returns:
            Whether another version is in service now.
        """
        if self._is_edition or snapshot.signature(self._folder) == self._seen:
            return False
        return self._load_folder()

    def _load_folder(self) -> bool:
        # Looked at before it is read: a change in between is then found at the next call.
        self._seen = snapshot.signature(self._folder)
        try:
            found = load_library(self._folder, self._values)
        except BrokenLibraryError as error:
            self._report(error)
            return False
        return self._serve(found)

    def _from_edition(self, version: str, packed: bytes) -> Library | None:
        self._seen_edition = version
        try:
            loaded = read_library(unpack(packed, version), self._values)
        except DamagedEditionError as error:
            _log.error("edition_damaged", version=version, fault=str(error))
            return None
        if loaded.faults:
            self._report(BrokenLibraryError(loaded.faults), edition=version)
            return None
        return loaded.library

    def _serve(self, found: Library) -> bool:
        self._count_faults(0)
        changed = found.version != self._served
        self._library, self._served = found, found.version
        if changed:
            _log.info("library_changed", version=found.version, answers=len(found.answers))
        return changed

    def _report(self, error: BrokenLibraryError, **where: str) -> None:
        self._count_faults(len(error.faults))
        _log.error("library_broken", faults=len(error.faults), still_served=self._served, **where)
        for fault in error.faults[:MAX_LOGGED_FAULTS]:
            _log.error("library_fault", file=fault.file, line=fault.line, fault=str(fault.sentence))
