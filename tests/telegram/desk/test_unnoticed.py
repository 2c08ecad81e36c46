"""What nobody would notice before it hurts somebody: found by reading the desk a second time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.answers.model import Citizenship
from bot.dialogue.marks import mark
from bot.handoff.case import Ending, State
from bot.handoff.groups import Group, Groups
from bot.handoff.hours import Hours, hours_of
from bot.handoff.rules import DAY, Rules
from bot.language.tags import Locale
from bot.store import sessions
from bot.store.cases import Referral
from bot.telegram.desk.migrant.buttons import MAX_JUDGED_AN_HOUR
from bot.telegram.desk.migrant.incoming import MAX_A_MINUTE
from bot.telegram.effects import CopyMessage, SendAlbum, SendMessage
from tests.telegram.desk.house import (
    COUNSELLOR,
    GROUP,
    MIGRANT,
    OWNER,
    STAFF_LOCALE,
    House,
    buttons,
    words,
)
from tests.telegram.desk.staff_room import BORIS, Room, ru, said, toasts
from tests.telegram.desk.staff_room import MIGRANT as MIGRANT_OF_ROOM

if TYPE_CHECKING:
    from bot.dialogue.session import Session
    from bot.handoff.case import Case
    from bot.store.store import Store
    from bot.telegram.effects import Effect

PHOTO: dict[str, Any] = {
    "photo": [{"file_id": "p", "file_unique_id": "u", "width": 1, "height": 1}]
}
HOTLINES = "Hotlines for the whole country:"
ERASED = (
    "The person had everything erased. Nothing can be answered any more. Please delete this topic."
)
NEUTRAL = "The answer to your question:"


@pytest.fixture
def room(store: Store) -> Room:
    return Room(store)


@pytest.fixture
async def case(room: Room) -> Case:
    return await room.case()


async def session_of(house: House) -> Session:
    raw: Any = await house.store.redis.get(house.store.keys.session(MIGRANT))
    return sessions.decode(raw).session


async def ended(house: House, ending: Ending) -> None:
    await house.press("d:close:1", user=COUNSELLOR, chat=GROUP)
    await house.press(f"d:close:1:{ending.value}", user=COUNSELLOR, chat=GROUP)


async def blocked(house: House) -> None:
    for data in ("d:block:1", "d:block:1:abuse", "d:block:1:abuse:7"):
        await house.press(data, user=COUNSELLOR, chat=GROUP)


# Somebody in danger


async def test_a_call_for_somebody_in_danger_does_not_give_way_to_others_talk(house: House) -> None:
    """In a group that is at its limit, what is late waits as long as anybody else writes."""
    sent: list[Effect] = []
    add = house.desk.to_staff

    def noted(*args: object, late: bool = True, **more: bool) -> None:
        sent.append(SendMessage(chat_id=GROUP, text="", late=late))
        add(*args, late=late, **more)  # type: ignore[arg-type]

    house.desk.to_staff = noted  # type: ignore[assignment, method-assign]
    await house.open()
    await house.write("hello")
    assert sent == []
    await house.write("danger here")
    assert [effect.late for effect in sent] == [False]


async def test_what_comes_unasked_says_nothing_on_the_first_line_of_a_watched_phone(
    house: House,
) -> None:
    await house.open()
    await house.write("danger at home")
    await house.reply("we are with you")
    case = await house.case()
    assert case.is_urgent
    cases, now = house.store.cases, house.clock.now()
    due = now + Rules().ask_after_referral
    assert await cases.write(
        [cases.referred(1, Referral("ngo-almaty", now)), cases.timer(1, MIGRANT, "referral", due)]
    )
    before = len(await house.told())
    await house.later(Rules().ask_after_referral + 1)
    unasked = (await house.told())[before:]
    assert len(unasked) == 3  # it will be closed, it is closed, did the centre help
    assert {text.splitlines()[0] for text in unasked} == {words(NEUTRAL)}


async def test_in_other_cases_the_first_line_says_what_it_is(house: House) -> None:
    await house.open()
    await house.reply("yes?")
    await house.later(Rules().idle_warn + 1)
    assert words(NEUTRAL) not in await house.last_told()


# Nobody is there


async def test_who_writes_in_a_case_while_nobody_works_is_told_once(bare_house: House) -> None:
    hours = hours_of("Mon-Fri 09:00-18:00", country=None)
    assert isinstance(hours, Hours)
    house = bare_house
    house.clock.moment = 1_800_000_000.0 // DAY * DAY + 7 * 3600  # a Friday noon in Almaty
    house.furnish(Groups((Group(GROUP, "Staff", STAFF_LOCALE, tuple(Locale), hours=hours),)))
    async with house.roles:
        await house.open()
        await house.reply("I look into it")
        before = len(await house.told())
        await house.write("thank you, I wait")
        assert len(await house.told()) == before
        house.clock.moment += 9 * 3600
        await house.write("still nothing?")
        await house.write("hello?")
        told = (await house.told())[before:]
        assert len(told) == 1
        assert words(HOTLINES) in told[0]
        house.clock.moment += DAY  # Saturday night: the same closed hours
        await house.write("is anybody there?")
        assert len(await house.told()) == before + 1


async def test_cases_of_a_group_that_is_no_longer_in_the_staff_file_find_another(
    bare_house: House,
) -> None:
    house = bare_house
    made = await house.api.post(
        "/groups", creator=OWNER, title="Former", bot="administrator", kind="supergroup", forum=True
    )
    stays = Group(GROUP, "First", STAFF_LOCALE)
    former = Group(made["chat"]["id"], "Former", STAFF_LOCALE, tuple(Locale))
    house.furnish(Groups((stays, former)))
    async with house.roles:
        await house.open()
        await house.write("is anybody there?")
        house.desk.groups = Groups((stays,))
        await house.later(Rules().remind + 1)
        assert (await house.case()).group == GROUP
        assert "is anybody there?" in (await house.topic_texts())[-1]
        await house.reply("yes")
        assert await house.last_told() == "yes"


# What a counsellor believes was done


async def test_the_parts_of_an_album_that_is_a_note_do_not_count_as_an_answer(
    room: Room, case: Case
) -> None:
    """Else the clock that calls for an answer stands still, and nobody answered."""
    await room.write(message_id=110, media_group_id="5", caption="// blurred", **PHOTO)
    effects = await room.write(message_id=111, media_group_id="5", user=BORIS, **PHOTO)
    assert [e for e in effects if isinstance(e, SendAlbum | CopyMessage)] == []
    now = await room.now(case)
    assert (now.state, now.waits_for_staff) == (State.WAITING, True)


async def test_two_presses_send_a_ready_made_answer_once(room: Room, case: Case) -> None:
    """The second comes before Telegram took the button away."""
    centre = mark(next(c for c in room.library.centres if c.id == "ngo-almaty"))
    await room.write("/snippet hi Hello!")
    for data in ("answer:1:permit_cost:send", "text:1:hi:send", f"refer:1:{centre}"):
        shown = 60 + len(data)
        first = await room.press(f"d:{data}", message_id=shown)
        again = await room.press(f"d:{data}", message_id=shown)
        assert len(said(first, MIGRANT_OF_ROOM)) == 1
        assert said(again, MIGRANT_OF_ROOM) == []
        assert toasts(again) == [ru("It is so already.")]
    later = await room.press("d:answer:1:permit_cost:send", message_id=99)
    assert len(said(later, MIGRANT_OF_ROOM)) == 1  # what is asked for again goes again


async def test_a_reply_in_general_goes_out_where_the_bot_may_not_open_topics(house: House) -> None:
    rights = ["can_pin_messages", "can_delete_messages"]
    change = {"member": "bot", "status": "administrator", "rights": rights}
    await house.api.post("/members", user=OWNER, chat=GROUP, **change)
    await house.settle()
    await house.open()
    await house.write("nobody pays me")
    shown = next(
        m for m in await house.api.messages(GROUP) if "nobody pays me" in m.get("text", "")
    )
    assert "message_thread_id" not in shown
    await house.write("who pays you?", user=COUNSELLOR, chat=GROUP, reply_to=shown["message_id"])
    assert await house.last_told() == "who pays you?"
    await house.write("tea?", user=COUNSELLOR, chat=GROUP)
    assert await house.last_told() == "who pays you?"


async def test_what_a_counsellor_corrects_the_bot_goes_by_too(house: House) -> None:
    await house.open()
    await house.reply("/citizen tj")
    await house.reply("/lang uz-Cyrl")
    await house.later(1)
    known = await session_of(house)
    assert (known.citizenship, known.locale) == (Citizenship.TAJIKISTAN, Locale.UZ_CYRL)
    assert known.case == 1


async def test_what_the_bot_should_have_known_is_never_the_wish_for_a_person(house: House) -> None:
    await house.write("/start")
    await house.press("l:ru")
    await house.write("a person please")
    await house.write("how do I register my child, call +7 700 000 00 12")
    await house.reply("like this")
    await ended(house, Ending.ANSWERED)
    await house.press("d:teach:1", user=COUNSELLOR, chat=GROUP)
    kept = await house.store.cases.review(house.clock.now())
    assert [one.question.text for one in kept] == ["how do I register my child, call [☎ ••12]"]


# Blocks


async def test_a_block_can_be_ended_after_the_person_had_everything_erased(house: House) -> None:
    await house.open()
    await blocked(house)
    await house.write("/forget")
    assert await house.store.cases.ban(MIGRANT) is not None
    await house.write("/blocked", user=COUNSELLOR, chat=GROUP)
    await house.press("d:unblock:1", user=COUNSELLOR, chat=GROUP)
    assert await house.store.cases.ban(MIGRANT) is None
    assert await house.store.cases.bans(GROUP, house.clock.now()) == ()


async def test_a_blocked_person_does_not_reach_the_staff_by_editing(house: House) -> None:
    await house.open()
    written = await house.write("please help")
    await blocked(house)
    await house.write(edit={"message_id": written["message_id"], "text": "insults"})
    assert "insults" not in await house.topic_texts()


async def test_blocks_that_ended_are_not_kept_with_the_next_one(room: Room, case: Case) -> None:
    other = await room.case(thread=8, chat_id=MIGRANT + 1)
    await room.press(f"d:block:{case.number}:spam:1")
    room.clock.time += 2 * DAY
    await room.press(f"d:block:{other.number}:spam:7")
    kept = await room.cases.all_bans(case.group)
    assert [one.chat_id for one in kept] == [MIGRANT + 1]
    left = await room.store.redis.ttl(room.store.keys.bans(case.group))
    assert 6 * DAY < left <= 7 * DAY


# What a person takes back


async def test_only_the_bot_does_not_open_what_was_just_taken_back(house: House) -> None:
    await house.open()
    await house.reply("done")
    await ended(house, Ending.ANSWERED)
    await house.write("a person, once more")
    assert (await house.case()).is_open
    await house.press("kb:1")
    assert (await house.case()).ending is Ending.CANCELLED
    cancelled = "Request {number} is closed. I answer you again."
    assert await house.last_told() == words(cancelled, number=1)
    assert (await session_of(house)).case is None


async def test_forget_is_told_in_every_topic_that_the_case_had(bare_house: House) -> None:
    house = bare_house
    made = await house.api.post(
        "/groups", creator=OWNER, title="Second", bot="administrator", kind="supergroup", forum=True
    )
    second = made["chat"]["id"]
    house.furnish(
        Groups(
            (
                Group(GROUP, "First", STAFF_LOCALE, tuple(Locale)),
                Group(second, "Second", STAFF_LOCALE),
            )
        )
    )
    async with house.roles:
        await house.open()
        await house.write("my story")
        await house.press("d:move:1", user=COUNSELLOR, chat=GROUP)
        await house.press(f"d:move:1:g{second}", user=COUNSELLOR, chat=GROUP)
        await house.write("/forget")
        for group in (GROUP, second):
            texts = [m.get("text", "") for m in await house.api.messages(group)]
            assert sum(words(ERASED) in text for text in texts) >= 1


async def test_a_caption_that_is_taken_away_is_taken_away_from_the_staff_too(house: House) -> None:
    await house.open()
    written = await house.write(photo={"caption": "my secret"})
    assert "my secret" in await house.topic_texts()
    taken = {key: value for key, value in written.items() if key != "caption"}
    edited = taken | {"edit_date": written["date"]}
    await house.receive({"update_id": 900_000_000, "edited_message": edited})
    await house.settle()
    assert "my secret" not in await house.topic_texts()


# Limits


async def test_a_live_location_does_not_use_up_the_limit_of_messages(house: House) -> None:
    await house.open()
    written = await house.write(location={"latitude": 43.2, "longitude": 76.9})
    for step in range(MAX_A_MINUTE + 1):
        place = {"latitude": 43.2 + step / 1000, "longitude": 76.9, "live_period": 900}
        moved = written | {"location": place, "edit_date": written["date"] + step}
        await house.receive({"update_id": 900_000_000 + step, "edited_message": moved})
    await house.settle()
    await house.write("I am here")
    assert (await house.topic_texts())[-1] == "I am here"


async def test_a_button_pressed_for_fun_does_not_fill_the_topic(house: House) -> None:
    await house.open()
    now, cases = house.clock.now(), house.store.cases
    timer = cases.timer(1, MIGRANT, "referral", now + 1)
    assert await cases.write([cases.referred(1, Referral("ngo-almaty", now)), timer])
    await house.later(2)
    before = len(await house.topic_texts())
    for _ in range(MAX_JUDGED_AN_HOUR + 2):
        await house.press("kf:1:no")
    assert len(await house.topic_texts()) == before + MAX_JUDGED_AN_HOUR


async def test_numbers_under_an_open_request_can_be_hidden_on_a_watched_phone(house: House) -> None:
    """Hiding leaves a line that says nothing; in other cases there is no such button."""
    await house.write("/start")
    await house.press("l:ru")
    await house.write("danger at home")
    await house.write("/human")
    opened = (await house.api.messages(MIGRANT))[-1]
    assert any("copy_text" in button for button in buttons(opened))
    hide = "🙈 " + words("Hide this message")
    (button,) = [one for one in buttons(opened) if one["text"] == hide]
    await house.press(button["callback_data"])
    left = next(
        message
        for message in await house.api.messages(MIGRANT)
        if message["message_id"] == opened["message_id"]
    )
    assert left["text"] == words("How can I help?")


async def test_in_other_cases_nothing_needs_to_be_hidden(house: House) -> None:
    await house.open()
    last = (await house.api.messages(MIGRANT))[-1]
    assert not any("🙈" in one["text"] for one in buttons(last))
