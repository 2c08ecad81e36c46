"""Opens the versions: under the lock, what a killed process left is finished, the folder read."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import structlog

from bot.console.versions import folder as disk
from bot.console.versions import publishing
from bot.console.versions import repository as git

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pygit2 import Commit, Repository

    from bot.console.versions.model import Version

_RACY_SECONDS = 2.0
"""A file younger than this when it was read may change again without a new time."""

_log = structlog.get_logger()


class Opening:
    """The folder and its repository.

    Args:
        folder: the answers folder.
        git_dir: of the repository.
        now: tells the time in seconds since the epoch.
    """

    def __init__(self, folder: Path, git_dir: Path, now: Callable[[], float]) -> None:
        self.folder = folder
        self._git_dir = git_dir
        self._now = now
        self._seen: tuple[disk.Signature, Version] | None = None
        self._is_swept = False

    @contextmanager
    def __call__(self) -> Iterator[tuple[Repository, Commit]]:
        """The repository under its lock, repaired and up to date, and what is published."""
        with git.locked(self._git_dir) as repository:
            if not self._is_swept:
                disk.sweep(self.folder)
                self._is_swept = True
            try:
                publishing.repair(repository, self.folder)
            except OSError as error:  # tried again at the next call; till then the past can be read
                _log.error("publication_not_repaired", error=type(error).__name__)
            yield repository, self._up_to_date(repository)

    def is_whole(self, repository: Repository, published: Commit) -> bool:
        """Whether the folder can be published to.

        Not while an earlier publication could not be finished, nor when it was moved away.
        """
        if git.tip(repository, git.WRITING) is not None:
            return False
        return not len(published.tree) or bool(disk.look(self.folder))

    def _up_to_date(self, repository: Repository) -> Commit:
        published = git.tip(repository, git.PUBLISHED)
        if published is not None:
            if git.tip(repository, git.WRITING) is not None:
                return published  # half of it is in the folder: that is no change by hand
            is_known = self._seen is not None and self._seen[1] == str(published.id)
            if is_known and self._seen == (disk.look(self.folder), str(published.id)):
                return published
        began = time.time()
        found = disk.read(self.folder)
        imported = publishing.import_outside(repository, found, self._now())
        settled = found.newest < began - _RACY_SECONDS and not found.unreadable
        self._seen = (found.signature, str(imported.id)) if settled else None
        return imported
