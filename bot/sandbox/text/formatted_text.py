"""From what a bot (or a person) wrote to the text and entities of a message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from bot.sandbox.errors import BadRequestError
from bot.sandbox.text.auto_entities import find_entities
from bot.sandbox.text.entity_rules import Entity, fixed, limited, with_found
from bot.sandbox.text.given_entities import read_entities
from bot.sandbox.text.html_parser import HtmlError, parse_html
from bot.sandbox.text.legacy_markdown import parse_legacy_markdown
from bot.sandbox.text.markdown_parser import MarkdownError, parse_markdown
from bot.sandbox.text.text_cleaning import (
    EntityPlaceError,
    check_places,
    check_range,
    cleaned,
    is_invisible,
    trimmed,
)

if TYPE_CHECKING:
    from collections.abc import Callable

# https://core.telegram.org/bots/api#sendmessage and #sendphoto: "characters after entities
# parsing". They are Unicode characters, not UTF-16 units (TDLib: utf8_length).
MAX_TEXT = 4096
MAX_CAPTION = 1024
# Bytes of what the bot wrote, markup included (telegram-bot-api: get_formatted_text)
MAX_WRITTEN = 1 << 15

_PARSERS = {
    "html": parse_html,
    "markdown": parse_legacy_markdown,
    "markdownv2": parse_markdown,
}
_LINKS = frozenset({"url", "text_link"})


class Formatted(msgspec.Struct, frozen=True):
    """A text with its entities.

    Args:
        text: The text as a message carries it.
        entities: Its entities, in order.
        given: Whether there was anything at all before cleaning and trimming.
    """

    text: str
    entities: list[Entity]
    given: bool = True

    def has_link(self) -> bool:
        """Say whether the text has something to preview."""
        return any(entity["type"] in _LINKS for entity in self.entities)


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
        parse_mode: ``HTML``, ``MarkdownV2``, ``Markdown`` or nothing, in any case of letters.
        entities: Entities given beside a plain text.
        user_of: Finds the user of a mention by id.

    Returns:
        The cleaned, trimmed text with all its entities.

    Raises:
        BadRequestError: The markup or the entities are wrong.
    """
    if len(text) * 4 > MAX_WRITTEN and len(text.encode("utf-8", "replace")) > MAX_WRITTEN:
        raise BadRequestError("text is too long")
    given = bool(text)
    mode = parse_mode.lower()
    if text and mode not in {"", "none"}:
        text, written = _parsed(text, mode)
    else:
        written = read_entities(entities or [])
    if written:
        written = _placed(text, _with_users(written, user_of))
    text, written = cleaned(text, written)
    text, written = trimmed(text, limited(fixed(written)))
    return Formatted(text, with_found(written, find_entities(text)), given)


def message_text(formatted: Formatted, too_long: str = "message is too long") -> Formatted:
    """Check a message's text against its limits.

    Args:
        formatted: The text.
        too_long: The words for a text that is too long; an edit has others.

    Returns:
        The text.

    Raises:
        BadRequestError: It is empty or too long.
    """
    if not formatted.given:
        raise BadRequestError("message text is empty")
    if is_invisible(formatted.text):
        raise BadRequestError("text must be non-empty")
    if len(formatted.text) > MAX_TEXT:
        raise BadRequestError(too_long)
    return formatted


def caption_text(formatted: Formatted, too_long: str = "message caption is too long") -> Formatted:
    """Check a caption against its limit.

    Args:
        formatted: The caption; it may be empty.
        too_long: The words for one that is too long; an edit has others.

    Returns:
        The caption.

    Raises:
        BadRequestError: It is too long.
    """
    if len(formatted.text) > MAX_CAPTION:
        raise BadRequestError(too_long)
    return formatted


def caption_fields(formatted: Formatted) -> dict[str, Any]:
    """Return a caption as the fields of its message."""
    if not formatted.text:
        return {}
    fields: dict[str, Any] = {"caption": formatted.text}
    if formatted.entities:
        fields["caption_entities"] = formatted.entities
    return fields


def _parsed(text: str, mode: str) -> tuple[str, list[Entity]]:
    parser = _PARSERS.get(mode)
    if parser is None:
        raise BadRequestError("unsupported parse_mode")
    try:
        return parser(text)
    except (HtmlError, MarkdownError) as error:
        raise BadRequestError(f"can't parse entities: {error}") from error


def _with_users(
    entities: list[Entity], user_of: Callable[[int], dict[str, Any] | None]
) -> list[Entity]:
    """Put users into mentions. One of somebody the bot never met is dropped, as on Telegram."""
    known: list[Entity] = []
    for entity in entities:
        if entity["type"] != "text_mention":
            known.append(entity)
            continue
        user = user_of(entity["user_id"])
        if user:
            told = {key: value for key, value in entity.items() if key != "user_id"}
            known.append(told | {"user": user})
    return known


def _placed(text: str, entities: list[Entity]) -> list[Entity]:
    try:
        for entity in entities:
            check_range(entity)
        nested = fixed(entities)
        check_places(text, nested)
    except EntityPlaceError as error:
        raise BadRequestError(str(error)) from error
    return nested
