"""Variables of the texts: ``{keep_session_days}`` becomes the number that the program goes by.

A number that a program keeps to (how long something is stored) must not be typed into a text too,
where nobody would change it. The values are handed in by whoever loads the answers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from bot.answers.pick import SOURCE_LOCALE, part_hash

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.answers.model import AnswerText
    from bot.language.tags import Locale

_VARIABLE = re.compile(r"\{(\w*)\}")


def used(markdown: str) -> frozenset[str]:
    """The names of the variables in a text."""
    return frozenset(_VARIABLE.findall(markdown))


def unknown(content: str, values: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """The variables of a file that have no value, each with its line (from 1)."""
    for number, line in enumerate(content.splitlines(), 1):
        for name in sorted(used(line) - values.keys()):
            yield number, name


def filled(
    texts: Mapping[Locale, AnswerText], values: Mapping[str, str]
) -> dict[Locale, AnswerText]:
    """The texts of an answer with the values in place of the variables.

    What a translation records of the Russian text is carried over: the hash is of the text with its
    variables, so that another value makes no translation outdated.
    """
    source = texts.get(SOURCE_LOCALE)
    if source is None or not any(used(part) for t in texts.values() for part in t.parts.values()):
        return dict(texts)
    hashes = {
        part_hash(markdown): part_hash(_fill(markdown, values))
        for markdown in source.parts.values()
    }
    return {
        locale: msgspec.structs.replace(
            text,
            parts={part: _fill(markdown, values) for part, markdown in text.parts.items()},
            translates={part: hashes.get(old, old) for part, old in text.translates.items()},
        )
        for locale, text in texts.items()
    }


def _fill(markdown: str, values: Mapping[str, str]) -> str:
    return _VARIABLE.sub(lambda found: values.get(found.group(1), found.group()), markdown)
