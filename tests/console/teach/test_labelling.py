"""What a counsellor decides of a group: phrases in the files, questions off the queue, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from bot.console.teach.labelling import Action, Fault, Order, Places, Result, carry_out
from bot.console.teach.queue import Card, Row
from bot.console.teach.rows import RowFault
from bot.console.training.phrases import Lesson, Refusal, taught, teach
from bot.language.tags import Locale
from bot.store.keys import NEW_QUESTIONS_LENGTH
from bot.store.new_questions import About, Asked, Worded
from bot.store.review import ReviewQueue, Why

if TYPE_CHECKING:
    from bot.console.training.folders import Folders
    from bot.store.review import Question
    from tests.console.house import House
    from tests.console.teach.conftest import Ask

DAY = "2026-11-23"
INTENTS = frozenset({"permit_cost", "iin_taxes", "out_of_scope"})


@pytest.fixture
def places(house: House, place: Folders) -> Places:
    store = house.parts.store
    return Places(place, store.cases, store.new_questions)


async def order(house: House, action: Action = Action.LABEL, **card: object) -> Order:
    """All questions of the queue, as a card that was sent unchanged."""
    now = house.parts.clock.now()
    rows = tuple(
        Row(one.id, one.question.text, one.question.locale)
        for one in sorted(
            await house.parts.store.cases.review(now), key=lambda one: one.question.text
        )
    )
    sent = msgspec.structs.replace(Card("k", rows, intent="permit_cost"), **card)
    return Order(sent, action, DAY, now, INTENTS)


def phrases(place: Folders) -> list[tuple[str, str, Locale]]:
    return [(one.text, one.intent, one.locale) for one in taught(place).lessons]


async def left(house: House) -> list[str]:
    now = house.parts.clock.now()
    return sorted(one.question.text for one in await house.parts.store.cases.review(now))


async def counted(house: House) -> dict[tuple[str, str, str], int]:
    """What was counted of the queue: by what came of it, intent and language."""
    [day] = await house.parts.store.insight.days([DAY], [])
    return {(one.done, one.intent, one.locale): n for one, n in day.counted.items()}  # type: ignore[union-attr]


async def test_a_group_is_taught_and_off_the_queue(
    house: House, places: Places, place: Folders, ask: Ask
) -> None:
    await ask("почём документ")
    await ask("qogoz narxi", "uz")

    found = await carry_out(places, await order(house))

    assert found == Result(settled=2, taught=2)
    assert sorted(phrases(place)) == [
        ("qogoz narxi", "permit_cost", Locale.UZ),
        ("почём документ", "permit_cost", Locale.RU),
    ]
    assert await left(house) == []
    assert await counted(house) == {
        ("labelled", "permit_cost", "ru"): 1,
        ("labelled", "permit_cost", "uz"): 1,
    }


async def test_only_what_is_ticked_is_taken(
    house: House, places: Places, place: Folders, ask: Ask
) -> None:
    await ask("а почём документ")
    await ask("б совсем другое")
    sent = await order(house)
    rows = (sent.card.rows[0], msgspec.structs.replace(sent.card.rows[1], taken=False))
    sent = msgspec.structs.replace(sent, card=msgspec.structs.replace(sent.card, rows=rows))
    assert await carry_out(places, sent) == Result(settled=1, taught=1)
    assert await left(house) == ["б совсем другое"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("звоните +7 000 123 45 67", Refusal.PERSONAL),
        ("???", Refusal.EMPTY),
        ("цена [бумаги]", Refusal.BRACKETS),
        ("цена " * 200, Refusal.TOO_LONG),
        ("где дают иин", Refusal.KNOWN),  # as another question
    ],
)
async def test_what_is_refused_stays_in_the_queue_and_the_rest_is_done(  # noqa: PLR0917 - fixtures
    house: House, places: Places, place: Folders, ask: Ask, text: str, fault: Refusal
) -> None:
    await ask("а почём документ")
    await ask("б почём бумага")
    sent = await order(house)
    rows = (sent.card.rows[0], msgspec.structs.replace(sent.card.rows[1], text=text))
    sent = msgspec.structs.replace(sent, card=msgspec.structs.replace(sent.card, rows=rows))

    found = await carry_out(places, sent)

    assert (found.settled, found.taught, found.gone) == (1, 1, 0)
    assert found.left is not None
    [row] = found.left.rows
    assert (row.text, row.fault) == (text, fault.value)
    assert await left(house) == ["б почём бумага"]


async def test_a_phrase_that_is_known_as_this_very_question_is_no_fault(
    house: House, places: Places, place: Folders, ask: Ask
) -> None:
    await ask("Сколько платить?")  # as in the files
    await ask("почём документ")
    await ask("Почём документ!", why=Why.STAFF)
    found = await carry_out(places, await order(house))
    assert found == Result(settled=3, taught=1)
    assert await left(house) == []


async def test_of_two_counsellors_the_second_is_told_and_changes_nothing(
    house: House, places: Places, place: Folders, ask: Ask
) -> None:
    await ask("почём документ")
    first, second = await order(house), await order(house, intent="iin_taxes")
    assert (await carry_out(places, first)).settled == 1
    assert await carry_out(places, second) == Result(gone=1)
    assert phrases(place) == [("почём документ", "permit_cost", Locale.RU)]


class Late(ReviewQueue):
    """Somebody else settles a question just before this one does."""

    async def settle(self, ids: object, *more: object) -> tuple[Question, ...]:  # type: ignore[override]
        names = list(ids)  # type: ignore[call-overload]
        await super().settle(names[:1], *more)  # type: ignore[arg-type]
        return await super().settle(names, *more)  # type: ignore[arg-type]


async def test_who_is_late_by_a_moment_takes_back_what_was_written(
    house: House, place: Folders, ask: Ask
) -> None:
    await ask("а почём документ")
    await ask("б почём бумага")
    store = house.parts.store
    late = Places(place, Late(store.redis, store.keys), store.new_questions)
    found = await carry_out(late, await order(house))
    assert found == Result(settled=1, taught=1, gone=1)
    assert phrases(place) == [("б почём бумага", "permit_cost", Locale.RU)]


async def test_out_of_scope_is_taught_as_such_but_not_in_other_languages(
    house: House, places: Places, place: Folders, ask: Ask
) -> None:
    await ask("wie wird das wetter", "other")
    await ask("какая погода")
    sent = await order(house, Action.OUT_OF_SCOPE, intent="permit_cost", calm=True)
    assert await carry_out(places, sent) == Result(settled=2, taught=1)
    assert taught(place).lessons == (Lesson("какая погода", "out_of_scope", Locale.RU),)
    assert await counted(house) == {
        ("out_of_scope", "", "ru"): 1,
        ("out_of_scope", "", "other"): 1,
    }


async def test_another_language_cannot_be_labelled(
    house: House, places: Places, place: Folders, ask: Ask
) -> None:
    await ask("was kostet das", "other")
    found = await carry_out(places, await order(house))
    assert found.left is not None
    assert found.left.rows[0].fault == RowFault.NO_LANGUAGE.value
    assert await left(house) == ["was kostet das"]


async def test_what_is_discarded_is_only_counted(
    house: House, places: Places, place: Folders, ask: Ask
) -> None:
    await ask("звоните +7 000 123 45 67")  # nothing is learnt: nothing to be refused
    assert await carry_out(places, await order(house, Action.DISCARD)) == Result(settled=1)
    assert phrases(place) == []
    assert await listed(house) == []
    assert await counted(house) == {("discarded", "", "ru"): 1}


async def listed(house: House) -> list[tuple[str, str, int]]:
    """The wordings of new questions: text, language, how often."""
    found = await house.parts.store.new_questions.all(house.parts.clock.now())
    return sorted((one.text, one.locale, one.times) for each in found for one in each.wordings)


async def test_a_new_question_is_listed_as_it_was_cleaned_and_counted(
    house: House, places: Places, place: Folders, ask: Ask
) -> None:
    await ask("где Болат держит лошадь", times=3)
    await ask("wo steht das pferd", "other")
    sent = await order(house, Action.NEW_QUESTION, intent="")
    clean = msgspec.structs.replace(sent.card.rows[1], text=" где  держать лошадь ")
    rows = (sent.card.rows[0], clean)
    sent = msgspec.structs.replace(sent, card=msgspec.structs.replace(sent.card, rows=rows))
    assert await carry_out(places, sent) == Result(settled=2)
    assert (await left(house), phrases(place)) == ([], [])
    assert await listed(house) == [
        ("wo steht das pferd", "other", 1),
        ("где держать лошадь", "ru", 3),
    ]
    assert await counted(house) == {
        ("new_question", "", "ru"): 1,
        ("new_question", "", "other"): 1,
    }


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("звоните +7 000 123 45 67", Refusal.PERSONAL),
        ("???", Refusal.EMPTY),
        ("лошадь [☎ ••00]", Refusal.BRACKETS),
        ("лошадь " * 200, Refusal.TOO_LONG),
    ],
)
async def test_nothing_is_listed_that_may_be_somebodys(
    house: House, places: Places, ask: Ask, text: str, fault: Refusal
) -> None:
    """Rule: a person takes out what is personal first; what is sent again goes with the rest."""
    await ask("а где держать лошадь")
    await ask("б где держать осла")
    sent = await order(house, Action.NEW_QUESTION)
    rows = (sent.card.rows[0], msgspec.structs.replace(sent.card.rows[1], text=text))
    sent = msgspec.structs.replace(sent, card=msgspec.structs.replace(sent.card, rows=rows))
    found = await carry_out(places, sent)
    assert found.left is not None
    assert [(row.text, row.fault) for row in found.left.rows] == [(text, fault.value)]
    assert await left(house) == ["б где держать осла"]
    assert [one for one, _, _ in await listed(house)] == ["а где держать лошадь"]

    clean = msgspec.structs.replace(found.left.rows[0], text="где держать осла", fault="")
    again = msgspec.structs.replace(found.left, rows=(clean,))
    assert (await carry_out(places, msgspec.structs.replace(sent, card=again))).settled == 1
    [question] = await house.parts.store.new_questions.all(house.parts.clock.now())
    assert len(question.wordings) == 2


async def test_a_question_can_be_put_with_one_of_the_list(
    house: House, places: Places, ask: Ask
) -> None:
    new, now = house.parts.store.new_questions, house.parts.clock.now()
    for text, joins in (("лошадь", ""), ("осёл", "first"), ("погода", "no such question")):
        await ask(text)
        known = [one.id for one in await new.all(now)]
        joined = known[0] if joins == "first" else joins
        await carry_out(places, await order(house, Action.NEW_QUESTION, joins=joined))
    found = await new.all(now)
    assert sorted([one.text for one in each.wordings] for each in found) in (
        [["лошадь", "осёл"], ["погода"]],
        [["осёл", "лошадь"], ["погода"]],
    )


async def test_two_new_questions_of_one_group_stay_apart(
    house: House, places: Places, ask: Ask
) -> None:
    """The first wording stands in both forms, ticked in one of them only."""
    await ask("а лошадь")
    await ask("б погода")
    sent = await order(house, Action.NEW_QUESTION)
    off = msgspec.structs.replace(sent.card.rows[0], taken=False)
    rows = (off, sent.card.rows[1])
    second = msgspec.structs.replace(sent, card=msgspec.structs.replace(sent.card, rows=rows))
    await carry_out(places, second)
    await carry_out(places, await order(house, Action.NEW_QUESTION))
    assert len(await house.parts.store.new_questions.all(house.parts.clock.now())) == 2


async def test_a_full_list_takes_nothing_and_says_so(
    house: House, places: Places, ask: Ask
) -> None:
    await ask("лошадь")
    day = house.parts.clock.today().isoformat()
    many = [
        Asked(day, f"{number:016x}", Worded(f"x{number}", "ru"))
        for number in range(NEW_QUESTIONS_LENGTH)
    ]
    await places.new.put("full", About(), many, house.parts.clock.now())
    found = await carry_out(places, await order(house, Action.NEW_QUESTION))
    assert found.left is not None
    assert found.left.intent_fault == Fault.LIST_FULL.value
    assert await left(house) == ["лошадь"]


async def test_who_is_late_by_a_moment_lists_nothing_twice(
    house: House, place: Folders, ask: Ask
) -> None:
    await ask("а где держать лошадь")
    await ask("б где держать осла")
    store = house.parts.store
    late = Places(place, Late(store.redis, store.keys), store.new_questions)
    found = await carry_out(late, await order(house, Action.NEW_QUESTION))
    assert found == Result(settled=1, gone=1)
    assert [one for one, _, _ in await listed(house)] == ["б где держать осла"]


@pytest.mark.parametrize("intent", ["", "out_of_scope", "no_such_question"])
async def test_without_a_question_nothing_is_done(
    house: House, places: Places, place: Folders, ask: Ask, intent: str
) -> None:
    await ask("почём документ")
    found = await carry_out(places, await order(house, intent=intent))
    assert found.left is not None
    assert found.left.intent_fault == Fault.NO_INTENT.value
    assert (await left(house), phrases(place)) == (["почём документ"], [])


async def test_nothing_ticked_is_nothing_done(house: House, places: Places, place: Folders) -> None:
    found = await carry_out(places, await order(house, Action.DISCARD))
    assert found.left is not None
    assert found.left.intent_fault == Fault.NOTHING_TAKEN.value


async def test_sending_again_after_the_queue_was_away_teaches_nothing_twice(
    house: House, places: Places, place: Folders, ask: Ask
) -> None:
    await ask("почём документ")
    teach(place, [Lesson("почём документ", "permit_cost", Locale.RU)])  # the first half was done
    assert await carry_out(places, await order(house)) == Result(settled=1)
    assert len(phrases(place)) == 1


async def test_calm_phrases_are_marked(
    house: House, places: Places, place: Folders, ask: Ask
) -> None:
    await ask("почём документ")
    await carry_out(places, await order(house, calm=True))
    assert [one.calm for one in taught(place).lessons] == [True]
