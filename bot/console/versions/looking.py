"""Looks into the past: which changes a file had, and who wrote which line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pygit2.enums import BlameFlag

from bot.console.versions import repository as git
from bot.console.versions.merging import shown
from bot.console.versions.model import BlameLine

if TYPE_CHECKING:
    from pygit2 import Commit, Repository

    from bot.console.versions.model import Change


def history(repository: Repository, start: Commit, path: str, limit: int) -> tuple[Change, ...]:
    """The changes of a file or a folder of what is published, the newest first.

    Args:
        repository: of the versions.
        start: the version to look back from.
        path: of a file or a folder; empty for everything.
        limit: at most so many.
    """
    found: list[Change] = []
    for commit in git.first_parents(repository, start):
        before = commit.parents[0].tree if commit.parents else None
        if path:
            now = git.entry_id(commit.tree, path)
            earlier = None if before is None else git.entry_id(before, path)
        else:
            now, earlier = commit.tree.id, None if before is None else before.id
        if now != earlier:
            found.append(git.as_change(commit))
            if len(found) == limit:
                break
    return tuple(found)


def blame(repository: Repository, start: Commit, path: str) -> tuple[BlameLine, ...]:
    """The lines of a file, each with who wrote it; nothing if there is no such file."""
    raw = git.content(repository, start.tree, path)
    if not raw:
        return ()
    text = shown(raw) or ""
    lines = text.split("\n")
    lines = lines[:-1] if lines[-1] == "" else lines
    found = repository.blame(path, flags=BlameFlag.FIRST_PARENT, newest_commit=start.id)
    commits: dict[int, Commit] = {}
    for hunk in found:
        commit = git.find(repository, str(hunk.final_commit_id))
        first = hunk.final_start_line_number
        if commit is not None:
            commits |= dict.fromkeys(range(first, first + hunk.lines_in_hunk), commit)
    return tuple(
        BlameLine(
            number,
            line.removesuffix("\r"),
            git.author(commits[number]),
            git.moment(commits[number]),
            str(commits[number].id),
        )
        for number, line in enumerate(lines, 1)
        if number in commits
    )
