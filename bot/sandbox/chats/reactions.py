"""Reactions: which there are, and how calls write them."""

from __future__ import annotations

from typing import Any

from bot.sandbox.errors import BadRequestError
from bot.sandbox.json_fields import FieldError, required_number, required_text

# https://core.telegram.org/bots/api#reactiontypeemoji
REACTIONS = frozenset(
    {
        "❤", "👍", "👎", "🔥", "🥰", "👏", "😁", "🤔", "🤯", "😱", "🤬", "😢",
        "🎉", "🤩", "🤮", "💩", "🙏", "👌", "🕊", "🤡", "🥱", "🥴", "😍", "🐳",
        "❤\u200d🔥", "🌚", "🌭", "💯", "🤣", "⚡", "🍌", "🏆", "💔", "🤨", "😐", "🍓",
        "🍾", "💋", "🖕", "😈", "😴", "😭", "🤓", "👻", "👨\u200d💻", "👀", "🎃", "🙈",
        "😇", "😨", "🤝", "✍", "🤗", "🫡", "🎅", "🎄", "☃", "💅", "🤪", "🗿",
        "🆒", "💘", "🙉", "🦄", "😘", "💊", "🙊", "😎", "👾", "🤷\u200d♂", "🤷", "🤷\u200d♀",
        "😡",
    }
)  # fmt: skip


def read_reactions(given: object) -> list[dict[str, Any]]:
    """Read the reactions of a call.

    Args:
        given: The decoded parameter; None is no reaction.

    Returns:
        The ``ReactionType``s.

    Raises:
        BadRequestError: They are none, too many, or not among Telegram's.
    """
    if given is None:
        return []
    if not isinstance(given, list):
        raise BadRequestError("expected an Array of ReactionType")
    read = [_typed(item) for item in given]
    # https://core.telegram.org/bots/api#setmessagereaction: a bot sets up to one.
    if len(read) > 1:
        raise BadRequestError("REACTIONS_TOO_MANY")
    return [_known(item) for item in read]


def read_reaction(item: object) -> dict[str, Any]:
    """Read one ``ReactionType``.

    Raises:
        BadRequestError: It is none, or not among Telegram's.
    """
    return _known(_typed(item))


def _typed(item: object) -> dict[str, Any]:
    try:
        return _fields(item)
    except FieldError as error:
        raise BadRequestError(f"can't parse ReactionType: {error}") from error


def _fields(item: object) -> dict[str, Any]:
    if not isinstance(item, dict):
        raise FieldError("expected an Object")
    kind = required_text(item, "type")
    if kind == "emoji":
        return {"type": kind, "emoji": required_text(item, "emoji")}
    if kind == "custom_emoji":
        return {"type": kind, "custom_emoji_id": required_number(item, "custom_emoji_id")}
    raise FieldError("invalid reaction type specified")


def _known(item: dict[str, Any]) -> dict[str, Any]:
    """Check a reaction; a custom emoji would have to be on the message, or allowed in its chat."""
    emoji = str(item.get("emoji", "")).replace("\ufe0f", "")
    if emoji not in REACTIONS:
        raise BadRequestError("REACTION_INVALID")
    return {"type": "emoji", "emoji": emoji}
