"""Ready files for people who have nothing at hand: a picture, a voice, a sticker, a document."""

from __future__ import annotations

import struct
import zlib
from functools import cache

import msgspec

from bot.sandbox.media.ogg import silent_voice

VOICE_SECONDS = 3
_WIDTH, _HEIGHT = 640, 400
_STICKER_SIDE = 512
_STICKER_COLOUR = (246, 201, 69)


class Sample(msgspec.Struct, frozen=True):
    """A ready file."""

    name: str
    mime_type: str
    content: bytes


@cache
def sample(kind: str) -> Sample:
    """Return the ready file of a kind.

    Args:
        kind: ``photo``, ``voice``, ``sticker`` or ``document``; any other kind gets the document.
    """
    if kind == "photo":
        return Sample("photo.png", "image/png", _picture())
    if kind in {"voice", "audio"}:
        return Sample("voice.ogg", "audio/ogg", silent_voice(VOICE_SECONDS))
    if kind == "sticker":
        return Sample("sticker.webp", "image/webp", plain_webp(_STICKER_SIDE, _STICKER_COLOUR))
    return Sample("document.txt", "text/plain", b"A sample document.\n")


def _picture() -> bytes:
    """Draw a small landscape: sky, sun and two hills."""
    rows = []
    for y in range(_HEIGHT):
        row = bytearray([0])
        for x in range(_WIDTH):
            row += bytes(_pixel(x, y))
        rows.append(bytes(row))
    header = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (
            _chunk(b"IHDR", header),
            _chunk(b"IDAT", zlib.compress(b"".join(rows), 9)),
            _chunk(b"IEND", b""),
        )
    )


def _pixel(x: int, y: int) -> tuple[int, int, int]:
    if y > 300 + abs(x - 420) // 4:
        return 72, 120, 88
    if y > 250 + abs(x - 180) // 3:
        return 104, 152, 108
    if (x - 500) ** 2 + (y - 100) ** 2 < 48**2:
        return 255, 214, 120
    return 150 + y // 6, 196 + y // 10, 232


def _chunk(kind: bytes, data: bytes) -> bytes:
    checksum = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checksum)


def plain_webp(side: int, colour: tuple[int, int, int]) -> bytes:
    """Write a square of one colour as lossless WebP (RFC 9649, section 3).

    Every prefix code has a single symbol, so that the pixels themselves take no bits.

    Args:
        side: Width and height, in pixels.
        colour: Red, green and blue, 0-255.
    """
    red, green, blue = colour
    fields = [(0x2F, 8), (side - 1, 14), (side - 1, 14), (0, 1), (0, 3)]
    fields += [(0, 1), (0, 1), (0, 1)]  # no transform, no colour cache, no meta prefix image
    for symbol in (green, red, blue, 255, 0):
        fields += [(1, 1), (0, 1), (1, 1), (symbol, 8)]
    value = bits = 0
    for number, width in fields:
        value |= number << bits
        bits += width
    data = value.to_bytes((bits + 7) // 8, "little")
    padded = data + b"\0" * (len(data) % 2)
    chunk = b"VP8L" + struct.pack("<I", len(data)) + padded
    return b"RIFF" + struct.pack("<I", len(chunk) + 4) + b"WEBP" + chunk
