"""Puts versions into the folder, and what somebody changed in the folder into the versions.

A process may be killed at any point. Publishing makes the commit, notes it under ``WRITING``, and
from that moment on everything else can be done again from that commit alone: ``repair``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from bot.console.versions import folder as disk
from bot.console.versions import repository as git
from bot.console.versions.messages import Message
from bot.console.versions.model import OUTSIDE, EventKind

if TYPE_CHECKING:
    from pathlib import Path

    from pygit2 import Commit, Oid, Repository, Tree

    from bot.console.versions.folder import Folder, Writing

OUTSIDE_WORDS = "changed outside the console"

_log = structlog.get_logger()


def import_outside(repository: Repository, found: Folder, at: float) -> Commit:
    """Commits what the folder holds to ``published``, if it is something else.

    A folder without any file is not taken for what somebody wanted: it was moved away, or is not
    mounted; then ``published`` stays.

    Returns:
        What is published now.
    """
    published = git.tip(repository, git.PUBLISHED)
    kept = {} if published is None else git.entries(published.tree)
    if published is not None and kept and not found.files:
        _log.error("answers_folder_empty", files_published=len(kept))
        return published
    changes: dict[str, bytes | None] = {
        path: content
        for path, content in found.files.items()
        if path not in kept or repository[kept[path]].read_raw() != content
    }
    changes |= {p: None for p in kept if p not in found.files and p not in found.unreadable}
    if published is not None and not changes:
        return published
    tree = git.with_changes(repository, None if published is None else published.tree, changes)
    who = git.signature(OUTSIDE, at)
    parents = [] if published is None else [published.id]
    message = Message(OUTSIDE_WORDS, EventKind.OUTSIDE)
    made = git.commit(repository, tree, parents, message, (who, who))
    git.point(repository, git.PUBLISHED, made)
    _log.info("answers_changed_outside", files=len(changes), version=str(made))
    return git.get(repository, made)


def put_into_folder(repository: Repository, made: Oid, writing: Writing) -> None:
    """The commit of a publication takes effect: it cannot be undone from here on.

    Raises:
        OSError: a file could not be moved to its place; the next ``repair`` tries again.
    """
    git.point(repository, git.WRITING, made)
    writing.apply()
    _finish(repository)


def repair(repository: Repository, folder: Path) -> bool:
    """Does the rest of a publication whose process was killed.

    A file that somebody has changed by hand since then is left as it is; it is imported next.

    Returns:
        Whether there was anything to do.

    Raises:
        OSError: the folder cannot be written.
    """
    commit = git.tip(repository, git.WRITING)
    if commit is None:
        return False
    before = commit.parents[0].tree
    old, new = git.contents(repository, before), git.contents(repository, commit.tree)
    wanted = {
        path: new.get(path) for path in old.keys() | new.keys() if old.get(path) != new.get(path)
    }
    present = disk.read(folder).files
    todo = {
        path: content
        for path, content in wanted.items()
        if present.get(path) == old.get(path) and present.get(path) != content
    }
    by_hand = [p for p, content in wanted.items() if p not in todo and present.get(p) != content]
    disk.prepare(folder, todo).apply()
    _finish(repository)
    _log.warning("publication_repaired", version=str(commit.id), files=len(todo), kept=len(by_hand))
    return True


def _finish(repository: Repository) -> None:
    commit = git.tip(repository, git.WRITING)
    if commit is None:
        return
    proposal = git.said(commit).proposal
    git.point(repository, git.PUBLISHED, commit.id)
    git.point(repository, git.CLOSED + proposal, commit.id)
    git.forget(repository, git.OPEN + proposal)
    git.forget(repository, git.WRITING)


def differences(repository: Repository, published: Commit, tree: Tree) -> dict[str, bytes | None]:
    """What must be written to a folder that holds ``published`` for it to hold another tree."""
    old, new = git.entries(published.tree), git.entries(tree)
    changed: dict[str, bytes | None] = {
        path: repository[oid].read_raw() for path, oid in new.items() if old.get(path) != oid
    }
    return changed | dict.fromkeys(path for path in old if path not in new)
