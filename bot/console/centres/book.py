"""Reads the whole of ``centres.yml``, also where something in it is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.answers.centres_file import FILE, read_centres
from bot.answers.faults import FileFaults
from bot.answers.yaml_file import Fields, Items, Scalar, parse_yaml
from bot.console.centres.draft import of_entry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.answers.faults import Fault
    from bot.answers.model import Centre
    from bot.console.centres.draft import Draft


@dataclass(frozen=True, slots=True)
class Entry:
    """A centre of the file.

    Attributes:
        draft: as it is written.
        line: where it begins, from 1.
        faults: what is wrong within it.
    """

    draft: Draft
    line: int
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """The file.

    Attributes:
        entries: in the order of the file.
        services: what each word for a service means, in English.
        centres: as the bot reads them, by id; what is wrong in one is left out of it.
        faults: all that is wrong.
    """

    entries: tuple[Entry, ...]
    services: Mapping[str, str]
    centres: Mapping[str, Centre]
    faults: tuple[Fault, ...]

    def find(self, name: str) -> Entry | None:
        """The entry of an id."""
        return next((entry for entry in self.entries if entry.draft.id == name), None)

    @property
    def ids(self) -> frozenset[str]:
        """All that are taken."""
        return frozenset(entry.draft.id for entry in self.entries)


@lru_cache(maxsize=24)
def read_book(text: str) -> Book:
    """What the file says; nothing is ever raised. Slow (a fifth of a second), so it is kept.

    Args:
        text: of the file.
    """
    faults = FileFaults(FILE)
    root = parse_yaml(text, faults)
    if root is None:
        return Book((), {}, {}, faults.found)
    centres = read_centres(root, faults)
    fields = root.fields if isinstance(root, Fields) else {}
    words, listed = fields.get("services"), fields.get("centres")
    services = words.fields if isinstance(words, Fields) else {}
    items = [i for i in listed.items if isinstance(i, Fields)] if isinstance(listed, Items) else []
    ends = [*(item.line for item in items[1:]), text.count("\n") + 2]
    entries = []
    for item, end in zip(items, ends, strict=False):
        within = tuple(fault for fault in faults.found if item.line <= fault.line < end)
        entries.append(Entry(of_entry(item), item.line, within))
    return Book(
        entries=tuple(entries),
        services={
            name: (value.text or name) if isinstance(value, Scalar) else name
            for name, value in services.items()
        },
        centres={centre.id: centre for centre in centres},
        faults=faults.found,
    )
