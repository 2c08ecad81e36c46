"""Quotes: the part of a message that an answer to it repeats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.text.entity_rules import fixed
from bot.sandbox.text.utf16 import utf16_length, utf16_offsets

if TYPE_CHECKING:
    from bot.sandbox.text.entity_rules import Entity
    from bot.sandbox.text.formatted_text import Formatted

# https://core.telegram.org/bots/api#textquote: other entities are always removed from quotes.
QUOTED = frozenset(
    {"bold", "italic", "underline", "strikethrough", "spoiler", "custom_emoji", "date_time"}
)


def find_quote(body: dict[str, Any], quote: Formatted, near: int = 0) -> dict[str, Any] | None:
    """Find what is quoted in a message.

    https://core.telegram.org/bots/api#replyparameters: "an exact substring of the message to be
    replied to, including" the entities that quotes may have.

    Args:
        body: The Bot API ``Message``.
        quote: What is to be quoted.
        near: About where, in UTF-16 code units; of several places the nearest counts.

    Returns:
        The ``TextQuote``; None if the message does not say that.
    """
    prefix, text = ("", body["text"]) if "text" in body else ("caption_", body.get("caption", ""))
    entities = body.get(f"{prefix}entities", [])
    wanted = fixed(e for e in quote.entities if e["type"] in QUOTED)
    length = utf16_length(quote.text)
    places = [
        place
        for place in _places(str(text), quote.text)
        if quoted_entities(entities, place, length) == wanted
    ]
    if not places:
        return None
    # Of two places as near, the later one, as TDLib searches.
    position = min(places, key=lambda place: (abs(place - near), -place))
    told: dict[str, Any] = {"text": quote.text, "position": position, "is_manual": True}
    return told | ({"entities": wanted} if wanted else {})


def quoted_entities(entities: list[Entity], offset: int, length: int) -> list[Entity]:
    """Return the entities of a part of a message as its quote has them.

    Args:
        entities: The message's.
        offset: Where the part begins, in UTF-16 code units.
        length: How long it is.

    Returns:
        The entities that quotes may have, cut to the part.
    """
    cut = []
    for entity in entities:
        begin = max(entity["offset"], offset)
        end = min(entity["offset"] + entity["length"], offset + length)
        if entity["type"] in QUOTED and begin < end:
            cut.append(entity | {"offset": begin - offset, "length": end - begin})
    return fixed(cut)


def _places(text: str, part: str) -> list[int]:
    """Return all the offsets in UTF-16 code units where a part begins."""
    offsets = utf16_offsets(text)
    places = []
    at = text.find(part)
    while at >= 0:
        places.append(offsets[at])
        at = text.find(part, at + 1)
    return places
