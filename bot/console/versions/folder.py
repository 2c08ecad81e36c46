"""The answers folder as the versions see it: read all of it, write files so that none is half."""

from __future__ import annotations

import os
import re
import stat
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from bot.answers.snapshot import is_aside

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ASIDE = ".console-aside"
"""Ends the hidden name under which a file is written before it is moved to its place."""

Signature = dict[str, tuple[int, int, int]]
"""By file: when content and inode changed, in nanoseconds, and the size in bytes."""

_NOT_KEPT = frozenset('\\:*?"<>|')
"""Not in the name of a file that is kept: other systems could not check it out."""

_GITS_OWN = re.compile(r"git~\d+|.*[. ]", re.IGNORECASE)
"""What Windows takes for ``.git``, which git keeps out on every system, or could not write."""


@dataclass(frozen=True, slots=True)
class Folder:
    """What was found.

    Attributes:
        files: content by path; README and facts too, not only what is served.
        unreadable: files that are there but cannot be read.
        signature: of all these files, taken before they were read.
        newest: when the youngest of them changed, in seconds since the epoch.
    """

    files: Mapping[str, bytes]
    unreadable: frozenset[str]
    signature: Signature

    @property
    def newest(self) -> float:
        """When the last of them changed, in seconds since the epoch."""
        return max((max(m, c) for m, c, _ in self.signature.values()), default=0) / 1e9


def look(folder: Path) -> Signature:
    """Tells cheaply, without reading, whether any file may have changed."""
    found: Signature = {}
    for name in _names(folder):
        try:
            status = (folder / name).lstat()
        except OSError:
            continue
        if stat.S_ISREG(status.st_mode):  # what a link leads to is not the folder's
            found[name] = (status.st_mtime_ns, status.st_ctime_ns, status.st_size)
    return found


def read(folder: Path) -> Folder:
    """Reads all files that are kept."""
    signature = look(folder)
    files: dict[str, bytes] = {}
    unreadable: set[str] = set()
    for name in signature:
        try:
            files[name] = (folder / name).read_bytes()
        except FileNotFoundError:  # deleted since it was listed
            continue
        except OSError:
            unreadable.add(name)
    return Folder(files, frozenset(unreadable), signature)


def _names(folder: Path) -> Iterator[str]:
    for path, folders, names in os.walk(folder):
        here = PurePosixPath(Path(path).relative_to(folder).as_posix())
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (str(here / n) for n in sorted(names) if _is_kept(str(here / n)))


def _is_kept(path: str) -> bool:
    name = path.rpartition("/")[2]
    if is_aside(name) and name not in ("README.md", "glossary.yml"):
        return False
    if not path.isprintable() or not _NOT_KEPT.isdisjoint(path):
        return False
    return not any(_GITS_OWN.fullmatch(part) for part in path.split("/"))


def sweep(folder: Path) -> None:
    """Removes what a process left aside that was killed while it wrote."""
    for path in folder.rglob(f".*{ASIDE}"):
        with suppress(OSError):
            path.unlink()


@dataclass(slots=True)
class Writing:
    """Files written aside, which take their places on ``apply``; see ``prepare``."""

    folder: Path
    asides: dict[str, Path] = field(default_factory=dict)
    deleted: list[str] = field(default_factory=list)

    def apply(self) -> None:
        """Moves all files to their places.

        Raises:
            OSError: one of them could not be moved or deleted.
        """
        for name in self.deleted:
            path = self.folder / name
            path.unlink(missing_ok=True)
            _remove_empty(path.parent, self.folder)
        for name, aside in self.asides.items():
            aside.replace(self.folder / name)
        for parent in {(self.folder / n).parent for n in self.asides}:
            _sync(parent)

    def discard(self) -> None:
        """Takes everything back that ``prepare`` did."""
        for aside in self.asides.values():
            with suppress(OSError):
                aside.unlink(missing_ok=True)
                _remove_empty(aside.parent, self.folder)


def prepare(folder: Path, changes: Mapping[str, bytes | None]) -> Writing:
    """Writes everything aside, so that what then can go wrong is next to nothing.

    Args:
        folder: the answers folder.
        changes: new contents by path; None deletes a file.

    Raises:
        OSError: a file cannot be written there; nothing has changed.
    """
    writing = Writing(folder)
    try:
        for name, content in changes.items():
            path = folder / name
            _check_inside(folder, path)
            if content is None:
                if path.parent.is_dir() and not os.access(path.parent, os.W_OK):
                    raise PermissionError(13, "This folder cannot be written", str(path.parent))
                writing.deleted.append(name)
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            aside = path.with_name(f".{path.name}{ASIDE}")
            writing.asides[name] = aside
            _write(aside, content, path)
    except OSError:
        writing.discard()
        raise
    return writing


def _write(aside: Path, content: bytes, like: Path) -> None:
    """Writes a file to the disk, with the permissions that the present one has."""
    aside.unlink(missing_ok=True)  # a link that somebody put there is not followed
    with aside.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileNotFoundError):
        aside.chmod(stat.S_IMODE(like.stat().st_mode))


def _check_inside(folder: Path, path: Path) -> None:
    """No link on the way may lead out of the folder; nor may the file itself be one."""
    for step in (path, *path.parents) if ".." not in path.parts else ():
        if step == folder:
            return
        if step.is_symlink():
            raise PermissionError(13, "A link is not written to", str(step))
    raise PermissionError(13, "Not in the answers folder", str(path))


def _remove_empty(path: Path, folder: Path) -> None:
    while path not in (folder, path.parent):
        try:
            path.rmdir()
        except OSError:  # not empty, or gone already
            return
        path = path.parent


def _sync(folder: Path) -> None:
    """Puts the moves in a folder on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
