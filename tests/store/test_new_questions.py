"""The list of new questions: what goes in, for how long, and out once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.store import days
from bot.store.days import day_of
from bot.store.keys import DAY, NEW_QUESTIONS_LENGTH, REVIEW_KEPT
from bot.store.new_questions import (
    About,
    Asked,
    NewQuestion,
    Worded,
    Wording,
    name_of,
)
from tests.store.cases import NOW

if TYPE_CHECKING:
    from bot.store.store import Store

TODAY = day_of(NOW)
HORSE = "a1"


def asked(text: str, digest: int = 1, *, age: int = 0, locale: str = "uz", times: int = 1) -> Asked:
    return Asked(day_of(NOW - age * DAY), f"{digest:016x}", Worded(text, locale, times))


async def put(
    store: Store, *each: Asked, question: str = HORSE, about: About | None = None
) -> None:
    await store.new_questions.put(question, about or About(), each, NOW)


async def only(store: Store) -> NewQuestion:
    [found] = await store.new_questions.all(NOW)
    return found


def test_nothing_on_the_list_says_whose_a_question_is() -> None:
    assert set(Worded.__struct_fields__) == {"text", "locale", "times"}
    assert set(Asked.__struct_fields__) == {"day", "digest", "worded"}
    assert set(About.__struct_fields__) == {"title", "note"}


@pytest.mark.parametrize("age", [0, 5, 89])
async def test_a_wording_goes_ninety_days_after_its_day_whenever_it_was_put_here(
    store: Store, age: int
) -> None:
    """Rule: the privacy answer promises so many days from the question on."""
    one = asked("rent of a horse", age=age)
    await put(store, one)
    await put(store, one)  # again: it lives no longer
    began = days.began(one.day)
    left = await store.redis.ttl(store.keys.new_questions(one.day))
    assert 0 < left <= began + REVIEW_KEPT - NOW
    assert left > began + REVIEW_KEPT - NOW - 60


async def test_a_wording_of_several_days_is_one(store: Store) -> None:
    """However it is spelt; in another language it is another one."""
    await put(
        store,
        asked("Rent of a horse?", 1, age=3, times=2),
        asked("rent of a HORSE", 2, age=1, times=3),
        asked("rent of a horse", 3, locale="tg"),
    )
    found = await only(store)
    assert [(one.text, one.locale, one.times) for one in found.wordings] == [
        ("Rent of a horse?", "uz", 5),
        ("rent of a horse", "tg", 1),
    ]
    assert (found.times, found.first, found.last) == (6, day_of(NOW - 3 * DAY), TODAY)


async def test_the_most_frequent_come_first_and_of_equal_ones_the_newest(store: Store) -> None:
    await put(store, asked("old", age=4), question="old")
    await put(store, asked("often", age=9, times=5), question="often")
    await put(store, asked("new"), question="new")
    assert [one.id for one in await store.new_questions.all(NOW)] == ["often", "new", "old"]


async def test_what_the_staff_say_is_kept_with_every_day_and_goes_with_the_last_wording(
    store: Store,
) -> None:
    first, second = asked("one", 1, age=2), asked("two", 2)
    await put(store, first, second)
    await store.new_questions.describe(await only(store), About("Horses", "ask the akimat"))
    assert (await only(store)).about == About("Horses", "ask the akimat")
    assert await store.new_questions.remove(HORSE, [second]) == (second,)
    assert (await only(store)).about == About("Horses", "ask the akimat")
    assert await store.redis.exists(store.keys.new_questions(TODAY)) == 0
    assert await store.new_questions.remove(HORSE, [first]) == (first,)
    assert await store.new_questions.all(NOW) == ()
    assert await store.redis.keys(f"{store.keys.prefix}new_questions:*") == []


async def test_a_wording_is_cleaned_once_more_on_all_its_days(store: Store) -> None:
    await put(store, asked("horse of Bolat", 1, age=2, times=4), asked("Horse of bolat", 2))
    [wording] = (await only(store)).wordings
    await store.new_questions.reword(HORSE, wording, "horse of somebody", "kk")
    [cleaned] = (await only(store)).wordings
    assert (cleaned.text, cleaned.locale, cleaned.times) == ("horse of somebody", "kk", 5)
    for one in cleaned.asked:
        kept = await store.redis.hvals(store.keys.new_questions(one.day))
        assert [raw for raw in kept if b"olat" in raw] == []


async def test_what_has_gone_does_not_come_back(store: Store) -> None:
    """Somebody still writes on a page that was loaded before."""
    await put(store, asked("one"))
    before = await only(store)
    await store.new_questions.remove(HORSE, before.wordings[0].asked)
    await store.new_questions.describe(before, About("late"))
    await store.new_questions.reword(HORSE, before.wordings[0], "late", "uz")
    assert await store.redis.keys(f"{store.keys.prefix}new_questions:*") == []


async def test_of_two_who_decide_on_a_wording_one_gets_it(store: Store) -> None:
    one = asked("one")
    await put(store, one)
    both = await asyncio.gather(*(store.new_questions.remove(HORSE, [one]) for _ in range(2)))
    assert sorted(both, key=len) == [(), (one,)]


async def test_no_question_takes_from_another_whose_name_begins_alike(store: Store) -> None:
    await put(store, asked("one"), question="a", about=About("A"))
    await put(store, asked("two"), question="ab", about=About("B"))
    assert await store.new_questions.remove("a", [asked("one")]) == (asked("one"),)
    found = await only(store)
    assert (found.id, found.about) == ("ab", About("B"))


async def test_the_list_has_its_limit(store: Store) -> None:
    assert await store.new_questions.room(NOW) == NEW_QUESTIONS_LENGTH
    await put(store, asked("one", 1), asked("one", 2), asked("two", 3))
    assert await store.new_questions.room(NOW) == NEW_QUESTIONS_LENGTH - 3


async def test_what_cannot_be_read_hides_nothing_else(store: Store) -> None:
    await put(store, asked("one"))
    key = store.keys.new_questions(TODAY)
    await store.redis.hset(key, mapping={"b" * 3: "{", f"c.{'0' * 16}": "{", "?": "x"})
    found = await only(store)
    assert [one.text for one in found.wordings] == ["one"]
    assert isinstance(found.wordings[0], Wording)
    assert found.wordings[0].name == name_of("ONE!", "uz")
