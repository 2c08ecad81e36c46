"""Entities that a bot gives beside a text, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.errors import BadRequestError
from bot.sandbox.json_fields import FieldError, required_number, required_text
from bot.sandbox.text.date_times import DateFormatError, given_format
from bot.sandbox.text.links import LinkError, checked_link, emoji_id, mentioned_user

if TYPE_CHECKING:
    from bot.sandbox.text.entity_rules import Entity

_PLAIN = frozenset(
    {
        "bold", "italic", "underline", "strikethrough", "spoiler", "code", "blockquote",
        "expandable_blockquote",
    }
)  # fmt: skip
# Telegram looks for these itself, and passes over those that a bot gives.
_FOUND = frozenset(
    {
        "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number",
        "bank_card_number",
    }
)  # fmt: skip


def read_entities(given: list[Any]) -> list[Entity]:
    """Check entities that came as a list.

    Args:
        given: The decoded parameter.

    Returns:
        The entities; those that Telegram finds by itself are left out. A ``text_mention`` has a
        ``user_id`` which the caller turns into a user.

    Raises:
        BadRequestError: One of them is not an entity.
    """
    read: list[Entity] = []
    for item in given:
        try:
            entity = _entity(item)
        except FieldError as error:
            raise BadRequestError(f"can't parse MessageEntity: {error}") from error
        if entity is not None:
            read.append(entity)
    return read


def _entity(item: object) -> Entity | None:
    if not isinstance(item, dict):
        raise FieldError("expected an Object")
    offset = required_number(item, "offset")
    length = required_number(item, "length")
    kind = required_text(item, "type")
    if not kind:
        raise FieldError("Type is not specified")
    if kind in _FOUND:
        return None
    entity: Entity = {"type": kind, "offset": offset, "length": length}
    if kind in _PLAIN:
        return entity
    match kind:
        case "pre":
            language = str(item.get("language") or "")
            return entity | ({"language": language} if language else {})
        case "text_link":
            return entity | _link(required_text(item, "url"))
        case "text_mention":
            user = item.get("user")
            if not isinstance(user, dict):
                raise FieldError('Can\'t find field "user"')
            return entity | {"user_id": required_number(user, "id")}
        case "custom_emoji":
            return entity | _emoji(item)
        case "date_time":
            return entity | _moment(item)
    raise FieldError("Unsupported type specified")


def _link(url: str) -> dict[str, Any]:
    user_id = mentioned_user(url)
    if user_id is not None:
        return {"type": "text_mention", "user_id": user_id}
    try:
        return {"url": checked_link(url)}
    except LinkError as error:
        raise BadRequestError(f"entity URL '{url}' is invalid: {error}") from error


def _emoji(item: dict[str, Any]) -> dict[str, Any]:
    number = emoji_id(str(required_number(item, "custom_emoji_id")))
    if number is None:
        raise BadRequestError("invalid custom emoji identifier specified")
    return {"custom_emoji_id": number}


def _moment(item: dict[str, Any]) -> dict[str, Any]:
    unix_time = required_number(item, "unix_time")
    try:
        shown = given_format(str(item.get("date_time_format") or ""))
    except DateFormatError as error:
        raise FieldError(str(error)) from error
    return {"unix_time": unix_time, "date_time_format": shown}
