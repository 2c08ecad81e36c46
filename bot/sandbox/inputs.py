"""The bodies of the JSON API's requests, and how they become a message's fields."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any

import msgspec

from bot.sandbox.actions import caption_content, forwarded, text_content
from bot.sandbox.errors import BotApiError, InputError
from bot.sandbox.media import Upload
from bot.sandbox.methods.uploads import media_fields
from bot.sandbox.request import Params
from bot.sandbox.samples import VOICE_SECONDS, sample

if TYPE_CHECKING:
    from bot.sandbox.world import Person, World


class Input(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The base of all bodies: a field that is not known is an error, not a surprise."""


class Place(Input, kw_only=True):
    """A place on the map."""

    latitude: float
    longitude: float
    title: str = ""
    address: str = ""


class ContactCard(Input, kw_only=True):
    """A phone number; ``own`` says that it is the sender's."""

    phone_number: str
    first_name: str = ""
    last_name: str = ""
    own: bool = False


class FileInput(Input, kw_only=True):
    """A file: its contents in base64, or nothing for a ready sample.

    Args:
        data: The contents in base64; the sample of the kind if left out.
        file_name: Its name.
        mime_type: Its type.
        caption: The words under it.
        duration: Seconds, for voice, audio and video.
        emoji: The emoji of a sticker.
        media_group_id: The album it belongs to.
    """

    data: str | None = None
    file_name: str = ""
    mime_type: str = ""
    caption: str = ""
    duration: int | None = None
    emoji: str = ""
    media_group_id: str = ""


class Edit(Input, kw_only=True):
    """A new text for a message of one's own."""

    message_id: int
    text: str


class Forward(Input, kw_only=True):
    """Where a forwarded message comes from.

    Args:
        message_id: A message of the same chat to forward.
        sender_name: The name of a person who hides their account.
        sender_id: A person of the sandbox who does not.
    """

    message_id: int | None = None
    sender_name: str = ""
    sender_id: int | None = None


class Who(Input, kw_only=True):
    """Whoever acts; they come into being with their first act."""

    user: int
    name: str | None = None
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    chat: int | None = None


class SendInput(Who, kw_only=True):
    """``POST /send``: exactly one kind of content."""

    thread: int | None = None
    text: str | None = None
    location: Place | None = None
    contact: ContactCard | None = None
    photo: FileInput | None = None
    voice: FileInput | None = None
    audio: FileInput | None = None
    video: FileInput | None = None
    video_note: FileInput | None = None
    animation: FileInput | None = None
    sticker: FileInput | None = None
    document: FileInput | None = None
    edit: Edit | int | None = None
    forward: Forward | None = None
    reply_to: int | None = None


class PressInput(Who, kw_only=True):
    """``POST /press``."""

    message_id: int
    data: str
    forged: bool = False


class MessageInput(Who, kw_only=True):
    """``POST /delete``, and ``POST /read``."""

    message_id: int


class ReactInput(MessageInput, kw_only=True):
    """``POST /react``."""

    emoji: str = ""


class PersonInput(Input, kw_only=True):
    """``POST /people``: without an id, a new one is taken."""

    id: int | None = None
    name: str | None = None
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None


class UpdateInput(Input, kw_only=True):
    """``POST /update``: any update, also a wrong one."""

    update: dict[str, Any]


class TimeInput(Input, kw_only=True):
    """``POST /time``."""

    advance: float


FILE_KINDS = (
    "photo",
    "voice",
    "audio",
    "video",
    "video_note",
    "animation",
    "sticker",
    "document",
)
_KINDS = ("text", "location", "contact", *FILE_KINDS)


def content_from(world: World, person: Person, given: SendInput) -> dict[str, Any]:
    """Turn a request to send into the fields of a message.

    Args:
        world: The sandbox.
        person: Who sends.
        given: The request.

    Returns:
        The fields.

    Raises:
        InputError: It is not exactly one kind of content, or the content is wrong.
    """
    kinds = [kind for kind in _KINDS if getattr(given, kind) is not None]
    source = given.forward
    if source is not None and source.message_id is not None:
        if kinds:
            raise InputError("forward.message_id brings its own content; leave out the rest")
        return forwarded(world.chats[person.id], source.message_id)
    if len(kinds) != 1:
        raise InputError(
            f"send exactly one of {', '.join(_KINDS)}, edit or forward; got "
            + (", ".join(kinds) or "none")
        )
    content = _content(world, person, given, kinds[0])
    return content | (_origin(world, source) if source is not None else {})


def _content(world: World, person: Person, given: SendInput, kind: str) -> dict[str, Any]:
    if given.text is not None:
        return text_content(given.text)
    if given.location is not None:
        return _place(given.location)
    if given.contact is not None:
        return {"contact": _contact(person, given.contact)}
    file: FileInput = getattr(given, kind)
    return _file(world, kind, file)


def _place(place: Place) -> dict[str, Any]:
    if not (-90 <= place.latitude <= 90 and -180 <= place.longitude <= 180):
        raise InputError("latitude must be within ±90 and longitude within ±180")
    location = {"latitude": place.latitude, "longitude": place.longitude}
    if not place.title:
        return {"location": location}
    venue = {"location": location, "title": place.title, "address": place.address}
    return {"location": location, "venue": venue}


def _contact(person: Person, card: ContactCard) -> dict[str, Any]:
    if not card.phone_number:
        raise InputError("contact.phone_number is empty")
    contact: dict[str, Any] = {
        "phone_number": card.phone_number,
        "first_name": card.first_name or person.name,
    }
    if card.last_name:
        contact["last_name"] = card.last_name
    if card.own:
        contact["user_id"] = person.id
    return contact


def _file(world: World, kind: str, file: FileInput) -> dict[str, Any]:
    upload, duration = _upload(kind, file)
    try:
        stored = world.files.add(kind, upload)
    except BotApiError as error:
        raise InputError(f"{kind}: {error.description}") from error
    told = Params({"duration": duration, "emoji": file.emoji or None})
    fields = media_fields(stored, told) | caption_content(file.caption)
    return fields | ({"media_group_id": file.media_group_id} if file.media_group_id else {})


def _upload(kind: str, file: FileInput) -> tuple[Upload, int | None]:
    if file.data is None:
        ready = sample("voice" if kind == "audio" else kind)
        seconds = VOICE_SECONDS if kind in {"voice", "audio"} else None
        name = file.file_name or ready.name
        return Upload(name, ready.mime_type, ready.content), file.duration or seconds
    try:
        content = base64.b64decode(file.data, validate=True)
    except (binascii.Error, ValueError) as error:
        raise InputError(f"{kind}.data is not base64: {error}") from error
    return Upload(file.file_name, file.mime_type, content), file.duration


def _origin(world: World, source: Forward) -> dict[str, Any]:
    date = world.clock.date()
    if source.sender_id is not None:
        user = world.known_user(source.sender_id)
        if user is None:
            raise InputError(f"there is no person {source.sender_id} to forward from")
        return {"forward_origin": {"type": "user", "date": date, "sender_user": user}}
    if not source.sender_name:
        raise InputError("forward needs message_id, sender_name or sender_id")
    return {
        "forward_origin": {
            "type": "hidden_user",
            "date": date,
            "sender_user_name": source.sender_name,
        }
    }
