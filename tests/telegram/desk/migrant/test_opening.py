"""A case is opened: by what, where, and what the migrant is told."""

from __future__ import annotations

import pytest

from bot.answers.model import DangerKind
from bot.handoff.case import Counsellor, Opening, State
from bot.handoff.groups import Group, Groups
from bot.handoff.hours import Hours, hours_of
from bot.language.tags import Locale
from bot.store.cases import Ban
from bot.telegram.desk.migrant.opening import MAX_URGENT_AN_HOUR
from tests.telegram.desk.house import (
    COUNSELLOR,
    GROUP,
    MIGRANT,
    OWNER,
    STAFF_LOCALE,
    House,
    buttons,
    said,
    words,
)

SECRET = "+7 700 000 00 12"
DAY = 24 * 3600


def opened(number: int = 1) -> str:
    message = "Your request to the counsellors is open. Its number: {number}."
    return words(message, number=number)


def usual_wait(number: str) -> str:
    """The beginning of the sentence, up to the number."""
    before, _, _ = words("Usual wait: {period}.").partition("{period}")
    return before + number


async def test_a_command_opens_a_case_and_its_topic(house: House) -> None:
    case = await house.open()
    assert (case.state, case.opening, case.locale) == (State.WAITING, Opening.ASKED, Locale.RU)
    assert opened() in await house.last_told()
    assert await house.thread() > 0


async def test_the_migrant_learns_what_happens_next_and_what_staff_do_not_see(
    house: House,
) -> None:
    await house.open()
    told = await house.last_told()
    assert words("The counsellors read it and answer here, in this chat.") in told
    hidden = (
        "The counsellors do not see your name and number unless you show them. "
        "What you send, they see."
    )
    assert words(hidden) in told
    last = (await house.api.messages(MIGRANT))[-1]
    assert [button["callback_data"] for button in buttons(last)] == ["kc:1", "ks:1"]


async def test_a_waiting_time_is_told_only_where_it_is_known(house: House) -> None:
    writes = [house.store.cases.waited(GROUP, 60 * minutes) for minutes in (2, 3, 4, 40, 50)]
    await house.store.cases.write(writes)
    await house.open()
    assert usual_wait("4") in await house.last_told()


async def test_no_waiting_time_is_made_up(house: House) -> None:
    await house.store.cases.write([house.store.cases.waited(GROUP, 60)])
    await house.open()
    assert usual_wait("") not in await house.last_told()


async def test_somebody_on_duty_is_told(house: House) -> None:
    who = Counsellor(COUNSELLOR, "A")
    await house.store.cases.write([house.store.cases.duty(GROUP, who, house.clock.now() + 3600)])
    await house.open()
    on_duty = "A counsellor is on duty now and will answer here, in this chat."
    assert words(on_duty) in await house.last_told()


async def test_off_hours_the_opening_time_and_hotlines_are_told(bare_house: House) -> None:
    hours = hours_of("Mon-Fri 09:00-18:00", country=None)
    assert isinstance(hours, Hours)
    bare_house.clock.moment = 1_800_000_000.0 // DAY * DAY + 17 * 3600  # 22:00 in Almaty
    group = Group(GROUP, "Staff", STAFF_LOCALE, tuple(Locale), hours=hours)
    bare_house.furnish(Groups((group,)))
    async with bare_house.roles:
        await bare_house.open()
        told = await bare_house.last_told()
    assert "09:00" in told
    assert words("Hotlines for the whole country:") in told


async def test_a_button_under_a_danger_card_opens_an_urgent_case(house: House) -> None:
    await house.write("/start")
    await house.press("l:ru")
    await house.write("danger at work")
    await house.press("pw:danger:violence")
    case = await house.case()
    assert (case.opening, case.dangers) == (Opening.DANGER, (DangerKind.VIOLENCE,))
    assert case.question == "danger at work"


async def test_the_button_under_a_danger_card_shows_whom_to_call(house: House) -> None:
    """Rule: what the card promises is kept, with a desk too; also for a case that is open."""
    await house.write("/start")
    await house.press("l:ru")
    await house.write("danger at work")
    for number in (1, 1):
        await house.press("pw:danger:violence")
        assert (await house.case()).number == number
        last = (await house.api.messages(MIGRANT))[-1]
        assert words("Hotlines for the whole country:") in said(last)
        assert any("copy_text" in button for button in buttons(last))


async def test_what_waits_for_the_citizenship_is_the_subject(house: House) -> None:
    await house.write("/start")
    await house.press("l:ru")
    await house.write("must I hold one")
    await house.write("/human")
    assert (await house.case()).subject == "permit_need"


async def test_a_question_for_the_language_is_no_subject(house: House) -> None:
    await house.write("/start")
    await house.press("l:ru")
    await house.write("change the tongue")
    await house.write("/human")
    case = await house.case()
    assert (case.subject, case.before[-1].subject) == (None, None)


async def test_danger_just_before_makes_any_case_urgent(house: House) -> None:
    await house.write("danger at work")
    await house.write("/human")
    assert (await house.case()).dangers == (DangerKind.VIOLENCE,)


async def test_a_button_under_an_answer_tells_its_subject(house: House) -> None:
    await house.write("my wages are not paid")
    await house.press("pw:answer:unpaid_wages")
    case = await house.case()
    assert (case.opening, case.subject) == (Opening.ANSWER, "unpaid_wages")
    assert [turned.text for turned in case.before] == ["my wages are not paid"]


async def test_the_second_fallback_leads_to_a_person(house: House) -> None:
    await house.write("abracadabra")
    await house.write("hocus pocus")
    await house.press("pw:lost")
    case = await house.case()
    assert (case.opening, len(case.before)) == (Opening.LOST, 2)


async def test_old_buttons_keep_working(house: House) -> None:
    """The button of a card from an earlier release."""
    await house.write("/start")
    await house.press("l:ru")
    await house.press("do:human")
    assert (await house.case()).opening == Opening.ASKED


async def test_a_message_that_asks_for_a_person_is_the_question(house: House) -> None:
    await house.write("a person please, my boss hit me")
    assert (await house.case()).question == "a person please, my boss hit me"


async def test_a_burst_of_wishes_opens_one_case(house: House) -> None:
    """The first two messages of a user open two topics in MasterGroosha's bot (#13)."""
    await house.write("/start")
    for _ in range(3):
        await house.api.send("/human", user=MIGRANT)
    await house.settle()
    assert await house.store.cases.earlier(MIGRANT) == (1,)
    view = await house.api.get(f"/chats/{GROUP}?after=0")
    assert len(view["topics"]) == 2  # General, and the case's
    open_one = "Request {number} is open. What you write here goes to people."
    already = words(open_one, Locale.KK, number=1)
    assert sum(already in told for told in await house.told()) == 2


async def test_what_was_said_before_is_masked_on_the_card(house: House) -> None:
    await house.write(f"my wages, call {SECRET}")
    await house.write("/human")
    topic = await house.store.cases.topic(1)
    assert topic is not None
    card = next(
        said(message)
        for message in await house.api.messages(GROUP)
        if message["message_id"] == topic.card
    )
    assert "my wages, call [☎ ••12]" in card
    raw = await house.store.redis.get(house.store.keys.case(1))
    assert raw is not None
    assert b"700 000" not in raw


async def test_the_bot_remembers_the_last_five_turns_masked(house: House) -> None:
    for number in range(7):
        await house.write(f"wages {number} {SECRET}")
    kept = await house.store.cases.recent(MIGRANT)
    assert [turned.text for turned in kept] == [f"wages {n} [☎ ••12]" for n in range(2, 7)]
    assert {turned.subject for turned in kept} == {"unpaid_wages"}


async def test_commands_are_not_remembered(house: House) -> None:
    await house.write("/menu")
    await house.write("меню")
    assert await house.store.cases.recent(MIGRANT) == ()


async def test_five_requests_a_day_are_enough(house: House) -> None:
    for number in range(1, 6):
        await house.write("/human")
        await house.press(f"kc:{number}")
    await house.write("/human")
    too_often = "You asked for a counsellor many times today. Try again tomorrow, or call now:"
    assert words(too_often) in await house.last_told()
    assert len(await house.store.cases.earlier(MIGRANT)) == 5
    await house.later(DAY + 60)
    assert await house.store.redis.delete(house.store.keys.limits(MIGRANT, "open")) == 1
    await house.write("/human")
    assert len(await house.store.cases.earlier(MIGRANT)) == 6


async def test_who_may_be_in_danger_is_not_turned_away_for_asking_often(house: House) -> None:
    """Somebody who is watched takes a request back, and asks again when they are alone."""
    for number in range(1, 6):
        await house.write("/human")
        await house.press(f"kc:{number}")
    await house.write("danger")
    await house.press("pw:danger")
    case = await house.case()
    assert (case.number, case.is_open, case.is_urgent) == (6, True, True)


async def test_also_in_danger_requests_in_an_hour_have_an_end(house: House) -> None:
    """And then the lines are named that living people answer."""
    await house.write("danger")
    for number in range(1, MAX_URGENT_AN_HOUR + 1):
        await house.press("pw:danger")
        await house.press(f"kc:{number}")
    await house.press("pw:danger")
    assert len(await house.store.cases.earlier(MIGRANT)) == MAX_URGENT_AN_HOUR
    last = (await house.api.messages(MIGRANT))[-1]
    assert any("copy_text" in button for button in buttons(last))


async def test_who_is_blocked_by_the_staff_gets_hotlines_and_danger_cards(house: House) -> None:
    now = house.clock.now()
    ban = Ban(now + DAY, "abuse", Counsellor(OWNER, "O"), now, GROUP, 1)
    await house.store.cases.write(house.store.cases.banned(MIGRANT, ban))
    await house.write("/human")
    assert await house.store.cases.earlier(MIGRANT) == ()
    last = (await house.api.messages(MIGRANT))[-1]
    assert any("copy_text" in button for button in buttons(last))
    await house.write("danger")
    card = (await house.api.messages(MIGRANT))[-1]
    assert "pw:danger:violence" in [button.get("callback_data") for button in buttons(card)]


@pytest.mark.parametrize("locale", [Locale.UZ_CYRL, Locale.RU])
async def test_a_case_goes_to_the_group_of_its_language(bare_house: House, locale: Locale) -> None:
    told = await bare_house.api.post(
        "/groups", creator=OWNER, title="Uzbek", bot="administrator", kind="supergroup", forum=True
    )
    uzbek = told["chat"]["id"]
    groups = (
        Group(GROUP, "Rest", STAFF_LOCALE),
        Group(uzbek, "Uzbek", STAFF_LOCALE, (Locale.UZ, Locale.UZ_CYRL)),
    )
    bare_house.furnish(Groups(groups))
    async with bare_house.roles:
        case = await bare_house.open(locale=locale)
    assert case.group == (uzbek if locale is Locale.UZ_CYRL else GROUP)


async def test_a_lost_session_finds_the_open_case_again(house: House) -> None:
    await house.open()
    await house.store.redis.delete(house.store.keys.session(MIGRANT))
    await house.write("/human")
    assert await house.store.cases.earlier(MIGRANT) == (1,)
    await house.write("here I am")
    assert "here I am" in await house.topic_texts()


async def test_the_session_holds_a_number_and_no_name(house: House) -> None:
    await house.open()
    await house.write("my name is nobody's")
    raw = await house.store.redis.get(house.store.keys.session(MIGRANT))
    assert raw is not None
    assert b'"case":1' in raw
    assert b"nobody" not in raw
