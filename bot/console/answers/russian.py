"""What changed in the Russian text since a translation of it was made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.answers.pick import SOURCE_LOCALE, part_hash
from bot.console.answers.editor import read
from bot.console.versions import diffs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from bot.answers.model import AnswerText, Part
    from bot.console.versions.diffs import Hunk
    from bot.console.versions.versions import Versions

LOOKED_AT = 60
"""Versions of the Russian text that are searched for the one that was translated."""


@dataclass(frozen=True, slots=True)
class Since:
    """What changed in a part.

    Attributes:
        hunks: the differences; none if the old text was not found.
        at: when the old text was published; None if it was not found.
        unmarked: the translation does not say which text it was made from.
    """

    part: Part
    hunks: tuple[Hunk, ...]
    at: datetime | None
    unmarked: bool


def since(versions: Versions, path: str, own: AnswerText, russian: AnswerText) -> tuple[Since, ...]:
    """What changed in the parts whose translation is older. Blocks.

    Args:
        versions: of the answers.
        path: of the Russian file.
        own: the translation.
        russian: the present Russian text.
    """
    wanted = {
        part: own.translates.get(part, "")
        for part in own.parts
        if part in russian.parts and own.translates.get(part) != part_hash(russian.parts[part])
    }
    if not wanted:
        return ()
    found: dict[Part, tuple[str, datetime]] = {}
    for text, at in _published(versions, path):
        for part, recorded in wanted.items():
            if part not in found and part_hash(text.get(part, "")) == recorded:
                found[part] = text[part], at
        if len(found) == len(wanted):
            break
    return tuple(
        Since(
            part,
            diffs.diff(found[part][0], russian.parts[part]) if part in found else (),
            found[part][1] if part in found else None,
            not recorded,
        )
        for part, recorded in wanted.items()
    )


def _published(versions: Versions, path: str) -> Iterator[tuple[Mapping[Part, str], datetime]]:
    for change in versions.history(path, LOOKED_AT):
        file = versions.at(path, change.version)
        if file is not None:
            yield read(file.text, path, SOURCE_LOCALE)[0].parts, change.at
