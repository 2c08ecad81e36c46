"""What a request to send brings: the fields of one message or several."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any

from bot.sandbox.errors import BotApiError, InputError
from bot.sandbox.media.files import FILE_KINDS, Upload
from bot.sandbox.media.input_media import ALONE
from bot.sandbox.media.media_content import media_fields
from bot.sandbox.media.samples import VOICE_SECONDS, sample
from bot.sandbox.params import Params
from bot.sandbox.people.actions import caption_content, chat_of, forwarded, text_content

if TYPE_CHECKING:
    from bot.sandbox.chats.chat import Chat
    from bot.sandbox.chats.people import Person
    from bot.sandbox.people.inputs import (
        AlbumItem,
        ContactCard,
        FileInput,
        Forward,
        Place,
        SendInput,
    )
    from bot.sandbox.world import World

_KINDS = ("text", "location", "contact", *FILE_KINDS, "album")
_ALBUM_KINDS = ("photo", "video", "audio", "document")
# https://core.telegram.org/bots/api#sendmediagroup; the apps keep to the same.
_ALBUM_SIZES = range(2, 11)


def contents_from(
    world: World, person: Person, chat: Chat, given: SendInput
) -> list[dict[str, Any]]:
    """Turn a request to send into the fields of its messages.

    Args:
        world: The sandbox.
        person: Who sends.
        chat: Where; a message to forward is looked for in ``forward.chat``, else here.
        given: The request.

    Returns:
        The fields of each message: one, but for albums and several forwarded ones.

    Raises:
        InputError: It is not exactly one kind of content, or the content is wrong.
    """
    kinds = [kind for kind in _KINDS if getattr(given, kind) is not None]
    source = given.forward
    if source is not None and (source.message_id is not None or source.message_ids):
        if kinds:
            raise InputError("forward.message_id brings its own content; leave out the rest")
        return _forwarded(world, person, chat, source)
    if len(kinds) != 1:
        raise InputError(
            f"send exactly one of {', '.join(_KINDS)}, edit or forward; got "
            + (", ".join(kinds) or "none")
        )
    contents = (
        [_content(world, person, given, kinds[0])]
        if given.album is None
        else _album(world, given.album)
    )
    origin = {} if source is None else _origin(world, source)
    return [content | origin for content in contents]


def _content(world: World, person: Person, given: SendInput, kind: str) -> dict[str, Any]:
    if given.text is not None:
        return text_content(given.text)
    if given.location is not None:
        return _place(given.location)
    if given.contact is not None:
        return {"contact": _contact(person, given.contact)}
    file: FileInput = getattr(given, kind)
    return file_content(world, kind, file)


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


def file_content(world: World, kind: str, file: FileInput) -> dict[str, Any]:
    """Keep a file, and return it with its caption as the fields of a message.

    Args:
        world: The sandbox.
        kind: The Bot API's name of the kind, such as ``photo``.
        file: The file.

    Raises:
        InputError: It is not base64, or no file of this kind.
    """
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


def _album(world: World, items: list[AlbumItem]) -> list[dict[str, Any]]:
    if len(items) not in _ALBUM_SIZES:
        raise InputError(f"an album has 2 to 10 files, not {len(items)}")
    files: list[tuple[str, FileInput]] = []
    for number, item in enumerate(items, start=1):
        given = [(kind, file) for kind in _ALBUM_KINDS if (file := getattr(item, kind))]
        if len(given) != 1:
            raise InputError(
                f"file {number} of the album must be exactly one of {', '.join(_ALBUM_KINDS)}"
            )
        if given[0][1].media_group_id:
            raise InputError("the files of an album get their media_group_id by themselves")
        files += given
    kinds = {kind for kind, _ in files}
    if kinds & ALONE and len(kinds) > 1:
        raise InputError("in an album, documents and music stand only among themselves")
    album = {"media_group_id": world.new_callback_id()}
    return [file_content(world, kind, file) | album for kind, file in files]


def _forwarded(world: World, person: Person, chat: Chat, source: Forward) -> list[dict[str, Any]]:
    """Forward messages; the parts of an album stay together, as a new one."""
    where = chat if source.chat is None else chat_of(world, person, source.chat)
    numbers = [*source.message_ids, *([] if source.message_id is None else [source.message_id])]
    contents = [forwarded(where, number) for number in numbers]
    albums = [where.messages[number].body.get("media_group_id", "") for number in numbers]
    new = {
        album: {"media_group_id": world.new_callback_id()}
        for album in dict.fromkeys(albums)
        if album and albums.count(album) > 1
    }
    return [content | new.get(album, {}) for content, album in zip(contents, albums, strict=True)]


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
