"""Commands per scope: https://core.telegram.org/bots/api#botcommandscope."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.sandbox.calls import Calls
    from tests.sandbox.conftest import Api

USER, GROUP = 1001, -1_001_000_000_001
COMMANDS = [{"command": "help", "description": "Help"}]


@pytest.fixture(autouse=True)
async def started(api: Api) -> None:
    await api.send("/start", USER, name="A", language_code="ru")


@pytest.mark.parametrize(
    "scope",
    [
        {"type": "default"},
        {"type": "all_group_chats"},
        {"type": "chat", "chat_id": USER},
        {"type": "chat", "chat_id": str(GROUP)},
        {"type": "chat_administrators", "chat_id": GROUP},
        {"type": "chat_member", "chat_id": GROUP, "user_id": 201},
    ],
)
async def test_each_scope_has_its_own_commands(calls: Calls, scope: dict[str, Any]) -> None:
    await calls.ok("setMyCommands", commands=COMMANDS, scope=scope)
    assert await calls.ok("getMyCommands", scope=scope) == COMMANDS
    other = {"type": "chat_member", "chat_id": GROUP, "user_id": 202}
    assert await calls.ok("getMyCommands", scope=other) == []
    await calls.ok("deleteMyCommands", scope=scope)
    assert await calls.ok("getMyCommands", scope=scope) == []


async def test_slash_and_white_space_go(calls: Calls) -> None:
    await calls.ok("setMyCommands", commands=[{"command": " /help ", "description": " Help "}])
    assert await calls.ok("getMyCommands") == COMMANDS


def _one(**command: object) -> dict[str, Any]:
    return {"commands": [{"command": "a", "description": "b"} | command]}


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"commands": "["}, "can't parse commands JSON object"),
        ({"commands": {}}, "expected an Array of BotCommand"),
        ({"commands": [5]}, "can't parse BotCommand: expected an Object"),
        ({"commands": [{"command": "a"}]},
         'can\'t parse BotCommand: Can\'t find field "description"'),
        (_one(command="/"), "command must be non-empty"),
        (_one(command="a" * 33), "command length must not exceed 32"),
        (_one(description=" "), "command description must be non-empty"),
        (_one(description="a" * 257), "command description length must not exceed 256"),
        (_one(command="Помощь"), "BOT_COMMAND_INVALID"),
        ({"commands": COMMANDS * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": COMMANDS, "language_code": "rus"}, "invalid language code specified"),
        ({"scope": "{"}, "can't parse BotCommandScope JSON object"),
        ({"scope": 5}, "can't parse BotCommandScope: BotCommandScope must be an Object"),
        ({"scope": {"type": "x"}}, "can't parse BotCommandScope: Unsupported type specified"),
        ({"scope": {"type": "chat"}},
         'can\'t parse BotCommandScope: Can\'t find field "chat_id"'),
        ({"scope": {"type": "chat", "chat_id": ""}},
         "can't parse BotCommandScope: Empty chat_id specified"),
        ({"scope": {"type": "chat_member", "chat_id": GROUP, "user_id": 0}},
         "can't parse BotCommandScope: Invalid user_id specified"),
        ({"scope": {"type": "chat", "chat_id": 5}}, "chat not found"),
        ({"scope": {"type": "chat_administrators", "chat_id": USER}},
         "can't use specified scope in private chats"),
    ],
)  # fmt: skip
async def test_refusals_in_telegrams_words(
    calls: Calls, params: dict[str, Any], words: str
) -> None:
    assert await calls.refused("setMyCommands", **params) == words
