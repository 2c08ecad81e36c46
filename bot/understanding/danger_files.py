"""Reads and checks ``nlu_data/danger``: one YAML file of danger patterns per language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from bot.answers.model import DangerKind
from bot.language.fold import APOSTROPHES, fold, split_words
from bot.language.tags import from_tag
from bot.understanding.files import DataFileError, read_yaml
from bot.understanding.lexicon import Alternative, DangerLexicon, Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHORTEST_STEM = 2
"""Letters of a folded stem: a shorter one would match half of the language."""

_LISTS = {"any": False, "not": True}
_SEPARATOR = re.compile(r"\s*\|\s*")


def load_lexicon(folder: Path) -> DangerLexicon:
    """The lexicon of all files of a folder.

    Raises:
        DataFileError: a file is not as described in the folder's files, or there is none.
    """
    paths = sorted(folder.glob("*.yml"))
    if not paths:
        raise DataFileError(folder, "no danger lexicon (*.yml) here")
    return DangerLexicon([pattern for path in paths for pattern in read_patterns(path)])


def read_patterns(path: Path) -> list[Pattern]:
    """The patterns of one file.

    Raises:
        DataFileError: with the line of the fault.
    """
    data = read_yaml(path, with_lines=True)
    if not isinstance(data, CommentedMap) or not isinstance(data.get("kinds"), CommentedMap):
        raise DataFileError(path, "needs a language and kinds", 1)
    language = str(data.get("language", ""))
    if from_tag(language) is None:
        raise DataFileError(path, f"unknown language {language!r}", 1)
    return [
        pattern
        for name in data["kinds"]
        for pattern in _kind(path, language, data["kinds"], str(name))
    ]


def _kind(path: Path, language: str, kinds: CommentedMap, name: str) -> Iterator[Pattern]:
    line = _line(kinds, name)
    if name not in _KINDS:
        raise DataFileError(path, f"unknown kind {name!r}; known: {', '.join(_KINDS)}", line)
    lists = kinds[name]
    if not isinstance(lists, CommentedMap) or not lists.get("any"):
        raise DataFileError(path, f"{name}: needs a list any", line)
    for key in lists:
        if key not in _LISTS:
            raise DataFileError(path, f"{name}: only any and not, not {key!r}", _line(lists, key))
        rows = lists[key]
        if rows is None:
            continue
        if not isinstance(rows, CommentedSeq):
            raise DataFileError(path, f"{name}: {key} must be a list", _line(lists, key))
        for index, row in enumerate(rows):
            places = _places(path, row, rows.lc.item(index)[0] + 1)
            yield Pattern(DangerKind(name), language, places, is_exception=_LISTS[key])


_KINDS = [kind.value for kind in DangerKind]


def _places(path: Path, row: Any, line: int) -> tuple[tuple[Alternative, ...], ...]:  # noqa: ANN401
    if not isinstance(row, str) or not row.strip():
        raise DataFileError(path, "a pattern must be text", line)
    return tuple(
        tuple(_alternative(path, word, line) for word in place.split("|"))
        for place in _SEPARATOR.sub("|", row.strip()).split()
    )


def _alternative(path: Path, written: str, line: int) -> Alternative:
    word = written.removesuffix("*")
    is_stem = word != written
    folded = fold(word)
    if split_words(folded) != [folded] or "*" in word:
        raise DataFileError(path, f"{written!r} is not one word or stem", line)
    if is_stem and len(folded) < SHORTEST_STEM:
        raise DataFileError(path, f"the stem {written!r} is too short", line)
    return Alternative(word.translate(_PLAIN_APOSTROPHE), is_stem)


_PLAIN_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))


def _line(mapping: CommentedMap, key: str) -> int:
    return int(mapping.lc.key(key)[0]) + 1
