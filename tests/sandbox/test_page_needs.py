"""What the page asks of the JSON API beyond what others need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import (
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    BotCommandScopeChatAdministrators,
    BotCommandScopeChatMember,
)

if TYPE_CHECKING:
    from telegram import Bot, BotCommandScope

    from tests.sandbox.conftest import Api

GROUP = -1_001_000_000_001
COUNSELLOR, COORDINATOR = 201, 203


async def test_one_failure_is_taken_back_and_the_others_stay(api: Api) -> None:
    short = {"method": "*", "error_code": 429, "retry_after": 5}
    await api.post("/fault", **short)
    await api.post("/fault", cut=True)
    left = await api.post("/fault/withdraw", **short)
    assert left["faults"] == [{"cut": True}]
    assert (await api.get("/fault"))["faults"] == [{"cut": True}]


async def test_a_failure_that_is_not_to_come_cannot_be_taken_back(api: Api) -> None:
    told = await api.post("/fault/withdraw", 400, cut=True)
    assert told["error"].startswith("no such failure is still to come")


async def test_a_struck_failure_is_taken_back_as_it_is_now(api: Api, bot: Bot) -> None:
    await api.post("/fault", method="getMe", delay=0.01, times=2)
    await bot.get_me()
    (waiting,) = (await api.get("/fault"))["faults"]
    assert waiting.get("times", 1) == 1
    await api.post("/fault/withdraw", **waiting)
    assert (await api.get("/fault"))["faults"] == []


async def _menu(api: Api, user: int) -> list[str]:
    told = await api.get(f"/commands?user={user}&chat={GROUP}")
    return [command["command"] for command in told["commands"]]


async def test_the_commands_of_a_group_go_from_the_narrowest_scope_to_the_widest(
    api: Api, bot: Bot
) -> None:
    """https://core.telegram.org/bots/api#determining-list-of-commands."""
    scopes: list[tuple[str, BotCommandScope | None, list[str], list[str]]] = [
        ("everywhere", None, ["everywhere"], ["everywhere"]),
        ("groups", BotCommandScopeAllGroupChats(), ["groups"], ["groups"]),
        ("administrators", BotCommandScopeAllChatAdministrators(), ["groups"], ["administrators"]),
        ("here", BotCommandScopeChat(GROUP), ["here"], ["here"]),
        ("its", BotCommandScopeChatAdministrators(GROUP), ["here"], ["its"]),
        ("own", BotCommandScopeChatMember(GROUP, COUNSELLOR), ["own"], ["its"]),
    ]
    for name, scope, members, owners in scopes:
        await bot.set_my_commands([BotCommand(name, "what it does")], scope=scope)
        assert await _menu(api, COUNSELLOR) == members
        assert await _menu(api, COORDINATOR) == owners


async def test_who_wrote_anonymously_is_told_to_the_page_only(api: Api) -> None:
    await api.post("/members", chat=GROUP, user=COORDINATOR, member=COORDINATOR, status="creator",
                   anonymous=True)  # fmt: skip
    hidden = await api.send("from the group", COORDINATOR, chat=GROUP)
    plain = await api.send("from me", COUNSELLOR, chat=GROUP)
    view = await api.get(f"/chats/{GROUP}?after=0")
    assert view["authors"] == {str(hidden["message_id"]): COORDINATOR}
    assert plain["from"]["id"] == COUNSELLOR
    assert str(COORDINATOR) not in str(hidden)
