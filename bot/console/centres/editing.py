"""Changes one entry of ``centres.yml`` and leaves every other letter of the file as it is.

The file is people's: it has their comments, their order, their way to write lists. So it is not
written anew from what was read; the places of the changed values are found, and only they replaced.
What comes out is read again: if it does not say exactly what it should, nothing is changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from bot.console.centres import layout
from bot.console.centres.book import read_book
from bot.console.centres.draft import NAME_ORDER, ORDER, Draft, changed
from bot.console.centres.order import place_of

if TYPE_CHECKING:
    from ruamel.yaml.nodes import Node


class CannotEditError(Exception):
    """The file is written so that this entry must be changed by hand, in the whole file."""


@dataclass(frozen=True, slots=True)
class _Edit:
    start: int
    end: int
    text: str


def with_entry(text: str, draft: Draft) -> str:
    """The file with one of its entries changed.

    Args:
        text: of the file; its lines may end in any way, those of the result end in a line feed.
        draft: what the entry of this id is to say.

    Raises:
        CannotEditError: there is no such entry, or it is not laid out in lines.
    """
    text = text.replace("\r\n", "\n")
    entry = read_book(text).find(draft.id)
    if entry is None:
        raise CannotEditError
    node = _item(_listed(text), draft.id)
    staying = tuple(key for key in ORDER if layout.is_written(draft, key))
    keys = _Keys(text, node, staying)
    edits: list[_Edit] = []
    for key in changed(entry.draft, draft):
        if key == "names":
            edits += _name_edits(text, node, draft)
        else:
            edits += keys.edits(key, layout.line_of(draft, key) if key in staying else None)
    return _verified(text, _applied(text, edits), draft)


def with_new_entry(text: str, draft: Draft) -> str:
    """The file with one more entry, where its kind and city belong.

    Raises:
        CannotEditError: the id is taken, or the list is not laid out in lines.
    """
    text = text.replace("\r\n", "\n")
    book = read_book(text)
    if draft.id in book.ids:
        raise CannotEditError
    listed = _listed(text)
    if not listed.value or len(listed.value) != len(book.entries):
        raise CannotEditError
    dash = listed.start_mark.column
    column = listed.value[0].start_mark.column
    first, *others = layout.entry_lines(draft)
    written = [f"{' ' * dash}-{' ' * (column - dash - 1)}{first}"]
    written += [" " * column + line for line in others]
    place = place_of(draft, [entry.draft for entry in book.entries])
    if place == 0:
        start = text.rfind("\n", 0, listed.start_mark.index) + 1
        edit = _Edit(start, start, "\n".join(written) + "\n")
    else:
        end = _line_end(text, _end(text, listed.value[place - 1], column))
        edit = _Edit(end, end, "\n" + "\n".join(written))
    return _verified(text, _applied(text, [edit]), draft)


def _listed(text: str) -> SequenceNode:
    """The list of the centres, with where each thing of it stands."""
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except (YAMLError, RecursionError):
        raise CannotEditError from None
    if isinstance(root, MappingNode):
        for key, value in root.value:
            if key.value == "centres" and isinstance(value, SequenceNode) and not value.flow_style:
                return value
    raise CannotEditError


def _item(listed: SequenceNode, name: str) -> MappingNode:
    for item in listed.value:
        if isinstance(item, MappingNode) and not item.flow_style:
            found = _pair(item, "id")
            if found is not None and str(found[1].value).strip() == name:
                return item
    raise CannotEditError


def _pair(node: MappingNode, key: str) -> tuple[Node, Node] | None:
    return next(((k, v) for k, v in node.value if k.value == key), None)


def _name_edits(text: str, node: MappingNode, draft: Draft) -> list[_Edit]:
    found = _pair(node, "names")
    if found is None or not isinstance(found[1], MappingNode) or found[1].flow_style:
        raise CannotEditError
    staying = tuple(name for name in NAME_ORDER if draft.names.get(name))
    keys = _Keys(text, found[1], staying)
    edits: list[_Edit] = []
    for name in NAME_ORDER:
        pair = _pair(keys.node, name)
        wanted = draft.names.get(name, "")
        if wanted != (str(pair[1].value).strip() if pair else ""):
            edits += keys.edits(name, layout.text_line(name, wanted) if wanted else None)
    return edits


@dataclass(frozen=True, slots=True)
class _Keys:
    """The keys of a mapping that is laid out in lines.

    Attributes:
        text: of the file.
        node: the mapping.
        staying: the keys that it shall have, in the order of the file.
    """

    text: str
    node: MappingNode
    staying: tuple[str, ...]

    def edits(self, key: str, line: str | None) -> list[_Edit]:
        """What must be done for a key to be written so; None: for it not to be there."""
        pair = _pair(self.node, key)
        if pair is None:
            return [] if line is None else [self._inserted(key, line)]
        start, end = int(pair[0].start_mark.index), self._end(*pair)
        if line is not None:
            return [_Edit(start, end, line)]
        line_start = self.text.rfind("\n", 0, start) + 1
        if self.text[line_start:start].strip():  # it stands behind the dash
            return [_Edit(start, end, f"{key}:")]
        return [_Edit(line_start, min(_line_end(self.text, end) + 1, len(self.text)), "")]

    def _inserted(self, key: str, line: str) -> _Edit:
        """Behind the key that comes before it in the order of the file."""
        earlier = self.staying[: self.staying.index(key)]
        ends = [self._end(name, value) for name, value in self.node.value if name.value in earlier]
        if not ends:
            raise CannotEditError
        end = _line_end(self.text, max(ends))
        return _Edit(end, end, f"\n{' ' * self.node.start_mark.column}{line}")

    def _end(self, key: Node, value: Node) -> int:
        return _pair_end(self.text, key, value, self.node.start_mark.column)


def _applied(text: str, edits: list[_Edit]) -> str:
    """All edits, the last one first, so that the places of the others stay right."""
    numbered = sorted(enumerate(edits), key=lambda one: (one[1].start, one[0]), reverse=True)
    for _, edit in numbered:
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def _pair_end(text: str, key: Node, value: Node, column: int) -> int:
    """Behind a value; where there is none, behind the colon (YAML puts it before what follows)."""
    if isinstance(value, ScalarNode) and not value.value and value.style is None:
        return text.index(":", _index(key)) + 1
    return _end(text, value, column)


def _end(text: str, node: Node, column: int) -> int:
    """Behind the last letter of a value, before a comment that follows it."""
    if isinstance(node, ScalarNode):
        return _block_end(text, node, column) if node.style in ("|", ">") else _index(node)
    if not isinstance(node, MappingNode | SequenceNode) or node.flow_style or not node.value:
        return _index(node)
    if isinstance(node, MappingNode):
        key, value = node.value[-1]
        return _pair_end(text, key, value, node.start_mark.column)
    return _end(text, node.value[-1], column)


def _index(node: Node) -> int:
    return int(node.end_mark.index)


def _block_end(text: str, node: ScalarNode, column: int) -> int:
    """Of a text behind ``|`` or ``>``: its lines are the empty ones and those further right."""
    end = _line_end(text, int(node.start_mark.index))
    last = end
    while end < len(text):
        following = _line_end(text, end + 1)
        line = text[end + 1 : following]
        if line.strip():
            if len(line) - len(line.lstrip(" ")) <= column:
                break
            last = following
        end = following
    return last


def _line_end(text: str, index: int) -> int:
    found = text.find("\n", index)
    return len(text) if found < 0 else found


def _verified(before: str, after: str, draft: Draft) -> str:
    """The file after the change, if that is the only thing that changed."""
    old, new = read_book(before), read_book(after)
    others = [entry.draft for entry in old.entries if entry.draft.id != draft.id]
    still = [entry.draft for entry in new.entries if entry.draft.id != draft.id]
    own = [entry.draft for entry in new.entries if entry.draft.id == draft.id]
    if others != still or own != [draft] or old.services != new.services:
        raise CannotEditError
    return after
