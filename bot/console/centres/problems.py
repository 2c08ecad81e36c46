"""What is wrong with a draft, field by field. Pure.

The rules are those of the file (``bot.answers.centres_file``): the draft is written as an entry of
its own and read by what reads the file for the bot. Beside them stand those that need to know more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec.structs import replace

from bot.answers.centres_file import FILE, is_assigned, read_centres
from bot.answers.faults import FileFaults
from bot.answers.yaml_file import Fields, Items, Scalar, parse_yaml
from bot.console.centres import layout
from bot.console.centres.draft import ORDER, Draft

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from bot.console.centres.book import Book

RESERVED = frozenset({"new", "wrong", "preview"})
"""Ids that would hide a page."""

MAX_LENGTH = 2000
"""Of a field; a card that long does not fit a message, and nobody would read it."""

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MAX_ID = 40
"""It shares the 64 bytes of a button's data."""


class Cause(StrEnum):
    """What is wrong with a field."""

    WRONG = "wrong"
    MISSING = "missing"
    TOO_LONG = "too_long"
    TAKEN = "taken"
    UNASSIGNED = "unassigned"
    HAS_PHONE = "has_phone"
    KNOWS_NO_PHONE = "knows_no_phone"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong; ``value`` is the word that it is about, if it is about one."""

    field: str
    cause: Cause
    value: str = ""


def problems(
    draft: Draft, book: Book, cities: Collection[str], before: Draft | None
) -> tuple[Problem, ...]:
    """All that keeps a draft from being saved.

    Args:
        draft: tidied.
        book: the file that it is to go into.
        cities: keys of the gazetteer.
        before: what the file says of it; None for a new one.
    """
    found = [*_missing(draft), *_of_the_id(draft, book, before), *_of_the_rest(draft, book)]
    if draft.city and draft.city not in cities and (before is None or before.city != draft.city):
        found.append(Problem("city", Cause.WRONG, draft.city))
    found += _as_read(draft, book)
    seen: dict[str, Problem] = {}
    for problem in found:
        seen.setdefault(problem.field, problem)
    return tuple(sorted(seen.values(), key=lambda one: ORDER.index(one.field)))


def _missing(draft: Draft) -> Iterator[Problem]:
    if not draft.names.get("ru"):
        yield Problem("names", Cause.MISSING)
    for field in ("kind", "source", "confidence"):
        if not getattr(draft, field):
            yield Problem(field, Cause.MISSING)
    for field in ORDER:
        value = getattr(draft, field)
        texts = value.values() if field == "names" else (value,)
        if any(isinstance(text, str) and len(text) > MAX_LENGTH for text in texts):
            yield Problem(field, Cause.TOO_LONG)


def _of_the_id(draft: Draft, book: Book, before: Draft | None) -> Iterator[Problem]:
    if before is not None:
        return
    if not _ID.fullmatch(draft.id) or len(draft.id) > MAX_ID or draft.id in RESERVED:
        yield Problem("id", Cause.WRONG, draft.id)
    elif draft.id in book.ids:
        yield Problem("id", Cause.TAKEN, draft.id)


def _of_the_rest(draft: Draft, book: Book) -> Iterator[Problem]:
    for phone in draft.phones:
        if not is_assigned(phone):
            yield Problem("phones", Cause.UNASSIGNED, phone)
    if draft.ask_at:
        asked = book.find(draft.ask_at)
        if draft.phones:
            yield Problem("ask_at", Cause.HAS_PHONE)
        elif asked is None or not asked.draft.phones or asked.draft.id == draft.id:
            yield Problem("ask_at", Cause.KNOWS_NO_PHONE, draft.ask_at)
    if bool(draft.latitude) != bool(draft.longitude):
        yield Problem("longitude" if draft.latitude else "latitude", Cause.MISSING)


def _as_read(draft: Draft, book: Book) -> Iterator[Problem]:
    """What the reader of the file says of the entry alone."""
    # Whom to ask stands elsewhere in the file, and is looked at above.
    lines = layout.entry_lines(replace(draft, id="x", ask_at=""))
    services = "".join(f"  {layout.text_line(name, 'x')}\n" for name in book.services)
    entry = "".join(f"    {line}\n" for line in lines).replace("    ", "  - ", 1)
    faults = FileFaults(FILE)
    root = parse_yaml(f"services:\n{services}centres:\n{entry}", faults)
    if root is None:
        yield Problem("note", Cause.WRONG)
        return
    read_centres(root, faults)
    keys = _keys_by_line(root)
    for fault in faults.found:
        field = keys.get(fault.line, "")
        if field in ORDER and field not in ("id", "ask_at"):
            yield Problem(field, Cause.WRONG)


def _keys_by_line(root: object) -> dict[int, str]:
    """Which field stands on which line of the written entry."""
    listed = root.fields.get("centres") if isinstance(root, Fields) else None
    entry = listed.items[0] if isinstance(listed, Items) and listed.items else None
    if not isinstance(entry, Fields):
        return {}
    found = {line: key for key, line in entry.key_lines.items()}
    names = entry.fields.get("names")
    if isinstance(names, Fields):
        found |= dict.fromkeys((v.line for v in names.fields.values()), "names")
    for key, value in entry.fields.items():
        if isinstance(value, Scalar | Items):
            found.setdefault(value.line, key)
    return found
