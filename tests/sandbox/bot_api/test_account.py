"""The bot's own account beyond its texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from telegram import ChatAdministratorRights, MenuButtonCommands, MenuButtonDefault

if TYPE_CHECKING:
    from telegram import Bot

    from tests.sandbox.calls import Calls
    from tests.sandbox.conftest import Api

USER = 1001


@pytest.fixture(autouse=True)
async def started(api: Api) -> None:
    await api.send("/start", USER, name="A", language_code="ru")


async def test_menu_button_of_one_person_and_of_all(bot: Bot) -> None:
    assert isinstance(await bot.get_chat_menu_button(), MenuButtonCommands)
    assert isinstance(await bot.get_chat_menu_button(USER), MenuButtonDefault)
    await bot.set_chat_menu_button(USER, MenuButtonCommands())
    assert isinstance(await bot.get_chat_menu_button(USER), MenuButtonCommands)
    await bot.set_chat_menu_button(USER)
    assert isinstance(await bot.get_chat_menu_button(USER), MenuButtonDefault)


async def test_default_rights_for_groups_and_channels(bot: Bot) -> None:
    assert not (await bot.get_my_default_administrator_rights()).can_manage_chat
    rights = ChatAdministratorRights.no_rights()
    with rights._unfrozen():
        rights.can_manage_chat = True
        rights.can_delete_messages = True
    await bot.set_my_default_administrator_rights(rights)
    told = await bot.get_my_default_administrator_rights()
    assert (told.can_manage_chat, told.can_delete_messages) == (True, True)
    assert told.can_promote_members is False
    assert not (await bot.get_my_default_administrator_rights(True)).can_manage_chat
    await bot.set_my_default_administrator_rights()
    assert not (await bot.get_my_default_administrator_rights()).can_manage_chat


async def test_nobody_has_pictures(bot: Bot) -> None:
    photos = await bot.get_user_profile_photos(USER)
    assert photos.total_count == 0
    assert photos.photos == ()


@pytest.mark.parametrize(
    ("method", "params", "words"),
    [
        ("getUserProfilePhotos", {}, "invalid user_id specified"),
        ("getUserProfilePhotos", {"user_id": 5}, "user not found"),
        ("getChatMenuButton", {"chat_id": -5}, "invalid chat_id specified"),
        ("getChatMenuButton", {"chat_id": 5}, "user not found"),
        ("setChatMenuButton", {"menu_button": "{"}, "can't parse menu button JSON object"),
        ("setChatMenuButton", {"menu_button": 5},
         "can't parse menu button: MenuButton must be an Object"),
        ("setChatMenuButton", {"menu_button": {"type": "x"}},
         "can't parse menu button: MenuButton has unsupported type"),
        ("setChatMenuButton", {"menu_button": {}},
         'can\'t parse menu button: Can\'t find field "type"'),
        ("setChatMenuButton", {"menu_button": {"type": "web_app"}},
         "Not Implemented in the sandbox: a menu button that opens a Web App"),
        ("setMyDefaultAdministratorRights", {"rights": "{"},
         "can't parse ChatAdministratorRights JSON object"),
        ("setMyDefaultAdministratorRights", {"rights": 5},
         "can't parse ChatAdministratorRights: ChatAdministratorRights must be an Object"),
        ("setMyDefaultAdministratorRights", {"rights": {"can_manage_chat": "x"}},
         'can\'t parse ChatAdministratorRights: Field "can_manage_chat" must be of type Boolean'),
    ],
)  # fmt: skip
async def test_refusals_in_telegrams_words(
    calls: Calls, method: str, params: dict[str, Any], words: str
) -> None:
    assert await calls.refused(method, **params) == words


async def test_a_bot_that_logged_out_is_let_in_after_ten_minutes(calls: Calls, api: Api) -> None:
    assert await calls.ok("logOut") is True
    assert await calls.refused("getMe") == "Logged out"
    await api.post("/time", advance=600)
    assert (await calls.ok("getMe"))["id"] == 4242


async def test_close_waits_for_ten_minutes(calls: Calls, api: Api) -> None:
    words = await calls.refused("close")
    assert words.startswith("Too Many Requests: retry after ")
    await api.post("/time", advance=600)
    assert await calls.ok("close") is True


@pytest.mark.parametrize(
    ("method", "field", "limit", "words"),
    [
        ("setMyName", "name", 64, "name is too long"),
        ("setMyDescription", "description", 512, "description is too long"),
        ("setMyShortDescription", "short_description", 120, "short description is too long"),
    ],
)
async def test_texts_have_a_limit(
    calls: Calls, method: str, field: str, limit: int, words: str
) -> None:
    """The limits are the documentation's; Telegram's words are not confirmed."""
    assert await calls.ok(method, **{field: "я" * limit}) is True
    assert await calls.refused(method, **{field: "я" * (limit + 1)}) == words
