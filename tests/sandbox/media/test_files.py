"""Files, ready samples and their sizes."""

from __future__ import annotations

import struct

import pytest
from aiohttp import ClientSession, FormData
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.errors import BadRequestError, BotApiError
from bot.sandbox.media.files import MAX_PHOTO, MAX_UPLOAD, FileStore, Upload, image_size, type_of
from bot.sandbox.media.samples import sample
from tests.sandbox.conftest import Api
from tests.sandbox.menu_bot import TOKEN


def _store(limit: int = 1000) -> FileStore:
    return FileStore(limit)


def test_samples_are_what_they_say() -> None:
    assert image_size(sample("photo").content) == (640, 400)
    assert image_size(sample("sticker").content) == (512, 512)
    assert sample("voice").content.startswith(b"OggS")
    assert b"OpusHead" in sample("voice").content


@pytest.mark.parametrize(
    ("name", "mime_type"),
    [
        ("a.PDF", "application/pdf"),
        ("a.b.jpg", "image/jpeg"),
        ("voice.oga", "audio/ogg"),
        ("film.mp4", "video/mp4"),
        ("a.nonsense", ""),
        ("pdf", ""),
        ("", ""),
    ],
)
def test_the_ending_of_its_name_tells_a_files_type(name: str, mime_type: str) -> None:
    assert type_of(name) == mime_type


async def test_the_header_of_the_part_does_not_matter(raw: ClientSession, api: Api) -> None:
    await api.send("/start")
    form = FormData({"chat_id": "1001"})
    form.add_field("document", b"x", filename="a.pdf", content_type="text/plain")
    async with raw.post(f"/bot{TOKEN}/sendDocument", data=form) as answer:
        document = (await answer.json())["result"]["document"]
    assert document["mime_type"] == "application/pdf"


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


@pytest.mark.parametrize(
    ("size", "error"),
    [
        ((9000, 1001), "PHOTO_INVALID_DIMENSIONS"),
        ((9000, 1000), None),
        ((2100, 100), "PHOTO_INVALID_DIMENSIONS"),
        ((2000, 100), None),
    ],
)
def test_shapes_of_photos(size: tuple[int, int], error: str | None) -> None:
    picture = b"GIF89a" + struct.pack("<HH", *size)
    if error is None:
        assert _store().add("photo", Upload("x", "", picture)).width == size[0]
        return
    with pytest.raises(BadRequestError, match=error):
        _store().add("photo", Upload("x", "", picture))


def test_a_photo_may_have_ten_megabytes() -> None:
    picture = sample("photo").content
    _store().add("photo", Upload("x", "", picture.ljust(MAX_PHOTO)))
    with pytest.raises(BadRequestError) as caught:
        _store().add("photo", Upload("x", "", picture.ljust(MAX_PHOTO + 1)))
    assert caught.value.description == (
        "Bad Request: file of size 10485761 bytes is too big for a photo; "
        "the maximum size is 10485760 bytes"
    )


@pytest.mark.parametrize(
    ("file_id", "fault"),
    [
        ("nothing", "can't unserialize it"),
        ("a b!", "Wrong character in the string"),
        ("wrong", "Wrong string length"),
    ],
)
def test_unknown_file_id(file_id: str, fault: str) -> None:
    with pytest.raises(BadRequestError) as caught:
        _store().get(file_id)
    words = f"Bad Request: wrong remote file identifier specified: {fault}"
    assert caught.value.description == words
