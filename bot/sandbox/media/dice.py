"""Dice: emoji with a random value (https://core.telegram.org/bots/api#dice)."""

from __future__ import annotations

import secrets
from typing import Any

from bot.sandbox.errors import BadRequestError

FACES = {"🎲": 6, "🎯": 6, "🎳": 6, "🏀": 5, "⚽": 5, "🎰": 64}
_DEFAULT = "🎲"


def read_dice(emoji: str) -> dict[str, Any]:
    """Throw a die.

    Args:
        emoji: Which; the one with dots if empty.

    Returns:
        The ``Dice``.

    Raises:
        BadRequestError: There is no such die. These words are not confirmed.
    """
    kind = emoji.strip().removesuffix("\ufe0f") or _DEFAULT
    if kind not in FACES:
        raise BadRequestError("EMOTICON_INVALID")
    return {"emoji": kind, "value": 1 + secrets.randbelow(FACES[kind])}
