"""The difference of two texts as data, for pages that show them side by side. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import zip_longest
from typing import TYPE_CHECKING

import pygit2

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CONTEXT_LINES = 3

_WORD = re.compile(r"\w+|\s+|[^\w\s]")
_MAX_WORDS = 1000
"""Longer lines are shown as changed all over: comparing them word by word would take too long."""


class LineKind(StrEnum):
    """What became of a line."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


class RowKind(StrEnum):
    """What a row of two columns shows."""

    SAME = "same"
    CHANGED = "changed"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Line:
    """A line, without its end; its number on each side (from 1), None where it is not."""

    kind: LineKind
    old: int | None
    new: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Hunk:
    """Neighbouring changes with a few lines around them."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line."""

    text: str
    is_changed: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a page with the old text left and the new one right; None: nothing there."""

    kind: RowKind
    left_number: int | None
    left: tuple[Span, ...] | None
    right_number: int | None
    right: tuple[Span, ...] | None


def diff(old: str, new: str, context: int = CONTEXT_LINES) -> tuple[Hunk, ...]:
    """What changed from one text to the other; nothing if they are equal.

    Line ends do not count, nor whether the last line has one.

    Args:
        old: the one text.
        new: the other.
        context: how many unchanged lines to show around changes.
    """
    before, after = _lines(old), _lines(new)
    patch = pygit2.Patch.create_from(_joined(before), _joined(after), context_lines=context)
    return tuple(Hunk(tuple(_read(hunk.lines, before, after))) for hunk in patch.hunks)


def _lines(text: str) -> list[str]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def _joined(lines: list[str]) -> bytes:
    # NUL would make libgit2 take it for a picture
    return "".join(f"{line}\n" for line in lines).replace("\0", "\ufffd").encode("utf-8", "replace")


def _read(lines: Sequence[pygit2.DiffLine], before: list[str], after: list[str]) -> Iterator[Line]:
    for line in lines:
        old = line.old_lineno if line.old_lineno > 0 else None
        new = line.new_lineno if line.new_lineno > 0 else None
        if line.origin == " " and new is not None:
            yield Line(LineKind.SAME, old, new, after[new - 1])
        elif line.origin == "-" and old is not None:
            yield Line(LineKind.REMOVED, old, None, before[old - 1])
        elif line.origin == "+" and new is not None:
            yield Line(LineKind.ADDED, None, new, after[new - 1])


def rows(hunk: Hunk) -> tuple[Row, ...]:
    """A hunk as rows of two columns: removed lines stand beside those that came for them."""
    found: list[Row] = []
    removed: list[Line] = []
    added: list[Line] = []
    for line in hunk.lines:
        if line.kind is LineKind.SAME:
            found += _paired(removed, added)
            removed, added = [], []
            spans = (Span(line.text, is_changed=False),)
            found.append(Row(RowKind.SAME, line.old, spans, line.new, spans))
        else:
            (removed if line.kind is LineKind.REMOVED else added).append(line)
    return (*found, *_paired(removed, added))


def _paired(removed: list[Line], added: list[Line]) -> Iterator[Row]:
    for left, right in zip_longest(removed, added):
        if right is None:
            spans = (Span(left.text, is_changed=True),)
            yield Row(RowKind.REMOVED, left.old, spans, None, None)
        elif left is None:
            spans = (Span(right.text, is_changed=True),)
            yield Row(RowKind.ADDED, None, None, right.new, spans)
        else:
            before, after = spans_of(left.text, right.text)
            yield Row(RowKind.CHANGED, left.old, before, right.new, after)


def spans_of(old: str, new: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Two versions of a line, each cut where words changed."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    if max(len(before), len(after)) > _MAX_WORDS:
        return (Span(old, is_changed=True),), (Span(new, is_changed=True),)
    left: list[Span] = []
    right: list[Span] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if i2 > i1:
            left.append(Span("".join(before[i1:i2]), is_changed=tag != "equal"))
        if j2 > j1:
            right.append(Span("".join(after[j1:j2]), is_changed=tag != "equal"))
    return tuple(left), tuple(right)
