"""Keyboards: what Telegram accepts, and how it keeps them."""

from __future__ import annotations

from typing import Any

import msgspec

from bot.sandbox.errors import BadRequestError, NotEmulatedError
from bot.sandbox.links import LinkError, checked_link

# https://core.telegram.org/bots/api#inlinekeyboardbutton: 1-64 bytes; copytextbutton: 1-256
MAX_DATA = 64
MAX_COPY_TEXT = 256
# Telegram's own limit, seen as REPLY_MARKUP_TOO_LONG; it is not documented.
MAX_MARKUP_BYTES = 10_240

_LOOKS = frozenset({"text", "style", "icon_custom_emoji_id"})
_INLINE = frozenset({"callback_data", "url", "copy_text"})
_REPLY = frozenset({"request_contact", "request_location"})


class Markup(msgspec.Struct, frozen=True):
    """A checked reply markup.

    Args:
        kind: ``inline``, ``keyboard``, ``remove`` or ``force_reply``.
        body: The markup as Bot API JSON.
    """

    kind: str
    body: dict[str, Any]


def read_markup(value: object) -> Markup | None:
    """Check a ``reply_markup``.

    Args:
        value: The decoded parameter, or None.

    Returns:
        The markup; None if there is none.

    Raises:
        BadRequestError: Telegram would refuse it.
        NotEmulatedError: A kind of button that the sandbox does not have.
    """
    if value is None or value == {}:
        return None
    if not isinstance(value, dict):
        raise BadRequestError("object expected as reply markup")
    if len(msgspec.json.encode(value)) > MAX_MARKUP_BYTES:
        raise BadRequestError("reply markup is too long")
    if "inline_keyboard" in value:
        rows = _rows(value["inline_keyboard"], "inline keyboard", _inline_button)
        return Markup("inline", {"inline_keyboard": rows}) if rows else None
    if "keyboard" in value:
        rows = _rows(value["keyboard"], "keyboard", _reply_button)
        return Markup("keyboard", value | {"keyboard": rows}) if rows else None
    if value.get("remove_keyboard"):
        return Markup("remove", {"remove_keyboard": True})
    if value.get("force_reply"):
        return Markup("force_reply", dict(value))
    return None


def _rows(value: object, name: str, read: Any) -> list[list[dict[str, Any]]]:  # noqa: ANN401
    if not isinstance(value, list):
        raise BadRequestError(
            f'can\'t parse {name} markup JSON object: Field "{name.replace(" ", "_")}" '
            "must be of type Array"
        )
    rows: list[list[dict[str, Any]]] = []
    for row in value:
        if not isinstance(row, list):
            raise BadRequestError(
                f"can't parse {name} markup JSON object: {name.capitalize()} row must be an Array"
            )
        if row:
            rows.append([read(button) for button in row])
    return rows


def _inline_button(button: object) -> dict[str, Any]:
    name = "inline keyboard button"
    checked = _with_text(button, name)
    kinds = [key for key in checked if key not in _LOOKS]
    if not kinds:
        raise BadRequestError(
            f"can't parse {name}: Text buttons are unallowed in the inline keyboard"
        )
    foreign = [kind for kind in kinds if kind not in _INLINE]
    if foreign:
        raise NotEmulatedError(f"inline keyboard button with {foreign[0]}")
    if "callback_data" in checked:
        data = checked["callback_data"]
        if not isinstance(data, str) or not 1 <= len(data.encode()) <= MAX_DATA:
            raise BadRequestError("BUTTON_DATA_INVALID")
    elif "url" in checked:
        url = str(checked["url"])
        try:
            checked["url"] = checked_link(url)
        except LinkError as error:
            raise BadRequestError(
                f"inline keyboard button URL '{url}' is invalid: {error}"
            ) from None
    else:
        copied = checked["copy_text"]
        text = copied.get("text") if isinstance(copied, dict) else None
        if not isinstance(text, str) or not 1 <= len(text) <= MAX_COPY_TEXT:
            raise BadRequestError("BUTTON_COPY_TEXT_INVALID")
    return checked


def _reply_button(button: object) -> dict[str, Any]:
    checked = _with_text({"text": button} if isinstance(button, str) else button, "keyboard button")
    for kind in list(checked):
        if kind in _LOOKS:
            continue
        if kind not in _REPLY:
            raise NotEmulatedError(f"keyboard button with {kind}")
        if not checked[kind]:
            del checked[kind]
    return checked


def _with_text(button: object, name: str) -> dict[str, Any]:
    if not isinstance(button, dict):
        raise BadRequestError(f"can't parse {name}: {name.capitalize()} must be an Object")
    checked = {key: value for key, value in button.items() if value is not None}
    if not isinstance(checked.get("text"), str):
        raise BadRequestError(f"can't parse {name}: Can't find field \"text\"")
    if not checked["text"].strip():
        raise BadRequestError("keyboard button text must be non-empty")
    return checked
