"""What the staff write: what reaches the migrant, what does not, and that it is said."""

from __future__ import annotations

from typing import Any

import pytest

from bot.handoff import moves
from bot.handoff.case import Case, Counsellor, Ending, State
from bot.store.store import Store
from bot.store.writes import Field
from bot.telegram.effects import (
    CopyMessage,
    Origin,
    SendMessage,
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

CHANNEL = {"id": -5, "type": "channel", "title": "N"}
AS_CHANNEL = {"sender_chat": CHANNEL}
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
    posted = message("news") | {"sender_chat": CHANNEL, "is_automatic_forward": True}
    assert await room.happens({"message": posted}) == ()


async def test_whoever_writes_as_a_channel_is_told_so(room: Room, case: Case) -> None:
    """Else they would believe that it arrived."""
    robot = {"id": 136817688, "is_bot": True, "first_name": "Channel"}
    effects = await room.happens({"message": message("hello") | {"from": robot} | AS_CHANNEL})
    assert said(effects, MIGRANT) == []
    assert said(effects, GROUP) == [
        ru("You write as a channel: nobody sees who does this. Write as yourself. Not sent.")
    ]
    assert (await room.now(case)).state is State.WAITING


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
