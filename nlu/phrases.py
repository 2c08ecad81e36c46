"""Reads the training phrases and says what is wrong with them, by file and line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

import components  # noqa: F401 - makes bot.language importable
from bot.language.fold import fold
from bot.language.tags import from_tag
from components.project import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_MARKUP = frozenset("[]{}")
"""Rasa reads entity mark-up into these; our phrases have none."""


@dataclass(frozen=True)
class Phrase:
    """A training phrase and where it stands."""

    text: str
    intent: str
    tag: str
    path: Path
    line: int


class PhraseFileError(Exception):
    """A file that cannot be trained on; the message names file, line and fault."""

    def __init__(self, path: Path, line: int | None, fault: str) -> None:
        super().__init__(f"{_place(path, line)}: {fault}")


def read(paths: Iterable[Path]) -> list[Phrase]:
    """All phrases of the files.

    Raises:
        PhraseFileError: the first fault found: no YAML, not Rasa's format, an unknown language, or
            one phrase under two intents of a language.
    """
    phrases = [phrase for path in paths for phrase in _read_file(path)]
    seen: dict[tuple[str, str], Phrase] = {}
    for phrase in phrases:
        other = seen.setdefault((phrase.tag, phrase.text.casefold()), phrase)
        if other.intent != phrase.intent:
            where = _place(other.path, other.line)
            fault = f"{phrase.text!r} stands under {other.intent} too ({where})"
            raise PhraseFileError(phrase.path, phrase.line, fault)
    return phrases


def _read_file(path: Path) -> Iterator[Phrase]:
    root = _compose(path)
    if not isinstance(root, yaml.MappingNode):
        raise PhraseFileError(path, 1, "the file has to begin with `version:` and `nlu:`")
    blocks = _entries(root).get("nlu")
    if not isinstance(blocks, yaml.SequenceNode):
        raise PhraseFileError(path, _line(root), "there is no list under `nlu:`")
    for block in blocks.value:
        yield from _read_block(path, block)


def _read_block(path: Path, block: yaml.Node) -> Iterator[Phrase]:
    if not isinstance(block, yaml.MappingNode):
        raise PhraseFileError(path, _line(block), "expected `- intent: …`")
    entries = _entries(block)
    intent = _text(path, block, entries, "intent")
    metadata = entries.get("metadata")
    if not isinstance(metadata, yaml.MappingNode):
        raise PhraseFileError(path, _line(block), f"{intent} has no `metadata:` with a language")
    tag = _text(path, metadata, _entries(metadata), "language")
    if from_tag(tag) is None:
        raise PhraseFileError(path, _line(metadata), f"{tag!r} is none of our languages")
    _text(path, block, entries, "examples")
    yield from _read_examples(path, entries["examples"], intent, tag)


def _read_examples(path: Path, node: yaml.Node, intent: str, tag: str) -> Iterator[Phrase]:
    first = _line(node) + 1  # the examples start below `examples: |`
    for line, row in enumerate(node.value.splitlines(), start=first):
        if not row.strip():
            continue
        text = row.strip().removeprefix("- ").strip()
        if not row.strip().startswith("- ") or not fold(text):
            raise PhraseFileError(path, line, f"expected `- ` and a phrase, found {row.strip()!r}")
        if _MARKUP & set(text):
            raise PhraseFileError(path, line, "phrases hold no brackets or braces")
        yield Phrase(text, intent, tag, path, line)


def _compose(path: Path) -> yaml.Node | None:
    try:
        return yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except UnicodeDecodeError as error:
        raise PhraseFileError(path, None, "not UTF-8") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise PhraseFileError(path, line, f"not YAML: {error.problem}") from error
    except yaml.YAMLError as error:
        raise PhraseFileError(path, None, f"not YAML: {error}") from error


def _place(path: Path, line: int | None) -> str:
    name = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
    return f"{name}:{line}" if line else str(name)


def _entries(node: yaml.MappingNode) -> dict[str, yaml.Node]:
    return {key.value: value for key, value in node.value if isinstance(key, yaml.ScalarNode)}


def _text(path: Path, node: yaml.Node, entries: dict[str, yaml.Node], key: str) -> str:
    value = entries.get(key)
    if not isinstance(value, yaml.ScalarNode) or not value.value.strip():
        raise PhraseFileError(path, _line(node), f"`{key}:` is missing")
    return str(value.value).strip()


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
