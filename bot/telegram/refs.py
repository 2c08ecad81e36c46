"""Finds the message that a name of a case's map stands for, on the side of a destination."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.store.topics import bundle_field
from bot.telegram import bundling

if TYPE_CHECKING:
    from bot.store.cases import Cases

_MESSAGE = re.compile(r"([gp])(\d+)")


def side_of(chat_id: int) -> str:
    """``p`` for a private chat, ``g`` for a group: the first letter of ``Origin.ref``."""
    return "p" if chat_id > 0 else "g"


async def find(cases: Cases, case: int, name: str, chat_id: int) -> int | None:
    """The message of a chat that a name stands for.

    Args:
        cases: reads the map.
        case: whose map.
        name: the ``Origin.ref`` of a message that was carried over, or of the one that it became,
            or the ``ref`` of an effect.
        chat_id: the chat in which the message is wanted.

    Returns:
        The message; None if none of that chat is known by this name.
    """
    side = side_of(chat_id)
    own = message_of(name, side)
    if own is not None:
        return own
    became, comes_from = await cases.map_lookup(case, f"ref:{name}", name)
    if comes_from is not None:  # the name of a copy: what it was copied from
        return message_of(comes_from, side)
    if became is None:
        return None
    message_id = int(became)
    known, bundle = await cases.map_lookup(case, f"{side}{became}", bundle_field(message_id))
    if known == name:  # so it is a message of that side
        return message_id
    found = bundling.decode(bundle)
    return message_id if found is not None and name in found.names else None


def message_of(name: str, side: str) -> int | None:
    """The message of an ``Origin.ref``, if it is one of this side."""
    match = _MESSAGE.fullmatch(name)
    return int(match[2]) if match and match[1] == side else None
