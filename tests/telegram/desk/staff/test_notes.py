"""Notes stay among the staff, and what is kept of all words is masked."""

from __future__ import annotations

import pytest

from bot.handoff.case import Case, State
from bot.store.cases import Line
from bot.store.store import Store
from bot.telegram.desk.staff.notes import NOTED
from bot.telegram.effects import (
    CopyMessage,
    SetReaction,
)
from tests.telegram.desk.staff_room import (
    GROUP,
    MIGRANT,
    Room,
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


@pytest.mark.parametrize("text", ["//she is lying", "// call the lawyer", "/note call the lawyer"])
async def test_notes_stay(room: Room, case: Case, text: str) -> None:
    effects = await room.write(text)
    assert said(effects, MIGRANT) == []
    assert of(effects, SetReaction) == [SetReaction(chat_id=GROUP, emoji=NOTED, message_id=100)]
    (line,) = await room.cases.transcript(case.number)
    assert line.side == "note"
    assert (await room.now(case)).state is State.WAITING


@pytest.mark.parametrize("caption", ["// see this", " // see this", "/note see this", "/NOTE"])
async def test_a_caption_can_be_a_note(room: Room, case: Case, caption: str) -> None:
    assert of(await room.write(caption=caption, **PHOTO), CopyMessage) == []
    (line,) = await room.cases.transcript(case.number)
    assert (line.side, line.text) == ("note", "" if caption == "/NOTE" else "see this")


async def test_the_transcript_is_masked(room: Room, case: Case) -> None:
    await room.write("Call +7 700 000 00 01", message_id=100)
    (line,) = await room.cases.transcript(case.number)
    assert "000 00 01" not in line.text
    assert isinstance(line, Line)
