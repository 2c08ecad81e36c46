"""What became of one centre over time. Blocks: use a thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.answers.centres_file import FILE
from bot.console.centres.book import read_book
from bot.console.centres.draft import Draft
from bot.console.centres.merging import Clash, merge

if TYPE_CHECKING:
    from bot.console.parts import Parts
    from bot.console.versions.model import Change

LOOKED_AT = 40
"""Changes of the file that are looked through: reading a version takes a fifth of a second."""


@dataclass(frozen=True, slots=True)
class Step:
    """A published change of a centre.

    Attributes:
        change: who, when and why.
        fields: what it was and what it became; ``theirs`` is the new value.
        before: the version before it; None if the centre began with it.
    """

    change: Change
    fields: tuple[Clash, ...]
    before: str | None


def history(parts: Parts, name: str) -> tuple[Step, ...]:
    """The newest changes of a centre, the newest first."""
    changes = parts.versions.history(FILE, limit=LOOKED_AT + 1)
    texts = [parts.versions.at(FILE, one.version) for one in changes]
    found = []
    for index, change in enumerate(changes[:LOOKED_AT]):
        new = texts[index]
        old = texts[index + 1] if index + 1 < len(texts) else None
        now = _entry(new.text if new else "", name)
        before = _entry(old.text if old else "", name)
        if now != before:
            blank = Draft()
            differs = merge(before or blank, now or blank, before or blank).clashes
            version = old.version if old and before else None
            found.append(Step(change, differs, version))
    return tuple(found)


def _entry(text: str, name: str) -> Draft | None:
    found = read_book(text).find(name) if text else None
    return found.draft if found else None
