"""Groups that become supergroups: what stays, what is new, what the bot is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from telegram import ChatPermissions
from telegram.error import ChatMigrated

from bot.sandbox.chats.group_settings import set_forum
from bot.sandbox.chats.member_changes import Wish, change_member
from bot.sandbox.chats.members import BASIC_GROUP_RIGHTS, USUAL_PERMISSIONS, Member
from bot.sandbox.chats.migration import upgrade
from bot.sandbox.chats.people import ANONYMOUS_ADMIN
from bot.sandbox.errors import BadRequestError, InputError
from bot.sandbox.people import actions
from tests.sandbox.crowds import ADMIN, MEMBER, OWNER, STRANGER, Crowd, forbidden, kinds

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from aiohttp.test_utils import TestServer
    from telegram import Bot


@pytest.fixture
async def crowd(sandbox: TestServer, bot: Bot) -> Crowd:
    """A basic group in which the bot is an administrator."""
    return await Crowd(sandbox, bot).begin("group")


async def test_the_bot_is_told_in_the_old_group_and_in_the_new(crowd: Crowd) -> None:
    old = crowd.id
    new = upgrade(crowd.world, crowd.group, crowd.person(OWNER))
    updates = await crowd.updates()
    assert kinds(updates) == [
        "migrate_to_chat_id",
        "my_chat_member left→administrator",
        "migrate_from_chat_id",
    ]
    there, joined, here = (update.to_dict() for update in updates)
    assert (there["message"]["chat"]["id"], there["message"]["migrate_to_chat_id"]) == (old, new.id)
    assert there["message"]["from"]["id"] == OWNER
    assert joined["my_chat_member"]["chat"]["id"] == new.id
    assert joined["my_chat_member"]["from"]["id"] == OWNER
    assert here["message"]["from"] == ANONYMOUS_ADMIN
    assert here["message"]["sender_chat"] == here["message"]["chat"]
    assert here["message"]["chat"]["type"] == "supergroup"
    assert here["message"]["migrate_from_chat_id"] == old


async def test_message_ids_begin_anew(crowd: Crowd) -> None:
    new = upgrade(crowd.world, crowd.group, crowd.person(OWNER))
    assert list(new.messages) == [1]
    sent = await crowd.bot.send_message(new.id, "x")
    assert sent.message_id == 2


async def test_members_rights_and_settings_stay(crowd: Crowd) -> None:
    crowd.group.description = "About"
    crowd.group.permissions = USUAL_PERMISSIONS - {"can_send_photos"}
    crowd.stand(STRANGER, "kicked")
    new = upgrade(crowd.world, crowd.group, crowd.person(OWNER))
    assert {user_id: one.status for user_id, one in new.members.items()} == {
        OWNER: "creator",
        ADMIN: "administrator",
        MEMBER: "member",
    }
    assert new.bot == Member("administrator", rights=BASIC_GROUP_RIGHTS, promoted_by=OWNER)
    chat = await crowd.bot.get_chat(new.id)
    assert (chat.title, chat.description) == ("Crowd", "About")
    assert chat.permissions is not None
    assert chat.permissions.can_send_photos is False


CALLS: list[Callable[[Bot, int], Awaitable[object]]] = [
    lambda bot, chat: bot.send_message(chat, "x"),
    lambda bot, chat: bot.get_chat_member(chat, MEMBER),
    lambda bot, chat: bot.get_chat_administrators(chat),
    lambda bot, chat: bot.get_chat_member_count(chat),
    lambda bot, chat: bot.ban_chat_member(chat, MEMBER),
    lambda bot, chat: bot.promote_chat_member(chat, MEMBER),
    lambda bot, chat: bot.restrict_chat_member(chat, MEMBER, ChatPermissions.no_permissions()),
    lambda bot, chat: bot.set_chat_title(chat, "x"),
    lambda bot, chat: bot.set_chat_description(chat, "x"),
    lambda bot, chat: bot.set_chat_permissions(chat, ChatPermissions.no_permissions()),
    lambda bot, chat: bot.pin_chat_message(chat, 1),
    lambda bot, chat: bot.create_chat_invite_link(chat),
]


@pytest.mark.parametrize("call", CALLS)
async def test_the_old_id_answers_with_the_new_one(
    crowd: Crowd, call: Callable[[Bot, int], Awaitable[object]]
) -> None:
    new = upgrade(crowd.world, crowd.group, crowd.person(OWNER))
    with pytest.raises(ChatMigrated) as caught:
        await call(crowd.bot, crowd.id)
    assert caught.value.new_chat_id == new.id


async def test_the_old_group_can_still_be_looked_at(crowd: Crowd) -> None:
    upgrade(crowd.world, crowd.group, crowd.person(OWNER))
    assert (await crowd.bot.get_chat(crowd.id)).type == "group"


async def test_people_write_in_the_new_group_only(crowd: Crowd) -> None:
    new = upgrade(crowd.world, crowd.group, crowd.person(OWNER))
    person = crowd.person(MEMBER)
    with pytest.raises(InputError, match=f"became supergroup {new.id}"):
        actions.chat_of(crowd.world, person, crowd.id)
    assert actions.chat_of(crowd.world, person, new.id) is new


async def test_a_group_without_the_bot_becomes_one_unseen(crowd: Crowd) -> None:
    crowd.stand(0, "left")
    new = upgrade(crowd.world, crowd.group, crowd.person(OWNER))
    assert await crowd.updates() == []
    assert await forbidden(crowd.bot.get_chat(new.id)) == (
        "Forbidden: bot is not a member of the supergroup chat"
    )


async def test_only_the_owner_upgrades_and_only_once(crowd: Crowd) -> None:
    with pytest.raises(BadRequestError, match="CHAT_ADMIN_REQUIRED"):
        upgrade(crowd.world, crowd.group, crowd.person(ADMIN))
    new = upgrade(crowd.world, crowd.group, crowd.person(OWNER))
    with pytest.raises(BadRequestError, match="CHAT_ID_INVALID"):
        upgrade(crowd.world, new, crowd.person(OWNER))


async def test_topics_make_a_supergroup_of_it(crowd: Crowd) -> None:
    new = set_forum(crowd.world, crowd.group, crowd.person(OWNER), on=True)
    assert (new.kind, new.is_forum, crowd.group.migrated_to) == ("supergroup", True, new.id)
    assert (await crowd.bot.get_chat(new.id)).is_forum is True
    assert set_forum(crowd.world, new, crowd.person(OWNER), on=False) is new
    assert not (await crowd.bot.get_chat(new.id)).is_forum


@pytest.mark.parametrize(
    ("user_id", "wish"),
    [
        (ADMIN, Wish(status="administrator", anonymous=True)),
        (MEMBER, Wish(status="administrator", rights=frozenset({"can_pin_messages"}))),
        (MEMBER, Wish(status="restricted")),
        (MEMBER, Wish(status="creator")),
        (MEMBER, Wish(status="member", custom_title="Night")),
        (OWNER, Wish(status="creator", anonymous=True)),
    ],
)
async def test_what_needs_a_supergroup_makes_one(crowd: Crowd, user_id: int, wish: Wish) -> None:
    changed = change_member(crowd.world, crowd.group, crowd.person(OWNER), user_id, wish)
    assert crowd.group.migrated_to == changed.group.id
    member = changed.group.member(user_id)
    assert (member.status, member.anonymous) == (wish.status, bool(wish.anonymous))
    assert kinds(await crowd.updates())[:3] == [
        "migrate_to_chat_id",
        "my_chat_member left→administrator",
        "migrate_from_chat_id",
    ]


@pytest.mark.parametrize(
    "wish",
    [
        Wish(status="administrator"),
        Wish(status="administrator", rights=BASIC_GROUP_RIGHTS),
        Wish(status="kicked"),
        Wish(status="left"),
    ],
)
async def test_what_a_basic_group_can_do_leaves_it_one(crowd: Crowd, wish: Wish) -> None:
    changed = change_member(crowd.world, crowd.group, crowd.person(OWNER), MEMBER, wish)
    assert (changed.group, crowd.group.migrated_to) == (crowd.group, 0)
    expected = "kicked" if wish.status == "left" else wish.status
    assert crowd.group.member(MEMBER).status == expected


async def test_invite_links_of_the_old_group_end(crowd: Crowd) -> None:
    link = await crowd.bot.export_chat_invite_link(crowd.id)
    new = upgrade(crowd.world, crowd.group, crowd.person(OWNER))
    assert crowd.group.invite_links[link].works(0) is False
    assert new.invite_links == {}
