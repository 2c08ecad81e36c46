"""The bot is put out of a staff group: cases go where somebody reads, or the person is told."""

from __future__ import annotations

from typing import Any

from bot.handoff.groups import Group, Groups
from bot.handoff.rules import Rules
from bot.language.tags import Locale
from bot.telegram.desk.upkeep.rights import RightsCheck
from tests.telegram.desk.house import (
    COLLEAGUE,
    COUNSELLOR,
    GROUP,
    MIGRANT,
    OWNER,
    House,
    buttons,
    said,
    words,
)
from tests.telegram.desk.trouble import of_bot

UNREAD = (
    "I cannot reach the counsellors now: nobody reads request {number}. "
    "I keep trying. Please call one of these lines meanwhile:"
)
OPEN = "Your request to the counsellors is open. Its number: {number}."


async def two_groups(house: House) -> int:
    """The ready group takes all languages; the default is another one."""
    made = await house.api.post(
        "/groups",
        title="Default",
        creator=OWNER,
        forum=True,
        members=[COLLEAGUE],
        bot="administrator",
    )
    default: int = made["chat"]["id"]
    first = Group(default, "Default", Locale.RU)
    house.furnish(Groups((first, Group(GROUP, "First", Locale.RU, tuple(Locale)))))
    return default


async def put_out(house: House, group: int = GROUP, status: str = "left", **more: Any) -> None:
    await house.api.post("/members", user=OWNER, chat=group, member="bot", status=status, **more)


async def test_a_case_for_a_group_without_the_bot_goes_to_the_default_group(
    bare_house: House,
) -> None:
    house = bare_house
    default = await two_groups(house)
    async with house.roles:
        await put_out(house)
        await house.settle()
        case = await house.open()
        assert case.group == default
        await house.write("do you hear me")
        assert "do you hear me" in await of_bot(house, default)
        assert any(words(OPEN, number=case.number) in text for text in await house.told())


async def test_what_only_a_refused_call_tells_moves_the_case_too(bare_house: House) -> None:
    """The bot was not told that it was put out; Telegram's answer to a call says so."""
    house = bare_house
    default = await two_groups(house)
    async with house.roles:
        await house.api.post(
            "/fault",
            method="createForumTopic",
            chat=GROUP,
            error_code=403,
            description="Forbidden: bot was kicked from the supergroup chat",
        )
        case = await house.open()
        assert case.group == default
        assert await house.store.cases.is_shut(GROUP)
        topic = await house.store.cases.topic(case.number)
        assert topic is not None
        assert (topic.group, topic.card is not None) == (default, True)


async def test_where_no_group_is_left_the_person_is_told_so_once_with_whom_to_call(
    house: House,
) -> None:
    await put_out(house)
    await house.settle()
    case = await house.open()
    unread = words(UNREAD, number=case.number)
    assert [unread in text for text in await house.told()].count(True) == 1
    assert not any(words(OPEN, number=case.number) in text for text in await house.told())
    last = (await house.api.messages(MIGRANT))[-1]
    assert any("copy_text" in button for button in buttons(last))
    await house.write("/human")
    assert unread in await house.last_told()
    await put_out(house, status="administrator")
    await house.settle()
    await house.later(Rules().remind + 1)
    topic = await house.store.cases.topic(case.number)
    assert topic is not None
    assert topic.card


async def test_an_open_case_whose_group_is_lost_goes_on_in_another(bare_house: House) -> None:
    """With its history; what the person writes next arrives there, and nothing is lost."""
    house = bare_house
    default = await two_groups(house)
    async with house.roles:
        await house.open()
        await house.write("before")
        await put_out(house)
        await house.settle()
        written = await house.write("after")
        assert (await house.case()).group == default
        texts = await of_bot(house, default)
        assert "after" in texts
        assert any("before" in text for text in texts if text != "after")
        assert await house.reactions(MIGRANT, written["message_id"]) == ["👍"]


async def test_a_closed_case_is_reopened_where_somebody_reads(bare_house: House) -> None:
    house = bare_house
    default = await two_groups(house)
    async with house.roles:
        case = await house.open()
        await house.write("once")
        await house.press(f"d:close:{case.number}", COUNSELLOR, GROUP)
        await house.press(f"d:close:{case.number}:answered", COUNSELLOR, GROUP)
        await put_out(house)
        await house.settle()
        await house.write("still me")
        again = await house.case()
        assert (again.is_open, again.group) == (True, default)
        assert "still me" in await of_bot(house, default)


async def test_a_transfer_to_a_group_without_the_bot_is_refused_where_it_was_asked(
    bare_house: House,
) -> None:
    house = bare_house
    default = await two_groups(house)
    async with house.roles:
        case = await house.open()
        await house.press(f"d:move:{case.number}", COUNSELLOR, GROUP)  # the question is there
        await put_out(house, default)
        await house.settle()
        await house.press(f"d:move:{case.number}:g{default}", COUNSELLOR, GROUP)
        refusal = words("The bot is not in that group: nobody there would see it.")
        view = await house.api.get(f"/chats/{GROUP}?after=0")
        assert view["notices"][-1]["text"] == refusal
        assert (await house.case()).group == GROUP
        await house.reply("/transfer")
        newest = (await house.in_topic())[-1]
        assert said(newest) == words(
            "There is no other group, and nobody else is on duty (/duty on)."
        )


async def test_what_was_noted_of_a_group_is_looked_at_again_at_the_start(house: House) -> None:
    assert await house.store.cases.write([house.store.cases.shut(GROUP)])
    bot, store = house.application.bot, house.store
    await RightsCheck(bot, house.desk, store.redis, store.keys).all()
    assert not await house.store.cases.is_shut(GROUP)
