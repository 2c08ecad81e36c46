"""Changes values in a YAML file and leaves every other letter as it is. Pure.

A round trip through a YAML library would set quotes, indentation and line breaks anew, and nobody
could see any longer in a file's history what was changed. Here only the letters of the value are
replaced, and what was made is read again: exactly the wished values are others, or nothing is done.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from bot.answers.faults import FileFaults
from bot.answers.sentence import N_
from bot.answers.written_yaml import plain, scalar
from bot.answers.yaml_file import parse_yaml
from bot.answers.yaml_problems import unexplained

if TYPE_CHECKING:
    from ruamel.yaml.nodes import Node

    from bot.answers.sentence import Sentence

Entry = Mapping[str, str]
"""An entry of a list that has fields itself, e.g. a source."""

New = str | date | None | Sequence[str] | Sequence[Entry]
"""A value to write: a text, a day, nothing, a list of words, a list of entries."""

_BOM = "\ufeff"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
"""Not ``splitlines``: within quotes, U+2028 and the like end no line of a file."""


class NotEditableError(Exception):
    """The file cannot be changed without touching more than was asked.

    Attributes:
        sentence: why.
    """

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a value stands: after the colon of its key, from its first letter to its last."""

    after_colon: int
    start: int
    end: int
    node: Node

    @property
    def is_block(self) -> bool:
        """It stands on lines of its own."""
        if isinstance(self.node, ScalarNode):
            return self.node.style in ("|", ">")
        return not _is_inline(self.node)


def with_values(content: str, values: Mapping[str, New], order: Sequence[str] = ()) -> str:
    """The file with other values.

    Args:
        content: of ``key: value`` lines.
        values: the new values by key.
        order: of the keys, for where a new one is put; at the end if it is not among them.

    Raises:
        NotEditableError: the file is no such mapping, or a key stands in it twice.
    """
    bom = _BOM if content.startswith(_BOM) else ""
    text = content.removeprefix(_BOM)
    before = _read(text)
    for key, new in values.items():
        text = _with_value(text, key, new, order)
    after = _read(text)
    if list(_others(before, values)) != list(_others(after, values)):
        raise NotEditableError(N_("More than the wished value would change."))
    for key, new in values.items():
        if after.get(key) != _wished(new):
            raise NotEditableError(N_("`{key}` cannot be written into this file.", key=key))
    return bom + text


def _with_value(text: str, key: str, new: New, order: Sequence[str]) -> str:
    places = _places(text)
    newline = "\r\n" if "\r\n" in text else "\n"
    if key not in places:
        return _inserted(text, key, new, _after_others(text, key, order), newline)
    place = places[key]
    if _plain_node(place.node) == _wished(new):
        return text
    head, tail = text[: place.after_colon], text[place.end :]
    if _is_entries(new):
        indent, kept = _entries_there(text, place)
        written = newline + newline.join(
            f"{indent}- {segment}" for segment in _segments(new, kept, indent, newline)
        )
        return head + written + tail
    gap = " " if place.is_block or place.start == place.after_colon else None
    gap = text[place.after_colon : place.start] if gap is None else gap
    written = _inline(new)
    return head + (gap + written if written else "") + tail


def _inserted(text: str, key: str, new: New, at: int, newline: str) -> str:
    if _is_entries(new):
        lines = _segments(new, {}, "  ", newline)
        written = f"{key}:{newline}" + newline.join(f"  - {segment}" for segment in lines)
    else:
        written = f"{key}: {_inline(new)}".rstrip(" ")
    head, tail = text[:at], text[at:]
    if head and not head.endswith(("\n", "\r")):
        head += newline
    return head + written + newline + tail


def _after_others(text: str, key: str, order: Sequence[str]) -> int:
    """Where the line of a new key begins: after the keys that it follows in the order."""
    places = _places(text)
    earlier = order[: order.index(key)] if key in order else tuple(places)
    found = [places[name].end for name in earlier if name in places]
    if not found:
        return 0 if order else len(text)
    line_end = text.find("\n", max(found))
    return len(text) if line_end < 0 else line_end + 1


def _places(text: str) -> dict[str, _Place]:
    root = _compose(text)
    if root is None:
        return {}
    if not isinstance(root, MappingNode) or root.flow_style:
        raise NotEditableError(N_("The file must be written as `key: value` lines."))
    found: dict[str, _Place] = {}
    for key_node, node in root.value:
        key = str(key_node.value)
        if key in found:
            raise NotEditableError(N_("`{word}` stands here twice.", word=key))
        after_colon = text.index(":", key_node.end_mark.index) + 1
        start, end = node.start_mark.index, node.end_mark.index
        if start == end:  # nothing is written: the library looks for it behind the comment
            start = end = after_colon
        elif text[start:end].endswith(("\n", "\r")) or not _is_inline(node):
            end = start + len(_without_end(text[start:end]))
        found[key] = _Place(after_colon, start, end, node)
    return found


def _is_inline(node: Node) -> bool:
    return isinstance(node, ScalarNode) or bool(getattr(node, "flow_style", False))


def _without_end(block: str) -> str:
    """A block without the empty lines and remarks after it, which are the next key's."""
    lines = _LINE.findall(block)
    while lines and (not lines[-1].strip() or lines[-1].startswith("#")):
        lines.pop()
    return "".join(lines).rstrip("\r\n")


def _entries_there(text: str, place: _Place) -> tuple[str, dict[tuple[tuple[str, str], ...], str]]:
    """How the entries of a list are indented, and their letters by what they say."""
    node = place.node
    if not isinstance(node, SequenceNode) or node.flow_style or not node.value:
        return "  ", {}
    dashes = [text.rindex("-", 0, item.start_mark.index) for item in node.value]
    indent = text[text.rindex("\n", 0, dashes[0]) + 1 : dashes[0]]
    ends = [*dashes[1:], place.end]
    kept: dict[tuple[tuple[str, str], ...], str] = {}
    for item, dash, end in zip(node.value, dashes, ends, strict=True):
        said = _plain_node(item)
        if isinstance(said, dict):
            segment = text[dash + 1 : end].rstrip().lstrip(" ")
            kept.setdefault(tuple((k, str(v or "")) for k, v in said.items()), segment)
    return indent, kept


def _segments(
    new: New, kept: Mapping[tuple[tuple[str, str], ...], str], indent: str, newline: str
) -> list[str]:
    """The entries; one that was there before is written as it was."""
    found = []
    for entry in new if isinstance(new, Sequence) else ():
        assert isinstance(entry, Mapping)  # noqa: S101 - seen to by ``_is_entries``
        lines = [f"{name}: {scalar(text)}".rstrip(" ") for name, text in entry.items()]
        fresh = f"{newline}{indent}  ".join(lines)
        found.append(kept.get(tuple(entry.items()), fresh))
    return found


def _is_entries(new: New) -> bool:
    is_list = isinstance(new, Sequence) and not isinstance(new, str)
    return is_list and bool(new) and all(isinstance(one, Mapping) for one in new)  # type: ignore[union-attr]


def _inline(new: New) -> str:
    if new is None or isinstance(new, str):
        return scalar(new)
    if isinstance(new, date):
        return new.isoformat()
    return "[" + ", ".join(scalar(str(word), in_list=True) for word in new) + "]"


def _wished(new: New) -> object:
    if isinstance(new, date):
        return new.isoformat()
    if new is None or isinstance(new, str):
        return new
    return [{**one} if isinstance(one, Mapping) else one for one in new]


def _compose(text: str) -> Node | None:
    try:
        found: Node | None = YAML(typ="safe", pure=True).compose(text)
    except Exception as error:  # a parser for anybody's file: whatever fails in it is the file's
        raise NotEditableError(unexplained(type(error).__name__)) from None
    return found


def _read(text: str) -> dict[str, object]:
    faults = FileFaults("")
    found = plain(parse_yaml(text, faults))
    if faults:
        raise NotEditableError(faults.found[0].sentence)
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise NotEditableError(N_("The file must be written as `key: value` lines."))
    return found


def _plain_node(node: Node) -> object:
    if isinstance(node, ScalarNode):
        text = str(node.value)
        return None if node.style is None and text.lower() in ("", "~", "null") else text
    if isinstance(node, SequenceNode):
        return [_plain_node(item) for item in node.value]
    return {str(key.value): _plain_node(value) for key, value in node.value}


def _others(read: Mapping[str, object], values: Mapping[str, New]) -> list[tuple[str, object]]:
    return [(key, value) for key, value in read.items() if key not in values]
