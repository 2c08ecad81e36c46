"""What a group says about itself, how it is changed, and how groups begin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from telegram import ChatPermissions

from bot.sandbox.chats import group_settings
from bot.sandbox.chats.group_creation import create_group
from bot.sandbox.chats.members import PERMISSIONS, USUAL_PERMISSIONS, Member
from bot.sandbox.errors import BadRequestError, InputError
from tests.sandbox.crowds import (
    ADMIN,
    ALL_PERMISSIONS,
    ALL_RIGHTS,
    MEMBER,
    NOBODY,
    OWNER,
    STRANGER,
    Crowd,
    kinds,
)
from tests.sandbox.forums import refusal

if TYPE_CHECKING:
    from aiohttp.test_utils import TestServer
    from telegram import Bot

    from tests.sandbox.conftest import Api

KINDS: tuple[Literal["group"], Literal["supergroup"]] = ("group", "supergroup")


# getChat


async def test_a_supergroup_tells_all_about_itself(crowd: Crowd) -> None:
    crowd.group.description = "About"
    sent = await crowd.bot.send_message(crowd.id, "Read me")
    await crowd.bot.pin_chat_message(crowd.id, sent.message_id)
    chat = await crowd.bot.get_chat(crowd.id)
    assert (chat.type, chat.title, chat.description) == ("supergroup", "Crowd", "About")
    assert chat.permissions is not None
    told = chat.permissions.to_dict()
    assert {name for name, allowed in told.items() if allowed} == USUAL_PERMISSIONS
    assert set(told) == set(PERMISSIONS)
    assert chat.pinned_message is not None
    assert chat.pinned_message.text == "Read me"
    assert (chat.max_reaction_count, chat.join_to_send_messages) == (11, True)
    assert chat.accepted_gift_types.unlimited_gifts is False
    assert chat.accent_color_id in range(7)
    assert chat.api_kwargs == {}  # nothing that python-telegram-bot does not know


async def test_a_basic_group_has_no_rules_for_joining(sandbox: TestServer, bot: Bot) -> None:
    crowd = await Crowd(sandbox, bot).begin("group")
    chat = await bot.get_chat(crowd.id)
    assert (chat.type, chat.join_to_send_messages, chat.is_forum) == ("group", None, None)


async def test_the_pinned_message_is_the_one_sent_last(crowd: Crowd) -> None:
    first = await crowd.bot.send_message(crowd.id, "1")
    second = await crowd.bot.send_message(crowd.id, "2", reply_to_message_id=first.message_id)
    for message in (second, first):
        await crowd.bot.pin_chat_message(crowd.id, message.message_id)
    chat = await crowd.bot.get_chat(crowd.id)
    assert chat.pinned_message is not None
    assert chat.pinned_message.text == "2"
    assert chat.pinned_message.reply_to_message is None
    await crowd.bot.delete_message(crowd.id, second.message_id)
    chat = await crowd.bot.get_chat(crowd.id)
    assert chat.pinned_message is not None
    assert chat.pinned_message.text == "1"


async def test_a_private_chat_tells_its_user_names(crowd: Crowd, api: Api) -> None:
    await api.send("/start", STRANGER, username="aigul")
    chat = await crowd.bot.get_chat(STRANGER)
    assert (chat.type, chat.active_usernames, chat.permissions) == ("private", ("aigul",), None)


# setChatTitle


async def test_a_new_title_is_said_in_the_group(crowd: Crowd) -> None:
    await crowd.bot.set_chat_title(crowd.id, "  New\n title ")
    group_settings.set_title(crowd.world, crowd.group, crowd.person(OWNER), "Newer")
    by_bot, by_owner = (update.message for update in await crowd.updates())
    assert by_bot is not None
    assert by_owner is not None
    assert by_bot.new_chat_title == by_bot.chat.title == "New title"
    assert by_bot.from_user == await crowd.bot.get_me()
    assert (by_owner.new_chat_title, by_owner.from_user and by_owner.from_user.id) == (
        "Newer",
        OWNER,
    )


async def test_the_same_title_again_says_nothing(crowd: Crowd) -> None:
    assert await crowd.bot.set_chat_title(crowd.id, "Crowd") is True
    assert await crowd.updates() == []


async def test_a_title_is_cut_and_must_not_be_empty(crowd: Crowd) -> None:
    assert (
        await refusal(crowd.bot.set_chat_title(crowd.id, " \u200b ")) == "Title must be non-empty"
    )
    await crowd.bot.set_chat_title(crowd.id, "x" * 200)
    assert crowd.group.title == "x" * 128


# setChatDescription


async def test_a_new_description_is_said_to_nobody(crowd: Crowd) -> None:
    await crowd.bot.set_chat_description(crowd.id, " About us " + "x" * 300)
    assert crowd.group.description == ("About us " + "x" * 300)[:255]
    assert await crowd.updates() == []
    await crowd.bot.set_chat_description(crowd.id)
    assert (await crowd.bot.get_chat(crowd.id)).description is None


async def test_the_same_description_again_is_refused(crowd: Crowd) -> None:
    told = await refusal(crowd.bot.set_chat_description(crowd.id, ""))
    assert told == "Chat description is not modified"


# setChatPermissions


async def test_new_permissions_hold_for_everybody_and_are_said_to_nobody(crowd: Crowd) -> None:
    await crowd.bot.set_chat_permissions(crowd.id, ChatPermissions(can_send_messages=True))
    assert crowd.group.permissions == {"can_send_messages", "can_react_to_messages"}
    assert await crowd.updates() == []
    with pytest.raises(InputError, match="may not send photos"):
        crowd.write(MEMBER, photo=[])


async def test_a_basic_group_lets_nobody_manage_topics(sandbox: TestServer, bot: Bot) -> None:
    crowd = await Crowd(sandbox, bot).begin("group")
    await bot.set_chat_permissions(crowd.id, ChatPermissions.all_permissions())
    assert crowd.group.permissions == ALL_PERMISSIONS - {"can_manage_topics"}


# Who may not


async def test_without_the_right_nothing_is_changed(crowd: Crowd) -> None:
    crowd.stand(0, "administrator", rights=frozenset({"can_manage_chat"}))
    nothing = ChatPermissions.no_permissions()
    calls = {
        "Not enough rights to change chat title": crowd.bot.set_chat_title(crowd.id, "x"),
        "Not enough rights to set chat description": crowd.bot.set_chat_description(crowd.id, "x"),
        "Not enough rights to change chat permissions":
            crowd.bot.set_chat_permissions(crowd.id, nothing),
    }  # fmt: skip
    for words, call in calls.items():
        assert await refusal(call) == words


async def test_a_private_chat_has_nothing_to_change(crowd: Crowd, api: Api) -> None:
    await api.send("/start", STRANGER)
    nothing = ChatPermissions.no_permissions()
    calls = {
        "Can't change private chat title": crowd.bot.set_chat_title(STRANGER, "x"),
        "Can't change private chat description": crowd.bot.set_chat_description(STRANGER, "x"),
        "Can't change private chat permissions":
            crowd.bot.set_chat_permissions(STRANGER, nothing),
    }  # fmt: skip
    for words, call in calls.items():
        assert await refusal(call) == words


async def test_members_do_not_turn_on_topics(crowd: Crowd) -> None:
    with pytest.raises(BadRequestError, match="CHAT_ADMIN_REQUIRED"):
        group_settings.set_forum(crowd.world, crowd.group, crowd.person(MEMBER), on=True)


# How groups begin


async def test_a_basic_group_begins_with_all_its_members(crowd: Crowd) -> None:
    create_group(
        crowd.world, crowd.person(OWNER), "New", kind="group", members=[MEMBER],
        bot=Member("member"),
    )  # fmt: skip
    changed, message = await crowd.updates()
    assert kinds([changed, message]) == ["my_chat_member left→member", "group_chat_created"]
    assert message.message is not None
    assert message.message.from_user is not None
    assert message.message.from_user.id == OWNER


async def test_a_supergroup_begins_with_its_owner_and_the_bot_is_added(crowd: Crowd) -> None:
    group = create_group(
        crowd.world, crowd.person(OWNER), "New", is_forum=True, members=[MEMBER, OWNER, MEMBER],
        bot=Member("administrator", rights=ALL_RIGHTS),
    )  # fmt: skip
    assert kinds(await crowd.updates()) == [
        "my_chat_member left→administrator",
        "new_chat_members",
    ]
    assert group.messages[1].body["supergroup_chat_created"] is True
    assert {user_id: one.status for user_id, one in group.members.items()} == {
        OWNER: "creator",
        MEMBER: "member",
    }


async def test_a_group_can_begin_without_the_bot(crowd: Crowd) -> None:
    for kind in KINDS:
        create_group(crowd.world, crowd.person(OWNER), "New", kind=kind, members=[ADMIN])
    assert await crowd.updates() == []


async def test_groups_that_cannot_begin(crowd: Crowd) -> None:
    world, owner = crowd.world, crowd.person(OWNER)
    count = len(list(world.groups()))
    with pytest.raises(InputError, match="no topics"):
        create_group(world, owner, "New", kind="group", is_forum=True)
    with pytest.raises(InputError, match="administrator, member or left"):
        create_group(world, owner, "New", bot=Member("kicked"))
    with pytest.raises(BadRequestError, match="title must be non-empty"):
        create_group(world, owner, " ")
    with pytest.raises(BadRequestError, match="PARTICIPANT_ID_INVALID"):
        create_group(world, owner, "New", members=[NOBODY])
    assert len(list(world.groups())) == count
