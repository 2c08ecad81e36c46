"""Files: their contents, ids and what Telegram says about them."""

from __future__ import annotations

import re
import struct
from collections import OrderedDict
from hashlib import sha256
from mimetypes import MimeTypes
from pathlib import PurePath
from typing import Any

import msgspec

from bot.sandbox.config import MEGABYTE
from bot.sandbox.errors import BadRequestError, BotApiError

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
"""What a file can be, as the Bot API calls it."""

# https://core.telegram.org/bots/api#sending-files and #getfile
MAX_UPLOAD = 50 * MEGABYTE
MAX_PHOTO = 10 * MEGABYTE
MAX_DOWNLOAD = 20 * MEGABYTE
# https://core.telegram.org/bots/api#sendphoto: width and height in total, and their ratio
MAX_PHOTO_SIDES = 10_000
MAX_PHOTO_RATIO = 20

HASH_LENGTH = 13
"""How much of a file's hash its ``file_unique_id`` ends with."""

_FOLDERS = {
    "photo": "photos",
    "video": "videos",
    "video_note": "video_notes",
    "voice": "voice",
    "audio": "music",
    "sticker": "stickers",
    "animation": "animations",
}
_ENDINGS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "audio/ogg": ".oga",
    "audio/mpeg": ".mp3",
    "video/mp4": ".mp4",
}
# Python's own table, without what the system adds, so that all machines say the same.
_BY_ENDING = MimeTypes().types_map[True] | {
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".tgs": "application/x-tgsticker",
    ".webp": "image/webp",
}
_DEFAULT_TYPES = {
    "photo": "image/jpeg",
    "voice": "audio/ogg",
    "sticker": "image/webp",
    "video": "video/mp4",
    "video_note": "video/mp4",
    "animation": "video/mp4",
    "audio": "audio/mpeg",
}


def type_of(name: str) -> str:
    """Return the type that Telegram gives a file by the ending of its name; nothing if unknown."""
    return _BY_ENDING.get(PurePath(name).suffix.lower(), "")


class Upload(msgspec.Struct, frozen=True):
    """A file as it arrives."""

    name: str
    mime_type: str
    content: bytes


class StoredFile(msgspec.Struct, frozen=True):
    """A file as the sandbox knows it, with or without its contents still there."""

    file_id: str
    file_unique_id: str
    kind: str
    name: str
    mime_type: str
    size: int
    path: str
    width: int
    height: int


class FileStore:
    """All files of a sandbox; contents are bounded, the oldest go first.

    Args:
        limit: How many bytes of contents to keep.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._files: dict[str, StoredFile] = {}
        self._by_path: dict[str, str] = {}
        self._contents: OrderedDict[str, bytes] = OrderedDict()
        self._held = 0

    def add(self, kind: str, upload: Upload) -> StoredFile:
        """Keep a file.

        Args:
            kind: The Bot API's name of the kind, such as ``photo``.
            upload: The file.

        Returns:
            Its record.

        Raises:
            BotApiError: It is empty, too big or, as a photo, not a picture.
        """
        content = upload.content
        if not content:
            raise BadRequestError("file must be non-empty")
        if len(content) > MAX_UPLOAD:
            raise BotApiError(413, "Request Entity Too Large")
        width, height = image_size(content)
        if kind == "photo":
            _check_photo(len(content), width, height)
        number = len(self._files) + 1
        digest = sha256(content).hexdigest()
        mime_type = upload.mime_type or _DEFAULT_TYPES.get(kind, "application/octet-stream")
        ending = _ENDINGS.get(mime_type, "")
        stored = StoredFile(
            file_id=f"SBX{kind.replace('_', '').upper()}-{number:06d}-{digest[:24]}",
            file_unique_id=f"SBX{digest[:HASH_LENGTH]}",
            kind=kind,
            name=upload.name,
            mime_type=mime_type,
            size=len(content),
            path=f"{_FOLDERS.get(kind, 'documents')}/file_{number}{ending}",
            width=width,
            height=height,
        )
        self._files[stored.file_id] = stored
        self._by_path[stored.path] = stored.file_id
        self._contents[stored.file_id] = content
        self._held += len(content)
        while self._held > self._limit and len(self._contents) > 1:
            _, dropped = self._contents.popitem(last=False)
            self._held -= len(dropped)
        return stored

    def get(self, file_id: str) -> StoredFile:
        """Find a file by its id.

        Raises:
            BadRequestError: There is none.
        """
        stored = self._files.get(file_id)
        if stored is None:
            raise BadRequestError(f"wrong remote file identifier specified: {_fault_of(file_id)}")
        return stored

    def content(self, file_id: str) -> bytes | None:
        """Return a file's contents, or None if they made room for newer ones."""
        return self._contents.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        """Find a file by the path that ``getFile`` gave."""
        return self._files.get(self._by_path.get(path, ""))


def _check_photo(size: int, width: int, height: int) -> None:
    """Check a photo's size in bytes and pixels.

    Raises:
        BadRequestError: It is too big, no picture, or of a shape that Telegram does not take.
    """
    if size > MAX_PHOTO:
        raise BadRequestError(
            f"file of size {size} bytes is too big for a photo; "
            f"the maximum size is {MAX_PHOTO} bytes"
        )
    if not width or not height:
        raise BadRequestError("IMAGE_PROCESS_FAILED")
    narrow = max(width, height) > MAX_PHOTO_RATIO * min(width, height)
    if narrow or width + height > MAX_PHOTO_SIDES:
        raise BadRequestError("PHOTO_INVALID_DIMENSIONS")


def _fault_of(file_id: str) -> str:
    """Return what the Bot API server says is wrong with an id that is none: its base64, mostly."""
    plain = file_id.rstrip("=")
    if len(plain) % 4 == 1:
        return "Wrong string length"
    if re.search(r"[^A-Za-z0-9_-]", plain):
        return "Wrong character in the string"
    return "can't unserialize it"


def image_size(content: bytes) -> tuple[int, int]:
    """Read the width and height of a PNG, JPEG, GIF or WebP picture.

    Args:
        content: The file.

    Returns:
        Width and height in pixels; zeros if it is no such picture.
    """
    try:
        if content.startswith(b"\x89PNG\r\n\x1a\n"):
            return struct.unpack(">II", content[16:24])
        if content[:6] in {b"GIF87a", b"GIF89a"}:
            return struct.unpack("<HH", content[6:10])
        if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
            return _webp_size(content)
        if content.startswith(b"\xff\xd8"):
            return _jpeg_size(content)
    except (struct.error, IndexError):
        return 0, 0
    return 0, 0


def _webp_size(content: bytes) -> tuple[int, int]:
    kind = content[12:16]
    if kind == b"VP8X":
        width = int.from_bytes(content[24:27], "little") + 1
        return width, int.from_bytes(content[27:30], "little") + 1
    if kind == b"VP8L":
        bits = struct.unpack("<I", content[21:25])[0]
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack("<HH", content[26:30])
    return width & 0x3FFF, height & 0x3FFF


def _jpeg_size(content: bytes) -> tuple[int, int]:
    at = 2
    while content[at] == 0xFF:
        marker = content[at + 1]
        # SOF0..SOF15 carry the size, but for DHT (C4), JPG (C8) and DAC (CC).
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + struct.unpack(">H", content[at + 2 : at + 4])[0]
    return 0, 0


def describe(stored: StoredFile, extra: dict[str, Any]) -> Any:  # noqa: ANN401
    """Write a file as the Bot API object of its kind.

    Args:
        stored: The file.
        extra: What its sender said about it: ``duration``, ``width``, ``title``, ``emoji``, …

    Returns:
        The value of the message's field of that kind: a list for a photo, else an object.
    """
    base: dict[str, Any] = {
        "file_id": stored.file_id,
        "file_unique_id": stored.file_unique_id,
        "file_size": stored.size,
    }
    size = {
        "width": extra.get("width") or stored.width,
        "height": extra.get("height") or stored.height,
    }
    duration = {"duration": extra.get("duration") or 0}
    named = {"mime_type": stored.mime_type} | ({"file_name": stored.name} if stored.name else {})
    match stored.kind:
        case "photo":
            return [base | {"width": stored.width, "height": stored.height}]
        case "voice":
            return base | duration | {"mime_type": stored.mime_type}
        case "audio":
            told = {key: extra[key] for key in ("performer", "title") if extra.get(key)}
            return base | duration | named | told
        case "video" | "animation":
            return base | size | duration | named
        case "video_note":
            return base | duration | {"length": extra.get("length") or 240}
        case "sticker":
            emoji = {"emoji": extra["emoji"]} if extra.get("emoji") else {}
            shape = {
                "type": "regular",
                "width": stored.width or 512,
                "height": stored.height or 512,
                "is_animated": stored.mime_type == "application/x-tgsticker",
                "is_video": stored.mime_type == "video/webm",
            }
            return base | shape | emoji
        case _:
            return base | named
