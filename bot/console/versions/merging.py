"""Three-way merges: what both changed, and whether the changes meet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pygit2
from pygit2.enums import FileMode

from bot.console.versions.model import FileConflict
from bot.console.versions.repository import content, entries

if TYPE_CHECKING:
    from pygit2 import IndexEntry, Repository, Tree

THEIRS_MARK = "<<<<<<< theirs"
YOURS_MARK = ">>>>>>> yours"


@dataclass(slots=True)
class Merge:
    """How one tree's changes get into another.

    Attributes:
        changes: to be made to ``theirs``; None deletes a file.
        conflicts: files that cannot be merged without a person.
    """

    changes: dict[str, bytes | None] = field(default_factory=dict)
    conflicts: list[FileConflict] = field(default_factory=list)


def merge_trees(repository: Repository, base: Tree, theirs: Tree, yours: Tree) -> Merge:
    """Brings what changed from ``base`` to ``yours`` into ``theirs``."""
    found = Merge()
    at_base, at_theirs, at_yours = entries(base), entries(theirs), entries(yours)
    for path in sorted(at_base.keys() | at_yours.keys()):
        before, mine, other = at_base.get(path), at_yours.get(path), at_theirs.get(path)
        if mine in (before, other):
            continue
        new = content(repository, yours, path)
        if other == before:
            found.changes[path] = new
            continue
        old, present = content(repository, base, path), content(repository, theirs, path)
        conflict = merge_file(repository, path, old, present, new)
        if conflict.is_clean and conflict.merged is not None:
            found.changes[path] = conflict.merged.encode()
        else:
            found.conflicts.append(conflict)
    return found


def merge_file(
    repository: Repository,
    path: str,
    base: bytes | None,
    theirs: bytes | None,
    yours: bytes | None,
) -> FileConflict:
    """Both changes of one file, and what they give together."""
    merged, is_clean = _merged(repository, path, base, theirs, yours)
    return FileConflict(path, shown(base), shown(theirs), shown(yours), merged, is_clean)


def shown(found: bytes | None) -> str | None:
    """A file's content for people; what is not UTF-8 as U+FFFD."""
    return None if found is None else found.decode("utf-8", "replace")


def is_text(found: bytes) -> bool:
    """Whether it is UTF-8, and has no NUL, at which libgit2 would take it to end."""
    if b"\0" in found:
        return False
    try:
        found.decode()
    except UnicodeDecodeError:
        return False
    return True


def _merged(
    repository: Repository,
    path: str,
    base: bytes | None,
    theirs: bytes | None,
    yours: bytes | None,
) -> tuple[str | None, bool]:
    if theirs is None or yours is None:  # one of them deleted what the other changed
        return shown(yours if theirs is None else theirs), False
    if theirs == yours or base in (theirs, yours):
        return shown(yours if base == theirs else theirs), True
    if not all(is_text(one) for one in (base or b"", theirs, yours)):
        return shown(yours), False
    if not theirs or not yours:  # libgit2 leaves the names off the marks then
        middle = f"{_ended(theirs)}=======\n{_ended(yours)}"
        return f"{THEIRS_MARK}\n{middle}{YOURS_MARK}\n", False
    result = repository.merge_file_from_index(
        _entry(repository, path, base),
        _entry(repository, path, theirs),
        _entry(repository, path, yours),
    )
    return _with_marks(result.contents, path), result.automergeable


def _ended(found: bytes) -> str:
    text = found.decode()
    return text if not text or text.endswith("\n") else f"{text}\n"


def _entry(repository: Repository, path: str, found: bytes | None) -> IndexEntry | None:
    if found is None:
        return None
    return pygit2.IndexEntry(path, repository.create_blob(found), FileMode.BLOB)


def _with_marks(merged: str, path: str) -> str:
    """libgit2 puts the file's name at both marks; people need to know which side is whose."""
    marks = {f"<<<<<<< {path}": THEIRS_MARK, f">>>>>>> {path}": YOURS_MARK}
    lines = merged.splitlines(keepends=True)
    for index, line in enumerate(lines):
        bare = line.rstrip("\r\n")
        if bare in marks:
            lines[index] = marks[bare] + line[len(bare) :]
    return "".join(lines)
