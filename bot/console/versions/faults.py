"""What is wrong with the files of a version, before anybody is served it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers.faults import Fault, FileFaults, not_utf8
from bot.answers.load import read_library
from bot.answers.snapshot import Snapshot, is_served
from bot.answers.yaml_file import parse_yaml

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from bot.answers.variables import Values


def served(files: Mapping[str, bytes]) -> Snapshot:
    """Of all files, those that migrants' answers are made of."""
    return Snapshot({path: content for path, content in files.items() if is_served(path)})


def faults(
    files: Mapping[str, bytes], values: Values | None, changed: Collection[str]
) -> tuple[Fault, ...]:
    """All that is wrong: what keeps answers from being served, and YAML that cannot be read.

    Args:
        files: all of the folder, by path.
        values: of the variables in the texts, by name.
        changed: of the files that only checks read, those to be looked at; all would take long.
    """
    found = list(read_library(served(files), values).faults)
    for path in changed:
        if path in files and path.endswith(".yml") and not is_served(path):
            found += _unreadable(path, files[path])
    return tuple(found)


def _unreadable(path: str, content: bytes) -> tuple[Fault, ...]:
    noted = FileFaults(path)
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return (Fault(path, 0, not_utf8()),)
    parse_yaml(text, noted)
    return noted.found
