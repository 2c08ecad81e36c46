"""The formatting of a message, carried over to a text in which something was masked."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import accumulate
from typing import TYPE_CHECKING

from telegram import Chat, Message, MessageEntity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bot.handoff.masking import Masked

_KEPT = frozenset(
    {
        *(MessageEntity.BOLD, MessageEntity.ITALIC, MessageEntity.UNDERLINE),
        *(MessageEntity.STRIKETHROUGH, MessageEntity.SPOILER, MessageEntity.CODE),
        *(MessageEntity.PRE, MessageEntity.BLOCKQUOTE, MessageEntity.EXPANDABLE_BLOCKQUOTE),
        MessageEntity.TEXT_LINK,
    }
)
"""Formatting that shows nobody's account: mentions stay as their bare words. Addresses, hashtags
and commands Telegram finds again by itself; custom emoji a bot may not send."""

_NOWHEN = datetime.fromtimestamp(0, UTC)


def to_html(
    text: str, entities: Iterable[MessageEntity], masked: Masked, masks: Callable[[str], Masked]
) -> str:
    """A masked text with the formatting of the original, in Telegram's HTML.

    Args:
        text: the original.
        entities: its formatting; offsets in UTF-16 code units.
        masked: the original as it may be seen.
        masks: what may be seen of the addresses behind its links.
    """
    place = _places(text)
    units = [0, *accumulate(_units(letter) for letter in masked.text)]
    moved = []
    for entity in entities:
        start, end = place.get(entity.offset), place.get(entity.offset + entity.length)
        if entity.type not in _KEPT or start is None or end is None or start >= end:
            continue
        if not _shows_nobody(entity, masks):
            continue
        first, last = masked.moved_span(start, end)
        moved.append(
            MessageEntity(
                type=entity.type,
                offset=units[first],
                length=units[last] - units[first],
                url=entity.url,
                language=entity.language,
            )
        )
    drawn = Message(0, _NOWHEN, Chat(0, Chat.PRIVATE), text=masked.text, entities=moved)
    return drawn.text_html


def _shows_nobody(entity: MessageEntity, masks: Callable[[str], Masked]) -> bool:
    """Whether a link may be followed: not to a person's account, where accounts are masked."""
    if entity.type != MessageEntity.TEXT_LINK:
        return True
    url = (entity.url or "").lower()
    if url.startswith("tg:"):
        return False
    return not masks(entity.url or "").hidden


def _places(text: str) -> dict[int, int]:
    """UTF-16 code units to places between characters."""
    ends = accumulate(_units(letter) for letter in text)
    return {0: 0, **{unit: number for number, unit in enumerate(ends, 1)}}


def _units(letter: str) -> int:
    return 2 if ord(letter) > 0xFFFF else 1
