"""What counsellors change after they wrote it."""

from __future__ import annotations

import pytest

from bot.handoff.case import Case, Ending
from bot.store.store import Store
from bot.store.writes import Field
from bot.telegram.desk.staff.notes import NOTED
from bot.telegram.effects import (
    EditMessage,
    SetReaction,
)
from tests.telegram.desk.staff_room import (
    AZIZA,
    BORIS,
    GROUP,
    MIGRANT,
    Room,
    of,
    ru,
    said,
)


@pytest.fixture
async def room(store: Store) -> Room:
    return Room(store)


@pytest.fixture
async def case(room: Room) -> Case:
    return await room.case()


async def test_an_edit_changes_the_copy_and_both_words_are_kept(room: Room, case: Case) -> None:
    await room.write("come on Monday", message_id=100)
    effects = await room.edit("come on Tuesday", message_id=100)
    (edit,) = of(effects, EditMessage)
    assert (edit.chat_id, edit.message_ref, edit.text) == (MIGRANT, "g100", "come on Tuesday")
    lines = [(line.text, line.version) for line in await room.cases.transcript(case.number)]
    assert lines == [("come on Monday", 0), ("come on Tuesday", 1)]


async def test_an_edited_note_stays_a_note(room: Room, case: Case) -> None:
    """Taking the mark away must not publish it."""
    await room.write("// between us", message_id=100)
    effects = await room.edit("between us", message_id=100)
    assert of(effects, EditMessage) == []
    assert said(effects, GROUP) == [ru("It stays a note. Write it anew to send it.")]


async def test_what_went_out_does_not_become_a_note(room: Room, case: Case) -> None:
    """The person has read it; the mark must not be shown to them either."""
    await room.write("he is lying", message_id=100)
    effects = await room.edit("// he is lying", message_id=100)
    assert of(effects, EditMessage) == []
    assert len(said(effects, GROUP)) == 1


async def test_what_never_went_out_does_not_by_an_edit(room: Room, case: Case) -> None:
    await room.press(f"d:claim:{case.number}", AZIZA)
    await room.write("me too", user=BORIS, message_id=100)
    effects = await room.edit("me too!", user=BORIS, message_id=100)
    assert said(effects, MIGRANT) == []
    assert said(effects, GROUP) == [
        ru("Not sent: this message did not go out before. Write it anew.")
    ]


async def test_a_command_that_is_put_right_by_an_edit_says_nothing(room: Room, case: Case) -> None:
    await room.write("/pas", message_id=100)
    assert await room.edit("/pass", message_id=100) == ()


async def test_what_never_went_out_can_become_a_note(room: Room, case: Case) -> None:
    await room.write("/not a command", message_id=100)
    effects = await room.edit("// for us", message_id=100)
    assert effects == (SetReaction(chat_id=GROUP, emoji=NOTED, message_id=100),)
    (line,) = await room.cases.transcript(case.number)
    assert (line.side, line.text) == ("note", "for us")


async def test_an_edit_is_carried_over_also_when_the_transcript_forgot_the_message(
    room: Room, case: Case
) -> None:
    """The transcript has a length; what the case's map knows did go out."""
    await room.cases.write((Field(room.store.keys.case_map(case.number), "ref:g100", b"5"),))
    await room.press(f"d:claim:{case.number}", AZIZA)
    (edit,) = of(await room.edit("better so", message_id=100), EditMessage)
    assert (edit.chat_id, edit.message_ref, edit.text) == (MIGRANT, "g100", "better so")


async def test_an_edit_after_the_end_is_refused_in_words(room: Room, case: Case) -> None:
    await room.write("yes", message_id=100)
    await room.press(f"d:close:{case.number}:{Ending.ANSWERED}")
    effects = await room.edit("no", message_id=100)
    assert of(effects, EditMessage) == []
    assert said(effects, GROUP) == [ru("Not sent: the case is closed.")]
