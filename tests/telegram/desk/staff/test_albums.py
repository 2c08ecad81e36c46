"""Albums of counsellors': as one, in their place, once."""

from __future__ import annotations

import pytest

from bot.handoff.case import Case
from bot.store.store import Store
from bot.telegram.desk.relay import ALBUM_SECONDS
from bot.telegram.effects import (
    CopyMessage,
    EditMessage,
    Origin,
    SendAlbum,
    SendMessage,
)
from tests.telegram.desk.staff_room import (
    GROUP,
    MIGRANT,
    Room,
    message,
    of,
    said,
)

PHOTO = {"photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]}


@pytest.fixture
async def room(store: Store) -> Room:
    return Room(store)


@pytest.fixture
async def case(room: Room) -> Case:
    return await room.case()


async def test_an_album_goes_out_as_one(room: Room, case: Case) -> None:
    for number in (110, 111, 112):
        effects = await room.write(message_id=number, media_group_id="55", **PHOTO)
        assert of(effects, SendAlbum) == of(effects, CopyMessage) == []
    room.clock.time += ALBUM_SECONDS
    turn = room.turn()
    await room.side.album(turn, await room.desk.load(turn, case.number))  # type: ignore[arg-type]
    assert await room.commit(turn)
    (album,) = of(turn.effects, SendAlbum)
    assert [item.origin for item in album.items] == [110, 111, 112]
    assert (album.chat_id, album.origin) == (MIGRANT, Origin(GROUP, 110))


async def test_a_text_behind_an_album_does_not_overtake_it(room: Room, case: Case) -> None:
    await room.write(message_id=110, media_group_id="55", **PHOTO)
    await room.write(message_id=111, media_group_id="55", **PHOTO)
    effects = await room.write("that is the form", message_id=112)
    kinds = [type(e) for e in effects if e.chat_id == MIGRANT]
    assert kinds == [SendAlbum, SendMessage]


async def test_an_album_is_sent_once_though_two_turns_want_to(room: Room, case: Case) -> None:
    """The timer's turn and the next message's are in different shards."""
    await room.write(message_id=110, media_group_id="55", **PHOTO)
    await room.write(message_id=111, media_group_id="55", **PHOTO)
    by_clock = room.turn()
    await room.side.album(by_clock, await room.desk.load(by_clock, case.number))  # type: ignore[arg-type]
    room.clock.time += 1
    by_message = await room.decide({"message": message("next", message_id=112)})
    assert await room.commit(by_message)
    assert not await room.commit(by_clock)
    again = room.turn()
    await room.side.album(again, await room.desk.load(again, case.number))  # type: ignore[arg-type]
    assert again.effects == ()


async def test_an_edit_of_an_album_that_waits_does_not_overtake_it(room: Room, case: Case) -> None:
    await room.write(message_id=110, media_group_id="55", caption="fromt", **PHOTO)
    await room.write(message_id=111, media_group_id="55", **PHOTO)
    changed = message(None, message_id=110, caption="front", edit_date=2, **PHOTO)
    effects = await room.happens({"edited_message": changed})
    assert [type(e) for e in effects] == [SendAlbum, EditMessage]


async def test_an_album_with_a_note_stays(room: Room, case: Case) -> None:
    """Rule: only one part bears the caption; the others must not slip out."""
    await room.write(message_id=110, media_group_id="55", caption="// bad copy", **PHOTO)
    await room.write(message_id=111, media_group_id="55", **PHOTO)
    effects = await room.write("I look into it", message_id=112)
    assert of(effects, SendAlbum) == of(effects, CopyMessage) == []
    assert said(effects, MIGRANT) == ["I look into it"]
