"""The rules of the methods for members: what the bot may do to whom, and what it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from telegram import ChatPermissions
from telegram.constants import ChatMemberStatus

from bot.sandbox.chats import joining, membership
from bot.sandbox.chats.members import BASIC_GROUP_RIGHTS, USUAL_PERMISSIONS, Member
from bot.sandbox.errors import InputError
from bot.sandbox.people import actions
from tests.sandbox.crowds import (
    ADMIN,
    ALL_PERMISSIONS,
    ALL_RIGHTS,
    MEMBER,
    NOBODY,
    OWNER,
    STRANGER,
    Crowd,
    forbidden,
    kinds,
)
from tests.sandbox.forums import refusal

if TYPE_CHECKING:
    from aiohttp import ClientSession
    from aiohttp.test_utils import TestServer
    from telegram import Bot

    from tests.sandbox.conftest import Api

DAY = 86_400
MAY_NOT_RESTRICT = "Not enough rights to restrict/unrestrict chat member"


@pytest.fixture
async def basic(sandbox: TestServer, bot: Bot) -> Crowd:
    return await Crowd(sandbox, bot).begin("group")


# getChatMember, getChatAdministrators, getChatMemberCount


async def test_each_status_is_told_with_its_own_fields(crowd: Crowd) -> None:
    crowd.stand(STRANGER, "restricted", permissions=frozenset({"can_send_messages"}))
    end = crowd.world.clock.date() + DAY
    crowd.stand(102, "kicked", until=end)
    told = {
        user_id: await crowd.bot.get_chat_member(crowd.id, user_id)
        for user_id in (OWNER, ADMIN, MEMBER, STRANGER, 102, 103)
    }
    assert [member.status for member in told.values()] == [
        "creator", "administrator", "member", "restricted", "kicked", "left",
    ]  # fmt: skip
    assert told[OWNER].to_dict()["is_anonymous"] is False
    assert told[ADMIN].to_dict()["can_manage_topics"] is True
    assert told[STRANGER].to_dict()["can_send_messages"] is True
    assert told[STRANGER].to_dict()["can_send_photos"] is False
    assert told[STRANGER].to_dict()["is_member"] is True
    assert told[102].to_dict()["until_date"] == end


async def test_somebody_the_bot_never_met_is_no_participant(crowd: Crowd) -> None:
    assert await refusal(crowd.bot.get_chat_member(crowd.id, NOBODY)) == "Participant_id_invalid"


async def test_a_user_id_must_be_positive(crowd: Crowd) -> None:
    for user_id in (0, -5):
        told = await refusal(crowd.bot.get_chat_member(crowd.id, user_id))
        assert told == "Invalid user_id specified"


async def test_a_private_chat_has_the_person_and_the_bot_as_members(crowd: Crowd, api: Api) -> None:
    await api.send("/start", STRANGER)
    for user_id in (STRANGER, crowd.bot.id):
        member = await crowd.bot.get_chat_member(STRANGER, user_id)
        assert (member.status, member.user.id) == ("member", user_id)
    assert await refusal(crowd.bot.get_chat_member(STRANGER, MEMBER)) == "Member not found"
    assert await crowd.bot.get_chat_member_count(STRANGER) == 2
    told = await refusal(crowd.bot.get_chat_administrators(STRANGER))
    assert told == "There are no administrators in the private chat"


async def test_a_basic_group_keeps_no_list_of_those_put_out(basic: Crowd) -> None:
    await basic.bot.ban_chat_member(basic.id, MEMBER)
    assert (await basic.bot.get_chat_member(basic.id, MEMBER)).status == ChatMemberStatus.LEFT
    assert await refusal(basic.bot.get_chat_member(basic.id, NOBODY)) == "Member not found"


async def test_an_administrator_of_a_basic_group_has_no_right_to_topics(basic: Crowd) -> None:
    told = (await basic.bot.get_chat_member(basic.id, basic.bot.id)).to_dict()
    assert "can_manage_topics" not in told
    assert {name for name in BASIC_GROUP_RIGHTS if told[name]} == BASIC_GROUP_RIGHTS
    assert told["can_promote_members"] is False


async def test_administrators_are_the_owner_the_administrators_and_the_bot(crowd: Crowd) -> None:
    told = await crowd.bot.get_chat_administrators(crowd.id)
    assert {one.user.id: one.status for one in told} == {
        OWNER: "creator",
        ADMIN: "administrator",
        crowd.bot.id: "administrator",
    }


async def test_a_bot_that_is_a_member_is_not_among_the_administrators(crowd: Crowd) -> None:
    crowd.stand(0, "member")
    told = await crowd.bot.get_chat_administrators(crowd.id)
    assert {one.user.id for one in told} == {OWNER, ADMIN}


async def test_the_count_is_of_those_inside_with_the_bot(crowd: Crowd) -> None:
    assert await crowd.bot.get_chat_member_count(crowd.id) == 4
    crowd.stand(MEMBER, "restricted", joined=False)
    assert await crowd.bot.get_chat_member_count(crowd.id) == 3


# banChatMember


async def test_a_ban_puts_out_and_is_told_twice(crowd: Crowd) -> None:
    assert await crowd.bot.ban_chat_member(crowd.id, MEMBER) is True
    changed, left = await crowd.updates()
    assert kinds([changed, left]) == ["chat_member member→kicked", "left_chat_member"]
    assert changed.chat_member is not None
    assert changed.chat_member.from_user.id == crowd.bot.id
    assert changed.to_dict()["chat_member"]["new_chat_member"]["until_date"] == 0
    assert left.message is not None
    assert left.message.left_chat_member is not None
    assert left.message.left_chat_member.id == MEMBER
    assert left.message.from_user == await crowd.bot.get_me()
    with pytest.raises(InputError, match="is banned"):
        joining.join(crowd.world, crowd.group, crowd.person(MEMBER))


async def test_a_ban_ends_when_its_time_is_over_and_nobody_is_told(crowd: Crowd, api: Api) -> None:
    end = crowd.world.clock.date() + DAY
    await crowd.bot.ban_chat_member(crowd.id, MEMBER, until_date=end)
    told = await crowd.bot.get_chat_member(crowd.id, MEMBER)
    assert told.to_dict() | {"user": 0} == {"status": "kicked", "until_date": end, "user": 0}
    await crowd.updates()
    await api.post("/time", advance=DAY + 1)
    assert (await crowd.bot.get_chat_member(crowd.id, MEMBER)).status == ChatMemberStatus.LEFT
    assert await crowd.updates() == []
    joining.join(crowd.world, crowd.group, crowd.person(MEMBER))
    assert kinds(await crowd.updates()) == ["chat_member left→member", "new_chat_members"]


@pytest.mark.parametrize("seconds", [-5, 0, 25, 367 * DAY])
async def test_a_ban_that_ends_too_soon_or_too_late_never_ends(crowd: Crowd, seconds: int) -> None:
    end = crowd.world.clock.date() + seconds
    await crowd.bot.ban_chat_member(crowd.id, MEMBER, until_date=end)
    assert crowd.group.member(MEMBER).until == 0


async def test_a_ban_of_somebody_outside_says_nothing_to_the_group(crowd: Crowd) -> None:
    await crowd.bot.ban_chat_member(crowd.id, STRANGER)
    assert kinds(await crowd.updates()) == ["chat_member left→kicked"]


async def test_a_ban_again_is_no_change(crowd: Crowd) -> None:
    await crowd.bot.ban_chat_member(crowd.id, MEMBER)
    await crowd.updates()
    assert await crowd.bot.ban_chat_member(crowd.id, MEMBER) is True
    assert await crowd.updates() == []


async def test_whom_the_bot_cannot_ban(crowd: Crowd) -> None:
    cases = {
        OWNER: "Can't remove chat owner",
        ADMIN: "User is an administrator of the chat",
        crowd.bot.id: "Can't restrict self",
        NOBODY: "Participant_id_invalid",
    }
    for user_id, words in cases.items():
        assert await refusal(crowd.bot.ban_chat_member(crowd.id, user_id)) == words
    assert await crowd.updates() == []


async def test_an_administrator_whom_the_bot_promoted_can_be_banned(crowd: Crowd) -> None:
    crowd.stand(ADMIN, "administrator", rights=ALL_RIGHTS, promoted_by=crowd.bot.id)
    await crowd.bot.ban_chat_member(crowd.id, ADMIN)
    assert kinds(await crowd.updates()) == ["chat_member administrator→kicked", "left_chat_member"]


async def test_without_the_right_nobody_is_banned_restricted_or_let_back(crowd: Crowd) -> None:
    crowd.stand(0, "administrator", rights=ALL_RIGHTS - {"can_restrict_members"})
    crowd.stand(STRANGER, "kicked")
    nothing = ChatPermissions.no_permissions()
    for call in (
        crowd.bot.ban_chat_member(crowd.id, MEMBER),
        crowd.bot.restrict_chat_member(crowd.id, MEMBER, nothing),
        crowd.bot.unban_chat_member(crowd.id, STRANGER),
    ):
        assert await refusal(call) == MAY_NOT_RESTRICT


async def test_a_basic_group_puts_out_without_a_ban(basic: Crowd) -> None:
    await basic.bot.ban_chat_member(basic.id, MEMBER)
    assert kinds(await basic.updates()) == ["chat_member member→left", "left_chat_member"]
    assert await refusal(basic.bot.ban_chat_member(basic.id, MEMBER)) == "User_not_participant"
    assert await refusal(basic.bot.ban_chat_member(basic.id, ADMIN)) == "Chat_admin_required"
    basic.stand(0, "member")
    assert await refusal(basic.bot.ban_chat_member(basic.id, OWNER)) == "Chat_admin_required"


# unbanChatMember


async def test_somebody_banned_is_let_back(crowd: Crowd) -> None:
    crowd.stand(MEMBER, "kicked")
    await crowd.bot.unban_chat_member(crowd.id, MEMBER, only_if_banned=True)
    assert kinds(await crowd.updates()) == ["chat_member kicked→left"]


async def test_to_unban_a_member_puts_them_out(crowd: Crowd) -> None:
    await crowd.bot.unban_chat_member(crowd.id, MEMBER)
    assert kinds(await crowd.updates()) == [
        "chat_member member→kicked",
        "left_chat_member",
        "chat_member kicked→left",
    ]


async def test_somebody_put_out_is_told_as_banned_for_a_minute(crowd: Crowd) -> None:
    """TDLib bans them for so long, and lets them off then."""
    before = crowd.world.clock.date()
    await crowd.bot.unban_chat_member(crowd.id, MEMBER)
    banned = (await crowd.updates())[0].to_dict()["chat_member"]["new_chat_member"]
    assert before + 60 <= banned["until_date"] <= crowd.world.clock.date() + 60


async def test_only_if_banned_leaves_members_where_they_are(crowd: Crowd) -> None:
    assert await crowd.bot.unban_chat_member(crowd.id, MEMBER, only_if_banned=True) is True
    assert await crowd.updates() == []
    assert crowd.group.member(MEMBER).status == "member"


async def test_to_unban_somebody_who_left_changes_nothing(crowd: Crowd) -> None:
    assert await crowd.bot.unban_chat_member(crowd.id, STRANGER) is True
    assert await crowd.updates() == []


# restrictChatMember


async def test_a_restriction_is_told_to_the_bot_and_not_to_the_group(crowd: Crowd) -> None:
    end = crowd.world.clock.date() + DAY
    only_text = ChatPermissions(can_send_messages=True)
    await crowd.bot.restrict_chat_member(crowd.id, MEMBER, only_text, until_date=end)
    (update,) = await crowd.updates()
    assert kinds([update]) == ["chat_member member→restricted"]
    new = update.to_dict()["chat_member"]["new_chat_member"]
    allowed = {name for name, value in new.items() if name.startswith("can_") and value}
    assert allowed == {"can_send_messages", "can_react_to_messages"}
    assert (new["is_member"], new["until_date"]) == (True, end)


async def test_a_restriction_ends_when_its_time_is_over(crowd: Crowd, api: Api) -> None:
    end = crowd.world.clock.date() + DAY
    nothing = ChatPermissions.no_permissions()
    await crowd.bot.restrict_chat_member(crowd.id, MEMBER, nothing, until_date=end)
    with pytest.raises(InputError, match="may not send text messages"):
        crowd.write(MEMBER, text="hello")
    await api.post("/time", advance=DAY + 1)
    assert actions.chat_of(crowd.world, crowd.person(MEMBER), crowd.id) is crowd.group
    crowd.write(MEMBER, text="hello")
    assert (await crowd.bot.get_chat_member(crowd.id, MEMBER)).status == ChatMemberStatus.MEMBER


async def test_nobody_restricted_may_more_than_everybody(crowd: Crowd) -> None:
    crowd.stand(MEMBER, "restricted", permissions=ALL_PERMISSIONS - {"can_send_photos"})
    crowd.write(MEMBER, text="hello")
    crowd.group.permissions = ALL_PERMISSIONS - {"can_send_messages"}
    with pytest.raises(InputError, match="may not send text messages"):
        crowd.write(MEMBER, text="hello")


async def test_all_permissions_lift_a_restriction(crowd: Crowd) -> None:
    crowd.stand(MEMBER, "restricted", permissions=frozenset())
    crowd.stand(STRANGER, "restricted", permissions=frozenset(), joined=False)
    everything = ChatPermissions.all_permissions()
    for user_id in (MEMBER, STRANGER):
        await crowd.bot.restrict_chat_member(crowd.id, user_id, everything)
    assert kinds(await crowd.updates()) == [
        "chat_member restricted→member",
        "chat_member restricted→left",
    ]


async def test_somebody_outside_can_be_restricted_beforehand(crowd: Crowd) -> None:
    nothing = ChatPermissions.no_permissions()
    await crowd.bot.restrict_chat_member(crowd.id, STRANGER, nothing)
    joining.join(crowd.world, crowd.group, crowd.person(STRANGER))
    before, joined, _ = await crowd.updates()
    assert kinds([before, joined]) == [
        "chat_member left→restricted",
        "chat_member restricted→restricted",
    ]
    with pytest.raises(InputError, match="may not send text messages"):
        crowd.write(STRANGER, text="hello")


WIDE = {"can_send_other_messages": True}
IMPLIED = {
    "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos",
    "can_send_videos", "can_send_video_notes", "can_send_voice_notes", "can_react_to_messages",
    "can_send_other_messages",
}  # fmt: skip


@pytest.mark.parametrize(
    ("given", "independent", "allowed"),
    [
        (WIDE, False, IMPLIED),
        (WIDE, True, {"can_send_other_messages"}),
        ({"can_send_polls": True}, False,
         {"can_send_polls", "can_send_messages", "can_react_to_messages"}),
        ({"can_pin_messages": True}, False,
         {"can_pin_messages", "can_edit_tag", "can_manage_topics"}),
        ({"can_pin_messages": True, "can_manage_topics": False}, False,
         {"can_pin_messages", "can_edit_tag"}),
    ],
)  # fmt: skip
async def test_permissions_imply_others_unless_they_are_independent(
    crowd: Crowd, given: dict[str, Any], independent: bool, allowed: set[str]
) -> None:
    await crowd.bot.restrict_chat_member(
        crowd.id,
        MEMBER,
        ChatPermissions(**given),
        use_independent_chat_permissions=independent,
    )
    assert crowd.group.member(MEMBER).permissions == allowed


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("{", "can't parse permissions JSON object"),
        ("[]", "object expected as permissions"),
        ('{"can_send_polls": 1}',
         "can't parse chat permissions: Field \"can_send_polls\" must be of type Boolean"),
    ],
)  # fmt: skip
async def test_permissions_that_are_none_are_refused(
    crowd: Crowd, raw: ClientSession, given: str, words: str
) -> None:
    form = {"chat_id": str(crowd.id), "user_id": str(MEMBER), "permissions": given}
    async with raw.post("/bot42:X/restrictChatMember", data=form) as answer:
        told = await answer.json()
    assert (told["error_code"], told["description"]) == (400, f"Bad Request: {words}")


async def test_whom_the_bot_cannot_restrict(crowd: Crowd) -> None:
    cases = {
        OWNER: "Can't remove chat owner",
        ADMIN: "User is an administrator of the chat",
        crowd.bot.id: "Can't restrict self",
        NOBODY: "Participant_id_invalid",
    }
    nothing = ChatPermissions.no_permissions()
    for user_id, words in cases.items():
        told = await refusal(crowd.bot.restrict_chat_member(crowd.id, user_id, nothing))
        assert told == words


# promoteChatMember


async def test_a_promotion_gives_the_rights_named_and_that_to_manage(crowd: Crowd) -> None:
    await crowd.bot.promote_chat_member(crowd.id, MEMBER, can_delete_messages=True)
    (update,) = await crowd.updates()
    assert kinds([update]) == ["chat_member member→administrator"]
    new = update.to_dict()["chat_member"]["new_chat_member"]
    given = {name for name in ALL_RIGHTS if new.get(name)}
    assert given == {"can_delete_messages", "can_manage_chat"}
    assert (new["can_be_edited"], new["is_anonymous"]) == (True, False)


async def test_a_promotion_to_nothing_is_a_demotion(crowd: Crowd) -> None:
    await crowd.bot.promote_chat_member(crowd.id, MEMBER, can_delete_messages=True)
    await crowd.bot.promote_chat_member(crowd.id, MEMBER)
    assert kinds(await crowd.updates())[1:] == ["chat_member administrator→member"]


async def test_the_same_rights_again_are_no_change(crowd: Crowd) -> None:
    for _ in range(2):
        await crowd.bot.promote_chat_member(crowd.id, MEMBER, can_pin_messages=True)
    await crowd.bot.promote_chat_member(crowd.id, ADMIN, **dict.fromkeys(ptb_rights(), True),
                                        api_kwargs={"can_send_welcome_messages": True})  # fmt: skip
    assert kinds(await crowd.updates()) == ["chat_member member→administrator"]


def ptb_rights() -> list[str]:
    """Return the rights that python-telegram-bot has parameters for."""
    return sorted(ALL_RIGHTS - {"can_send_welcome_messages"})


async def test_the_bot_gives_only_rights_that_it_has(crowd: Crowd) -> None:
    crowd.stand(0, "administrator", rights=frozenset({"can_promote_members"}))
    call = crowd.bot.promote_chat_member(crowd.id, MEMBER, can_pin_messages=True)
    assert await refusal(call) == "Right_forbidden"
    call = crowd.bot.promote_chat_member(crowd.id, MEMBER, is_anonymous=True)
    assert await refusal(call) == "Right_forbidden"


async def test_without_the_right_to_promote_it_promotes_nobody(crowd: Crowd) -> None:
    crowd.stand(0, "administrator", rights=ALL_RIGHTS - {"can_promote_members"})
    call = crowd.bot.promote_chat_member(crowd.id, MEMBER, can_pin_messages=True)
    assert await refusal(call) == "Not enough rights"


async def test_whom_the_bot_cannot_promote(crowd: Crowd) -> None:
    cases = {
        OWNER: "Can't remove chat owner",
        ADMIN: "Chat_admin_required",
        STRANGER: "User_not_participant",
        crowd.bot.id: "Can't promote self",
        NOBODY: "Participant_id_invalid",
    }
    for user_id, words in cases.items():
        call = crowd.bot.promote_chat_member(crowd.id, user_id, can_pin_messages=True)
        assert await refusal(call) == words
    assert await crowd.updates() == []


async def test_those_promoted_by_those_it_promoted_are_the_bots_too(crowd: Crowd) -> None:
    await crowd.bot.promote_chat_member(
        crowd.id, MEMBER, can_promote_members=True, can_pin_messages=True
    )
    joining.join(crowd.world, crowd.group, crowd.person(STRANGER))
    pins = frozenset({"can_pin_messages"})
    membership.promote(crowd.world, crowd.group, crowd.person(MEMBER), STRANGER, pins)
    told = await crowd.bot.get_chat_member(crowd.id, STRANGER)
    assert told.to_dict()["can_be_edited"] is True
    await crowd.bot.promote_chat_member(crowd.id, STRANGER)
    assert crowd.group.member(STRANGER).status == "member"


async def test_methods_that_need_a_supergroup_say_so(basic: Crowd, api: Api) -> None:
    await api.send("/start", STRANGER)
    large = "Method is available for supergroup and channel chats only"
    nothing = ChatPermissions.no_permissions()
    for chat in (basic.id, STRANGER):
        assert await refusal(basic.bot.promote_chat_member(chat, MEMBER)) == large
        assert await refusal(basic.bot.unban_chat_member(chat, MEMBER)) == large
        told = await refusal(basic.bot.restrict_chat_member(chat, MEMBER, nothing))
        assert told == "Method is available only for supergroups"
    told = await refusal(basic.bot.ban_chat_member(STRANGER, MEMBER))
    assert told == "Can't ban members in private chats"


# setChatAdministratorCustomTitle and setChatMemberTag


async def test_a_title_is_told_and_stands_beside_messages(crowd: Crowd) -> None:
    await crowd.bot.promote_chat_member(crowd.id, MEMBER, can_pin_messages=True)
    await crowd.updates()
    await crowd.bot.set_chat_administrator_custom_title(crowd.id, MEMBER, "Lawyer № 1")
    crowd.write(MEMBER, text="hello")
    changed, message = await crowd.updates()
    assert kinds([changed]) == ["chat_member administrator→administrator"]
    assert changed.to_dict()["chat_member"]["new_chat_member"]["custom_title"] == "Lawyer № 1"
    assert message.message is not None
    assert message.message.sender_tag == "Lawyer № 1"


async def test_whose_title_the_bot_cannot_set(crowd: Crowd, api: Api) -> None:
    await api.send("/start", STRANGER)
    cases = {
        OWNER: "Only the owner can edit their custom title",
        MEMBER: "User is not an administrator",
        ADMIN: "Not enough rights to change custom title of the user",
        NOBODY: "Participant_id_invalid",
    }
    for user_id, words in cases.items():
        call = crowd.bot.set_chat_administrator_custom_title(crowd.id, user_id, "x")
        assert await refusal(call) == words
    call = crowd.bot.set_chat_administrator_custom_title(STRANGER, STRANGER, "x")
    assert await refusal(call) == "Method is available only for groups and supergroups"


@pytest.mark.parametrize(
    ("title", "words"),
    [("x" * 17, "Custom_title_invalid"), ("best 👍", "Custom_title_emoji_not_allowed")],
)
async def test_a_title_is_short_and_without_emoji(crowd: Crowd, title: str, words: str) -> None:
    await crowd.bot.promote_chat_member(crowd.id, MEMBER, can_pin_messages=True)
    call = crowd.bot.set_chat_administrator_custom_title(crowd.id, MEMBER, title)
    assert await refusal(call) == words


async def test_a_tag_is_told_and_can_be_taken_away(crowd: Crowd) -> None:
    await crowd.bot.set_chat_member_tag(crowd.id, MEMBER, "night shift")
    crowd.write(MEMBER, text="hello")
    await crowd.bot.set_chat_member_tag(crowd.id, MEMBER, "")
    given, message, taken = (update.to_dict() for update in await crowd.updates())
    assert given["chat_member"]["new_chat_member"]["tag"] == "night shift"
    assert message["message"]["sender_tag"] == "night shift"
    assert "tag" not in taken["chat_member"]["new_chat_member"]


async def test_whose_tag_the_bot_cannot_set(crowd: Crowd) -> None:
    cases = {
        OWNER: "Chat_creator_required",
        ADMIN: "Chat_admin_required",
        STRANGER: "User_not_participant",
        NOBODY: "Participant_id_invalid",
    }
    for user_id, words in cases.items():
        assert await refusal(crowd.bot.set_chat_member_tag(crowd.id, user_id, "x")) == words
    crowd.stand(0, "administrator", rights=ALL_RIGHTS - {"can_manage_tags"})
    told = await refusal(crowd.bot.set_chat_member_tag(crowd.id, MEMBER, "x"))
    assert told == "Chat_admin_required"


# leaveChat


async def test_the_bot_leaves_and_is_told_so(crowd: Crowd) -> None:
    await crowd.bot.leave_chat(crowd.id)
    changed, left = await crowd.updates()
    assert kinds([changed, left]) == ["my_chat_member administrator→left", "left_chat_member"]
    assert left.message is not None
    assert left.message.left_chat_member == left.message.from_user == await crowd.bot.get_me()
    words = "Forbidden: bot is not a member of the supergroup chat"
    for call in (
        crowd.bot.get_chat(crowd.id),
        crowd.bot.send_message(crowd.id, "x"),
        crowd.bot.leave_chat(crowd.id),
    ):
        assert await forbidden(call) == words
    crowd.write(MEMBER, text="/start")
    assert await crowd.updates() == []


async def test_to_unban_itself_is_to_leave(crowd: Crowd) -> None:
    await crowd.bot.unban_chat_member(crowd.id, crowd.bot.id)
    assert kinds(await crowd.updates())[0] == "my_chat_member administrator→left"


async def test_a_basic_group_can_be_left_twice_and_still_be_looked_at(basic: Crowd) -> None:
    assert await basic.bot.leave_chat(basic.id) is True
    assert await basic.bot.leave_chat(basic.id) is True
    assert kinds(await basic.updates()) == ["my_chat_member administrator→left", "left_chat_member"]
    assert (await basic.bot.get_chat(basic.id)).title == "Crowd"
    itself = await basic.bot.get_chat_member(basic.id, basic.bot.id)
    assert itself.status == ChatMemberStatus.LEFT
    told = await forbidden(basic.bot.get_chat_member_count(basic.id))
    assert told == "Forbidden: bot is not a member of the group chat"


async def test_a_private_chat_cannot_be_left(crowd: Crowd, api: Api) -> None:
    await api.send("/start", STRANGER)
    assert await refusal(crowd.bot.leave_chat(STRANGER)) == "Can't leave private chats"


async def test_channels_as_members_are_not_emulated(crowd: Crowd, raw: ClientSession) -> None:
    form = {"chat_id": str(crowd.id), "sender_chat_id": "-100"}
    async with raw.post("/bot42:X/banChatSenderChat", data=form) as answer:
        told = await answer.json()
    assert (answer.status, told["description"]) == (
        501, "Not Implemented in the sandbox: banChatSenderChat",
    )  # fmt: skip


def test_a_member_may_what_the_group_lets_everybody_do_and_a_bot_less() -> None:
    everything = frozenset(ALL_PERMISSIONS)
    member, administrator = Member("member"), Member("administrator")
    assert member.may("can_pin_messages", everything)
    assert not member.may("can_pin_messages", everything, is_bot=True)
    assert not member.may("can_pin_messages", USUAL_PERMISSIONS)
    assert administrator.may("can_send_photos", frozenset())
    assert administrator.may("can_pin_messages", everything)
    assert not administrator.may("can_pin_messages", everything, is_bot=True)
    assert member.may("can_send_photos", everything, is_bot=True)
