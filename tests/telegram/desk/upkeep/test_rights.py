"""What the bot may do in the staff groups, its menus there, and who is a member."""

from __future__ import annotations

from typing import Any

import pytest
from structlog.testing import capture_logs
from telegram import Bot

from bot.store.store import Store
from bot.telegram.desk.upkeep.members import GroupMembers
from bot.telegram.desk.upkeep.menu import menu, publish_menus
from bot.telegram.desk.upkeep.rights import RightsCheck
from bot.telegram.effects import SendMessage
from tests.telegram.bot_api import BotApi, refusal
from tests.telegram.desk.staff_room import (
    AZIZA,
    GROUP,
    OTHER,
    WORDS,
    Room,
    chat,
    of,
    person,
    ru,
    said,
)

BOT = {"id": 1, "is_bot": True, "first_name": "Bot", "username": "test_bot"}
RIGHTS = {
    "can_be_edited": False,
    "is_anonymous": False,
    "can_manage_chat": True,
    "can_delete_messages": True,
    "can_manage_video_chats": True,
    "can_restrict_members": True,
    "can_promote_members": False,
    "can_change_info": True,
    "can_invite_users": True,
    "can_post_stories": False,
    "can_edit_stories": False,
    "can_delete_stories": False,
    "can_pin_messages": True,
    "can_manage_topics": True,
}
ADMINISTRATOR = {"status": "administrator", "user": BOT, **RIGHTS}
MEMBER = {"status": "member", "user": BOT}


@pytest.fixture
def room(store: Store) -> Room:
    return Room(store)


@pytest.fixture
def check(bot: Bot, room: Room, store: Store) -> RightsCheck:
    return RightsCheck(bot, room.desk, store.redis, store.keys)


def stands(
    api: BotApi, group: int, standing: dict[str, Any], times: int = 1, **more: object
) -> None:
    """What Telegram says of a group and the bot in it."""
    full = {**chat(group), "accent_color_id": 0, "max_reaction_count": 1, **more}
    full["accepted_gift_types"] = {
        "unlimited_gifts": True,
        "limited_gifts": True,
        "unique_gifts": True,
        "premium_subscription": True,
        "gifts_from_channels": True,
    }
    api.script({"ok": True, "result": full}, "getChat", group, times)
    api.script({"ok": True, "result": standing}, "getChatMember", group, times)


@pytest.mark.parametrize(
    ("standing", "more", "sentence"),
    [
        ({**ADMINISTRATOR, "can_manage_topics": False}, {}, "manage topics"),
        ({**ADMINISTRATOR, "can_pin_messages": False}, {}, "pin messages"),
        ({**ADMINISTRATOR, "can_delete_messages": False}, {}, "delete messages"),
    ],
)
async def test_a_missing_right_is_said_in_the_group(
    api: BotApi, check: RightsCheck, standing: dict[str, Any], more: dict[str, Any], sentence: str
) -> None:
    stands(api, GROUP, standing, **more)
    stands(api, OTHER, ADMINISTRATOR)
    with capture_logs() as logs:
        await check.all()
    (text,) = api.of(GROUP)
    assert WORDS.gettext(f"Give the bot the right to {sentence}.") in text
    assert api.of(OTHER) == []
    assert [one["event"] for one in logs] == ["staff_rights_missing"]


@pytest.mark.parametrize(
    ("standing", "more", "sentence"),
    [
        (MEMBER, {}, "Make the bot an administrator."),
        (ADMINISTRATOR, {"is_forum": False}, "Switch topics on in the settings of the group."),
        (
            ADMINISTRATOR,
            {"username": "everybody"},
            "Make the group private: anybody can read it now.",
        ),
    ],
)
async def test_what_else_can_be_wrong_is_said(
    api: BotApi, check: RightsCheck, standing: dict[str, Any], more: dict[str, Any], sentence: str
) -> None:
    stands(api, GROUP, standing, **more)
    stands(api, OTHER, ADMINISTRATOR)
    await check.all()
    (text,) = api.of(GROUP)
    assert WORDS.gettext(sentence) in text


async def test_it_is_said_once_until_it_changes(api: BotApi, check: RightsCheck) -> None:
    stands(api, OTHER, ADMINISTRATOR, times=3)
    stands(api, GROUP, MEMBER, times=2)
    await check.all()
    await check.all()
    assert len(api.of(GROUP)) == 1
    stands(api, GROUP, ADMINISTRATOR)
    await check.all()
    assert api.of(GROUP)[1:] == ["✅ " + WORDS.gettext("The bot has all the rights it needs.")]


@pytest.mark.parametrize("answer", [refusal(400, "Bad Request: chat not found"), refusal(403)])
async def test_a_group_without_the_bot_is_only_logged(
    api: BotApi, check: RightsCheck, answer: dict[str, Any]
) -> None:
    api.script(answer, "getChat", GROUP)
    stands(api, OTHER, ADMINISTRATOR)
    with capture_logs() as logs:
        await check.all()
    assert api.of(GROUP) == []
    assert logs[0]["missing"] == ["member"]


async def test_telegram_away_is_no_missing_right(api: BotApi, check: RightsCheck) -> None:
    api.script(refusal(500), "getChat", GROUP)
    stands(api, OTHER, ADMINISTRATOR)
    with capture_logs() as logs:
        await check.all()
    assert [one["event"] for one in logs] == ["staff_group_unknown"]


async def test_a_group_that_moved_is_followed(api: BotApi, check: RightsCheck, room: Room) -> None:
    new = -1001000000099
    moved = refusal(400, "group chat was upgraded", migrate_to_chat_id=new)
    api.script(moved, "getChat", GROUP)
    stands(api, new, ADMINISTRATOR)
    stands(api, OTHER, ADMINISTRATOR)
    await check.all()
    assert await room.cases.canonical(GROUP) == new


async def test_rights_that_change_later_are_told_at_once(room: Room) -> None:
    change = {
        "chat": chat(GROUP),
        "from": person(AZIZA),
        "date": 1,
        "old_chat_member": ADMINISTRATOR,
        "new_chat_member": {**ADMINISTRATOR, "can_manage_topics": False},
    }
    effects = await room.happens({"my_chat_member": change})
    assert ru("Give the bot the right to manage topics.") in said(effects, GROUP)[0]
    removed = {"status": "left", "user": BOT}
    assert (
        of(
            await room.happens({"my_chat_member": {**change, "new_chat_member": removed}}),
            SendMessage,
        )
        == []
    )


async def test_menus_are_set_once_in_the_groups_language(
    api: BotApi, bot: Bot, room: Room, store: Store
) -> None:
    await publish_menus(bot, room.desk, store.redis, store.keys)
    await publish_menus(bot, room.desk, store.redis, store.keys)
    calls = [call for call in api.calls if call.method == "setMyCommands"]
    assert len(calls) == 2
    assert str(GROUP) in str(calls[0].params["scope"])


async def test_a_menu_that_cannot_be_set_is_tried_again_at_the_next_start(
    api: BotApi, bot: Bot, room: Room, store: Store
) -> None:
    api.script(refusal(400, "chat not found"), "setMyCommands")
    await publish_menus(bot, room.desk, store.redis, store.keys)
    await publish_menus(bot, room.desk, store.redis, store.keys)
    assert len([call for call in api.calls if call.method == "setMyCommands"]) == 3


def test_the_menu_fits_telegrams_limits() -> None:
    """https://core.telegram.org/bots/api#botcommand"""
    for name, description in menu(WORDS):
        assert name == name.lower()
        assert 1 <= len(name) <= 32
        assert 1 <= len(description) <= 256


@pytest.mark.parametrize(
    ("standing", "is_in"),
    [
        ({"status": "member", "user": person(AZIZA)}, True),
        ({"status": "left", "user": person(AZIZA)}, False),
        ({"status": "kicked", "user": person(AZIZA), "until_date": 0}, False),
    ],
)
async def test_members_are_those_whom_telegram_calls_so(
    api: BotApi, bot: Bot, standing: dict[str, Any], *, is_in: bool
) -> None:
    api.script({"ok": True, "result": standing}, "getChatMember")
    assert await GroupMembers(bot).has(GROUP, AZIZA) is is_in


async def test_a_member_is_remembered_for_a_while(api: BotApi, bot: Bot) -> None:
    api.script({"ok": True, "result": {"status": "member", "user": person(AZIZA)}}, "getChatMember")
    members = GroupMembers(bot)
    assert await members.has(GROUP, AZIZA)
    assert await members.has(GROUP, AZIZA)
    assert len(api.calls) == 1


async def test_an_unknown_person_is_no_member(api: BotApi, bot: Bot) -> None:
    api.script(refusal(400, "user not found"), "getChatMember")
    assert not await GroupMembers(bot).has(GROUP, AZIZA)
