"""Short names of centres, so that one button can carry all that stand on a list."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.answers.model import Centre, Library

LENGTH = 5
"""Hexadecimal digits: among 103 centres two share a mark once in 200 files; a test would say so."""


def mark(centre: Centre) -> str:
    """The mark of a centre: by its id alone, so that old buttons outlive changes of the file."""
    return hashlib.sha256(centre.id.encode()).hexdigest()[:LENGTH]


def marked(library: Library, marks: Iterable[str]) -> tuple[Centre, ...]:
    """The centres of these marks, in their order; those that are gone are left out."""
    by_mark = {mark(centre): centre for centre in library.centres}
    return tuple(by_mark[each] for each in dict.fromkeys(marks) if each in by_mark)
