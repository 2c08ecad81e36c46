"""The bodies of the JSON API's requests."""

from __future__ import annotations

from typing import Any

import msgspec


class Input(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
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


class AlbumItem(Input, kw_only=True):
    """One part of an album: exactly one file."""

    photo: FileInput | None = None
    video: FileInput | None = None
    audio: FileInput | None = None
    document: FileInput | None = None


class Edit(Input, kw_only=True):
    """A new text, caption or file for a message of one's own."""

    message_id: int
    text: str | None = None
    photo: FileInput | None = None
    video: FileInput | None = None
    audio: FileInput | None = None
    document: FileInput | None = None
    animation: FileInput | None = None


class Forward(Input, kw_only=True):
    """Where a forwarded message comes from.

    Args:
        message_id: A message to forward.
        message_ids: Several of them, such as an album.
        chat: The chat they stand in; the same one if left out.
        sender_name: The name of a person who hides their account.
        sender_id: A person of the sandbox who does not.
    """

    message_id: int | None = None
    message_ids: list[int] = []
    chat: int | None = None
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

    thread: int = 0
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
    album: list[AlbumItem] | None = None
    edit: Edit | int | None = None
    forward: Forward | None = None
    reply_to: int | None = None
    quote: str = ""


class PressInput(Who, kw_only=True):
    """``POST /press``."""

    message_id: int
    data: str
    forged: bool = False


class DeleteInput(Who, kw_only=True):
    """``POST /delete``: one message or several."""

    message_id: int | None = None
    message_ids: list[int] = []


class ReadInput(Who, kw_only=True):
    """``POST /read``."""

    message_id: int
    thread: int = 0


class ReactInput(Who, kw_only=True):
    """``POST /react``."""

    message_id: int
    emoji: str = ""


class PersonInput(Input, kw_only=True):
    """``POST /people``: without an id, a new one is taken."""

    id: int | None = None
    name: str | None = None
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    staff: bool | None = None


class UpdateInput(Input, kw_only=True):
    """``POST /update``: any update, also a wrong one."""

    update: dict[str, Any]


class TimeInput(Input, kw_only=True):
    """``POST /time``: how far to move the time forward, in seconds."""

    advance: float
