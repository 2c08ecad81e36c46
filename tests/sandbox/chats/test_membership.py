"""What people do to each other and to the bot in a group, and what the bot is told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Message, Update

from bot.sandbox.chats import joining, membership
from bot.sandbox.chats.group_creation import create_group
from bot.sandbox.chats.member_changes import Wish, change_member
from bot.sandbox.chats.members import USUAL_PERMISSIONS, Member
from bot.sandbox.chats.people import ANONYMOUS_ADMIN
from bot.sandbox.config import SandboxConfig
from bot.sandbox.errors import BadRequestError, BotApiError, InputError
from bot.sandbox.people import actions
from bot.sandbox.world import World
from tests.sandbox.crowds import (
    ADMIN,
    ALL_PERMISSIONS,
    ALL_RIGHTS,
    MEMBER,
    OWNER,
    STRANGER,
    Crowd,
    forbidden,
    kinds,
)
from tests.sandbox.forums import refusal

if TYPE_CHECKING:
    from aiohttp.test_utils import TestServer
    from telegram import Bot

PHOTO = {"photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]}


@pytest.fixture
async def without_bot(sandbox: TestServer, bot: Bot) -> Crowd:
    return await Crowd(sandbox, bot).begin(standing=Member("left"))


def message_of(update: Update) -> Message:
    assert update.message is not None
    return update.message


# The bot comes and goes


async def test_the_bot_is_told_that_it_was_added_then_the_group(without_bot: Crowd) -> None:
    crowd = without_bot
    joining.add(crowd.world, crowd.group, crowd.person(MEMBER), [crowd.bot.id])
    changed, message = await crowd.updates()
    assert kinds([changed, message]) == ["my_chat_member left→member", "new_chat_members"]
    assert changed.my_chat_member is not None
    assert changed.my_chat_member.from_user.id == MEMBER
    assert [user.id for user in message_of(message).new_chat_members] == [crowd.bot.id]


async def test_a_bot_can_be_added_as_an_administrator_at_once(without_bot: Crowd) -> None:
    crowd = without_bot
    wish = Wish(status="administrator", rights=frozenset({"can_pin_messages"}))
    change_member(crowd.world, crowd.group, crowd.person(OWNER), crowd.bot.id, wish)
    changed, _ = await crowd.updates()
    new = changed.to_dict()["my_chat_member"]["new_chat_member"]
    assert (new["status"], new["can_be_edited"]) == ("administrator", False)
    assert {name for name in ALL_RIGHTS if new.get(name)} == {"can_manage_chat", "can_pin_messages"}


@pytest.mark.parametrize(("kind", "status"), [("supergroup", "kicked"), ("group", "left")])
async def test_the_bot_is_put_out_and_shut_out(
    sandbox: TestServer, bot: Bot, kind: str, status: str
) -> None:
    crowd = await Crowd(sandbox, bot).begin(kind)
    membership.ban(crowd.world, crowd.group, crowd.person(OWNER), bot.id)
    changed, message = await crowd.updates()
    assert kinds([changed, message]) == [
        f"my_chat_member administrator→{status}",
        "left_chat_member",
    ]
    left = message_of(message)
    assert (left.from_user and left.from_user.id, left.left_chat_member) == (
        OWNER,
        await bot.get_me(),
    )
    told = await forbidden(bot.send_message(crowd.id, "x"))
    assert told == f"Forbidden: bot was kicked from the {kind} chat"
    crowd.write(MEMBER, text="/start")
    assert await crowd.updates() == []


async def test_a_bot_put_out_is_brought_back_by_those_who_may_restrict(crowd: Crowd) -> None:
    crowd.stand(0, "kicked")
    with pytest.raises(BadRequestError, match="USER_KICKED"):
        joining.add(crowd.world, crowd.group, crowd.person(MEMBER), [crowd.bot.id])
    joining.add(crowd.world, crowd.group, crowd.person(ADMIN), [crowd.bot.id])
    assert kinds(await crowd.updates()) == ["my_chat_member kicked→member", "new_chat_members"]


async def test_what_was_said_before_the_bot_came_is_not_told(without_bot: Crowd) -> None:
    crowd = without_bot
    crowd.write(MEMBER, text="/start@sandbox_helpline_bot")
    joining.add(crowd.world, crowd.group, crowd.person(MEMBER), [crowd.bot.id])
    assert kinds(await crowd.updates()) == ["my_chat_member left→member", "new_chat_members"]


async def test_the_bot_is_promoted_and_demoted(crowd: Crowd) -> None:
    owner = crowd.person(OWNER)
    crowd.stand(0, "member")
    membership.promote(crowd.world, crowd.group, owner, crowd.bot.id, ALL_RIGHTS)
    membership.promote(crowd.world, crowd.group, owner, crowd.bot.id, frozenset())
    assert kinds(await crowd.updates()) == [
        "my_chat_member member→administrator",
        "my_chat_member administrator→member",
    ]


async def test_a_restricted_bot_may_send_what_it_is_left(crowd: Crowd) -> None:
    crowd.stand(0, "member")
    text = frozenset({"can_send_messages"})
    membership.restrict(crowd.world, crowd.group, crowd.person(OWNER), crowd.bot.id, text)
    assert kinds(await crowd.updates()) == ["my_chat_member member→restricted"]
    await crowd.bot.send_message(crowd.id, "x")
    told = await refusal(crowd.bot.send_dice(crowd.id))
    assert told == "Not enough rights to send dice to the chat"


async def test_what_everybody_may_a_bot_needs_a_right_for(crowd: Crowd) -> None:
    crowd.group.permissions = ALL_PERMISSIONS
    crowd.stand(0, "administrator", rights=frozenset({"can_manage_chat"}))
    told = await refusal(crowd.bot.set_chat_title(crowd.id, "New"))
    assert told == "Not enough rights to change chat title"
    message = crowd.write(MEMBER, text="hello")
    told = await refusal(crowd.bot.pin_chat_message(crowd.id, message.id))
    assert told == "Not enough rights to manage pinned messages in the chat"


# Who is told what about others


async def test_only_an_administrator_is_told_of_others(crowd: Crowd) -> None:
    crowd.stand(0, "member")
    joining.join(crowd.world, crowd.group, crowd.person(STRANGER))
    membership.ban(crowd.world, crowd.group, crowd.person(OWNER), STRANGER)
    assert kinds(await crowd.updates()) == ["new_chat_members", "left_chat_member"]


async def test_others_are_told_of_only_if_asked_for(crowd: Crowd) -> None:
    await crowd.bot.get_updates(allowed_updates=[])
    joining.join(crowd.world, crowd.group, crowd.person(STRANGER))
    membership.leave(crowd.world, crowd.group, None)
    told = await crowd.updates()
    assert kinds(told) == [
        "new_chat_members",
        "my_chat_member administrator→left",
        "left_chat_member",
    ]


async def test_people_join_are_added_and_leave(crowd: Crowd) -> None:
    joining.join(crowd.world, crowd.group, crowd.person(STRANGER))
    joining.add(crowd.world, crowd.group, crowd.person(MEMBER), [102, 103])
    membership.leave(crowd.world, crowd.group, crowd.person(STRANGER))
    updates = await crowd.updates()
    assert kinds(updates) == [
        "chat_member left→member",
        "new_chat_members",
        "chat_member left→member",
        "chat_member left→member",
        "new_chat_members",
        "chat_member member→left",
        "left_chat_member",
    ]
    added = message_of(updates[4])
    assert [user.id for user in added.new_chat_members] == [102, 103]
    assert added.from_user is not None
    assert added.from_user.id == MEMBER


async def test_somebody_restricted_who_leaves_stays_restricted(crowd: Crowd) -> None:
    crowd.stand(MEMBER, "restricted", permissions=frozenset())
    membership.leave(crowd.world, crowd.group, crowd.person(MEMBER))
    told = await crowd.bot.get_chat_member(crowd.id, MEMBER)
    assert (told.status, told.to_dict()["is_member"]) == ("restricted", False)
    joining.join(crowd.world, crowd.group, crowd.person(MEMBER))
    assert crowd.group.member(MEMBER) == Member("restricted", permissions=frozenset())


async def test_whoever_is_outside_cannot_act(crowd: Crowd) -> None:
    membership.leave(crowd.world, crowd.group, crowd.person(MEMBER))
    with pytest.raises(InputError, match="not a member"):
        actions.chat_of(crowd.world, crowd.person(MEMBER), crowd.id)


async def test_nobody_joins_twice(crowd: Crowd) -> None:
    with pytest.raises(InputError, match="already"):
        joining.join(crowd.world, crowd.group, crowd.person(MEMBER))
    with pytest.raises(BadRequestError, match="USER_ALREADY_PARTICIPANT"):
        joining.add(crowd.world, crowd.group, crowd.person(OWNER), [MEMBER])


# What people may do


async def test_what_a_member_may_not_do(crowd: Crowd) -> None:
    world, group, person = crowd.world, crowd.group, crowd.person(MEMBER)
    nothing: frozenset[str] = frozenset()
    with pytest.raises(BadRequestError, match="not enough rights to restrict"):
        membership.ban(world, group, person, ADMIN)
    with pytest.raises(BadRequestError, match="not enough rights to restrict"):
        membership.restrict(world, group, person, ADMIN, nothing)
    with pytest.raises(BadRequestError, match="not enough rights"):
        membership.promote(world, group, person, ADMIN, frozenset({"can_pin_messages"}))
    with pytest.raises(BadRequestError, match="edit chat owner rights"):
        membership.transfer(world, group, person, MEMBER)
    group.permissions = USUAL_PERMISSIONS - {"can_invite_users"}
    with pytest.raises(BadRequestError, match="invite members to the supergroup chat"):
        joining.add(world, group, person, [STRANGER])
    with pytest.raises(BadRequestError, match="bots can't add"):
        joining.add(world, group, None, [STRANGER])
    assert await crowd.updates() == []


@pytest.mark.parametrize(
    ("content", "right", "name"),
    [
        ({"text": "x"}, "can_send_messages", "text messages"),
        (PHOTO, "can_send_photos", "photos"),
        ({"animation": {}, "document": {}}, "can_send_other_messages", "animations"),
        ({"document": {}}, "can_send_documents", "documents"),
        ({"video_note": {}}, "can_send_video_notes", "video notes"),
        ({"voice": {}}, "can_send_voice_notes", "voice notes"),
        ({"venue": {}, "location": {}}, "can_send_messages", "venues"),
    ],
)
async def test_people_send_only_what_the_group_lets_them(
    crowd: Crowd, content: dict[str, object], right: str, name: str
) -> None:
    crowd.group.permissions = ALL_PERMISSIONS - {right}
    with pytest.raises(InputError, match=f"may not send {name}"):
        crowd.write(MEMBER, **content)
    crowd.group.permissions = frozenset({right})
    crowd.write(MEMBER, **content)
    crowd.group.permissions = frozenset()
    crowd.write(ADMIN, **content)  # administrators are not held to it


async def test_people_react_only_if_the_group_lets_them(crowd: Crowd) -> None:
    message = crowd.write(OWNER, text="x")
    crowd.group.permissions = ALL_PERMISSIONS - {"can_react_to_messages"}
    with pytest.raises(InputError, match="may not react"):
        actions.react(crowd.world, crowd.person(MEMBER), crowd.group, message.id, "👍")


# The owner


async def test_the_owner_does_not_leave_but_hands_over(crowd: Crowd) -> None:
    owner = crowd.person(OWNER)
    with pytest.raises(InputError, match="make somebody else the owner"):
        membership.leave(crowd.world, crowd.group, owner)
    membership.transfer(crowd.world, crowd.group, owner, MEMBER)
    updates = await crowd.updates()
    assert kinds(updates) == [
        "chat_member member→creator",
        "chat_member creator→administrator",
        "chat_owner_changed",
    ]
    changed = message_of(updates[2]).chat_owner_changed
    assert changed is not None
    assert changed.new_owner.id == MEMBER
    assert crowd.group.can_edit(MEMBER, OWNER, crowd.bot.id)


async def test_a_group_is_not_handed_to_a_bot_or_a_stranger(crowd: Crowd) -> None:
    with pytest.raises(BadRequestError, match="user is a bot"):
        membership.transfer(crowd.world, crowd.group, crowd.person(OWNER), crowd.bot.id)
    with pytest.raises(BadRequestError, match="USER_NOT_PARTICIPANT"):
        membership.transfer(crowd.world, crowd.group, crowd.person(OWNER), STRANGER)


# Anonymous administrators


async def test_what_an_anonymous_administrator_does_is_from_the_group(crowd: Crowd) -> None:
    world, group = crowd.world, crowd.group
    rights = frozenset({"can_restrict_members"})
    membership.promote(world, group, crowd.person(OWNER), MEMBER, rights, anonymous=True)
    crowd.write(MEMBER, text="hello")
    membership.ban(world, group, crowd.person(MEMBER), ADMIN_TO_BE_BANNED)
    membership.promote(world, group, crowd.person(OWNER), MEMBER, rights)
    joining.join(world, group, crowd.person(STRANGER))
    updates = await crowd.updates()
    promoted, message, banned = (update.to_dict() for update in updates[:3])
    assert promoted["chat_member"]["new_chat_member"]["is_anonymous"] is True
    assert message["message"]["from"] == ANONYMOUS_ADMIN
    assert message["message"]["sender_chat"]["id"] == crowd.id
    assert banned["chat_member"]["from"] == ANONYMOUS_ADMIN


ADMIN_TO_BE_BANNED = 105


async def test_the_owner_can_be_anonymous(crowd: Crowd) -> None:
    wish = Wish(status="creator", anonymous=True)
    change_member(crowd.world, crowd.group, crowd.person(OWNER), OWNER, wish)
    assert (await crowd.bot.get_chat_member(crowd.id, OWNER)).to_dict()["is_anonymous"] is True
    crowd.write(OWNER, text="hello")
    changed, message = await crowd.updates()
    assert kinds([changed]) == ["chat_member creator→creator"]
    assert message_of(message).sender_chat == message_of(message).chat


# Wishes: what the page asks for


@pytest.mark.parametrize(
    ("before", "wish", "after"),
    [
        ("member", Wish(status="kicked"), "kicked"),
        ("member", Wish(status="left"), "left"),
        ("member", Wish(status="restricted"), "restricted"),
        ("member", Wish(status="administrator"), "administrator"),
        ("member", Wish(status="creator"), "creator"),
        ("administrator", Wish(status="member"), "member"),
        ("restricted", Wish(status="member"), "member"),
        ("restricted", Wish(status="administrator"), "administrator"),
        ("kicked", Wish(status="left"), "left"),
        ("kicked", Wish(status="member"), "member"),
        ("left", Wish(status="member"), "member"),
        ("left", Wish(status="administrator"), "administrator"),
        ("left", Wish(status="kicked"), "kicked"),
    ],
)
async def test_an_owners_wish_comes_true(crowd: Crowd, before: str, wish: Wish, after: str) -> None:
    crowd.stand(MEMBER, before, rights=ALL_RIGHTS)
    changed = change_member(crowd.world, crowd.group, crowd.person(OWNER), MEMBER, wish)
    assert changed.group is crowd.group
    assert changed.update_id is not None
    assert crowd.group.member(MEMBER).status == after


async def test_an_administrator_offers_the_rights_they_have_themselves(crowd: Crowd) -> None:
    held = frozenset({"can_promote_members", "can_pin_messages", "can_manage_chat"})
    crowd.stand(ADMIN, "administrator", rights=held)
    wish = Wish(status="administrator")
    change_member(crowd.world, crowd.group, crowd.person(ADMIN), MEMBER, wish)
    assert crowd.group.member(MEMBER).rights == {"can_pin_messages", "can_manage_chat"}


async def test_titles_and_tags_can_be_wished_for(crowd: Crowd) -> None:
    owner = crowd.person(OWNER)
    for user_id, status in ((MEMBER, "member"), (ADMIN, "administrator"), (OWNER, "creator")):
        wish = Wish(status=status, custom_title="Day")  # type: ignore[arg-type]
        change_member(crowd.world, crowd.group, owner, user_id, wish)
        assert crowd.group.member(user_id).custom_title == "Day"


@pytest.mark.parametrize(
    ("user_id", "wish", "words"),
    [
        (OWNER, Wish(status="member"), "making somebody else the owner"),
        (STRANGER, Wish(status="administrator", anonymous=True), "begin as anonymous"),
    ],
)
async def test_wishes_that_make_no_sense(
    crowd: Crowd, user_id: int, wish: Wish, words: str
) -> None:
    with pytest.raises(InputError, match=words):
        change_member(crowd.world, crowd.group, crowd.person(OWNER), user_id, wish)


STATUSES = st.sampled_from(["creator", "administrator", "member", "restricted", "left", "kicked"])
PEOPLE = st.sampled_from([OWNER, ADMIN, MEMBER, STRANGER, 42])
WISHES = st.builds(
    Wish,
    status=STATUSES,
    rights=st.none() | st.frozensets(st.sampled_from(sorted(ALL_RIGHTS)), max_size=3),
    permissions=st.none() | st.frozensets(st.sampled_from(sorted(ALL_PERMISSIONS)), max_size=3),
    anonymous=st.none() | st.booleans(),
    custom_title=st.none() | st.text(max_size=3),
)


@given(st.booleans(), st.lists(st.tuples(PEOPLE, PEOPLE, WISHES), max_size=12))
def test_whatever_people_wish_there_is_one_owner_and_updates_follow_on_each_other(
    basic: bool, steps: list[tuple[int, int, Wish]]
) -> None:
    world = World(SandboxConfig(bot_id=42))
    world.updates.allow(["chat_member", "my_chat_member", "message"])
    rights = Member("administrator", rights=ALL_RIGHTS)
    group = create_group(
        world,
        world.people[OWNER],
        "G",
        kind="group" if basic else "supergroup",
        members=[ADMIN, MEMBER],
        bot=rights,
    )
    for actor, target, wish in steps:
        if actor in world.people:
            try:
                group = change_member(world, group, world.people[actor], target, wish).group
            except (BotApiError, InputError):
                continue
    assert [one.status for one in group.members.values()].count("creator") == 1
    known: dict[tuple[int, int], object] = {}
    while (update := world.updates.first()) is not None:
        world.updates.done(update)
        changed = update.get("chat_member") or update.get("my_chat_member")
        if changed:
            whom = (changed["chat"]["id"], changed["old_chat_member"]["user"]["id"])
            assert changed["old_chat_member"] != changed["new_chat_member"]
            if "my_chat_member" in update:
                assert known.get(whom, changed["old_chat_member"]) == changed["old_chat_member"]
                known[whom] = changed["new_chat_member"]
