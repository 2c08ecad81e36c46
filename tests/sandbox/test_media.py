"""Files, ready samples and their sizes."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.errors import BadRequestError, BotApiError
from bot.sandbox.media import MAX_UPLOAD, FileStore, Upload, image_size
from bot.sandbox.samples import sample


def _store(limit: int = 1000) -> FileStore:
    return FileStore(limit)


def test_samples_are_what_they_say() -> None:
    assert image_size(sample("photo").content) == (640, 400)
    assert image_size(sample("sticker").content) == (512, 512)
    assert sample("voice").content.startswith(b"OggS")
    assert b"OpusHead" in sample("voice").content


def test_jpeg_size_is_read() -> None:
    frame = struct.pack(">BBHBHHB", 0xFF, 0xC0, 11, 8, 30, 40, 1)
    assert image_size(b"\xff\xd8\xff\xe0\x00\x04ab" + frame) == (40, 30)


@given(st.sampled_from([b"\x89PNG\r\n\x1a\n", b"\xff\xd8", b"GIF89a", b"RIFF"]), st.binary())
def test_a_broken_picture_has_a_size_of_numbers(start: bytes, rest: bytes) -> None:
    width, height = image_size(start + rest)
    assert width >= 0
    assert height >= 0


def test_the_oldest_contents_make_room() -> None:
    store = _store(limit=10)
    first = store.add("document", Upload("a", "", b"123456"))
    second = store.add("document", Upload("b", "", b"654321"))
    assert store.content(first.file_id) is None
    assert store.content(second.file_id) == b"654321"
    assert store.get(first.file_id) == first


@pytest.mark.parametrize(
    ("kind", "content", "error"),
    [
        ("document", b"", "Bad Request: file must be non-empty"),
        ("photo", b"no picture", "Bad Request: IMAGE_PROCESS_FAILED"),
        ("document", bytes(MAX_UPLOAD + 1), "Request Entity Too Large"),
    ],
)
def test_files_telegram_refuses(kind: str, content: bytes, error: str) -> None:
    with pytest.raises(BotApiError) as caught:
        _store().add(kind, Upload("x", "", content))
    assert caught.value.description == error


def test_unknown_file_id() -> None:
    with pytest.raises(BadRequestError, match="wrong file identifier"):
        _store().get("nothing")
