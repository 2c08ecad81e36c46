"""What is kept of a case and goes over the wire: looked for everywhere, not where it is put."""

from __future__ import annotations

from typing import Any

from prometheus_client import generate_latest
from structlog.testing import capture_logs

from bot.store.keys import CLOSED_CASE_TTL
from tests.telegram.desk.house import COUNSELLOR, GROUP, MIGRANT, House

NAME, ACCOUNT, PHONE, WORDS = "Gulnoraxon", "gulnora_u", "77000000012", "secretstory"


async def everything(house: House) -> dict[str, str]:
    """All that the store has, by key, as text."""
    redis: Any = house.store.redis
    found = {}
    async for key in redis.scan_iter(f"{house.store.keys.prefix}*"):
        kind = (await redis.type(key)).decode()
        match kind:
            case "string":
                value = await redis.get(key)
            case "hash":
                value = await redis.hgetall(key)
            case "list":
                value = await redis.lrange(key, 0, -1)
            case "set":
                value = await redis.smembers(key)
            case "zset":
                value = await redis.zrange(key, 0, -1)
            case _:
                value = await redis.xrange(key)
        found[key.decode().removeprefix(house.store.keys.prefix)] = str(value)
    return found


def of_the_person(found: dict[str, str]) -> dict[str, str]:
    """Without the review queue: masked questions there belong to nobody, and end by themselves."""
    return {key: value for key, value in found.items() if not key.startswith("questions:")}


def keys_with(found: dict[str, str], *words: str) -> list[str]:
    return [key for key, value in found.items() if any(word in value for word in words)]


async def a_whole_case(house: House) -> None:
    """All that people send, from the question to the rating."""
    await house.api.post("/people", id=MIGRANT, name=NAME, username=ACCOUNT)
    await house.write(f"{WORDS} before, call +{PHONE}")
    await house.open()
    asked = await house.write(f"{WORDS} in the case, call +{PHONE}")
    await house.write(f"{WORDS} changed, +{PHONE}", edit=asked["message_id"])
    await house.write(photo={"caption": f"{WORDS} below, +{PHONE}"})
    await house.write(document={"file_name": f"{NAME} {PHONE}.pdf"})
    await house.write(album=[{"photo": {"caption": WORDS}}, {"photo": {}}])
    await house.write(voice={})
    await house.write(location={"latitude": 43.2, "longitude": 76.9})
    await house.write(contact={"phone_number": f"+{PHONE}", "first_name": NAME})
    await house.later(2)
    await house.reply(f"{WORDS} of ours, about +{PHONE}")
    await house.reply("/history")
    await house.reply(f"// {WORDS} among us, +{PHONE}")
    await house.press("d:close:1", COUNSELLOR, GROUP)
    await house.press("d:close:1:answered", COUNSELLOR, GROUP)
    await house.press("kr:1:3")
    await house.press("kw:1")
    await house.write(f"{WORDS} at the end, +{PHONE}")


async def test_names_accounts_and_numbers_are_kept_nowhere_and_shown_to_nobody(
    house: House,
) -> None:
    await a_whole_case(house)
    kept = await everything(house)
    assert keys_with(kept, NAME, ACCOUNT, PHONE) == []
    assert keys_with(kept, WORDS) != []  # it would have been found
    shown = "\n".join(str(message) for message in await house.api.messages(GROUP))
    by_staff = f"of ours, about +{PHONE}", f"among us, +{PHONE}"  # what a counsellor wrote stays
    for words in by_staff:
        shown = shown.replace(words, "")
    assert [word for word in (NAME, ACCOUNT, PHONE) if word in shown] == []


async def test_thirty_days_after_the_end_all_of_it_is_gone_by_itself(house: House) -> None:
    """By TTL: no job has to run, nothing is left where words stood."""
    await a_whole_case(house)
    redis: Any = house.store.redis
    for key in keys_with(of_the_person(await everything(house)), WORDS):
        left = await redis.ttl(f"{house.store.keys.prefix}{key}")
        assert (key, 0 < left <= CLOSED_CASE_TTL) == (key, True)


async def test_after_forget_no_word_of_it_is_left(house: House) -> None:
    await a_whole_case(house)
    await house.write("/forget")
    kept = await everything(house)
    assert keys_with(kept, NAME, ACCOUNT, PHONE, f'"chat_id":{MIGRANT}') == []
    assert keys_with(of_the_person(kept), WORDS) == []


async def test_nothing_of_it_is_in_the_log_or_in_the_metrics(house: House) -> None:
    with capture_logs() as logs:
        await a_whole_case(house)
        await house.press("d:reveal", COUNSELLOR, GROUP)
        await house.write("/forget")
    told = f"{logs}\n{generate_latest(house._metrics.registry).decode()}"
    assert [word for word in (NAME, ACCOUNT, PHONE, WORDS) if word in told] == []
    assert str(MIGRANT) not in generate_latest(house._metrics.registry).decode()


async def test_nothing_is_forwarded_and_no_file_is_fetched(house: House) -> None:
    """A forward shows whose message it was; what is not fetched is not stored by us."""
    await a_whole_case(house)
    calls = {call["method"] for call in (await house.api.get("/calls"))["calls"]}
    assert {"sendMessage", "copyMessage", "sendMediaGroup"} <= calls
    assert calls.isdisjoint({"forwardMessage", "forwardMessages", "getFile"})
