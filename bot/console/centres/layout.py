"""How values and whole entries are written in YAML, in the manner of ``centres.yml``."""

from __future__ import annotations

import re
from io import StringIO
from typing import TYPE_CHECKING

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from bot.console.centres.draft import FLAGS, LISTS, NAME_ORDER, ORDER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.console.centres.draft import Draft

ALWAYS_WRITTEN = frozenset(
    {
        *("id", "names", "kind", "city", "phones", "languages", "services", "citizenships"),
        *("source", "source_date", "confidence"),
    }
)
"""Keys that stand there also when nothing is known, so that whoever reads sees that."""

_NUMBERS = ("latitude", "longitude")
_NUMBER = re.compile(r"-?\d{1,3}(\.\d+)?", re.ASCII)
_PLAIN = re.compile(r"[+\w][-\w]*")
"""In a list, everything else is quoted: ruamel writes ``[?x]``, which is no list of words."""


def text_line(key: str, value: str) -> str:
    """``key: value``, quoted where it must be; always one line."""
    if not value:
        return f"{key}:"
    if key in _NUMBERS and _NUMBER.fullmatch(value):
        return f"{key}: {value}"
    return _dumped(key, value)


def list_line(key: str, values: Iterable[str]) -> str:
    """``key: [a, b]``."""
    written = CommentedSeq(
        value if _PLAIN.fullmatch(value) else DoubleQuotedScalarString(value) for value in values
    )
    written.fa.set_flow_style()
    return _dumped(key, written)


def line_of(draft: Draft, key: str) -> str:
    """A field of a draft other than the names."""
    value = getattr(draft, key)
    if key in LISTS:
        return list_line(key, value)
    if key in FLAGS:
        return f"{key}: {'true' if value else 'false'}"
    return text_line(key, value)


def is_written(draft: Draft, key: str) -> bool:
    """Whether the key stands in an entry that says this."""
    return key in ALWAYS_WRITTEN or bool(getattr(draft, key))


def entry_lines(draft: Draft) -> list[str]:
    """A whole entry, without indentation before its keys."""
    lines: list[str] = []
    for key in ORDER:
        if key == "names":
            lines.append("names:")
            lines += [
                f"  {text_line(name, draft.names[name])}"
                for name in NAME_ORDER
                if draft.names.get(name)
            ]
        elif is_written(draft, key):
            lines.append(line_of(draft, key))
    return lines


def _dumped(key: str, value: object) -> str:
    yaml = YAML()
    yaml.width = 10_000_000  # never broken into lines
    written = StringIO()
    yaml.dump({key: value}, written)
    return written.getvalue().rstrip("\n")
