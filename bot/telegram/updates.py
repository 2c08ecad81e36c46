"""Reads what Telegram sends: its number, whose it is, and what can be made of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec
from telegram import Chat, ChatMember, Update

if TYPE_CHECKING:
    from telegram import Bot, ChatMemberUpdated

ALLOWED_UPDATES = (
    *("message", "edited_message", "callback_query", "my_chat_member"),
    *("message_reaction", "chat_member"),
)
"""What Telegram is asked to send; more is handled if it comes, none of it is needed. Reactions are
carried over between migrants and staff; members of the staff groups may leave."""

MAX_ID = 2**63
"""Telegram's ids fit 52 bits; what does not fit 64 is nothing of Telegram's."""


class MalformedUpdateError(Exception):
    """Not an update."""


def read_json(payload: bytes) -> dict[str, Any]:
    """Reads an update's JSON; halves of surrogate pairs and broken UTF-8 are replaced.

    Raises:
        MalformedUpdateError: it is not a JSON object.
    """
    try:
        found = msgspec.json.decode(payload)
    except (ValueError, RecursionError):
        found = _read_leniently(payload)
    return as_object(found)


def as_object(found: object) -> dict[str, Any]:
    """An update, if it is a JSON object.

    Raises:
        MalformedUpdateError: it is not.
    """
    if not isinstance(found, dict):
        raise MalformedUpdateError("not an object")
    return found


def _read_leniently(payload: bytes) -> Any:  # noqa: ANN401 - JSON
    try:
        found = json.loads(payload.decode("utf-8", "replace"))
        clean = json.dumps(found, ensure_ascii=False).encode("utf-16", "surrogatepass")
        return json.loads(clean.decode("utf-16", "replace"))
    except (ValueError, RecursionError):
        raise MalformedUpdateError("not JSON") from None


def write_json(update: dict[str, Any]) -> bytes:
    """The JSON of an update, compact; halves of surrogate pairs stay as escapes."""
    try:
        return msgspec.json.encode(update)
    except ValueError:
        return json.dumps(update).encode()


def update_id_of(update: dict[str, Any]) -> int:
    """Telegram's number of an update.

    Raises:
        MalformedUpdateError: it has none.
    """
    number = update.get("update_id")
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number < MAX_ID:
        raise MalformedUpdateError("no update_id")
    return number


def chat_id_of(update: dict[str, Any]) -> int | None:
    """The chat an update belongs to, or the user if it has no chat; None if neither is known.

    Knows no kinds of update, so that it finds the chat of kinds that are still to come.
    """
    for content in update.values():
        if isinstance(content, dict):
            message = content.get("message")
            for holder in (content, message if isinstance(message, dict) else {}):
                if (found := _id(holder.get("chat"))) is not None:
                    return found
            for name in ("from", "user", "actor_chat", "voter_chat", "user_chat"):
                if (found := _id(content.get(name))) is not None:
                    return found
    return None


def _id(holder: object) -> int | None:
    number = holder.get("id") if isinstance(holder, dict) else None
    if isinstance(number, int) and not isinstance(number, bool) and -MAX_ID < number < MAX_ID:
        return number
    return None


def build(update: dict[str, Any], bot: Bot) -> Update | None:
    """The update as python-telegram-bot sees it; None for a kind it does not know.

    Raises:
        MalformedUpdateError: it has the name of a known kind and not its form.
    """
    try:
        built = Update.de_json(update, bot)
    except Exception as error:  # whatever an odd value provokes deep in the library
        raise MalformedUpdateError(type(error).__name__) from None
    known = any(getattr(built, kind, None) is not None for kind in Update.ALL_TYPES)
    return built if known else None


def blocks(update: Update) -> bool | None:
    """Whether the person has blocked the bot; None if the update does not say."""
    change = update.my_chat_member
    if change is None:
        return None if update.effective_user is None else False
    return is_gone(change) if change.chat.type == Chat.PRIVATE else None


def is_gone(change: ChatMemberUpdated) -> bool:
    """Whether after a change of the bot's membership the other side is not to be reached."""
    return change.new_chat_member.status in (ChatMember.BANNED, ChatMember.LEFT)
