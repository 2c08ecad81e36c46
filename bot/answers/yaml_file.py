"""Reads YAML as plain text with line numbers: every scalar is a string, empty or ``null`` is None.

YAML's own guesses are kept out on purpose: an editor who writes ``116 16``, ``2026`` or ``no``
means those letters. Keys are unique, anchors and tags are not used.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from bot.answers.faults import FileFaults
from bot.answers.sentence import N_
from bot.answers.yaml_problems import explained, unexplained

if TYPE_CHECKING:
    from ruamel.yaml.nodes import Node

    from bot.answers.sentence import Sentence

_NULLS = frozenset({"", "~", "null"})
_MAX_DEPTH = 20


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value; ``text`` is None where nothing was written."""

    text: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Value, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping, with the lines of its keys."""

    fields: dict[str, Value]
    key_lines: dict[str, int]
    line: int


Value = Scalar | Items | Fields


def parse_yaml(text: str, faults: FileFaults, first_line: int = 1) -> Value | None:
    """What a YAML document holds.

    Args:
        text: the document.
        faults: takes what is wrong; nothing is ever raised.
        first_line: the line of the file at which the document starts.

    Returns:
        The value, or None if it could not be read (the reason is among the faults).
    """
    found, noted = _parsed(text, first_line)
    for line, sentence in noted:
        faults.add(line, sentence)
    return found


@lru_cache(maxsize=400)
def _parsed(text: str, first_line: int) -> tuple[Value | None, tuple[tuple[int, Sentence], ...]]:
    """The value, and the faults by line.

    Most of the time of reading an answers folder goes into its YAML, and from one version of the
    folder to the next hardly a file of it changes: each text is parsed once. (A folder has 300.)
    """
    faults = FileFaults("")
    found = _composed(text, faults, first_line)
    return found, tuple((fault.line, fault.sentence) for fault in faults.found)


def _composed(text: str, faults: FileFaults, first_line: int) -> Value | None:
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        faults.add(first_line + (mark.line if mark else 0), explained(error))
        return None
    except RecursionError:
        faults.add(first_line, N_("Not valid YAML: nested too deep."))
        return None
    except ReaderError as error:
        line = first_line + text.count("\n", 0, error.position)
        code = f"{error.character:04X}"
        faults.add(line, N_("Not valid YAML: an invisible character (U+{code}).", code=code))
        return None
    except Exception as error:  # a parser for anybody's file: whatever fails in it is the file's
        faults.add(first_line, unexplained(type(error).__name__))
        return None
    if root is None:
        return Scalar(None, first_line)
    return _Converter(faults, first_line).convert(root)


class _Converter:
    def __init__(self, faults: FileFaults, first_line: int) -> None:
        self._faults = faults
        self._first_line = first_line
        self._seen: set[int] = set()

    def convert(self, node: Node, depth: int = 0) -> Value:
        line = self._first_line + node.start_mark.line
        if depth > _MAX_DEPTH or node.anchor or id(node) in self._seen:
            self._faults.add(line, N_("Anchors (&, *) and deep nesting are not used here."))
            return Scalar(None, line)
        self._seen.add(id(node))
        if isinstance(node, MappingNode):
            return self._fields(node, line, depth)
        if isinstance(node, SequenceNode):
            items = tuple(self.convert(item, depth + 1) for item in node.value)
            return Items(items, line)
        return _scalar(node, line)

    def _fields(self, node: MappingNode, line: int, depth: int) -> Fields:
        fields: dict[str, Value] = {}
        key_lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            key_line = self._first_line + key_node.start_mark.line
            if not isinstance(key_node, ScalarNode):
                self._faults.add(key_line, N_("A key must be a word."))
                continue
            key = str(key_node.value)
            if key in fields:
                self._faults.add(key_line, N_("`{word}` stands here twice.", word=key))
                continue
            fields[key] = self.convert(value_node, depth + 1)
            key_lines[key] = key_line
        return Fields(fields, key_lines, line)


def _scalar(node: Node, line: int) -> Scalar:
    text = str(node.value)
    plain = getattr(node, "style", None) is None
    return Scalar(None if plain and text.lower() in _NULLS else text, line)
