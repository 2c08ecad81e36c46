"""What the staff write: what reaches the migrant, what does not, and that it is said."""

from __future__ import annotations

from typing import Any

import pytest

from bot.handoff import moves
from bot.handoff.case import Case, Counsellor, Ending, State
from bot.store.cases import Line
from bot.store.store import Store
from bot.store.writes import Field
from bot.telegram.desk.relay import ALBUM_SECONDS
from bot.telegram.desk.staff_replies import NOTED
from bot.telegram.effects import (
    CopyMessage,
    EditMessage,
    Origin,
    SendAlbum,
    SendMessage,
    SetReaction,
)
from tests.telegram.desk.staff_room import (
    AZIZA,
    BORIS,
    GROUP,
    MIGRANT,
    NOW,
    Room,
    buttons,
    message,
    of,
    ru,
    said,
)

PHOTO = {"photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]}


@pytest.fixture
async def room(store: Store) -> Room:
    return Room(store)


@pytest.fixture
async def case(room: Room) -> Case:
    return await room.case()


async def test_the_first_who_writes_claims_and_the_migrant_reads_it(room: Room, case: Case) -> None:
    room.clock.time += 90
    effects = await room.write("Hello", message_id=100)
    sent = [e for e in of(effects, SendMessage) if e.chat_id == MIGRANT]
    assert [(one.text, one.origin) for one in sent] == [("Hello", Origin(GROUP, 100))]
    now = await room.now(case)
    assert (now.state, now.claimed_by) == (State.CLAIMED, Counsellor(AZIZA, "Aziza"))
    assert now.answered == NOW + 90
    assert await room.cases.waiting_seconds(GROUP) == (90.0,)


async def test_the_wait_is_measured_once(room: Room, case: Case) -> None:
    await room.write("one", message_id=100)
    await room.write("two", message_id=101)
    assert len(await room.cases.waiting_seconds(GROUP)) == 1


async def test_formatting_and_replies_are_kept(room: Room, case: Case) -> None:
    entities = [{"type": "bold", "offset": 0, "length": 2}]
    answered = message("the migrant's", user=1, message_id=90)
    effects = await room.write("no <b>", entities=entities, reply_to_message=answered)
    (sent,) = [e for e in of(effects, SendMessage) if e.chat_id == MIGRANT]
    assert (sent.text, sent.reply_ref) == ("<b>no</b> &lt;b&gt;", "g90")


async def test_in_anothers_case_nothing_goes_out(room: Room, case: Case) -> None:
    """Rule: a migrant never hears two voices without the staff having agreed on it."""
    await room.press(f"d:claim:{case.number}", AZIZA)
    effects = await room.write("me too", user=BORIS)
    assert said(effects, MIGRANT) == []
    (told,) = said(effects, GROUP)
    assert told.startswith(ru("{name} has this case.", name="Aziza"))
    assert buttons(effects) == {"✋ " + ru("Take over"): f"d:take:{case.number}"}


async def test_after_taking_over_it_goes_out(room: Room, case: Case) -> None:
    await room.press(f"d:claim:{case.number}", AZIZA)
    await room.press(f"d:take:{case.number}", BORIS)
    assert said(await room.write("me now", user=BORIS), MIGRANT) == ["me now"]


async def test_in_a_closed_case_nothing_goes_out(room: Room, case: Case) -> None:
    await room.press(f"d:close:{case.number}:{Ending.ANSWERED}")
    effects = await room.write("one more thing")
    assert said(effects, MIGRANT) == []
    assert buttons(effects) == {"↩️ " + ru("Reopen"): f"d:reopen:{case.number}"}


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


@pytest.mark.parametrize("fields", [{"text": "/заметка он врёт"}, {"caption": "/close", **PHOTO}])
async def test_what_begins_like_a_command_never_goes_out(
    room: Room, case: Case, fields: dict[str, Any]
) -> None:
    """Telegram knows commands in Latin letters and in texts only; people do not know that."""
    effects = await room.happens({"message": message() | fields})
    assert [effect.chat_id for effect in effects] == [GROUP]
    assert (await room.now(case)).state is State.WAITING


@pytest.mark.parametrize("thread", [None, 99])
async def test_general_and_topics_of_their_own_stay_among_the_staff(
    room: Room, case: Case, thread: int | None
) -> None:
    assert await room.write("who has tea?", thread=thread) == ()


async def test_a_reply_chain_in_general_is_not_a_topic(room: Room, case: Case) -> None:
    """Telegram numbers a chain of replies like a topic, without calling it one."""
    chained = message("yes", thread=None) | {"message_thread_id": 7}
    assert await room.happens({"message": chained}) == ()


async def test_bots_and_channels_never_reach_a_migrant(room: Room, case: Case) -> None:
    robot = message("spam") | {"from": {"id": 9, "is_bot": True, "first_name": "B"}}
    assert await room.happens({"message": robot}) == ()
    channel = message("news") | {"sender_chat": {"id": -5, "type": "channel", "title": "N"}}
    assert await room.happens({"message": channel}) == ()


async def test_whoever_writes_as_the_group_is_told_so(room: Room, case: Case) -> None:
    anonymous = message("hello") | {
        "from": {"id": 1087968824, "is_bot": True, "first_name": "Group"},
        "sender_chat": {"id": GROUP, "type": "supergroup", "title": "Staff"},
    }
    effects = await room.happens({"message": anonymous})
    assert said(effects, MIGRANT) == []
    assert len(said(effects, GROUP)) == 1


@pytest.mark.parametrize(
    "content",
    [
        {"dice": {"emoji": "🎲", "value": 3}},
        {
            "document": {
                "file_id": "f",
                "file_unique_id": "u",
                "file_name": "form.exe",
            }
        },
        {"document": {"file_id": "f", "file_unique_id": "u", "file_size": 30_000_000}},
    ],
    ids=["kind", "type", "size"],
)
async def test_what_is_not_carried_over_is_told_where_it_was_written(
    room: Room, case: Case, content: dict[str, object]
) -> None:
    effects = await room.write(message_id=105, **content)
    (told,) = of(effects, SendMessage)
    assert (told.chat_id, told.reply_to) == (GROUP, 105)
    assert (await room.now(case)).state is State.WAITING


async def test_media_are_copied(room: Room, case: Case) -> None:
    effects = await room.write(**PHOTO)
    assert [(one.from_chat_id, one.chat_id) for one in of(effects, CopyMessage)] == [
        (GROUP, MIGRANT)
    ]


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
    assert of(await room.edit("between us", message_id=100), EditMessage) == []


async def test_what_went_out_does_not_become_a_note(room: Room, case: Case) -> None:
    """The person has read it; the mark must not be shown to them either."""
    await room.write("he is lying", message_id=100)
    effects = await room.edit("// he is lying", message_id=100)
    assert of(effects, EditMessage) == []
    assert len(said(effects, GROUP)) == 1


async def test_what_never_went_out_does_not_by_an_edit(room: Room, case: Case) -> None:
    await room.press(f"d:claim:{case.number}", AZIZA)
    await room.write("me too", user=BORIS, message_id=100)
    assert await room.edit("me too!", user=BORIS, message_id=100) == ()


async def test_an_edit_after_the_end_is_refused_in_words(room: Room, case: Case) -> None:
    await room.write("yes", message_id=100)
    await room.press(f"d:close:{case.number}:{Ending.ANSWERED}")
    effects = await room.edit("no", message_id=100)
    assert of(effects, EditMessage) == []
    assert said(effects, GROUP) == [ru("Not sent: the case is closed.")]


async def test_the_transcript_is_masked(room: Room, case: Case) -> None:
    await room.write("Call +7 700 000 00 01", message_id=100)
    (line,) = await room.cases.transcript(case.number)
    assert "000 00 01" not in line.text
    assert isinstance(line, Line)


async def test_reactions_go_over_from_whoever_has_the_case(room: Room, case: Case) -> None:
    await room.press(f"d:claim:{case.number}", AZIZA)
    await room.cases.write((Field(room.store.keys.case_map(case.number), "g90", b"p5"),))
    (reaction,) = await room.react("❤", 90, AZIZA)
    assert (reaction.chat_id, reaction.message_ref, reaction.emoji) == (MIGRANT, "g90", "❤")
    assert (await room.react(None, 90, AZIZA))[0].emoji is None
    assert await room.react("👎", 90, BORIS) == ()
    assert await room.react("❤", 91, AZIZA) == ()


async def test_a_message_in_a_topic_of_an_erased_case_is_told(room: Room, case: Case) -> None:
    erasure = await room.cases.erase(MIGRANT)
    await room.cases.write(erasure.writes)
    effects = await room.write("hello?")
    assert said(effects, MIGRANT) == []
    assert said(effects, GROUP) == [ru("This case was erased: nothing of it is kept.")]


async def test_in_the_old_topic_of_a_case_that_was_given_away_nothing_goes_out(
    room: Room, case: Case
) -> None:
    await room.press(f"d:move:{case.number}:g-1001000000002")
    effects = await room.write("hello?")
    assert said(effects, MIGRANT) == []
    assert said(effects, GROUP) == [ru("This case is with another group now.")]


async def test_two_turns_at_once_do_not_lose_a_change(room: Room, case: Case) -> None:
    """The migrant's turn and the group's are in different shards."""
    ours = await room.decide({"message": message("Hello")})
    theirs = room.turn()
    loaded = await room.desk.load(theirs, case.number)
    assert loaded is not None
    group = await room.desk.group_of(GROUP)
    room.clock.time += 5
    await room.desk.apply(theirs, moves.heard(loaded, room.desk.clockwork(group)))
    assert await room.commit(theirs)
    assert not await room.commit(ours)
    await room.write("Hello")
    now = await room.now(case)
    assert (now.migrant_wrote, now.claimed_by) == (NOW + 5, Counsellor(AZIZA, "Aziza"))
