"""Reads what a message of the bot answers to: ``reply_parameters``, and its older form."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.sandbox.chats.threads import is_elsewhere
from bot.sandbox.errors import BadRequestError
from bot.sandbox.json_fields import (
    FieldError,
    optional_flag,
    optional_number,
    optional_text,
    required_number,
)
from bot.sandbox.params import Params
from bot.sandbox.text.formatted_text import format_text
from bot.sandbox.text.quotes import find_quote

if TYPE_CHECKING:
    from bot.sandbox.chats.chat import Chat
    from bot.sandbox.chats.messages import StoredMessage
    from bot.sandbox.text.formatted_text import Formatted
    from bot.sandbox.world import World


@dataclass(frozen=True, slots=True)
class Reply:
    """What a message answers to.

    Attributes:
        message: The answered message; None if it answers to nothing.
        chat: Where that stands; the chat itself, mostly.
        quote: The field ``quote``, if the bot quotes.
    """

    message: StoredMessage | None = None
    chat: Chat | None = None
    quote: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Asked:
    """``ReplyParameters``, read."""

    message_id: int
    chat_id: str = ""
    lenient: bool = False
    quote: Formatted | None = None
    quote_position: int = 0


def read_reply(world: World, chat: Chat, params: Params, thread: int = 0) -> Reply:
    """Read which message a message answers to, and what it quotes of it.

    Args:
        world: The sandbox.
        chat: The chat that the message goes to.
        params: The call.
        thread: The topic that the message goes to, if one was asked for.

    Returns:
        The answered message, where it stands, and the quote.

    Raises:
        BadRequestError: There is no such message, or it does not say what is quoted.
        ForbiddenError: It stands in a chat that the bot cannot read.
    """
    asked = _read(world, params)
    if asked.message_id <= 0:
        return Reply()
    source = chat
    if asked.chat_id:
        source = world.readable_chat(Params({"chat_id": asked.chat_id}).chat_id())
    answered = source.find(asked.message_id)
    if answered is None:
        if asked.lenient:
            return Reply()
        raise BadRequestError("message to be replied not found")
    outside = is_elsewhere(chat, thread, answered, source)
    if outside and (answered.service or answered.protected):
        # What must not leave its place is not told of elsewhere; the message comes without it.
        return Reply()
    if asked.quote is None:
        return Reply(answered, source)
    quote = find_quote(answered.body, asked.quote, asked.quote_position)
    if quote is None:
        raise BadRequestError("QUOTE_TEXT_INVALID")
    return Reply(answered, source, {"quote": quote})


def _read(world: World, params: Params) -> _Asked:
    if not params.given("reply_parameters"):
        lenient = params.flag("allow_sending_without_reply")
        return _Asked(params.integer("reply_to_message_id"), lenient=lenient)
    given = params.json("reply_parameters", "reply parameters")
    if given is None:
        return _Asked(0)
    if not isinstance(given, dict):
        raise BadRequestError("object expected as reply parameters")
    try:
        quote = _quote(world, given)
        return _Asked(
            required_number(given, "message_id"),
            optional_text(given, "chat_id"),
            optional_flag(given, "allow_sending_without_reply"),
            quote if quote.text else None,
            optional_number(given, "quote_position"),
        )
    except FieldError as error:
        words = str(error)
        raise BadRequestError(words[0].lower() + words[1:]) from error


def _quote(world: World, given: dict[str, Any]) -> Formatted:
    entities = given.get("quote_entities")
    return format_text(
        optional_text(given, "quote"),
        optional_text(given, "quote_parse_mode"),
        entities if isinstance(entities, list) else None,
        user_of=world.known_user,
    )
