"""Variables of the texts: ``{keep_session_days}`` becomes the number that the program goes by.

A number that a program keeps to (how long something is stored) must not be typed into a text too,
where nobody would change it; nor can a text know which organisation runs this copy of the helpline.
The values are handed in by whoever loads the answers. They are text, never mark-up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from bot.answers.pick import SOURCE_LOCALE, part_hash
from bot.language.tags import Locale

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.answers.model import AnswerText

OPERATOR = "operator"
"""Stands for who runs the helpline."""

_VARIABLE = re.compile(r"\{(\w*)\}")
_MARK_UP = re.compile(r"[!-/:-@\[-`{-~]")
"""What a backslash takes the meaning from: https://spec.commonmark.org/0.31.2/#backslash-escapes"""


class InWords(msgspec.Struct, frozen=True):
    """A value that is said in other words in each language.

    Attributes:
        by_locale: the words of every locale.
    """

    by_locale: tuple[tuple[Locale, str], ...]

    def said(self, locale: Locale) -> str:
        """The words in a language."""
        return dict(self.by_locale)[locale]


Values = Mapping[str, str | InWords]
"""Of the variables, by name."""


def used(markdown: str) -> frozenset[str]:
    """The names of the variables in a text."""
    return frozenset(_VARIABLE.findall(markdown))


def unknown(content: str, values: Values) -> Iterator[tuple[int, str]]:
    """The variables of a file that have no value, each with its line (from 1)."""
    for number, line in enumerate(content.splitlines(), 1):
        for name in sorted(used(line) - values.keys()):
            yield number, name


def filled(texts: Mapping[Locale, AnswerText], values: Values) -> dict[Locale, AnswerText]:
    """The texts of an answer with the values in place of the variables.

    What a translation records of the Russian text is carried over: the hash is of the text with its
    variables, so that another value makes no translation outdated.
    """
    source = texts.get(SOURCE_LOCALE)
    if source is None or not any(used(part) for t in texts.values() for part in t.parts.values()):
        return dict(texts)
    hashes = {
        part_hash(markdown): part_hash(_fill(markdown, values, SOURCE_LOCALE))
        for markdown in source.parts.values()
    }
    return {
        locale: msgspec.structs.replace(
            text,
            parts={part: _fill(md, values, locale) for part, md in text.parts.items()},
            translates={part: hashes.get(old, old) for part, old in text.translates.items()},
        )
        for locale, text in texts.items()
    }


def as_text(value: str) -> str:
    """Markdown that shows a value as it is, on one line, whatever is in it."""
    return _MARK_UP.sub(r"\\\g<0>", " ".join(value.split()))


def _fill(markdown: str, values: Values, locale: Locale) -> str:
    def value(found: re.Match[str]) -> str:
        known = values.get(found.group(1))
        if known is None:
            return found.group()
        return as_text(known.said(locale) if isinstance(known, InWords) else known)

    return _VARIABLE.sub(value, markdown)
