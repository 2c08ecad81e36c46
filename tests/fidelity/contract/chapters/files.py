"""Files of every kind, albums, places and contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fidelity.contract.chapters.people import ANNA, document, picture, start
from tests.fidelity.contract.client import Json, Upload
from tests.fidelity.contract.matching import ABSENT, ANY, Like

if TYPE_CHECKING:
    from tests.fidelity.contract.script import Script

MEGABYTE = 1024 * 1024
FILE = {"file_id": ANY, "file_unique_id": ANY, "file_size": ANY}
KINDS = (
    (
        "sendDocument",
        "document",
        Upload("paper.pdf", b"%PDF-1.4 nothing"),
        {"file_name": "paper.pdf"},
    ),
    ("sendVoice", "voice", Upload("voice.ogg", b"OggS nothing"), {"duration": ANY}),
    ("sendAudio", "audio", Upload("song.mp3", b"ID3 nothing"), {"duration": ANY}),
    (
        "sendVideo",
        "video",
        Upload("film.mp4", b"\0\0\0\x18ftypmp42"),
        {"width": ANY, "height": ANY},
    ),
    ("sendVideoNote", "video_note", Upload("note.mp4", b"\0\0\0\x18ftyp"), {"length": ANY}),
    ("sendAnimation", "animation", Upload("moves.mp4", b"\0\0\0\x18ftypisom"), {"duration": ANY}),
    ("sendSticker", "sticker", Upload("s.webp", b"RIFF\x04\0\0\0WEBP"), {"type": "regular"}),
)


async def kinds(s: Script) -> None:
    """Each kind: uploaded, then sent again by its id."""
    await start(s)
    photo = await s.call(
        "a photo",
        "sendPhoto",
        gives={
            "photo": [{**FILE, "width": 64, "height": 64}],
            "caption": "A grey square",
            "caption_entities": [{"type": "italic", "offset": 2, "length": 4}],
            "has_media_spoiler": True,
        },
        chat_id=ANNA,
        photo=picture(),
        caption="A <i>grey</i> square",
        parse_mode="HTML",
        has_spoiler=True,
    )
    await s.call(
        "the same photo by its id",
        "sendPhoto",
        gives={"photo": [{"file_unique_id": photo["photo"][-1]["file_unique_id"]}]},
        chat_id=ANNA,
        photo=photo["photo"][-1]["file_id"],
    )
    for method, kind, upload, fields in KINDS:
        given: Json = {kind: upload}
        message = await s.call(
            f"a {kind}", method, gives={kind: {**FILE, **fields}}, chat_id=ANNA, **given
        )
        same: Json = {"file_unique_id": message[kind]["file_unique_id"]}
        again: Json = {kind: message[kind]["file_id"]}
        await s.call(f"the same {kind}", method, gives={kind: same}, chat_id=ANNA, **again)
    await s.call(
        "a photo as a document",
        "sendDocument",
        refused="Bad Request: can't use file of type Photo as Document",
        chat_id=ANNA,
        document=photo["photo"][-1]["file_id"],
    )
    await s.call(
        "an id that is none",
        "sendPhoto",
        refused="Bad Request: wrong remote file identifier specified: can't unserialize it",
        chat_id=ANNA,
        photo="AgACAgIAAxkBAAIB",
    )
    await s.call(
        "a photo that is none",
        "sendPhoto",
        refused="Bad Request: IMAGE_PROCESS_FAILED",
        chat_id=ANNA,
        photo=Upload("picture.png", b"not a picture"),
    )
    await s.call(
        "an empty file",
        "sendDocument",
        refused="Bad Request: file must be non-empty",
        chat_id=ANNA,
        document=Upload("empty.txt", b""),
    )
    await s.call(
        "a caption of more than 1,024",
        "sendPhoto",
        refused="Bad Request: message caption is too long",
        chat_id=ANNA,
        photo=picture(),
        caption="a" * 1025,
    )


async def downloads(s: Script) -> None:
    """What people send can be fetched."""
    await start(s)
    sent = await s.call(
        "a document", "sendDocument", gives={}, chat_id=ANNA, document=document("Äb")
    )
    file = await s.call(
        "where it is",
        "getFile",
        gives={**FILE, "file_path": Like(r"documents/\S+")},
        file_id=sent["document"]["file_id"],
    )
    await s.download("it comes back as it went", file["file_path"], "Äb".encode())
    for kind in (
        "photo",
        "voice",
        "audio",
        "video",
        "video_note",
        "animation",
        "sticker",
        "document",
    ):
        await s.does("send", user=ANNA, **{kind: {}})
        message = await s.hears(f"Anna sends a {kind}", message={kind: ANY, "text": ABSENT})
        part = message[kind][-1] if kind == "photo" else message[kind]
        await s.call(
            f"where the {kind} is", "getFile", gives={"file_path": ANY}, file_id=part["file_id"]
        )
    await s.call(
        "an id that is none", "getFile", refused="Bad Request: invalid file_id", file_id="nothing"
    )


async def albums(s: Script) -> None:
    """Several files as one group: one id for the group, one for each message."""
    await start(s)
    album = await s.call(
        "two photos",
        "sendMediaGroup",
        gives=[
            {"photo": ANY, "caption": "Both sides", "media_group_id": ANY},
            {"photo": ANY, "caption": ABSENT, "media_group_id": ANY},
        ],
        chat_id=ANNA,
        media=[
            {"type": "photo", "media": picture(10), "caption": "Both sides"},
            {"type": "photo", "media": picture(200)},
        ],
    )
    s.check("one group", len({message["media_group_id"] for message in album}), 1)
    s.check("two messages", len({message["message_id"] for message in album}), 2)
    files: list[Any] = [{"type": "document", "media": document(text)} for text in ("a", "b")]
    documents = await s.call(
        "two documents",
        "sendMediaGroup",
        gives=[{"document": ANY}, {"document": ANY}],
        chat_id=ANNA,
        media=files,
    )
    await s.call(
        "documents by their ids",
        "sendMediaGroup",
        gives=[{"document": ANY}, {"document": ANY}],
        chat_id=ANNA,
        media=[
            {"type": "document", "media": message["document"]["file_id"]} for message in documents
        ],
    )
    await s.call(
        "a document among photos",
        "sendMediaGroup",
        refused="Bad Request: document can't be mixed with other media types",
        chat_id=ANNA,
        media=[{"type": "photo", "media": picture()}, files[0]],
    )
    group: Json = {"media_group_id": "13579"}
    for n in range(2):
        await s.does("send", user=ANNA, photo=group | ({"caption": "Look"} if not n else {}))
    await s.hears("Anna's album, first", message={"media_group_id": ANY, "caption": "Look"})
    await s.hears("Anna's album, second", message={"media_group_id": ANY, "caption": ABSENT})


async def places(s: Script) -> None:
    """Locations, venues and contacts, both ways."""
    await start(s)
    spot: Json = {"latitude": 43.25, "longitude": 76.95}
    await s.call(
        "a location",
        "sendLocation",
        gives={"location": spot, "venue": ABSENT},
        chat_id=ANNA,
        **spot,
    )
    await s.call(
        "a venue",
        "sendVenue",
        gives={
            "venue": {"location": spot, "title": "Centre", "address": "Abay 1"},
            "location": spot,
        },
        chat_id=ANNA,
        title="Centre",
        address="Abay 1",
        **spot,
    )
    await s.call(
        "a contact",
        "sendContact",
        gives={"contact": {"phone_number": "+77000000000", "first_name": "Hotline"}},
        chat_id=ANNA,
        phone_number="+77000000000",
        first_name="Hotline",
    )
    await s.does("send", user=ANNA, location={**spot, "title": "Bazaar", "address": "Tole bi 5"})
    await s.hears(
        "Anna sends a venue",
        message={"venue": {"title": "Bazaar", "location": spot}, "location": spot},
    )
    await s.does("send", user=ANNA, contact={"phone_number": "+1", "first_name": "Friend"})
    await s.hears(
        "Anna sends somebody's number",
        message={"contact": {"phone_number": "+1", "first_name": "Friend", "user_id": ABSENT}},
    )


async def moving(s: Script) -> None:
    """A location that moves, and a die whose number nobody chooses."""
    await start(s)
    here: Json = {"latitude": 43.25, "longitude": 76.95}
    there: Json = {"latitude": 43.26, "longitude": 76.96}
    sent = await s.call(
        "a live location",
        "sendLocation",
        gives={"location": {**here, "live_period": 600}},
        chat_id=ANNA,
        live_period=600,
        **here,
    )
    it: Json = {"chat_id": ANNA, "message_id": sent["message_id"]}
    await s.call(
        "it moves",
        "editMessageLiveLocation",
        gives={"location": there, "edit_date": ANY},
        **it,
        **there,
    )
    await s.call("it stops", "stopMessageLiveLocation", gives={"location": there}, **it)
    die = await s.call("a die", "sendDice", gives={"dice": {"emoji": "🎲"}}, chat_id=ANNA)
    s.check("shows one to six", 1 <= die["dice"]["value"] <= 6, True)


async def too_big(s: Script) -> None:
    """A photo of more than 10 MB cannot be sent, a file of more than 20 MB not be fetched."""
    await start(s)
    small = picture()
    much = Upload(small.name, small.content.ljust(10 * MEGABYTE + 1, b"\0"))
    await s.call(
        "a photo of 10 MB and a byte",
        "sendPhoto",
        refused=f"Bad Request: file of size {10 * MEGABYTE + 1} bytes is too big for a photo; "
        f"the maximum size is {10 * MEGABYTE} bytes",
        chat_id=ANNA,
        photo=much,
    )
    more = Upload("film.bin", bytes(20 * MEGABYTE + 1))
    sent = await s.call(
        "a file of 20 MB and a byte",
        "sendDocument",
        gives={"document": {"file_size": 20 * MEGABYTE + 1}},
        chat_id=ANNA,
        document=more,
    )
    await s.call(
        "goes, but does not come back",
        "getFile",
        refused="Bad Request: file is too big",
        file_id=sent["document"]["file_id"],
    )


CHAPTERS = (too_big, moving, kinds, downloads, albums, places)
