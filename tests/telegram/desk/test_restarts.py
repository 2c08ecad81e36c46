"""Killed in the middle of anything, and several processes at once: nothing is lost or doubled.

The deaths are of tasks in this process; kill -9 of real ones: ``tests/telegram/test_kill.py``,
``test_kill_topic.py``, ``tests/e2e/test_desk.py``.
"""

from __future__ import annotations

import asyncio

import pytest

from bot.handoff.groups import Group, Groups
from bot.handoff.rules import Rules
from bot.language.tags import Locale
from bot.telegram.steps import Step
from tests.eventually import eventually
from tests.telegram.desk.house import (
    COLLEAGUE,
    COUNSELLOR,
    GROUP,
    MIGRANT,
    OTHER,
    OWNER,
    House,
    said,
    words,
)
from tests.telegram.desk.processes import Process, successor
from tests.telegram.desk.trouble import (
    both_write,
    forum,
    numbered,
    once_each,
    pressed,
    reminders,
    topic_ids,
)

WHERE = (
    (Step.BEFORE_COMMIT, "worker"),
    (Step.COMMITTED, "worker"),
    (Step.TOPIC_MADE, "sender"),
    (Step.SENT, "sender"),
)
"""At which step of which part it dies, where a topic is opened."""


@pytest.mark.parametrize(
    ("step", "part"),
    [(Step.BEFORE_COMMIT, "worker"), (Step.COMMITTED, "worker"), (Step.SENT, "sender")],
)
@pytest.mark.parametrize("times", [1, 4])
async def test_killed_in_the_middle_of_a_talk_nothing_is_lost_or_overtakes(
    brittle_house: House, step: Step, part: str, times: int
) -> None:
    """Of what a killed worker did nothing is said twice; a killed sender may repeat one in hand."""
    house = brittle_house
    async with Process(house):
        await house.open()
    other_part = "sender" if part == "worker" else "worker"
    async with Process(house, step, times, part) as dying, Process(house, part=other_part):
        await both_write(house, 0, 4)
        while await house._fetch():
            pass
        await dying.dead.wait()
    again = successor(house)
    async with again.application, Process(again):
        await both_write(again, 4, 5)
        await again.settle()
    heard = numbered(await again.topic_texts(), "migrant ")
    told = numbered(await again.told(), "staff ")
    assert once_each(heard) == [f"migrant {number}" for number in range(5)]
    assert once_each(told) == [f"staff {number}" for number in range(5)]
    if part == "worker":
        assert (len(heard), len(told)) == (5, 5)
    lines = await again.store.cases.transcript((await again.case()).number)
    assert [line.text for line in lines if line.side == "migrant"] == [
        f"migrant {number}" for number in range(5)
    ]


@pytest.mark.parametrize(("step", "part"), WHERE)
async def test_killed_while_a_case_is_opened_there_is_one_case(
    brittle_house: House, step: Step, part: str
) -> None:
    house = brittle_house
    async with Process(house):
        await house.write("/start")
        await house.press("l:ru")
    other_part = "sender" if part == "worker" else "worker"
    async with Process(house, step, 1, part) as dying, Process(house, part=other_part):
        await house.api.send("/human", user=MIGRANT)
        await house._fetch()
        await dying.dead.wait()
    again = successor(house)
    async with again.application, Process(again):
        await again.settle()
        await again.write("my question")
    (number,) = await again.store.cases.earlier(MIGRANT)
    assert once_each(await again.topic_texts())[-1] == "my question"
    assert await topic_ids(again) == [1, await again.thread()]
    assert await again.store.cases.in_topic(GROUP, await again.thread()) == number
    title = "Your request to the counsellors is open. Its number: {number}."
    opened = [text for text in await again.told() if words(title, number=number) in text]
    assert len(once_each(opened)) == 1


@pytest.mark.parametrize("step", [Step.TOPIC_MADE, Step.SENT])
async def test_killed_while_a_deleted_topic_is_made_anew_the_history_comes_all_the_same(
    brittle_house: House, step: Step
) -> None:
    house = brittle_house
    async with Process(house):
        await house.open()
        await house.write("earlier words")
    old = await house.thread()
    await house.api.post("/topics", user=OWNER, chat=GROUP, action="delete", thread=old)
    async with Process(house, step, 1, "sender") as dying, Process(house, part="worker"):
        await house.api.send("next words", user=MIGRANT)
        await house._fetch()
        await dying.dead.wait()
    again = successor(house)
    async with again.application, Process(again):
        await again.settle()
    texts = await again.topic_texts()
    assert once_each([text for text in texts if text == "next words"]) == ["next words"]
    assert any("earlier words" in text for text in texts)
    assert await topic_ids(again) == [1, await again.thread()]


@pytest.mark.parametrize(("step", "part"), WHERE)
async def test_killed_while_a_case_goes_to_another_group_it_is_there_with_its_history(
    brittle_house: House, step: Step, part: str
) -> None:
    house = brittle_house
    second = await forum(house)
    groups = Groups(
        (Group(GROUP, "First", Locale.RU, tuple(Locale)), Group(second, "Second", Locale.RU))
    )
    house = successor(house, groups)
    async with house.application:
        async with Process(house):
            case = await house.open()
            await house.write("earlier words")
            await house.reply("we look into it")
            await house.press(f"d:move:{case.number}", COUNSELLOR, GROUP)
        old = await house.thread()
        other_part = "sender" if part == "worker" else "worker"
        async with Process(house, step, 1, part) as dying, Process(house, part=other_part):
            target = f"d:move:{case.number}:g{second}"
            await pressed(house, target)
            await house._fetch()
            await dying.dead.wait()
    again = successor(house, groups)
    async with again.application, Process(again):
        await again.settle()
        await again.write("next words")
        thread = await again.thread()
        there = [m for m in await again.api.messages(second) if "is_topic_message" in m]
        texts = [said(m) for m in there if m["message_thread_id"] == thread]
        assert "next words" in texts
        assert any("earlier words" in text and "we look into it" in text for text in texts)
        assert await topic_ids(again, second) == [1, thread]
        view = await again.api.get(f"/chats/{GROUP}?after=0")
        assert next(topic["closed"] for topic in view["topics"] if topic["id"] == old) is True
        await again.write("yes", COLLEAGUE, chat=second, thread=thread)
        assert await again.last_told() == "yes"


async def test_killed_between_the_parts_of_a_long_text_it_arrives_whole(
    brittle_house: House,
) -> None:
    house = brittle_house
    async with Process(house):
        await house.open()
    long = "\n".join(f"line {number:04}" for number in range(500))[:4096]
    async with Process(house, Step.SENT, 1, "sender") as dying, Process(house, part="worker"):
        await house.api.send(long, user=MIGRANT, forward={"sender_name": "Somebody"})
        await house.api.send("behind", user=MIGRANT)
        await house._fetch()
        await dying.dead.wait()
    again = successor(house)
    async with again.application, Process(again):
        await again.settle()
    texts = await again.topic_texts()
    assert [line for line in long.split("\n") if line not in "\n".join(texts)] == []
    assert texts[-1] == "behind"


@pytest.mark.parametrize("times", [1, 2, 3])
async def test_killed_between_the_parts_of_an_album_it_arrives_as_one(
    brittle_house: House, times: int
) -> None:
    house = brittle_house
    async with Process(house):
        await house.open()
    async with (
        Process(house, Step.COMMITTED, times, "worker") as dying,
        Process(house, part="sender"),
    ):
        album = [{"photo": {"caption": "a"}}, {"photo": {}}, {"photo": {}}]
        await house.api.send(album=album, user=MIGRANT)
        await house._fetch()
        await dying.dead.wait()
    again = successor(house)
    async with again.application, Process(again):
        await again.settle()
        await again.later(2)
        photos = [m for m in await again.in_topic() if "photo" in m]
    assert [said(m) for m in photos] == ["a", "", ""]
    assert len({m["media_group_id"] for m in photos}) == 1


@pytest.mark.parametrize("times", [1, 2])
async def test_killed_between_the_parts_of_a_counsellors_album_it_arrives_as_one(
    brittle_house: House, times: int
) -> None:
    house = brittle_house
    async with Process(house):
        await house.open()
    async with (
        Process(house, Step.COMMITTED, times, "worker") as dying,
        Process(house, part="sender"),
    ):
        album = [{"photo": {"caption": "a"}}, {"photo": {}}, {"photo": {}}]
        thread = await house.thread()
        await house.api.send(album=album, user=COUNSELLOR, chat=GROUP, thread=thread)
        await house._fetch()
        await dying.dead.wait()
    again = successor(house)
    async with again.application, Process(again):
        await again.settle()
        await again.later(2)
        photos = [m for m in await again.api.messages(MIGRANT) if "photo" in m]
    assert [said(m) for m in photos] == ["a", "", ""]
    assert len({m["media_group_id"] for m in photos}) == 1


async def test_timers_that_fell_due_while_it_was_down_are_kept_once(bare_house: House) -> None:
    """And two processes that look at the same time do not both carry them out."""
    house = bare_house
    house.furnish()
    async with house.roles:
        await house.open()
        await house.write("a question")
    house.clock.moment += Rules().remind + 1
    again = successor(house)
    async with again.application, again.roles:
        await asyncio.gather(house.parts.timekeeper.look(), again.parts.timekeeper.look())
        await again.settle()
        assert len(reminders(await again.topic_texts())) == 1
        await again.later(Rules().alarm)
        assert len(reminders(await again.topic_texts())) == 2


async def test_two_workers_and_two_senders_neither_double_nor_lose_nor_overtake(
    brittle_house: House,
) -> None:
    house = brittle_house
    people = (MIGRANT, OTHER, 103, 104)
    beside = successor(house)
    async with beside.application, Process(house) as one, Process(beside) as two:
        for user in people:
            await house.open(user)
        await eventually(lambda: one.has_work and two.has_work)
        for number in range(5):
            for user in people:
                await both_write(house, number, number + 1, user)
        await house.settle()
        for user in people:
            heard = numbered(await house.topic_texts(user), "migrant ")
            assert heard == [f"migrant {number}" for number in range(5)]
            told = numbered(await house.told(user), "staff ")
            assert told == [f"staff {number}" for number in range(5)]
    assert len(await topic_ids(house)) == 1 + len(people)
