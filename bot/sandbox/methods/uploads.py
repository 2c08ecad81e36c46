"""sendPhoto and the other messages with a file, and albums."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.errors import BadRequestError, NotEmulatedError
from bot.sandbox.formatted_text import caption_text, format_text
from bot.sandbox.media import StoredFile, describe
from bot.sandbox.methods.registry import Handler, method
from bot.sandbox.methods.sending import (
    caption_fields,
    open_chat,
    post,
    read_caption,
    read_reply_markup,
)
from bot.sandbox.request import Params

if TYPE_CHECKING:
    from bot.sandbox.world import World

_KINDS = {
    "sendPhoto": "photo",
    "sendDocument": "document",
    "sendVoice": "voice",
    "sendVideo": "video",
    "sendVideoNote": "video_note",
    "sendAudio": "audio",
    "sendAnimation": "animation",
    "sendSticker": "sticker",
}
_WITHOUT_CAPTION = frozenset({"video_note", "sticker"})
_TOLD = ("duration", "width", "height", "length", "performer", "title", "emoji")

# https://core.telegram.org/bots/api#sendmediagroup: 2-10 items; documents and audio only among
# themselves.
_ALBUM_KINDS = frozenset({"photo", "video", "document", "audio"})
_ALBUM_ALONE = frozenset({"document", "audio"})
_ALBUM_SIZES = range(2, 11)


def read_file(world: World, params: Params, kind: str, value: str, field: str) -> StoredFile:
    """Find or keep the file that a parameter names.

    Args:
        world: The sandbox.
        params: The call, for its uploads.
        kind: What the file is to be.
        value: ``attach://…``, a file id, an address, or nothing.
        field: The upload to take when there is no value.

    Returns:
        The file.

    Raises:
        BadRequestError: There is no such file, or it is of another kind.
        NotEmulatedError: It is to be fetched from an address.
    """
    upload = params.files.get(value.removeprefix("attach://") if value else field)
    if upload is not None:
        return world.files.add(kind, upload)
    if not value:
        raise BadRequestError(f"there is no {kind.replace('_', ' ')} in the request")
    if value.startswith(("http://", "https://", "file://")):
        raise NotEmulatedError("sending a file by its address")
    stored = world.files.get(value)
    if stored.kind != kind:
        had, wanted = (name.replace("_", " ").title() for name in (stored.kind, kind))
        raise BadRequestError(f"can't use file of type {had} as {wanted}")
    return stored


def media_fields(stored: StoredFile, told: Params) -> dict[str, Any]:
    """Return a file as the fields of its message."""
    extra: dict[str, Any] = {}
    for name in _TOLD:
        if told.has(name):
            is_text = name in {"performer", "title", "emoji"}
            extra[name] = told.text(name) if is_text else told.integer(name)
    fields = {stored.kind: describe(stored, extra)}
    if stored.kind == "animation":
        # https://core.telegram.org/bots/api#message: document is set too, for old clients.
        fields["document"] = describe_as_document(stored)
    if told.flag("has_spoiler"):
        fields["has_media_spoiler"] = True
    return fields


def describe_as_document(stored: StoredFile) -> dict[str, Any]:
    """Return a file as a Bot API ``Document``."""
    document: dict[str, Any] = {
        "file_id": stored.file_id,
        "file_unique_id": stored.file_unique_id,
        "file_size": stored.size,
        "mime_type": stored.mime_type,
    }
    return document | ({"file_name": stored.name} if stored.name else {})


def _sender(kind: str) -> Handler:
    def send(world: World, params: Params) -> dict[str, Any]:
        caption = {} if kind in _WITHOUT_CAPTION else read_caption(world, params)
        markup = read_reply_markup(params)
        chat = open_chat(world, params)
        stored = read_file(world, params, kind, params.text(kind), kind)
        return post(world, chat, params, media_fields(stored, params) | caption, markup)

    return send


for _name, _kind in _KINDS.items():
    method(_name)(_sender(_kind))


@method("sendMediaGroup")
def send_media_group(world: World, params: Params) -> list[dict[str, Any]]:
    """Send an album."""
    items = params.json("media", "media")
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise BadRequestError("can't parse media JSON object")
    if len(items) not in _ALBUM_SIZES:
        raise BadRequestError(
            "too many messages to send as an album"
            if len(items) > 1
            else "album must contain 2-10 items"
        )
    kinds = {str(item.get("type")) for item in items}
    foreign = kinds - _ALBUM_KINDS
    if foreign or (kinds & _ALBUM_ALONE and len(kinds) > 1):
        raise BadRequestError("can't use the media of the specified type in the album")
    captions = [_item_caption(world, Params(item)) for item in items]
    chat = open_chat(world, params, len(items))
    files = [
        read_file(world, params, str(item["type"]), str(item.get("media") or ""), "")
        for item in items
    ]
    album = {"media_group_id": world.new_callback_id()}
    return [
        post(world, chat, params, media_fields(stored, Params(item)) | caption | album, None)
        for stored, item, caption in zip(files, items, captions, strict=True)
    ]


def _item_caption(world: World, item: Params) -> dict[str, Any]:
    entities = item.json("caption_entities", "caption entities")
    return caption_fields(
        caption_text(
            format_text(
                item.text("caption"),
                item.text("parse_mode"),
                entities if isinstance(entities, list) else None,
                user_of=world.known_user,
            )
        )
    )
