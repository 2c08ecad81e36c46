"""What Telegram takes out of every text, and how entities follow.

Written after TDLib's ``fix_formatted_text``: control characters become spaces, some characters
vanish, white space at both ends goes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.sandbox.text.utf16 import MAX_BMP, utf16_length, utf16_offsets

if TYPE_CHECKING:
    from bot.sandbox.text.entity_rules import Entity

_TO_SPACE = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f]")
# Carriage returns, separators and overrides of direction, and marks that strike through lines.
_VANISHING = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
_DIRECTION_MARKS = re.compile("[\u200e\u200f](?=[\u200e\u200f])")
_BLANK = " \n"
# A text of these alone counts as empty (TDLib's strip_empty_characters).
_INVISIBLE = re.compile(
    "[ \n\u00a0\u1680\u180e\u2000-\u200f\u202e\u202f\u205f\u2800\u3000\ufeff\ufffc]*"
)
# https://core.telegram.org/bots/api#messageentity: offsets are in UTF-16 code units
_MAX_OFFSET = 1_000_000


class EntityPlaceError(ValueError):
    """An entity lies outside the text or inside a character; the words are Telegram's."""


def check_range(entity: Entity) -> None:
    """Check an entity's numbers, whatever the text.

    Raises:
        EntityPlaceError: They are negative or far too big.
    """
    for name in ("offset", "length"):
        if not 0 <= entity[name] <= _MAX_OFFSET:
            raise EntityPlaceError(f"receive an entity with incorrect {name} {entity[name]}")


def check_places(text: str, entities: list[Entity]) -> None:
    """Check that entities begin and end between the characters of a text.

    Args:
        text: The text as the bot wrote it.
        entities: Entities that nest, in order.

    Raises:
        EntityPlaceError: One does not; the first in the order of the text is named.
    """
    if entities:
        _check_characters(text, entities)
        _check_end(utf16_length(text), entities)


def _check_characters(text: str, entities: list[Entity]) -> None:
    if max(text, default="") <= chr(MAX_BMP):
        return
    # The second halves of surrogate pairs, and the byte offset behind each.
    halves: dict[int, int] = {}
    offset = place = 0
    for char in text:
        place += len(char.encode("utf-8", "surrogatepass"))
        if ord(char) > MAX_BMP:
            halves[offset + 1] = place
            offset += 1
        offset += 1
    # At one place, ends come before beginnings, and the end of the inner entity first.
    faults = [
        (edge, is_begin, entity)
        for entity in reversed(entities)
        for is_begin, edge in ((True, entity["offset"]), (False, _end(entity)))
        if edge in halves
    ]
    if not faults:
        return
    edge, is_begin, entity = min(faults, key=lambda fault: fault[:2])
    where = f"in a middle of a UTF-16 symbol at byte offset {halves[edge]}"
    if is_begin:
        raise EntityPlaceError(f"entity begins {where}")
    raise EntityPlaceError(f"entity beginning at UTF-16 offset {entity['offset']} ends {where}")


def _check_end(total: int, entities: list[Entity]) -> None:
    for entity in entities:
        if entity["offset"] > total:
            raise EntityPlaceError(
                f"entity begins after the end of the text at UTF-16 offset {entity['offset']}"
            )
    for entity in reversed(entities):
        if _end(entity) > total:
            raise EntityPlaceError(
                f"entity beginning at UTF-16 offset {entity['offset']} ends after the end of the "
                f"text at UTF-16 offset {_end(entity)}"
            )


def cleaned(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Take out of a text what Telegram takes out.

    Args:
        text: The text.
        entities: Its entities.

    Returns:
        The text, and the entities where they are in it now; some may have become empty.
    """
    if entities and _VANISHING.search(text):
        offsets = utf16_offsets(text)
        gone = [offsets[found.start()] for found in _VANISHING.finditer(text)]
        entities = [_without(entity, gone) for entity in entities]
    text = _VANISHING.sub("", _TO_SPACE.sub(" ", text))
    return _DIRECTION_MARKS.sub("\u200c", text), entities


def _without(entity: Entity, gone: list[int]) -> Entity:
    end = _end(entity)
    before = sum(at < entity["offset"] for at in gone)
    inside = sum(entity["offset"] <= at < end for at in gone)
    return entity | {"offset": entity["offset"] - before, "length": entity["length"] - inside}


def trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Cut white space at both ends; at the start no further than the first entity.

    Returns:
        The text, and the entities that are left.
    """
    stripped = text.rstrip(_BLANK)
    if not stripped:
        return "", []
    if len(stripped) < len(text) and entities:
        end = utf16_length(stripped)
        entities = [
            entity | {"length": min(entity["length"], end - entity["offset"])}
            for entity in entities
            if entity["offset"] < end
        ]
    lead = len(stripped) - len(stripped.lstrip(_BLANK))
    lead = min(lead, *(entity["offset"] for entity in entities)) if entities else lead
    if lead:
        entities = [entity | {"offset": entity["offset"] - lead} for entity in entities]
    return stripped[lead:], entities


def is_invisible(text: str) -> bool:
    """Say whether nothing of a text can be seen."""
    return _INVISIBLE.fullmatch(text) is not None


def _end(entity: Entity) -> int:
    return int(entity["offset"] + entity["length"])
