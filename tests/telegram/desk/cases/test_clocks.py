"""Time in a case, over HTTP on the sandbox: reminders, alarms, absence, idleness, closed hours."""

from __future__ import annotations

from typing import Any

import pytest

from bot.handoff.case import Ending, State
from bot.handoff.groups import Group, Groups
from bot.handoff.hours import Hours, hours_of
from bot.handoff.rules import DAY, HOUR, Rules
from bot.language.tags import Locale
from tests.telegram.desk.house import (
    COLLEAGUE,
    COUNSELLOR,
    GROUP,
    MIGRANT,
    OWNER,
    STAFF_LOCALE,
    House,
    said,
    words,
)
from tests.telegram.desk.trouble import reminders

RULES = Rules()
FRIDAY_NOON = 1_800_000_000.0 // DAY * DAY + 7 * HOUR
"""In Almaty."""


def called(message: dict[str, Any]) -> set[int]:
    """Whom a message mentions: their phones ring."""
    mentions = [one for one in message.get("entities", ()) if one["type"] == "text_mention"]
    return {one["user"]["id"] for one in mentions}


async def working_house(house: House) -> None:
    """A group that works on weekdays from nine to six, on a Friday noon."""
    hours = hours_of("Mon-Fri 09:00-18:00", country=None)
    assert isinstance(hours, Hours)
    house.clock.moment = FRIDAY_NOON
    group = Group(GROUP, "Staff", STAFF_LOCALE, tuple(Locale), hours, coordinators=(OWNER,))
    house.furnish(Groups((group,)))


async def test_an_unclaimed_case_reminds_then_calls_the_coordinators_until_it_is_claimed(
    house: House,
) -> None:
    await house.open()
    await house.later(RULES.remind + 1)
    (reminder,) = [m for m in await house.in_topic() if reminders([said(m)])]
    assert called(reminder) == set()
    await house.later(RULES.alarm - RULES.remind)
    alarm = (await house.in_topic())[-1]
    assert called(alarm) == {OWNER}
    await house.later(RULES.alarm_again + 1)
    assert len(reminders(await house.topic_texts())) == 3
    await house.press("d:claim", COUNSELLOR, GROUP)
    await house.later(RULES.nudge - 1)
    assert len(reminders(await house.topic_texts())) == 3


async def test_a_counsellor_who_does_not_answer_is_called_then_loses_the_case(
    house: House,
) -> None:
    """A counsellor's absence returns the case to the queue, where another takes it."""
    await house.open()
    await house.press("d:claim", COUNSELLOR, GROUP)
    await house.write("are you there")
    await house.later(RULES.nudge + 1)
    assert called((await house.in_topic())[-1]) == {COUNSELLOR}
    assert (await house.case()).state is State.CLAIMED
    await house.later(RULES.absent - RULES.nudge)
    assert (await house.case()).state is State.WAITING
    assert any(called(m) == {COUNSELLOR} for m in (await house.in_topic())[-2:])
    await house.reply("I am", user=COLLEAGUE)
    assert await house.last_told() == "I am"
    claimed = (await house.case()).claimed_by
    assert claimed is not None
    assert claimed.id == COLLEAGUE


async def test_who_answered_is_neither_called_nor_absent(house: House) -> None:
    await house.open()
    await house.write("are you there")
    await house.reply("yes")
    before = len(await house.in_topic())
    await house.later(RULES.absent + 1)
    assert len(await house.in_topic()) == before
    assert (await house.case()).state is State.CLAIMED


async def test_an_idle_case_warns_then_closes_and_a_word_keeps_it(house: House) -> None:
    await house.open()
    await house.reply("is it solved?")
    await house.later(RULES.idle_warn + 1)
    before = len(await house.told())
    await house.write("not yet")
    await house.reply("tell me")
    await house.later(RULES.idle_warn + 1)
    assert (await house.case()).is_open
    await house.later(RULES.idle_close + 1)
    assert (await house.case()).ending is Ending.IDLE
    assert len(await house.told()) == before + 3  # the answer, the warning, the end


async def test_that_somebody_in_danger_is_silent_is_told_to_who_has_the_case(
    house: House,
) -> None:
    """They may not be able to write; their own phone says nothing of it on its first line."""
    await house.open()
    await house.write("danger at home")
    await house.reply("where are you?")
    before = len(await house.in_topic())
    await house.later(RULES.idle_warn + 1)
    (told,) = (await house.in_topic())[before:]
    assert called(told) == {COUNSELLOR}
    silent = words(
        "Somebody who may be in danger is silent. I close the case in {period} unless you write."
    )
    assert silent.partition("{period}")[0] in said(told)
    await house.reply("I am still here")
    await house.later(RULES.idle_close + 1)
    assert (await house.case()).is_open


async def test_outside_working_hours_nobody_is_called(bare_house: House) -> None:
    """From Friday evening to Monday morning the clocks stand still."""
    house = bare_house
    await working_house(house)
    async with house.roles:
        house.clock.moment += 5.95 * HOUR  # three minutes before six
        await house.open()
        await house.later(2 * DAY)
        assert reminders(await house.topic_texts()) == []
        await house.later(DAY)
        assert len(reminders(await house.topic_texts())) >= 1


async def test_in_danger_the_clocks_run_at_any_hour_and_faster(bare_house: House) -> None:
    house = bare_house
    await working_house(house)
    async with house.roles:
        house.clock.moment += 10 * HOUR
        await house.open()
        await house.write("danger at home")
        assert called((await house.in_topic())[-2]) == {OWNER}  # nobody is on duty
        await house.later(RULES.remind * RULES.urgent_share + 1)
        assert len(reminders(await house.topic_texts())) == 1
        await house.later(RULES.alarm * RULES.urgent_share)
        assert called((await house.in_topic())[-1]) == {OWNER}


async def test_an_urgent_case_calls_those_on_duty_and_stands_on_top_of_the_queue(
    house: House,
) -> None:
    await house.write("/duty on", user=COLLEAGUE, chat=GROUP)
    await house.open(user=102)
    await house.later(60)
    await house.write("/start")
    await house.press("l:ru")
    await house.write("danger")
    await house.press("pw:danger")
    call = next(m for m in await house.in_topic() if called(m))
    assert called(call) == {COLLEAGUE}
    await house.write("/queue", user=COUNSELLOR, chat=GROUP)
    listed = said((await house.api.messages(GROUP))[-1]).splitlines()[1:]
    assert [line.split()[1] for line in listed] == ["2", "1"]


async def test_the_end_of_a_block_lets_the_person_in_again(house: House) -> None:
    """Without anybody's hand: a block has an expiry."""
    await house.open()
    for data in ("d:block:1", "d:block:1:abuse", "d:block:1:abuse:1"):
        await house.press(data, COUNSELLOR, GROUP)
    await house.write("/human")
    assert await house.store.cases.earlier(MIGRANT) == (1,)
    await house.later(DAY + 1)
    await house.write("/human")
    assert await house.store.cases.earlier(MIGRANT) == (1, 2)


@pytest.mark.parametrize("opens", [True, False])
async def test_seven_days_after_the_end_a_message_opens_nothing(house: House, opens: bool) -> None:
    await house.open()
    await house.reply("done")
    await house.press("d:close:1", COUNSELLOR, GROUP)
    await house.press("d:close:1:answered", COUNSELLOR, GROUP)
    await house.later(RULES.reopen + (-60 if opens else 60))
    await house.write("my wages once more")
    assert (await house.case()).is_open is opens
