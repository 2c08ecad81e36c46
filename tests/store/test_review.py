"""The review queue: what goes in, how often, for how long, and out once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from bot.handoff.case import Said
from bot.store.days import day_of
from bot.store.insight import Taught
from bot.store.keys import DAY, REVIEW_KEPT, REVIEW_LENGTH, REVIEW_TTL
from bot.store.review import Done, Guessed, Question, Recalled, Waiting, Why, digest
from tests.store.cases import CHAT, NOW

if TYPE_CHECKING:
    from bot.store.store import Store

TODAY = day_of(NOW)
LOST = Question(TODAY, "where do I get a stamp", "uz", "latn", Why.LOST, (Guessed("greet", 0.1),))


async def enter(store: Store, *questions: Question) -> None:
    assert await store.cases.write(store.cases.to_review(one) for one in questions)


async def queue(store: Store) -> list[Question]:
    return [one.question for one in await store.cases.review(NOW)]


async def test_questions_wait_for_ninety_days(store: Store) -> None:
    ages = (REVIEW_KEPT - DAY, 5 * DAY, 0)
    questions = [replace(LOST, day=day_of(NOW - age)) for age in ages]
    await enter(store, *questions)
    assert await queue(store) == questions
    for question in questions:
        assert 0 < await store.redis.ttl(store.keys.review(question.day)) <= REVIEW_TTL


def test_nothing_in_the_queue_says_whose_question_it_is() -> None:
    fields = {"day", "text", "locale", "script", "why", "guesses", "subject"}
    assert set(Question.__struct_fields__) == fields
    assert set(Waiting.__struct_fields__) == {"id", "question", "times"}


async def test_the_same_question_is_kept_once_a_day_and_counted(store: Store) -> None:
    """However it is spelt."""
    await enter(store, LOST, replace(LOST, text="Where do I get a STAMP??"), LOST)
    (waiting,) = await store.cases.review(NOW)
    assert (waiting.question, waiting.times) == (LOST, 3)


@pytest.mark.parametrize("why", [Why.THUMBS_DOWN, Why.NONE_OF_THESE, Why.STAFF])
async def test_what_one_person_can_repeat_at_will_is_not_counted(store: Store, why: Why) -> None:
    await enter(store, *3 * [replace(LOST, why=why)])
    (waiting,) = await store.cases.review(NOW)
    assert waiting.times == 1


async def test_another_reason_or_answer_or_day_is_another_entry(store: Store) -> None:
    down = replace(LOST, why=Why.THUMBS_DOWN, subject="permit_cost")
    different = [LOST, down, replace(down, subject="permit_need")]
    yesterday = replace(LOST, day=day_of(NOW - DAY))
    await enter(store, *different, yesterday)
    assert (await queue(store))[0] == yesterday
    assert sorted(map(digest, await queue(store))) == sorted(map(digest, [*different, LOST]))


async def test_the_most_frequent_of_a_day_come_first(store: Store) -> None:
    rare, often = replace(LOST, text="rare"), replace(LOST, text="often")
    await enter(store, rare, often, often)
    assert await queue(store) == [often, rare]


async def test_a_day_has_room_for_so_many_and_for_the_staffs_marks_beside_them(
    store: Store,
) -> None:
    many = [replace(LOST, text=f"question {n}") for n in range(REVIEW_LENGTH + 3)]
    await enter(store, *many)
    kept = await queue(store)
    assert {one.text for one in kept} == {one.text for one in many[:REVIEW_LENGTH]}
    marked = replace(LOST, text="marked", why=Why.STAFF)
    await enter(store, marked, many[0])
    found = await store.cases.review(NOW)
    assert len(found) == REVIEW_LENGTH + 1
    assert marked in [one.question for one in found]
    assert {one.times for one in found if one.question == many[0]} == {2}


async def test_what_is_settled_is_gone_and_only_counted(store: Store) -> None:
    other = replace(LOST, text="another one")
    await enter(store, LOST, LOST, other)
    first, _ = await store.cases.review(NOW)
    settled = await store.cases.settle([first.id], Done.LABELLED, "2026-11-23", "registration")
    assert settled == (LOST,)
    assert await queue(store) == [other]
    assert set(await store.redis.hkeys(store.keys.review(TODAY))) == {
        digest(other).encode(),
        b"#" + digest(other).encode(),
    }
    (day,) = await store.insight.days(["2026-11-23"], ["uz"])
    assert day.counted == {Taught("labelled", "registration", "uz", "lost"): 1}


async def test_of_two_who_settle_a_question_one_gets_it(store: Store) -> None:
    await enter(store, LOST)
    (waiting,) = await store.cases.review(NOW)
    both = await asyncio.gather(
        *(store.cases.settle([waiting.id], Done.DISCARDED, TODAY) for _ in range(2))
    )
    assert sorted(both, key=len) == [(), (LOST,)]
    (day,) = await store.insight.days([TODAY], [])
    assert set(day.counted.values()) == {1}


@pytest.mark.parametrize("forged", ["", "x", ".", "2026-11-23", f"{TODAY}.#{'0' * 16}", "a.b.c"])
async def test_a_forged_id_changes_nothing(store: Store, forged: str) -> None:
    await enter(store, LOST)
    before = await store.redis.hgetall(store.keys.review(TODAY))
    assert await store.cases.settle([forged], Done.DISCARDED, TODAY) == ()
    assert await store.redis.hgetall(store.keys.review(TODAY)) == before


async def test_a_question_that_cannot_be_read_hides_no_other(store: Store) -> None:
    await enter(store, LOST)
    await store.redis.hset(store.keys.review(TODAY), "0" * 16, "{}")
    assert await queue(store) == [LOST]


async def test_what_is_remembered_of_a_turn_is_read_by_cases_as_before(store: Store) -> None:
    turned = Recalled("how much", "answered", "permit_cost", (Guessed("permit_cost", 0.9),), "uz")
    await store.cases.write([store.cases.remember(CHAT, turned)])
    assert await store.cases.recalled(CHAT) == (turned,)
    assert await store.cases.recent(CHAT) == (Said("how much", "answered", "permit_cost"),)


async def test_turns_remembered_by_an_older_release_are_read(store: Store) -> None:
    await store.cases.write([store.cases.remember(CHAT, Said("how much", "lost"))])
    assert await store.cases.recalled(CHAT) == (Recalled("how much", "lost"),)
