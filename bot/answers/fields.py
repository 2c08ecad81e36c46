"""Takes typed values out of a YAML mapping; what does not fit becomes a fault at its line."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from bot.answers.sentence import N_, NN_
from bot.answers.yaml_file import Fields, Items, Scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from enum import Enum

    from bot.answers.faults import FileFaults
    from bot.answers.sentence import Sentence
    from bot.answers.yaml_file import Value

    Checked = Callable[[str], Sentence | None]

E = TypeVar("E", bound="Enum")

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_LOOSE_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", re.ASCII)


class FieldReader:
    """Reads the keys of one mapping and notes those that are unknown.

    Args:
        value: what should be a mapping; None or another kind of value is a fault.
        faults: of the file.
        otherwise: says that it should be a mapping.
    """

    __slots__ = ("_faults", "_fields", "line")

    def __init__(self, value: Value | None, faults: FileFaults, otherwise: Sentence) -> None:
        self._faults = faults
        if isinstance(value, Fields):
            self._fields = value
        else:
            line = value.line if value is not None else 1
            if value is not None:
                faults.add(line, otherwise)
            self._fields = Fields({}, {}, line)
        self.line = self._fields.line

    @property
    def is_empty(self) -> bool:
        """There is nothing to read."""
        return not self._fields.fields

    def line_of(self, key: str) -> int:
        """The line of a key, or of the mapping if the key is missing."""
        return self._fields.key_lines.get(key, self.line)

    def keys(self) -> tuple[str, ...]:
        """The keys that are there, in order."""
        return tuple(self._fields.fields)

    def only(self, allowed: tuple[str, ...]) -> None:
        """Notes every key that is not allowed."""
        for key, line in self._fields.key_lines.items():
            if key not in allowed:
                sentence = N_("`{key}` is not known here. Known: {known}.", key=key, known=allowed)
                self._faults.add(line, sentence)

    def value(self, key: str) -> Value | None:
        """A value as it is; None if the key is missing or empty."""
        found = self._fields.fields.get(key)
        return None if isinstance(found, Scalar) and found.text is None else found

    def text(self, key: str, *, required: bool = False, max_length: int | None = None) -> str:
        """A line of text, without white space around it; empty if there is none."""
        text = self._scalar(key, required=required)
        if max_length is not None and len(text) > max_length:
            self._faults.add(self.line_of(key), too_long(key, len(text), max_length))
        if "\n" in text:
            self._faults.add(self.line_of(key), N_("`{key}` must be one line.", key=key))
        return text

    def optional(self, key: str) -> str | None:
        """A line of text, or None."""
        return self.text(key) or None

    def day(self, key: str) -> date:
        """A date YYYY-MM-DD, required."""
        text = self._scalar(key, required=True)
        try:
            if _DAY.fullmatch(text):
                return date.fromisoformat(text)
        except ValueError:
            pass
        if text:
            sentence = N_("`{key}: {text}` is no date; write it as 2026-11-22.", key=key, text=text)
            self._faults.add(self.line_of(key), sentence)
        return date.min

    def loose_date(self, key: str, *, required: bool = True) -> str:
        """A date as precise as known: YYYY, YYYY-MM or YYYY-MM-DD."""
        text = self._scalar(key, required=required)
        if text and not _LOOSE_DATE.fullmatch(text):
            sentence = N_(
                "`{key}: {text}` is no date; write 2026, 2026-11 or 2026-11-22.", key=key, text=text
            )
            self._faults.add(self.line_of(key), sentence)
        return text

    def choice(self, key: str, kind: type[E]) -> E:
        """One of the values of an enumeration, required; the first of them if it is wrong."""
        text = self._scalar(key, required=True)
        values = {str(member.value): member for member in kind}
        if text in values:
            return values[text]
        if text:
            known = tuple(values)
            sentence = N_("`{key}: {text}` is none of: {known}.", key=key, text=text, known=known)
            self._faults.add(self.line_of(key), sentence)
        return next(iter(values.values()))

    def flag(self, key: str) -> bool:
        """``true`` or ``false``; false if it is missing."""
        text = self._scalar(key)
        if text not in ("", "true", "false"):
            sentence = N_("`{key}: {text}` is neither true nor false.", key=key, text=text)
            self._faults.add(self.line_of(key), sentence)
        return text == "true"

    def degrees(self, key: str, limit: float) -> float | None:
        """A coordinate in degrees, between minus and plus ``limit``."""
        text = self._scalar(key)
        if not text:
            return None
        try:
            degrees = float(text)
        except ValueError:
            degrees = float("nan")
        if -limit <= degrees <= limit:
            return degrees
        sentence = N_("`{key}: {text}` is no number of degrees.", key=key, text=text)
        self._faults.add(self.line_of(key), sentence)
        return None

    def words(self, key: str, fault: Checked | None = None) -> tuple[str, ...]:
        """A list of words without repetition; empty if the key is missing.

        Args:
            key: of the list.
            fault: says what is wrong with a word, None if nothing.
        """
        words: list[str] = []
        for line, word in self._listed(key):
            sentence = fault(word) if fault else None
            if word in words:
                sentence = N_("`{word}` stands here twice.", word=word)
            if sentence:
                self._faults.add(line, sentence)
            else:
                words.append(word)
        return tuple(words)

    def entries(self, key: str) -> tuple[Value, ...]:
        """The entries of a list; empty if the key is missing."""
        found = self.value(key)
        if found is None:
            return ()
        if isinstance(found, Items):
            return found.items
        self._faults.add(self.line_of(key), N_("`{key}` must be a list.", key=key))
        return ()

    def inner(self, key: str) -> FieldReader:
        """The reader of a mapping within this one; an empty one if it is missing."""
        found = self.value(key)
        if found is None:
            found = Fields({}, {}, self.line_of(key))
        otherwise = N_("`{key}` must be written as `key: value` lines.", key=key)
        return FieldReader(found, self._faults, otherwise)

    def _listed(self, key: str) -> Iterator[tuple[int, str]]:
        for item in self.entries(key):
            if isinstance(item, Scalar) and item.text is not None and item.text.strip():
                yield item.line, item.text.strip()
            else:
                self._faults.add(item.line, N_("An entry of `{key}` must be a word.", key=key))

    def _scalar(self, key: str, *, required: bool = False) -> str:
        found = self.value(key)
        if isinstance(found, Scalar) and found.text is not None:
            text = found.text.strip()
        elif found is None:
            text = ""
        else:
            self._faults.add(self.line_of(key), N_("`{key}` must be a single value.", key=key))
            return ""
        if required and not text:
            is_there = key in self._fields.key_lines
            missing = N_("`{key}` is empty.", key=key), N_("`{key}` is missing.", key=key)
            self._faults.add(self.line_of(key), missing[0] if is_there else missing[1])
        return text


def too_long(key: str, length: int, limit: int) -> Sentence:
    """That a text is longer than what fits; both in characters."""
    return NN_(
        "`{key}` has {length} character; {limit} fit.",
        "`{key}` has {length} characters; {limit} fit.",
        length,
        key=key,
        length=length,
        limit=limit,
    )
