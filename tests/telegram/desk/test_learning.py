"""What migrants write comes to the review queue and into the sums, through the whole bot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.tags import Locale
from bot.store.insight import Asked, ChoseLanguage, FromPlace, Rated
from bot.store.keys import REVIEW_AN_HOUR
from bot.store.review import Guessed, Why
from tests.telegram.desk.house import MIGRANT, OTHER, buttons

if TYPE_CHECKING:
    from bot.store.insight import Sum
    from bot.store.review import Waiting
    from tests.telegram.desk.house import House

SECRET = "+7 000 000 00 12"


async def queue(house: House) -> tuple[Waiting, ...]:
    return await house.store.cases.review(house.clock.now())


async def days(house: House) -> list[str]:
    """The days in which the test ran: one, or two around midnight."""
    keys = await house.store.redis.keys(f"{house.store.keys.prefix}insight:*")
    return [key.decode().rpartition(":")[2] for key in keys]


async def sums(house: House) -> dict[Sum, int]:
    """What was counted."""
    found: dict[Sum, int] = {}
    for day in await house.store.insight.days(await days(house), []):
        for one, number in day.counted.items():
            found[one] = found.get(one, 0) + number
    return found


async def test_what_the_bot_does_not_understand_is_kept_masked(house: House) -> None:
    await house.write(f"qayerdan muhr olaman {SECRET}")
    (waiting,) = await queue(house)
    kept = waiting.question
    assert (kept.text, kept.why, kept.script) == (
        "qayerdan muhr olaman [☎ ••12]",
        Why.LOST,
        "latn",
    )
    assert kept.guesses == (Guessed("greet", 0.01),)
    raw = await house.store.redis.hgetall(house.store.keys.review(kept.day))
    assert str(MIGRANT) not in str(raw)
    assert "000 000" not in str(raw)


async def test_two_people_count_twice_and_one_who_repeats_once(house: House) -> None:
    for user in (MIGRANT, MIGRANT, OTHER):
        await house.write("where is the stamp", user=user)
    (waiting,) = await queue(house)
    assert waiting.times == 2


async def test_a_thumb_down_sends_the_question_and_a_thumb_up_does_not(house: House) -> None:
    await house.write("my wages please")
    await house.press("r:1:unpaid_wages")
    assert await queue(house) == ()
    await house.press("r:0:unpaid_wages")
    await house.press("r:0:unpaid_wages")
    (waiting,) = await queue(house)
    assert (waiting.question.why, waiting.question.subject, waiting.times) == (
        Why.THUMBS_DOWN,
        "unpaid_wages",
        1,
    )
    rated = {one: n for one, n in (await sums(house)).items() if isinstance(one, Rated)}
    assert {(one.intent, one.helpful): number for one, number in rated.items()} == {
        ("unpaid_wages", True): 1,
        ("unpaid_wages", False): 2,
    }


async def test_a_thumb_down_a_day_later_finds_no_question(house: House) -> None:
    await house.write("my wages please")
    await house.store.redis.delete(house.store.keys.recent(MIGRANT))  # its life is a day
    await house.press("r:0:unpaid_wages")
    assert await queue(house) == ()


async def test_none_of_these_sends_the_question_and_shows_the_topics(house: House) -> None:
    await house.write("perhaps a permit")
    await house.press("no")
    (waiting,) = await queue(house)
    assert (waiting.question.text, waiting.question.why) == (
        "perhaps a permit",
        Why.NONE_OF_THESE,
    )
    last = (await house.api.messages(MIGRANT))[-1]
    assert "t:work_permit" in [button.get("callback_data") for button in buttons(last)]


async def test_a_cry_for_help_and_what_follows_it_stay_out(house: House) -> None:
    await house.write("danger danger")
    await house.write("he locked the door")
    assert await queue(house) == ()


async def test_what_is_said_to_the_staff_stays_out(house: House) -> None:
    await house.open()
    await house.write("where is the stamp")
    assert await queue(house) == ()


async def test_nobody_fills_the_queue_alone(house: House) -> None:
    for number in range(REVIEW_AN_HOUR + 2):
        await house.write(f"some thing {'x' * number}")
    assert len(await queue(house)) == REVIEW_AN_HOUR


async def test_after_forget_nothing_ties_the_question_to_the_person(house: House) -> None:
    await house.write("where is the stamp")
    await house.write("/forget")
    names = await house.store.redis.keys(f"{house.store.keys.prefix}*")
    personal = [name for name in names if str(MIGRANT).encode() in name]
    assert [name for name in personal if b":limits:" not in name and b":sent:" not in name] == []
    assert len(await queue(house)) == 1


async def test_a_journey_is_counted_from_the_poster_to_the_staff(house: House) -> None:
    await house.write("/start bazaar")
    await house.press("l:uz")
    await house.write("my wages please")
    await house.write("/human")
    await house.write("hello, are you there?")
    counted = await sums(house)
    asked = {one: number for one, number in counted.items() if isinstance(one, Asked)}
    assert asked == {
        Asked("text", "answered", "unpaid_wages", "uz"): 1,
        Asked("person", "handed_over", "unpaid_wages", "uz"): 1,
    }
    assert counted[ChoseLanguage("bazaar", "uz")] == 1
    assert counted[FromPlace("person", "handed_over", "bazaar", "uz")] == 1
    locales = [locale.value for locale in Locale]
    people = await house.store.insight.people(await days(house), locales)
    assert {each.all_people for each in people} == {1}
