"""From what a bot (or a person) wrote to the text and entities of a message."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from bot.sandbox.auto_entities import with_found
from bot.sandbox.errors import BadRequestError, NotEmulatedError
from bot.sandbox.html_parser import HtmlError, parse_html
from bot.sandbox.links import LinkError, checked_link
from bot.sandbox.utf16 import utf16_length, utf16_offsets

if TYPE_CHECKING:
    from collections.abc import Callable

# https://core.telegram.org/bots/api#sendmessage and #sendphoto: "after entities parsing"
MAX_TEXT = 4096
MAX_CAPTION = 1024

_WRITABLE = frozenset(
    {
        "bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre", "blockquote",
        "expandable_blockquote", "text_link", "text_mention", "custom_emoji",
    }
)  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


class Formatted(msgspec.Struct, frozen=True):
    """A text with its entities."""

    text: str
    entities: list[dict[str, Any]]

    def has_link(self) -> bool:
        """Say whether the text has something to preview."""
        return any(entity["type"] in {"url", "text_link"} for entity in self.entities)


def format_text(
    text: str,
    parse_mode: str = "",
    entities: list[Any] | None = None,
    *,
    user_of: Callable[[int], dict[str, Any] | None] = lambda _: None,
) -> Formatted:
    """Turn what was written into a message's text and entities.

    Args:
        text: The text, with markup if ``parse_mode`` says so.
        parse_mode: ``HTML`` or nothing.
        entities: Entities given beside a plain text.
        user_of: Finds the user of a mention by id.

    Returns:
        The cleaned, trimmed text with all its entities.

    Raises:
        BadRequestError: The markup or the entities are wrong.
        NotEmulatedError: The parse mode is Markdown.
    """
    written: list[dict[str, Any]] = []
    mode = parse_mode.lower()
    if mode == "html":
        try:
            text, written = parse_html(text)
        except HtmlError as error:
            raise BadRequestError(f"can't parse entities: {error}") from error
        written = [_mention(entity, user_of) for entity in written]
    elif mode in {"markdown", "markdownv2"}:
        raise NotEmulatedError(f"parse_mode {parse_mode} (use HTML)")
    elif mode not in {"", "none"}:
        raise BadRequestError("unsupported parse_mode")
    else:
        written = _given(text, entities or [])
    text, written = _trimmed(*_cleaned(text, written))
    return Formatted(text, with_found(text, [e for e in written if e["type"] != "unknown"]))


def message_text(formatted: Formatted) -> Formatted:
    """Check a message's text against its limits.

    Raises:
        BadRequestError: It is empty or too long.
    """
    if not formatted.text:
        raise BadRequestError("message text is empty")
    if utf16_length(formatted.text) > MAX_TEXT:
        raise BadRequestError("message is too long")
    return formatted


def caption_text(formatted: Formatted) -> Formatted:
    """Check a caption against its limit.

    Raises:
        BadRequestError: It is too long.
    """
    if utf16_length(formatted.text) > MAX_CAPTION:
        raise BadRequestError("message caption is too long")
    return formatted


def _mention(
    entity: dict[str, Any], user_of: Callable[[int], dict[str, Any] | None]
) -> dict[str, Any]:
    if entity["type"] != "text_mention" or "user" in entity:
        return entity
    user = user_of(entity.pop("user_id"))
    # A mention of somebody the bot never met is dropped, as on Telegram.
    return entity | ({"user": user} if user else {"type": "unknown"})


def _given(text: str, entities: list[Any]) -> list[dict[str, Any]]:
    """Check entities that came as a list; the kinds Telegram finds by itself are not needed."""
    total = utf16_length(text)
    checked: list[dict[str, Any]] = []
    for given in entities:
        if not isinstance(given, dict):
            raise BadRequestError("can't parse MessageEntity: MessageEntity must be an Object")
        entity = dict(given)
        kind, offset, length = (entity.get(key) for key in ("type", "offset", "length"))
        if not isinstance(offset, int) or not isinstance(length, int):
            raise BadRequestError('can\'t parse MessageEntity: Field "offset" must be a Number')
        if kind not in _WRITABLE or length <= 0:
            continue
        if offset < 0:
            raise BadRequestError(f"receive an entity with incorrect offset {offset}")
        if offset + length > total:
            raise BadRequestError(f"receive an entity with incorrect length {length}")
        if kind == "text_link":
            try:
                entity["url"] = checked_link(str(entity.get("url", "")))
            except LinkError:
                continue
        checked.append(entity)
    return checked


def _cleaned(text: str, entities: list[dict[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
    """Drop carriage returns, turn other control characters into spaces."""
    if "\r" in text:
        offsets = utf16_offsets(text)
        removed = [offsets[i] for i, char in enumerate(text) if char == "\r"]
        entities = [_without(entity, removed) for entity in entities]
        text = text.replace("\r", "")
    return _CONTROL.sub(" ", text), entities


def _without(entity: dict[str, Any], removed: list[int]) -> dict[str, Any]:
    end = entity["offset"] + entity["length"]
    before = sum(at < entity["offset"] for at in removed)
    inside = sum(entity["offset"] <= at < end for at in removed)
    return entity | {"offset": entity["offset"] - before, "length": entity["length"] - inside}


def _trimmed(text: str, entities: list[dict[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
    """Cut white space at both ends; at the start no further than the first entity."""
    text = text.rstrip(" \n")
    end = utf16_length(text)
    clipped = [
        entity | {"length": min(entity["length"], end - entity["offset"])} for entity in entities
    ]
    clipped = [entity for entity in clipped if entity["length"] > 0]
    lead = len(text) - len(text.lstrip(" \n"))
    if clipped:
        lead = min(lead, *(entity["offset"] for entity in clipped))
    if lead:
        text = text[lead:]
        clipped = [entity | {"offset": entity["offset"] - lead} for entity in clipped]
    return text, clipped
