"""What the sender carries out: each effect is one call of Telegram's Bot API.

Effects wait in the outbox, so their encoding outlives a release: fields are only added, with a
default; a type is never given another meaning. What cannot be decoded is reported and dropped.
"""

from __future__ import annotations

import msgspec

VERSION = 1
"""Of the encoding; raised when an older release could no longer make sense of an effect."""


class Button(msgspec.Struct, frozen=True, omit_defaults=True):
    """A button under a message; exactly one of ``data``, ``url`` and ``copy_text`` is set."""

    text: str
    data: str | None = None
    url: str | None = None
    copy_text: str | None = None


Keyboard = tuple[tuple[Button, ...], ...]
"""Rows of buttons under a message."""


class ReplyButton(msgspec.Struct, frozen=True, omit_defaults=True):
    """A button in place of the phone's keyboard; it sends its text, or what it asks for."""

    text: str
    request_location: bool = False
    request_contact: bool = False


class ReplyKeyboard(msgspec.Struct, frozen=True, omit_defaults=True):
    """Buttons in place of the phone's keyboard; no rows remove them."""

    rows: tuple[tuple[ReplyButton, ...], ...] = ()
    one_time: bool = False
    placeholder: str | None = None


class _Effect(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True, tag_field="type"):
    """The base: ``chat_id`` is the destination, in whose order the effect is carried out."""

    chat_id: int


class SendMessage(_Effect, frozen=True, tag="send_message"):
    """sendMessage; a text too long for one message becomes several.

    Attributes:
        text: Telegram's HTML, or plain text if ``plain``.
        keyboard: buttons under it.
        reply_keyboard: buttons in place of the phone's keyboard; not together with ``keyboard``.
        link_preview: whether Telegram may show a preview of the first link.
        protect: whether forwarding and saving are barred.
        silent: whether the phone stays silent.
        reply_to: the message it answers.
        plain: whether the text is not HTML.
        ref: a name under which ``store.outbox`` finds the message again.
    """

    text: str
    keyboard: Keyboard | None = None
    reply_keyboard: ReplyKeyboard | None = None
    link_preview: bool = False
    protect: bool = False
    silent: bool = False
    reply_to: int | None = None
    plain: bool = False
    ref: str | None = None


class EditMessage(_Effect, frozen=True, tag="edit_message"):
    """editMessageText.

    Attributes:
        or_send: whether a message that cannot be edited any more is sent anew.
    """

    message_id: int
    text: str
    keyboard: Keyboard | None = None
    link_preview: bool = False
    plain: bool = False
    or_send: bool = False


class EditMarkup(_Effect, frozen=True, tag="edit_markup"):
    """editMessageReplyMarkup; no keyboard removes the buttons."""

    message_id: int
    keyboard: Keyboard | None = None


class AnswerCallback(_Effect, frozen=True, tag="answer_callback"):
    """answerCallbackQuery; goes past what waits for the chat, since a query lives seconds only."""

    query_id: str
    text: str | None = None
    alert: bool = False


class SendLocation(_Effect, frozen=True, tag="send_location"):
    """sendLocation; degrees."""

    latitude: float
    longitude: float
    keyboard: Keyboard | None = None
    ref: str | None = None


class SendVenue(_Effect, frozen=True, tag="send_venue"):
    """sendVenue; degrees."""

    latitude: float
    longitude: float
    title: str
    address: str
    keyboard: Keyboard | None = None
    ref: str | None = None


class ChatAction(_Effect, frozen=True, tag="chat_action"):
    """sendChatAction: "is typing ..." for five seconds; goes past what waits for the chat."""

    action: str = "typing"


class CopyMessage(_Effect, frozen=True, tag="copy_message"):
    """copyMessage: a message of another chat, without its author."""

    from_chat_id: int
    message_id: int
    keyboard: Keyboard | None = None
    reply_to: int | None = None
    ref: str | None = None


class DeleteMessage(_Effect, frozen=True, tag="delete_message"):
    """deleteMessage."""

    message_id: int


class ChatCommand(msgspec.Struct, frozen=True):
    """A command of the menu; ``name`` without the slash."""

    name: str
    description: str


class SetCommands(_Effect, frozen=True, tag="set_commands"):
    """setMyCommands for this chat only; none deletes them, so that the bot's general ones show."""

    commands: tuple[ChatCommand, ...] = ()


Effect = (
    SendMessage
    | EditMessage
    | EditMarkup
    | AnswerCallback
    | SendLocation
    | SendVenue
    | ChatAction
    | CopyMessage
    | DeleteMessage
    | SetCommands
)

EXPRESS = (AnswerCallback, ChatAction)
"""Effects that Telegram's flood limits do not count, and that are worthless when late."""


class EffectFormatError(Exception):
    """Not an effect that this release knows."""


class _Envelope(msgspec.Struct, frozen=True):
    v: int
    effect: Effect


class _Version(msgspec.Struct, frozen=True):
    v: int


def encode(effect: Effect) -> bytes:
    """The bytes to keep of an effect."""
    return msgspec.json.encode(_Envelope(VERSION, effect))


def decode(payload: bytes) -> Effect:
    """Reads an effect.

    Raises:
        EffectFormatError: it is of a newer release, or damaged.
    """
    try:
        version = msgspec.json.decode(payload, type=_Version).v
        if version != VERSION:
            raise EffectFormatError(f"version {version}")
        return msgspec.json.decode(payload, type=_Envelope).effect
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise EffectFormatError(type(error).__name__) from None


def lane(effect: Effect) -> str:
    """Effects of one lane are carried out in order: the destination's, or its express lane."""
    return f"{effect.chat_id}!" if isinstance(effect, EXPRESS) else str(effect.chat_id)
