"""Bodies of the JSON API as recordings keep them: with names for messages, chats and files."""

from __future__ import annotations

import base64
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from bot.sandbox.chats.topics import GENERAL
from bot.sandbox.media.files import FILE_KINDS, HASH_LENGTH

if TYPE_CHECKING:
    from collections.abc import Callable

Body = dict[str, Any]

_ONE = ("message_id", "reply_to", "thread")


def place_of(body: Body) -> int:
    """Return the id of the chat in which somebody acts; 0 if the body does not say."""
    return _number(body.get("chat")) or _number(body.get("user"))


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def swap_messages(body: Body, swap: Callable[[int, Any], Any]) -> Body:
    """Name the messages of a body otherwise.

    Args:
        body: The body; it stays as it is.
        swap: Gets a chat's id and a message's old name, and returns the new one.
    """
    where = place_of(body)
    new = _swap_in(body, where, swap)
    edit = body.get("edit")
    if isinstance(edit, dict):
        new["edit"] = _swap_in(edit, where, swap)
    elif edit is not None:
        new["edit"] = swap(where, edit)
    forward = body.get("forward")
    if isinstance(forward, dict):
        new["forward"] = _swap_in(forward, _number(forward.get("chat")) or where, swap)
    return new


def _swap_in(body: Body, where: int, swap: Callable[[int, Any], Any]) -> Body:
    new = dict(body)
    for key in _ONE:
        # Not a message's id: no topic, and General.
        if key in body and not (key == "thread" and body[key] in (0, GENERAL)):
            new[key] = swap(where, body[key])
    if isinstance(body.get("message_ids"), list):
        new["message_ids"] = [swap(where, one) for one in body["message_ids"]]
    return new


def swap_chats(body: Body, swap: Callable[[int], int]) -> Body:
    """Name the chats of a body otherwise.

    Args:
        body: The body; it stays as it is.
        swap: Gets a chat's id, and returns the new one.
    """
    new = dict(body)
    if isinstance(body.get("chat"), int):
        new["chat"] = swap(body["chat"])
    forward = body.get("forward")
    if isinstance(forward, dict):
        new["forward"] = swap_chats(forward, swap)
    return new


def swap_files(body: Body, swap: Callable[[str], str]) -> Body:
    """Exchange the contents of a body's files, in the message, its album or its edit.

    Args:
        body: The body; it stays as it is.
        swap: Gets what stands in ``data``, and returns what shall stand there.
    """
    new = dict(body)
    for kind in FILE_KINDS:
        file = body.get(kind)
        if isinstance(file, dict) and isinstance(file.get("data"), str):
            new[kind] = file | {"data": swap(file["data"])}
    if isinstance(body.get("edit"), dict):
        new["edit"] = swap_files(body["edit"], swap)
    if isinstance(body.get("album"), list):
        new["album"] = [
            swap_files(item, swap) if isinstance(item, dict) else item for item in body["album"]
        ]
    return new


def file_name(data: str) -> str:
    """Return the name of a file's contents: the beginning of their hash.

    Args:
        data: The contents in base64.
    """
    return shown_name(sha256(base64.b64decode(data)).hexdigest())


def shown_name(digest: str) -> str:
    """Return a hash as recordings show it; ``file_unique_id`` has as much of it."""
    return f"sha256:{digest[:HASH_LENGTH]}"
