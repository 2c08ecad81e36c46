"""A case ends: taken back, closed, rated, opened again, erased, unreachable, by the clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.handoff.case import Counsellor, Ending, State
from bot.handoff.groups import Group, Groups
from bot.handoff.rules import DAY, Rules
from bot.language.tags import Locale
from bot.store.cases import Ban, Referral
from bot.store.inbox import signal_entry
from bot.store.streams import shard_of
from bot.telegram import signals
from bot.telegram.effects import Origin
from bot.telegram.signals import TopicRemade, Undelivered
from tests.telegram.desk.house import (
    COUNSELLOR,
    GROUP,
    MIGRANT,
    OTHER,
    OWNER,
    House,
    buttons,
    said,
    words,
)

if TYPE_CHECKING:
    from bot.telegram.signals import Signal

CLOSED = "The counsellors closed request {number}. I answer you again."
CANCELLED = "Request {number} is closed. I answer you again."
REOPENED = "Request {number} to the counsellors is open again."


async def closed_by_staff(house: House, ending: Ending = Ending.ANSWERED) -> None:
    await house.open()
    await house.write("please help me")
    await house.reply("done")
    await house.press("d:close:1", user=COUNSELLOR, chat=GROUP)
    await house.press(f"d:close:1:{ending.value}", user=COUNSELLOR, chat=GROUP)


async def heed(house: House, signal: Signal) -> None:
    """The helpline tells itself something."""
    follow = signal_entry(MIGRANT, signals.encode(signal))
    name = house.store.keys.stream(follow.family, shard_of(MIGRANT, house.store.shards))
    await house.store.redis.xadd(name, {**follow.fields})
    await house.settle()


async def test_a_migrant_can_take_the_case_back(house: House) -> None:
    await house.open()
    await house.press("kc:1")
    case = await house.case()
    assert (case.state, case.ending) == (State.CLOSED, Ending.CANCELLED)
    assert words(CANCELLED, number=1) == await house.last_told()
    assert await house.topic_is_closed()
    await house.write("my wages")
    assert "unpaid_wages" in str((await house.api.messages(MIGRANT))[-1])
    assert (await house.case()).state == State.CLOSED


async def test_a_button_of_a_case_that_is_over_says_so(house: House) -> None:
    await house.open()
    await house.press("kc:1")
    before = len(await house.told())
    await house.press("kc:1")
    view = await house.api.get(f"/chats/{MIGRANT}?after=0")
    assert view["notices"][-1]["text"] == words("This request is closed.")
    assert len(await house.told()) == before


async def test_nobody_can_press_for_somebody_else(house: House) -> None:
    await house.open()
    await house.write("/start", user=OTHER)
    message = (await house.api.messages(OTHER))[-1]
    await house.api.post(
        "/press", user=OTHER, message_id=message["message_id"], data="kc:1", forged=True
    )
    await house.settle()
    assert (await house.case()).state == State.WAITING


async def test_the_end_is_told_and_rated_in_one_tap(house: House) -> None:
    await closed_by_staff(house)
    assert words(CLOSED, number=1) in await house.last_told()
    last = (await house.api.messages(MIGRANT))[-1]
    assert [button["text"] for button in buttons(last)][:3] == ["😞", "😐", "🙂"]
    await house.press("kr:1:3")
    assert (await house.case()).rating == 3
    assert (await house.topic_texts())[-1].endswith("🙂")


async def test_a_word_may_be_added_within_ten_minutes(house: House) -> None:
    await closed_by_staff(house)
    await house.press("kr:1:1")
    await house.press("kw:1")
    await house.write("nobody helped, call +7 700 000 00 12")
    assert "nobody helped, call [☎ ••12]" in await house.topic_texts()
    assert (await house.case()).state == State.CLOSED
    lines = await house.store.cases.transcript(1)
    assert "nobody helped, call [☎ ••12]" in [line.text for line in lines]


async def test_after_ten_minutes_it_is_a_message_again(house: House) -> None:
    await closed_by_staff(house)
    await house.press("kr:1:1")
    await house.press("kw:1")
    await house.later(601)
    await house.write("nobody helped")
    assert (await house.case()).state == State.WAITING


async def test_after_spam_nobody_is_asked_for_a_rating(house: House) -> None:
    await closed_by_staff(house, Ending.SPAM)
    last = (await house.api.messages(MIGRANT))[-1]
    assert said(last) == words(CLOSED, number=1)
    assert not any(button["callback_data"].startswith("kr:") for button in buttons(last))


async def test_a_message_within_seven_days_opens_the_case_again(house: House) -> None:
    await closed_by_staff(house)
    await house.later(6 * DAY)
    written = await house.write("they still do not pay")
    assert (await house.case()).state == State.WAITING
    assert words(REOPENED, number=1) in await house.last_told()
    assert "they still do not pay" in await house.topic_texts()
    assert not await house.topic_is_closed()
    assert await house.reactions(MIGRANT, written["message_id"]) == ["👍"]


async def test_a_photo_opens_it_again_too(house: House) -> None:
    await closed_by_staff(house)
    await house.write(photo={})
    assert (await house.case()).state == State.WAITING
    assert any("photo" in message for message in await house.in_topic())


async def test_after_seven_days_the_bot_answers(house: House) -> None:
    await closed_by_staff(house)
    await house.later(Rules().reopen + 1)
    await house.write("my wages")
    assert (await house.case()).state == State.CLOSED
    assert "unpaid_wages" in str((await house.api.messages(MIGRANT))[-1])


@pytest.mark.parametrize("text", ["thanks a lot", "bye", "👍", "/menu", "меню", "almaty"])
async def test_closing_words_and_what_is_for_the_bot_do_not_open_it_again(
    house: House, text: str
) -> None:
    await closed_by_staff(house)
    before = len(await house.told())
    await house.write(text)
    assert (await house.case()).state == State.CLOSED
    assert len(await house.told()) > before


async def test_after_spam_a_message_opens_nothing(house: House) -> None:
    await closed_by_staff(house, Ending.SPAM)
    await house.write("buy my watches")
    assert (await house.case()).state == State.CLOSED


async def test_danger_after_the_end_shows_the_card_first_and_opens_an_urgent_case(
    house: House,
) -> None:
    await closed_by_staff(house)
    before = len(await house.told())
    await house.write("danger")
    card, reopened = (await house.api.messages(MIGRANT))[-2:]
    assert any("copy_text" in button for button in buttons(card))
    assert words(REOPENED, number=1) in said(reopened)
    assert len(await house.told()) == before + 2
    assert (await house.case()).is_urgent


async def test_only_the_bot_was_meant(house: House) -> None:
    await closed_by_staff(house)
    await house.write("my wages in May")
    await house.press("kb:1")
    assert (await house.case()).ending == Ending.CANCELLED
    assert "unpaid_wages" in str((await house.api.messages(MIGRANT))[-1])
    await house.write("my wages in June")
    assert (await house.case()).state == State.CLOSED


async def test_forget_erases_the_case_at_once_and_tells_the_staff(house: House) -> None:
    await house.open()
    await house.write("my secret story")
    thread = await house.thread()
    await house.write("/forget")
    assert await house.store.cases.earlier(MIGRANT) == ()
    names = [name async for name in house.store.redis.scan_iter(f"{house.store.keys.prefix}*")]
    kinds = {name.decode().removeprefix(house.store.keys.prefix).split(":")[0] for name in names}
    assert not {"case", "case_plan", "transcript", "cases_of", "recent", "referrals"} & kinds
    left = await house.store.redis.hgetall(house.store.keys.case_map(1))
    assert {name[:1] for name in left} <= {b"r", b"g"}  # the card, so that it could be emptied
    assert len(left) <= 2
    view = await house.api.get(f"/chats/{GROUP}?after=0")
    texts = [said(m) for m in view["messages"] if m.get("message_thread_id") == thread]
    erased = (
        "The person had everything erased. Nothing can be answered any more. "
        "Please delete this topic."
    )
    assert any(words(erased) in text for text in texts)
    assert next(topic["closed"] for topic in view["topics"] if topic["id"] == thread)
    stays = (
        "I told the counsellors that you had your request erased. What you had sent them stays in "
        "their chat, without your name, until they delete it."
    )
    assert words(stays) in await house.told()


async def test_after_forget_the_card_shows_nothing_of_the_person(house: House) -> None:
    await house.write("my wages, a long story")
    await house.write("/human")
    topic = await house.store.cases.topic(1)
    assert topic is not None
    await house.write("/forget")
    card = next(
        said(message)
        for message in await house.api.messages(GROUP)
        if message["message_id"] == topic.card
    )
    assert "long story" not in card


async def test_after_forget_a_message_is_a_first_one(house: House) -> None:
    await house.open()
    await house.write("/forget")
    await house.write("my wages")
    assert await house.store.cases.earlier(MIGRANT) == ()


async def test_a_blocked_bot_makes_the_case_unreachable_until_the_person_is_back(
    house: House,
) -> None:
    await house.open()
    await house.api.post("/block", user=MIGRANT)
    await house.settle()
    assert (await house.case()).unreachable is True
    await house.reply("are you there")
    assert any("⚠️" in text for text in await house.topic_texts())
    await house.api.post("/unblock", user=MIGRANT)
    await house.settle()
    assert (await house.case()).unreachable is False
    assert words("The person is back: what you write arrives.") in await house.topic_texts()


async def test_what_telegram_refused_is_said_where_it_was_written(house: House) -> None:
    await house.open()
    written = await house.write("hello")
    origin = Origin(MIGRANT, written["message_id"])
    await heed(house, Undelivered(1, origin, "expired"))
    last = (await house.api.messages(MIGRANT))[-1]
    sorry = "The counsellors did not get this message. Please send it once more."
    assert said(last) == words(sorry)
    assert last["reply_to_message"]["message_id"] == written["message_id"]


async def test_a_remade_topic_tells_what_was_said(house: House) -> None:
    await house.open()
    await house.write("my long story")
    before = len(await house.topic_texts())
    await heed(house, TopicRemade(1))
    assert any("my long story" in text for text in (await house.topic_texts())[before:])


async def test_a_topic_that_staff_deleted_is_made_again_and_nothing_is_lost(house: House) -> None:
    """A topic was deleted by staff; the user's next message is lost (four topic bots)."""
    await house.open()
    await house.write("first")
    thread = await house.thread()
    await house.api.post("/topics", user=OWNER, chat=GROUP, action="delete", thread=thread)
    await house.write("second")
    assert await house.thread() != thread
    texts = await house.topic_texts()
    assert "second" in texts
    assert any("first" in text for text in texts if text != "second")


async def test_an_idle_case_warns_then_closes(house: House) -> None:
    await house.open()
    await house.write("a question")
    await house.reply("an answer")
    await house.later(Rules().idle_warn + 1)
    number = "Nobody has written here for long. I will close request {number} in {period}. "
    start = words(number + "Do you still need help? Then write here.").partition("{number}")[0]
    assert (await house.last_told()).startswith(start + "1")
    await house.later(Rules().idle_close + 1)
    case = await house.case()
    assert (case.state, case.ending) == (State.CLOSED, Ending.IDLE)
    idle = "Nobody has written here for long: request {number} is closed. I answer you again."
    assert words(idle, number=1) in await house.last_told()


async def test_a_word_of_the_migrant_stops_the_idle_clock(house: House) -> None:
    await house.open()
    await house.reply("an answer")
    await house.later(Rules().idle_warn + 1)
    await house.write("wait, please")
    await house.reply("yes")
    await house.later(Rules().idle_close + 1)
    assert (await house.case()).is_open


async def test_three_days_after_a_referral_it_is_asked_whether_it_helped(house: House) -> None:
    await house.open()
    now, cases = house.clock.now(), house.store.cases
    due = now + Rules().ask_after_referral
    referral = cases.referred(1, Referral("ngo-almaty", now))
    assert await cases.write([referral, cases.timer(1, MIGRANT, "referral", due)])
    await house.reply("go there")
    await house.later(Rules().ask_after_referral + 1)
    asked = [text for text in await house.told() if "ngo-almaty" in text]
    assert len(asked) == 1
    await house.press("kf:1:dead")
    reports = await house.store.reports.all()
    assert [report.centre for report in reports] == ["ngo-almaty"]
    assert any("ngo-almaty" in text for text in await house.topic_texts())


async def test_the_staff_read_in_their_own_language_whether_it_helped(bare_house: House) -> None:
    """In that of the group that has the case now, not of the one that takes the language."""
    house = bare_house
    first = Group(-1_001_000_000_009, "First", Locale.KK, tuple(Locale))
    house.furnish(Groups((first, Group(GROUP, "Second", Locale.RU))))
    await house.store.cases.write([house.store.cases.shut(first.id)])
    async with house.roles:
        await house.open()
        now, cases = house.clock.now(), house.store.cases
        assert await cases.write(
            [
                cases.referred(1, Referral("ngo-almaty", now)),
                cases.timer(1, MIGRANT, "referral", now + 1),
            ]
        )
        await house.later(2)
        await house.press("kf:1:no")
        told = words("The person says of {name}: it did not help.", name="ngo-almaty")
        assert told in await house.topic_texts()


async def test_a_person_blocked_in_an_open_case_is_told_and_not_carried_over(
    house: House,
) -> None:
    await house.open()
    now = house.clock.now()
    ban = Ban(now + DAY, "abuse", Counsellor(OWNER, "O"), now, GROUP, 1)
    await house.store.cases.write(house.store.cases.banned(MIGRANT, ban))
    await house.write("insults")
    assert "insults" not in await house.topic_texts()
    last = (await house.api.messages(MIGRANT))[-1]
    assert any("copy_text" in button for button in buttons(last))


async def test_the_two_sides_never_lose_each_others_change(house: House) -> None:
    """The migrant's turn and the staff's run at the same time, in different shards."""
    await house.open()
    thread = await house.thread()
    for number in range(8):
        await house.api.send(f"from the migrant {number}", user=MIGRANT)
        await house.api.send(f"from staff {number}", user=COUNSELLOR, chat=GROUP, thread=thread)
    await house.settle()
    assert [text for text in await house.topic_texts() if text.startswith("from the m")] == [
        f"from the migrant {number}" for number in range(8)
    ]
    assert [text for text in await house.told() if text.startswith("from staff")] == [
        f"from staff {number}" for number in range(8)
    ]
    case = await house.case()
    assert case.claimed_by is not None
    assert case.claimed_by.id == COUNSELLOR


async def test_a_late_timer_of_an_erased_case_means_nothing(house: House) -> None:
    await house.open()
    await house.write("/forget")
    before = len(await house.told())
    await heed(house, signals.TimerDue(1, "remind"))
    await heed(house, signals.TimerDue(1, "no_such_timer"))
    assert len(await house.told()) == before


async def test_an_edit_of_what_was_for_the_bot_is_read_again(house: House) -> None:
    written = await house.write("wages of May")
    await closed_by_staff(house)
    before = len(await house.told())
    await house.write("wages of June", edit=written["message_id"])
    assert len(await house.told()) == before + 1
    assert (await house.case()).state == State.CLOSED


async def test_a_correction_after_the_end_changes_the_copy(house: House) -> None:
    await closed_by_staff(house)
    written = next(m for m in await house.api.messages(MIGRANT) if said(m) == "please help me")
    before = len(await house.told())
    await house.write("please help us", edit=written["message_id"])
    assert "please help us" in await house.topic_texts()
    assert len(await house.told()) == before
    assert (await house.case()).state == State.CLOSED


async def test_the_word_button_of_an_old_case_does_not_hide_the_open_one(house: House) -> None:
    await closed_by_staff(house)
    await house.press("kr:1:2")
    await house.write("/human")
    await house.press("kw:1")
    await house.write("for the second case")
    assert (await house.case()).number == 2
    assert "for the second case" in await house.topic_texts()
