"""What the staff do with a case: by button, by command, two of them at once."""

from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from bot.answers.model import Citizenship, DangerKind
from bot.handoff.case import BY_STAFF, Case, Counsellor, Ending, State
from bot.handoff.rules import DAY
from bot.language.tags import Locale
from bot.store.cases import Line
from bot.store.store import Store
from bot.telegram.desk.cases import timers as timer_names
from bot.telegram.effects import (
    ChangeTopic,
    CopyMessage,
    DeleteMessage,
    EditMessage,
    Origin,
    SendMessage,
)
from bot.telegram.signals import Undelivered
from tests.telegram.desk.staff_room import (
    AZIZA,
    BORIS,
    GROUP,
    MIGRANT,
    NOW,
    OTHER,
    Room,
    buttons,
    chat,
    message,
    of,
    person,
    ru,
    said,
    toasts,
)

NAMED = {AZIZA: Counsellor(AZIZA, "Aziza"), BORIS: Counsellor(BORIS, "Boris")}


@pytest.fixture
async def room(store: Store) -> Room:
    return Room(store)


@pytest.fixture
async def case(room: Room) -> Case:
    return await room.case()


async def test_two_cannot_both_claim(room: Room, case: Case) -> None:
    await room.press(f"d:claim:{case.number}", AZIZA)
    late = await room.press(f"d:claim:{case.number}", BORIS)
    assert toasts(late) == [ru("{name} has this case.", name="Aziza")]
    assert (await room.now(case)).claimed_by == NAMED[AZIZA]


async def test_two_who_claim_at_the_same_moment_do_not_both_get_it(room: Room, case: Case) -> None:
    def pressing(user: int) -> dict[str, object]:
        shown = message("card", user=1, message_id=60)
        query = {"id": "q", "from": person(user), "chat_instance": "c"}
        return {"callback_query": {**query, "data": f"d:claim:{case.number}", "message": shown}}

    first, second = await room.decide(pressing(AZIZA)), await room.decide(pressing(BORIS))
    assert await room.commit(second)
    assert not await room.commit(first)
    await room.happens(pressing(AZIZA))
    assert (await room.now(case)).claimed_by == NAMED[BORIS]


async def test_everybody_sees_who_has_it(room: Room, case: Case) -> None:
    effects = await room.press(f"d:claim:{case.number}")
    assert ru("{name} takes the case.", name="Aziza") in said(effects, GROUP)[0]
    (card,) = of(effects, EditMessage)
    assert "Aziza" in card.text
    assert {b.data for row in card.keyboard for b in row} >= {
        f"d:take:{case.number}",
        f"d:release:{case.number}",
    }
    (topic,) = of(effects, ChangeTopic)
    assert topic.icon == "💬"


@pytest.mark.parametrize("how", ["button", "command"])
async def test_release_gives_it_back_to_the_queue(room: Room, case: Case, how: str) -> None:
    await room.write("/claim@test_bot")
    if how == "button":
        await room.press(f"d:release:{case.number}")
    else:
        await room.write("/release")
    now = await room.now(case)
    assert (now.state, now.claimed_by) == (State.WAITING, None)


async def test_a_command_for_another_bot_is_not_ours(room: Room, case: Case) -> None:
    assert await room.write("/claim@other_bot") == ()
    assert (await room.now(case)).claimed_by is None


async def test_an_unknown_command_gets_help_and_reaches_nobody(room: Room, case: Case) -> None:
    effects = await room.write("/clame")
    assert said(effects, MIGRANT) == []
    assert "/queue" in said(effects, GROUP)[0]


async def test_commands_of_a_case_need_its_topic(room: Room, case: Case) -> None:
    effects = await room.write("/claim", thread=None)
    assert said(effects, GROUP) == [ru("This works in the topic of a case.")]


@pytest.mark.parametrize("ending", BY_STAFF)
async def test_closing_asks_how_it_ended(room: Room, case: Case, ending: Ending) -> None:
    asked = await room.press(f"d:close:{case.number}")
    assert set(buttons(asked).values()) == {f"d:close:{case.number}:{one}" for one in BY_STAFF}
    effects = await room.press(f"d:close:{case.number}:{ending}", message_id=70)
    now = await room.now(case)
    assert (now.state, now.ending, now.closed) == (State.CLOSED, ending, NOW)
    assert of(effects, DeleteMessage) == [DeleteMessage(chat_id=GROUP, message_id=70)]
    assert [one.closed for one in of(effects, ChangeTopic)] == [True]
    assert await room.cases.open_in(GROUP) == ()


async def test_a_stale_button_says_so_and_does_nothing(room: Room, case: Case) -> None:
    for data in ("d:claim", "d:fly:1", f"d:claim:{case.number}x", "d:reveal:1:nobody"):
        effects = await room.press(data)
        assert len(toasts(effects)) == 1
        assert toasts(effects)[0]
    assert (await room.now(case)).claimed_by is None


async def test_a_button_of_a_case_that_is_gone_says_so(room: Room) -> None:
    assert toasts(await room.press("d:claim:999")) == [
        ru("This case was erased: nothing of it is kept.")
    ]


async def test_strangers_cannot_press(room: Room, case: Case) -> None:
    effects = await room.press(f"d:claim:{case.number}", 999)
    assert toasts(effects) == [ru("This button is for the members of the group.")]
    assert (await room.now(case)).claimed_by is None


async def test_a_group_has_no_say_in_anothers_case(room: Room, case: Case) -> None:
    effects = await room.press(f"d:claim:{case.number}", group=OTHER)
    assert toasts(effects) == [ru("This case is with another group now.")]
    assert (await room.now(case)).claimed_by is None


async def test_every_press_is_confirmed_once(room: Room, case: Case) -> None:
    number = case.number
    actions = ["claim", "note", "answer", "move", "close", "block", "release", "teach", "unblock"]
    for action in actions:
        assert len(toasts(await room.press(f"d:{action}:{number}"))) == 1


async def test_other_chats_are_let_through(room: Room, case: Case) -> None:
    private = {"id": MIGRANT, "type": "private", "first_name": "M"}
    foreign = {"id": -5, "type": "group", "title": "Others"}
    for where in (private, foreign):
        await room.happens({"message": message("hi", thread=None) | {"chat": where}})
    assert len(room.passed) == 2
    await room.write("hi", thread=None)
    assert len(room.passed) == 2


async def test_a_case_goes_to_another_group_with_its_history(room: Room, case: Case) -> None:
    await room.write("We look into it")
    asked = await room.press(f"d:move:{case.number}")
    assert buttons(asked) == {"👥 Second": f"d:move:{case.number}:g{OTHER}"}
    effects = await room.press(f"d:move:{case.number}:g{OTHER}")
    now = await room.now(case)
    assert (now.group, now.state, now.claimed_by) == (OTHER, State.WAITING, None)
    assert (await room.cases.open_in(GROUP), await room.cases.open_in(OTHER)) == (
        (),
        (case.number,),
    )
    (there,) = said(effects, OTHER)
    assert "We look into it" in there
    assert "Aziza" in said(effects, GROUP)[0]
    closed = [(one.chat_id, one.closed) for one in of(effects, ChangeTopic)]
    assert closed == [(OTHER, None), (GROUP, True)]
    assert said(effects, MIGRANT) == []


async def test_a_case_goes_to_somebody_on_duty(room: Room, case: Case) -> None:
    await room.write("/duty on", user=BORIS, thread=None)
    await room.press(f"d:claim:{case.number}", AZIZA)
    asked = await room.press(f"d:move:{case.number}", AZIZA)
    assert f"d:move:{case.number}:u{BORIS}" in buttons(asked).values()
    effects = await room.press(f"d:move:{case.number}:u{BORIS}", AZIZA)
    assert (await room.now(case)).claimed_by == NAMED[BORIS]
    assert f"tg://user?id={BORIS}" in said(effects, GROUP)[0]


async def test_whoever_went_off_duty_cannot_be_given_a_case(room: Room, case: Case) -> None:
    await room.write("/duty on", user=BORIS, thread=None)
    await room.write("/duty off", user=BORIS, thread=None)
    await room.press(f"d:move:{case.number}:u{BORIS}", AZIZA)
    assert (await room.now(case)).claimed_by is None


async def test_a_block_asks_why_and_for_how_long(room: Room, case: Case) -> None:
    number = case.number
    why = buttons(await room.press(f"d:block:{number}")).values()
    assert set(why) == {f"d:block:{number}:{one}" for one in ("abuse", "spam", "threats")}
    long = buttons(await room.press(f"d:block:{number}:abuse")).values()
    assert set(long) == {f"d:block:{number}:abuse:{days}" for days in (1, 7, 30)}
    with capture_logs() as logs:
        await room.press(f"d:block:{number}:abuse:7")
    ban = await room.cases.ban(MIGRANT)
    assert ban is not None
    assert (ban.reason, ban.until, ban.by.id) == ("abuse", NOW + 7 * DAY, AZIZA)
    assert (await room.now(case)).ending is Ending.BLOCKED
    assert [one["event"] for one in logs] == ["person_blocked"]


async def test_the_list_of_blocks_shows_numbers_of_cases_only(room: Room, case: Case) -> None:
    await room.press(f"d:block:{case.number}:spam:1")
    (listed,) = said(await room.write("/blocked", thread=None), GROUP)
    assert str(case.number) in listed
    assert str(MIGRANT) not in listed


@pytest.mark.parametrize("how", ["button", "command"])
async def test_unblocking(room: Room, case: Case, how: str) -> None:
    await room.press(f"d:block:{case.number}:spam:1")
    if how == "button":
        await room.press(f"d:unblock:{case.number}")
    else:
        await room.write("/unblock")
    assert await room.cases.ban(MIGRANT) is None


async def test_reopening_makes_it_mine_and_tells_the_migrant(room: Room, case: Case) -> None:
    await room.press(f"d:close:{case.number}:{Ending.ANSWERED}")
    effects = await room.press(f"d:reopen:{case.number}", BORIS)
    now = await room.now(case)
    assert (now.state, now.claimed_by, now.ending) == (State.CLAIMED, NAMED[BORIS], None)
    assert len(said(effects, MIGRANT)) == 1
    assert [one.closed for one in of(effects, ChangeTopic)] == [False]
    timers = await room.store.redis.zrange(room.store.keys.timers(), 0, -1)
    assert f"{MIGRANT}:{case.number}:{timer_names.ADOPT}".encode() in timers


async def test_who_has_an_open_case_gets_no_second_one(room: Room, case: Case) -> None:
    await room.press(f"d:close:{case.number}:{Ending.ANSWERED}")
    newer = await room.case(thread=8)
    effects = await room.press(f"d:reopen:{case.number}")
    assert str(newer.number) in str(toasts(effects))
    assert not (await room.now(case)).is_open


async def test_a_blocked_persons_case_is_not_reopened_by_mistake(room: Room, case: Case) -> None:
    await room.press(f"d:block:{case.number}:spam:1")
    await room.press(f"d:reopen:{case.number}")
    assert not (await room.now(case)).is_open


async def test_a_reveal_copies_the_original_and_is_logged_without_it(
    room: Room, case: Case
) -> None:
    with capture_logs() as logs:
        effects = await room.press(f"d:reveal:{case.number}:33", message_id=61)
    (copy,) = of(effects, CopyMessage)
    assert (copy.from_chat_id, copy.message_id, copy.chat_id) == (MIGRANT, 33, GROUP)
    assert copy.reply_to == 61
    (seen,) = await room.cases.reveals(NOW)
    assert (seen.staff, seen.case, seen.kind) == (AZIZA, case.number, "message")
    assert logs == [
        {
            "event": "message_revealed",
            "case": case.number,
            "staff": AZIZA,
            "log_level": "info",
        }
    ]


async def test_what_the_bot_should_have_known_is_kept_without_whose_it_is(
    room: Room, case: Case
) -> None:
    await room.press(f"d:teach:{case.number}")
    (question,) = [one.question for one in await room.cases.review(NOW)]
    assert (question.text, question.locale) == ("Where is my pay?", "uz")


async def test_whoever_leaves_the_group_leaves_their_cases(room: Room, case: Case) -> None:
    other = await room.case(thread=8, chat_id=1002)
    await room.press(f"d:claim:{case.number}", AZIZA)
    await room.press(f"d:claim:{other.number}", BORIS)
    left = {"status": "left", "user": person(AZIZA)}
    change = {"chat": chat(GROUP), "from": person(AZIZA), "date": 1, "new_chat_member": left}
    was = {"status": "member", "user": person(AZIZA)}
    effects = await room.happens({"chat_member": {**change, "old_chat_member": was}})
    assert (await room.now(case)).state is State.WAITING
    assert (await room.now(other)).claimed_by == NAMED[BORIS]
    assert "Aziza" in said(effects, GROUP)[0]
    gone = message(None, thread=None, left_chat_member=person(AZIZA))
    assert await room.happens({"message": gone}) == ()


async def test_a_topic_closed_by_hand_asks_for_the_case(room: Room, case: Case) -> None:
    effects = await room.write(forum_topic_closed={})
    assert set(buttons(effects).values()) == {f"d:close:{case.number}:{e}" for e in BY_STAFF}
    assert (await room.now(case)).is_open
    by_bot = message(None, user=1, forum_topic_closed={})
    assert await room.happens({"message": by_bot}) == ()


async def test_a_group_with_a_new_id_takes_its_cases_along(room: Room, case: Case) -> None:
    new = -1001000000099
    moved = message(None, thread=None, migrate_to_chat_id=new)
    await room.happens({"message": moved})
    assert await room.cases.canonical(GROUP) == new
    assert await room.cases.open_in(new) == (case.number,)
    effects = await room.press(f"d:claim:{case.number}", group=new)
    assert (await room.now(case)).claimed_by == NAMED[AZIZA]
    assert said(effects, new)


async def test_the_new_groups_own_message_does_the_same(room: Room, case: Case) -> None:
    new = -1001000000099
    moved = message(None, thread=None, group=new, migrate_from_chat_id=GROUP)
    await room.happens({"message": moved})
    assert await room.cases.canonical(GROUP) == new


async def test_the_queue_has_danger_on_top_then_who_waits_longest(room: Room) -> None:
    first = await room.case(thread=11, chat_id=1)
    room.clock.time += 60
    second = await room.case(thread=12, chat_id=2)
    room.clock.time += 60
    urgent = await room.case(thread=13, chat_id=3, dangers=(DangerKind.VIOLENCE,))
    room.clock.time += 60
    await room.write("answered", thread=11)
    (listed,) = said(await room.write("/queue", thread=None), GROUP)
    lines = listed.splitlines()[1:]
    threads = [line.split("/1000000001/")[1].split('"')[0] for line in lines]
    assert threads == ["13", "12", "11"]
    assert len({first.number, second.number, urgent.number}) == 3


async def test_history_has_earlier_cases_by_number_and_what_was_written(room: Room) -> None:
    earlier = await room.case(thread=5)
    await room.press(f"d:close:{earlier.number}:{Ending.REFERRED}")
    case = await room.case(thread=7)
    await room.cases.write((room.cases.line(case.number, Line(NOW, "migrant", "text", "Help")),))
    (shown,) = said(await room.write("/history"), GROUP)
    assert ru("Case {number}", number=earlier.number) in shown
    assert "Help" in shown
    assert str(MIGRANT) not in shown


@pytest.mark.parametrize(
    ("command", "field", "value"),
    [
        ("/lang uz-Cyrl", "locale", Locale.UZ_CYRL),
        ("/lang Тоҷикӣ", "locale", Locale.TG),
        ("/citizen tj", "citizenship", Citizenship.TAJIKISTAN),
        ("/citizen Узбекистан", "citizenship", Citizenship.UZBEKISTAN),
        ("/city Шымкент", "city", "shymkent"),
        ("/city шым", "city", "shymkent"),
    ],
)
async def test_the_profile_of_a_case_can_be_corrected(
    room: Room, case: Case, command: str, field: str, value: object
) -> None:
    effects = await room.write(command)
    assert getattr(await room.now(case), field) == value
    assert len(of(effects, EditMessage)) == 1


@pytest.mark.parametrize("command", ["/lang", "/lang klingon", "/citizen", "/citizen x"])
async def test_what_is_not_understood_is_asked_with_buttons(
    room: Room, case: Case, command: str
) -> None:
    choices = buttons(await room.write(command))
    assert len(choices) == 6
    await room.press(next(iter(choices.values())) or "")
    assert await room.now(case) != case


async def test_duty_ends_by_itself(room: Room) -> None:
    await room.write("/duty on", thread=None)
    assert [one.who for one in await room.cases.on_duty(GROUP, NOW)] == [NAMED[AZIZA]]
    assert await room.cases.on_duty(GROUP, NOW + 13 * 3600) == ()


async def test_what_could_not_be_delivered_is_said_where_it_was_written(
    room: Room, case: Case
) -> None:
    turn = room.turn()
    loaded = await room.desk.load(turn, case.number)
    assert loaded is not None
    signal = Undelivered(case.number, Origin(GROUP, 105), "blocked")
    await room.side.undelivered(turn, loaded, signal)
    (told,) = of(turn.effects, SendMessage)
    assert (told.chat_id, told.reply_to) == (GROUP, 105)


async def test_a_new_topic_gets_the_history(room: Room, case: Case) -> None:
    await room.write("We look into it")
    turn = room.turn()
    loaded = await room.desk.load(turn, case.number)
    assert loaded is not None
    await room.side.history(turn, loaded)
    assert "We look into it" in said(turn.effects, GROUP)[0]


async def test_nobody_learns_who_the_migrant_is(room: Room, case: Case) -> None:
    """Staff see a number, never a chat or an account."""
    everything = []
    for command in ("/history", "/queue", "/help", "/desk", "/a", "/refer", "/snippets", "/duty"):
        everything += said(await room.write(command), GROUP)
    assert len(everything) == 8
    assert str(MIGRANT) not in " ".join(everything)


async def test_what_fails_is_said_where_it_was_tried(
    room: Room, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody must believe that a message went out which did not."""

    async def broken(number: int) -> None:
        raise RuntimeError("secret words")

    monkeypatch.setattr(room.cases, "load", broken)
    sentence = ru("Something went wrong on my side: this was not done. Please try again.")
    with capture_logs() as logs:
        (told,) = await room.write("Hello", message_id=105)
        pressed = await room.press(f"d:claim:{case.number}")
    assert (told.text, told.reply_to) == (sentence, 105)  # type: ignore[union-attr]
    assert toasts(pressed) == [sentence]
    assert "secret words" not in str(logs)


async def test_history_has_the_question_from_before_the_case(room: Room, case: Case) -> None:
    assert "Where is my pay?" in said(await room.write("/history"), GROUP)[0]


async def test_that_the_bot_pinned_a_card_is_deleted(room: Room, case: Case) -> None:
    """In topics of cases, and only what the bot itself pinned."""
    card = {"message_id": 5, "date": 1, "chat": chat(GROUP), "text": "card"}
    by_bot = message(user=1, message_id=6, pinned_message=card)
    by_bot["from"]["is_bot"] = True
    effects = await room.happens({"message": by_bot})
    assert effects == (DeleteMessage(chat_id=GROUP, message_id=6, late=True),)
    by_hand = message(message_id=7, pinned_message=card)
    elsewhere = message(user=1, message_id=8, thread=99, pinned_message=card)
    for other in (by_hand, elsewhere):
        assert await room.happens({"message": other}) == ()


async def test_the_settings_name_the_callers_own_id(room: Room, case: Case) -> None:
    """For the coordinators in the staff file; Telegram shows it nowhere."""
    (told,) = said(await room.write("/desk", thread=None, user=BORIS), GROUP)
    assert f"<code>{BORIS}</code>" in told
    assert str(AZIZA) not in told
