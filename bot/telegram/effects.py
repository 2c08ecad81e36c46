"""What the sender carries out: each effect is one call of Telegram's Bot API.

Effects wait in the outbox, so their encoding outlives a release: fields are only added, with a
default; a type is never given another meaning. What cannot be decoded is reported and dropped.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

VERSION = 1
"""Of the encoding; raised when an older release could no longer make sense of an effect."""


class Button(msgspec.Struct, frozen=True, omit_defaults=True):
    """A button under a message; exactly one of ``data``, ``url`` and ``copy_text`` is set."""

    text: str
    data: str | None = None
    url: str | None = None
    copy_text: str | None = None


PREVIOUS = "previous"
"""As a ``reply_ref``: the message that the part of an effect before this one became."""

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


class Origin(msgspec.Struct, frozen=True):
    """The message that an effect carries over from another chat; its author is told the result."""

    chat_id: int
    message_id: int

    @property
    def ref(self) -> str:
        """Its name in the map of a case: ``p`` and its id in the private chat, ``g`` in a group."""
        return f"{'p' if self.chat_id > 0 else 'g'}{self.message_id}"


class _Effect(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True, tag_field="type"):
    """The base.

    Attributes:
        chat_id: the destination, in whose order the effect is carried out.
        case: the case it belongs to. In a staff group it goes to the case's topic, which is opened
            (again) if it is missing. The case's map finds the messages that refs name.
        origin: the message that it carries over, if it does: that one gets a tick when it is
            delivered, and a signal follows when it cannot be.
        late: it is no reply: what people write goes before it where a group's limit is reached.
        quotes: it repeats what was written in the case: it goes nowhere once that is erased.
    """

    chat_id: int
    case: int | None = None
    origin: Origin | None = None
    late: bool = False
    quotes: bool = False


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
        reply_ref: the same by a name of the case's map: the ``Origin.ref`` of a message that was
            carried over, or of the one that it became.
        ref: a name under which ``store.outbox``, or in a case its map, finds the message again.
    """

    text: str
    keyboard: Keyboard | None = None
    reply_keyboard: ReplyKeyboard | None = None
    link_preview: bool = False
    protect: bool = False
    silent: bool = False
    reply_to: int | None = None
    reply_ref: str | None = None
    plain: bool = False
    ref: str | None = None


class AlbumKind(StrEnum):
    """What an album can hold; photos and videos mix, the others are among themselves."""

    PHOTO = "photo"
    VIDEO = "video"
    DOCUMENT = "document"
    AUDIO = "audio"


class Medium(msgspec.Struct, frozen=True):
    """A file that Telegram has; ``file_id`` is its name for the bot."""

    kind: AlbumKind
    file_id: str


class EditMessage(_Effect, frozen=True, tag="edit_message"):
    """editMessageText, editMessageCaption or editMessageMedia.

    Attributes:
        message_id: which message.
        message_ref: the same by a name of the case's map; nothing is done if it is unknown there.
        caption: whether the text is the caption of a medium.
        or_send: whether a message that cannot be edited any more is sent anew.
        medium: the file that it has from now on, with ``caption``; None leaves the one it has.
    """

    text: str
    message_id: int = 0
    message_ref: str | None = None
    caption: bool = False
    keyboard: Keyboard | None = None
    link_preview: bool = False
    plain: bool = False
    or_send: bool = False
    medium: Medium | None = None


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
    """copyMessage: a message of another chat, without its author.

    Attributes:
        caption: in place of its caption, as Telegram's HTML; None leaves it as it is.
        reply_ref: as in ``SendMessage``.
    """

    from_chat_id: int
    message_id: int
    caption: str | None = None
    keyboard: Keyboard | None = None
    reply_to: int | None = None
    reply_ref: str | None = None
    ref: str | None = None


class AlbumItem(msgspec.Struct, frozen=True, omit_defaults=True):
    """One part of an album.

    Attributes:
        file_id: Telegram's name of the file.
        origin: the id of the message that it comes from, in the chat of the effect's ``origin``.
        caption: as Telegram's HTML.
    """

    kind: AlbumKind
    file_id: str
    origin: int
    caption: str = ""


class SendAlbum(_Effect, frozen=True, tag="send_album"):
    """sendMediaGroup, of 2 to 10 items."""

    items: tuple[AlbumItem, ...]
    reply_ref: str | None = None


class SetReaction(_Effect, frozen=True, tag="set_reaction"):
    """setMessageReaction; no emoji takes it away. Flood limits do not count it.

    Attributes:
        message_id: which message; the effect goes past what waits for the chat.
        message_ref: the same by a name of the case's map, behind what waits, since that may be the
            message; nothing is done if it is unknown there.
    """

    emoji: str | None
    message_id: int = 0
    message_ref: str | None = None


class ChangeTopic(_Effect, frozen=True, tag="change_topic"):
    """editForumTopic, closeForumTopic or reopenForumTopic; the case names the topic.

    With nothing to change it only sees to it that the topic is there.

    Attributes:
        title: 1 to 128 characters; None leaves it.
        icon: one of Telegram's icons for topics, as its emoji; None leaves it.
        closed: closes (True) or reopens (False) it; None leaves it.
    """

    title: str | None = None
    icon: str | None = None
    closed: bool | None = None


class TidyTopic(_Effect, frozen=True, tag="tidy_topic"):
    """deleteForumTopic of a topic of our own that no case knows a minute after it was made.

    A process that dies between opening a topic and noting it leaves an empty one behind, and so
    does an answer of Telegram's that is lost. The bot is told of every topic that it opens by
    ``forum_topic_created``; whoever reads that adds this effect.
    """

    thread: int


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
    | SendAlbum
    | SetReaction
    | ChangeTopic
    | TidyTopic
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


class TopicPlan(msgspec.Struct, frozen=True):
    """How a case's topic is opened, at first and after the staff deleted it.

    Attributes:
        title: 1 to 128 characters.
        icon: one of Telegram's icons for topics, as its emoji.
        card: the first post, which is pinned.
    """

    group: int
    title: str
    icon: str
    card: SendMessage


def encode(effect: Effect) -> bytes:
    """The bytes to keep of an effect."""
    return msgspec.json.encode(_Envelope(VERSION, effect))


def encode_plan(plan: TopicPlan) -> bytes:
    """The bytes to keep of the plan of a topic."""
    return msgspec.json.encode(plan)


def decode_plan(payload: bytes) -> TopicPlan:
    """Reads the plan of a topic.

    Raises:
        EffectFormatError: it is of a newer release, or damaged.
    """
    try:
        return msgspec.json.decode(payload, type=TopicPlan)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise EffectFormatError(type(error).__name__) from None


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


def lane(effect: Effect, home: int | None = None) -> str:
    """Effects of one lane go in order: a chat's, a case's in a staff group, or one that overtakes.

    What is worthless when late overtakes all; reactions do not hold those up; and tidying waits.

    Args:
        effect: which.
        home: under which id the lanes of the destination are, if not under its present one.
    """
    chat_id = effect.chat_id if home is None else home
    if isinstance(effect, EXPRESS):
        return f"{chat_id}!"
    if isinstance(effect, SetReaction) and effect.message_ref is None:
        return f"{chat_id}+"
    if isinstance(effect, TidyTopic):
        return f"{chat_id}~"
    if effect.case is not None and chat_id < 0:
        return f"{chat_id}/{effect.case}"
    return str(chat_id)
