"""How entities may stand together: their order, and what gives way where they collide.

Telegram keeps no two links, quotes or pieces of code that overlap, nothing inside code, and cuts
bold, italic and their like wherever another entity begins or ends, so that all entities nest.
Written after what TDLib does with the entities of every text (``fix_entities``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

Entity = dict[str, Any]

_SPLIT = ("bold", "italic", "underline", "strikethrough", "spoiler")
_QUOTES = frozenset({"blockquote", "expandable_blockquote"})
# Nothing else may stand inside these; a date counts as one.
_BARE = frozenset({"code", "pre", "date_time"})

# Of entities with one range, which comes first; found ones (links, commands, …) have 50.
_PRIORITY = {
    "blockquote": 0, "expandable_blockquote": 0, "pre": 11, "code": 20, "date_time": 30,
    "text_link": 49, "text_mention": 49, "bold": 90, "italic": 91, "underline": 92,
    "strikethrough": 93, "spoiler": 94, "custom_emoji": 99,
}  # fmt: skip
_FOUND = 50

# TDLib: MAX_USER_ENTITY_COUNT, "server-side limit"
MAX_ENTITIES = 100


def order_of(entity: Entity) -> tuple[int, int, int]:
    """Return the sort key of an entity: by offset, the longer first, then by kind."""
    priority = _PRIORITY.get(entity["type"], _FOUND)
    return entity["offset"], -entity["length"], priority


def fixed(entities: Iterable[Entity]) -> list[Entity]:
    """Bring entities into the form that Telegram keeps.

    Args:
        entities: Any entities; empty ones are dropped.

    Returns:
        Entities that nest, in order.
    """
    ordered = sorted((e for e in entities if e["length"] > 0), key=order_of)
    return _with_split(
        _apart([e for e in ordered if e["type"] not in _QUOTES and e["type"] not in _SPLIT]),
        _apart([e for e in ordered if e["type"] in _QUOTES]),
        [e for e in ordered if e["type"] in _SPLIT],
    )


def limited(entities: list[Entity]) -> list[Entity]:
    """Keep as many entities as Telegram's servers keep.

    Args:
        entities: The author's, as ``fixed`` returns them.

    Returns:
        The first 100, bold and its like after all others; custom emoji are not counted.
    """
    if len(entities) <= MAX_ENTITIES:
        return entities
    others = [e for e in entities if e["type"] not in _SPLIT]
    counted = [e for e in others if e["type"] != "custom_emoji"][:MAX_ENTITIES]
    emojis = [e for e in others if e["type"] == "custom_emoji"]
    split = _cut([e for e in entities if e["type"] in _SPLIT], [])
    return fixed(counted + emojis + split[: MAX_ENTITIES - len(counted)])


def with_found(written: list[Entity], found: list[Entity]) -> list[Entity]:
    """Add entities that were found in a text to those its author wrote.

    Args:
        written: The author's, as ``fixed`` returns them.
        found: Found ones, which do not overlap. They give way to the author's.

    Returns:
        Entities that nest, in order.
    """
    if not found:
        return written
    whole = [e for e in written if e["type"] not in _QUOTES and e["type"] not in _SPLIT]
    quotes = [e for e in written if e["type"] in _QUOTES]
    free = [e for e in found if not any(_overlap(e, other) for other in whole)]
    split = [e for e in written if e["type"] in _SPLIT]
    return _with_split(sorted(whole + free, key=order_of), quotes, split)


def _with_split(whole: list[Entity], quotes: list[Entity], split: list[Entity]) -> list[Entity]:
    kept = [e for e in whole if not any(_crosses(e, quote) for quote in quotes)]
    others = sorted(kept + quotes, key=order_of)
    return sorted(others + _cut(split, others), key=order_of)


def _end(entity: Entity) -> int:
    return int(entity["offset"] + entity["length"])


def _overlap(one: Entity, other: Entity) -> bool:
    return bool(one["offset"] < _end(other) and other["offset"] < _end(one))


def _crosses(entity: Entity, quote: Entity) -> bool:
    """Say whether an entity overlaps a quote without standing inside it."""
    inside = quote["offset"] <= entity["offset"] and _end(entity) <= _end(quote)
    return _overlap(entity, quote) and not inside


def _apart(entities: list[Entity]) -> list[Entity]:
    """Keep the entities that begin after all kept ones before them have ended."""
    kept: list[Entity] = []
    for entity in entities:
        if not kept or entity["offset"] >= _end(kept[-1]):
            kept.append(entity)
    return kept


class _Cutter:
    """Runs along the text with the open ranges of bold, italic, …, and cuts them."""

    def __init__(self) -> None:
        self.open: dict[str, tuple[int, int]] = {}
        self.pieces: list[Entity] = []

    def cut(self, at: int) -> None:
        """End what is open at an offset, and begin the rest of it anew."""
        for kind in _SPLIT:
            begin, end = self.open.get(kind, (at, at))
            if begin >= at:
                continue
            stop = min(end, at)
            self.pieces.append({"type": kind, "offset": begin, "length": stop - begin})
            if end > at:
                self.open[kind] = (at, end)
            else:
                del self.open[kind]

    def add(self, entity: Entity) -> None:
        """Open a range, or make the open one of its kind longer if they touch."""
        kind, begin, end = entity["type"], entity["offset"], _end(entity)
        if kind in self.open and begin <= self.open[kind][1]:
            first, last = self.open[kind]
            self.open[kind] = (first, max(last, end))
            return
        self.cut(begin)
        self.open[kind] = (begin, end)


def _cut(split: list[Entity], others: list[Entity]) -> list[Entity]:
    """Cut bold, italic, … at the edges of all other entities, and out of code."""
    cutter = _Cutter()
    waiting = list(reversed(split))

    def run(until: int | None) -> None:
        while waiting and (until is None or waiting[-1]["offset"] < until):
            cutter.add(waiting.pop())
        last = max((end for _, end in cutter.open.values()), default=0)
        cutter.cut(last if until is None else until)

    nested: list[Entity] = []

    def leave(until: int | None) -> None:
        while nested and (until is None or _end(nested[-1]) <= until):
            left = nested.pop()
            before = len(cutter.pieces)
            run(_end(left))
            if left["type"] in _BARE:
                del cutter.pieces[before:]

    for other in others:
        leave(other["offset"])
        run(other["offset"])
        nested.append(other)
    leave(None)
    run(None)
    return cutter.pieces
