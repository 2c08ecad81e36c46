"""Keyboards: what Telegram accepts, and how it keeps them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from bot.sandbox.chats.messages import Markup
from bot.sandbox.errors import BadRequestError, NotEmulatedError
from bot.sandbox.json_fields import FieldError, optional_text, required_text
from bot.sandbox.text.links import LinkError, checked_link, mentioned_user

if TYPE_CHECKING:
    from collections.abc import Callable

# https://core.telegram.org/bots/api#inlinekeyboardbutton: 1-64 bytes; copytextbutton: 1-256
MAX_DATA = 64
MAX_COPY_TEXT = 256
# Telegram's own limit, seen as REPLY_MARKUP_TOO_LONG; it is not documented.
MAX_MARKUP_BYTES = 10_240
# What is beyond these is cut off without a word (TDLib: get_reply_markup).
MAX_ROW = 12
MAX_BUTTONS = 300

_STYLES = frozenset({"danger", "success", "primary"})
_FOREIGN_INLINE = (
    "callback_game", "pay", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "login_url", "web_app",
)  # fmt: skip
_FOREIGN_REPLY = (
    "request_users", "request_user", "request_chat", "request_managed_bot", "request_poll",
    "web_app",
)  # fmt: skip
_REQUESTS = {
    "request_contact": "phone number can be requested in private chats only",
    "request_location": "location can be requested in private chats only",
}
_KEYBOARD_FLAGS = ("is_persistent", "resize_keyboard", "one_time_keyboard", "selective")


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
    if value is None:
        return None
    if not isinstance(value, dict):
        raise BadRequestError("object expected as reply markup")
    markup = _read(value)
    # Telegram's servers check this, after what is too much was cut off.
    if markup is not None and len(msgspec.json.encode(markup.body)) > MAX_MARKUP_BYTES:
        raise BadRequestError("reply markup is too long")
    return markup


def _read(value: dict[str, Any]) -> Markup | None:
    rows = _rows(value, "keyboard", "", "keyboard button", _reply_button)
    inline = _rows(
        value,
        "inline_keyboard",
        " of the InlineKeyboardMarkup",
        "inline keyboard button",
        _inline_button,
    )
    selective = {"selective": True} if value.get("selective") else {}
    hint = value.get("input_field_placeholder")
    placeholder = {"input_field_placeholder": str(hint)} if hint else {}
    if rows:
        flags = {name: True for name in _KEYBOARD_FLAGS if value.get(name)}
        return Markup("keyboard", {"keyboard": rows} | flags | placeholder)
    if inline:
        return Markup("inline", {"inline_keyboard": inline})
    if value.get("remove_keyboard"):
        return Markup("remove", {"remove_keyboard": True} | selective)
    if value.get("force_reply"):
        return Markup("force_reply", {"force_reply": True} | selective | placeholder)
    return None


def check_requests(markup: Markup | None) -> None:
    """Refuse buttons that only a private chat may have.

    Raises:
        BadRequestError: A button asks for a place or a phone number.
    """
    if markup is None or markup.kind != "keyboard":
        return
    for row in markup.body["keyboard"]:
        for button in row:
            for name, words in _REQUESTS.items():
                if name in button:
                    raise BadRequestError(words)


def _rows(
    value: dict[str, Any],
    name: str,
    where: str,
    what: str,
    read: Callable[[object], dict[str, Any]],
) -> list[list[dict[str, Any]]]:
    given = value.get(name)
    if given is None:
        return []
    if not isinstance(given, list):
        raise BadRequestError(f'field "{name}" must be of type Array')
    rows: list[list[dict[str, Any]]] = []
    left = MAX_BUTTONS
    for row in given:
        if not isinstance(row, list):
            raise BadRequestError(f'field "{name}"{where} must be an Array of Arrays')
        try:
            buttons = [read(button) for button in row]
        except FieldError as error:
            raise BadRequestError(f"can't parse {what}: {error}") from error
        # A button without words is left out without a word.
        shown = [button for button in buttons if button["text"]][: min(MAX_ROW, left)]
        left -= len(shown)
        if shown:
            rows.append(shown)
    return rows


def _inline_button(button: object) -> dict[str, Any]:
    if not isinstance(button, dict):
        raise FieldError("InlineKeyboardButton must be an Object")
    shown = _looks(button)
    url = optional_text(button, "url")
    if url:
        return shown | {"url": _link(url)}
    data = optional_text(button, "callback_data")
    if data:
        if len(data.encode()) > MAX_DATA:
            raise BadRequestError("BUTTON_DATA_INVALID")
        return shown | {"callback_data": data}
    if button.get("copy_text") is not None:
        return shown | {"copy_text": {"text": _copied(button["copy_text"])}}
    for kind in _FOREIGN_INLINE:
        if button.get(kind) is not None:
            raise NotEmulatedError(f"inline keyboard button with {kind}")
    raise FieldError("Text buttons are unallowed in the inline keyboard")


def _link(url: str) -> str:
    user_id = mentioned_user(url)
    if user_id is not None:
        return f"tg://user?id={user_id}"
    try:
        return checked_link(url)
    except LinkError as error:
        raise BadRequestError(f"inline keyboard button URL '{url}' is invalid: {error}") from None


def _copied(given: object) -> str:
    if not isinstance(given, dict):
        raise FieldError('Field "copy_text" must be of type Object')
    text = required_text(given, "text")
    if not 1 <= len(text) <= MAX_COPY_TEXT:
        raise BadRequestError("BUTTON_COPY_TEXT_INVALID")
    return text


def _reply_button(button: object) -> dict[str, Any]:
    if isinstance(button, str):
        return {"text": button}
    if not isinstance(button, dict):
        raise FieldError("KeyboardButton must be a String or an Object")
    for kind in _FOREIGN_REPLY:
        if button.get(kind) is not None:
            raise NotEmulatedError(f"keyboard button with {kind}")
    return _looks(button) | {name: True for name in _REQUESTS if button.get(name)}


def _looks(button: dict[str, Any]) -> dict[str, Any]:
    """Return what all buttons have: words, a colour, an emoji."""
    looks = {"text": required_text(button, "text")}
    style = optional_text(button, "style")
    if style and style not in _STYLES:
        raise FieldError("invalid button style specified")
    icon = optional_text(button, "icon_custom_emoji_id")
    told = {"style": style, "icon_custom_emoji_id": icon}
    return looks | {name: value for name, value in told.items() if value}
