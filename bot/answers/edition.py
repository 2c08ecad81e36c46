"""Packs the served files of an answers folder, to be sent to bots on other machines. Pure."""

from __future__ import annotations

import zlib

import msgspec

from bot.answers.snapshot import Snapshot

MAX_BYTES = 64 * 1024 * 1024
"""Of all files unpacked; forty times the answers of today. More is no answers folder."""

_FORM = b"answers-1 "
"""Stands before the packed files; another form gets another number."""


class DamagedEditionError(Exception):
    """What was to be unpacked is not what was packed; the text says in what way."""


def pack(taken: Snapshot) -> bytes:
    """The files of a snapshot in as few bytes as is quick."""
    files = {name: taken.files[name] for name in sorted(taken.files)}
    return _FORM + zlib.compress(msgspec.msgpack.encode(files))


def unpack(packed: bytes, version: str) -> Snapshot:
    """The inverse of ``pack``.

    Args:
        packed: what ``pack`` gave.
        version: that the snapshot had.

    Raises:
        DamagedEditionError: of another form or version, or not whole.
    """
    if not packed.startswith(_FORM):
        raise DamagedEditionError("packed in a form that this bot does not know")
    unpacker = zlib.decompressobj()
    try:
        raw = unpacker.decompress(packed[len(_FORM) :], MAX_BYTES)
        if unpacker.unconsumed_tail or not unpacker.eof:
            raise DamagedEditionError("cut off, or too large")
        files = msgspec.msgpack.decode(raw, type=dict[str, bytes])
    except (zlib.error, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise DamagedEditionError(f"cannot be unpacked: {type(error).__name__}") from None
    taken = Snapshot(files)
    if taken.version != version:
        raise DamagedEditionError("not of the version that it is said to be of")
    return taken
