"""/console: who gets a link to the web console, and where it goes."""

from __future__ import annotations

from bot.handoff.groups import Group, Groups
from bot.language.tags import Locale
from bot.store.console import Member
from tests.telegram.desk.house import (
    CONSOLE,
    COUNSELLOR,
    GROUP,
    MIGRANT,
    House,
    said,
    words,
)

LINK = f"{CONSOLE}/sign-in/"


def secret_of(text: str) -> str:
    return text.partition(LINK)[2]


async def test_a_member_gets_a_link_in_private_that_signs_them_in(house: House) -> None:
    await house.write("/console", user=COUNSELLOR)
    told = await house.last_told(COUNSELLOR)
    secret = secret_of(told)
    assert len(secret) >= 43  # 256 bits
    assert await house.store.console.accept(secret) == Member(COUNSELLOR, "Counsellor 1")
    assert await house.store.console.accept(secret) is None


async def test_asked_for_in_the_group_it_still_comes_in_private(house: House) -> None:
    """Rule: in the group anybody could use it first."""
    await house.write("/start", user=COUNSELLOR)
    await house.write("/console", user=COUNSELLOR, chat=GROUP)
    assert LINK in await house.last_told(COUNSELLOR)
    in_group = [said(message) for message in await house.api.messages(GROUP)]
    assert not any(LINK in text for text in in_group)
    assert in_group[-1] == words(
        "I have sent you the link in private. If nothing came: open the private chat with me, "
        "press Start and write /console there."
    )


async def test_a_migrant_who_writes_it_learns_nothing_of_a_console(house: House) -> None:
    await house.write("/start", user=MIGRANT)
    await house.write("/console", user=MIGRANT)
    assert not any("console" in text for text in await house.told(MIGRANT))
    keys = [key async for key in house.store.redis.scan_iter(house.store.keys.console_link("*"))]
    assert keys == []


async def test_the_link_is_in_the_language_of_the_members_group(bare_house: House) -> None:
    kazakh = Group(GROUP, "Staff", Locale.KK, tuple(Locale))
    bare_house.furnish(Groups((kazakh,)))
    async with bare_house.roles:
        await bare_house.write("/console", user=COUNSELLOR)
        expected = words(
            "Your link to the console. It works once, for five minutes; give it to nobody.",
            Locale.KK,
        )
        assert (await bare_house.last_told(COUNSELLOR)).startswith(expected)


async def test_while_telegram_does_not_say_who_is_a_member_nobody_gets_one(house: House) -> None:
    await house.api.post("/fault", method="getChatMember", error_code=500)
    await house.write("/console", user=COUNSELLOR)
    assert not any(LINK in text for text in await house.told(COUNSELLOR))
