"""The files of an answers folder, read once, so that all of them are of the same moment."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from bot.answers.faults import Fault, unreadable_file
from bot.answers.sentence import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

VERSION_LENGTH = 12

_NOT_SERVED = frozenset({"facts"})
"""The folder beside the answers that writers and checks use; a migrant never sees it."""
_NOT_SERVED_FILES = frozenset({"README.md", "glossary.yml"})
_PICTURES = frozenset({".png", ".svg", ".jpg", ".jpeg", ".webp", ".gif"})

Signature = dict[str, tuple[int, int]]
"""Modification time in nanoseconds and size in bytes, by file."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The served files by their path within the folder, and what could not be read."""

    files: Mapping[str, bytes]
    faults: tuple[Fault, ...] = ()

    @property
    def version(self) -> str:
        """A hash of all names and contents."""
        digest = hashlib.sha256()
        for name in sorted(self.files):
            content = self.files[name]
            digest.update(f"{len(name)} {name} {len(content)} ".encode())
            digest.update(content)
        return digest.hexdigest()[:VERSION_LENGTH]


def take(folder: Path) -> Snapshot:
    """Reads all served files of a folder."""
    if not folder.is_dir():
        return Snapshot({}, (Fault(folder.name, 0, N_("There is no such folder.")),))
    files: dict[str, bytes] = {}
    faults: list[Fault] = []
    for name in _served(folder):
        try:
            files[name] = (folder / name).read_bytes()
        except FileNotFoundError:  # deleted since it was listed
            continue
        except OSError as error:
            faults.append(Fault(name, 0, unreadable_file(error)))
    return Snapshot(files, tuple(faults))


def signature(folder: Path) -> Signature:
    """Tells cheaply, without reading, whether any served file may have changed."""
    found: Signature = {}
    for name in _served(folder):
        try:
            status = (folder / name).stat()
        except OSError:
            found[name] = (0, -1)
        else:
            found[name] = (status.st_mtime_ns, status.st_size)
    return found


def _served(folder: Path) -> Iterator[str]:
    for path, folders, names in os.walk(folder):
        here = PurePosixPath(Path(path).relative_to(folder).as_posix())
        is_top = here == PurePosixPath()
        hidden = [f for f in folders if f.startswith(".") or (is_top and f in _NOT_SERVED)]
        folders[:] = sorted(set(folders) - set(hidden))
        yield from (str(here / name) for name in sorted(names) if not is_aside(name))


def is_served(path: str) -> bool:
    """Whether a file of the folder is one that migrants' answers are made of.

    Args:
        path: within the folder, with forward slashes.
    """
    *folders, name = path.split("/")
    hidden = any(folder.startswith(".") for folder in folders)
    return not (hidden or is_aside(name) or (folders and folders[0] in _NOT_SERVED))


def is_aside(name: str) -> bool:
    """Hidden files, editors' back-up files, pictures and what explains the folder to people."""
    if name.startswith((".", "#")) or name.endswith("~") or name in _NOT_SERVED_FILES:
        return True
    return PurePosixPath(name).suffix.lower() in _PICTURES
