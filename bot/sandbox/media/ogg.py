"""A minimal Ogg/Opus writer: a silent voice message without an encoder (RFC 3533, RFC 7845)."""

from __future__ import annotations

import struct

_CAPTURE = b"OggS"
_FIRST, _LAST = 0x02, 0x04
_RATE = 48_000
_FRAME_SAMPLES = 960  # 20 ms
# One 20 ms mono frame in the CELT mode that decodes to silence.
_SILENT_FRAME = b"\xf8\xff\xfe"
_FRAMES_A_PAGE = 50


def _crc(data: bytes) -> int:
    """The checksum of RFC 3533: polynomial 0x04c11db7, no reflection, start 0."""
    value = 0
    for byte in data:
        value ^= byte << 24
        for _ in range(8):
            value = ((value << 1) ^ 0x04C11DB7 if value & 0x80000000 else value << 1) & 0xFFFFFFFF
    return value


def _page(flags: int, granule: int, number: int, packets: list[bytes]) -> bytes:
    lacing = bytes(len(packet) for packet in packets)
    header = struct.pack("<4sBBqIIIB", _CAPTURE, 0, flags, granule, 1, number, 0, len(lacing))
    page = header + lacing + b"".join(packets)
    return page[:22] + struct.pack("<I", _crc(page)) + page[26:]


def silent_voice(seconds: int) -> bytes:
    """Write a silent voice message.

    Args:
        seconds: How long it plays.

    Returns:
        An ``audio/ogg`` file with one Opus stream.
    """
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 0, _RATE, 0, 0)
    vendor = b"sandbox"
    tags = b"OpusTags" + struct.pack("<I", len(vendor)) + vendor + struct.pack("<I", 0)
    pages = [_page(_FIRST, 0, 0, [head]), _page(0, 0, 1, [tags])]
    left = seconds * _RATE // _FRAME_SAMPLES
    granule = 0
    while left:
        count = min(left, _FRAMES_A_PAGE)
        left -= count
        granule += count * _FRAME_SAMPLES
        pages.append(_page(0 if left else _LAST, granule, len(pages), [_SILENT_FRAME] * count))
    return b"".join(pages)
