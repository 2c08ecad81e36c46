"""Whatever a bot sends, a method for groups answers or refuses; it never breaks."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.bot_api.methods import METHODS
from bot.sandbox.chats.group_creation import create_group
from bot.sandbox.chats.members import GROUP_RIGHTS, PERMISSIONS, Member
from bot.sandbox.config import SandboxConfig
from bot.sandbox.errors import BotApiError
from bot.sandbox.params import Params
from bot.sandbox.world import World
from tests.sandbox.crowds import ADMIN, ALL_RIGHTS, MEMBER, NOBODY, OWNER, STRANGER

OURS = [
    "getChat", "getChatMember", "getChatAdministrators", "getChatMemberCount", "banChatMember",
    "unbanChatMember", "restrictChatMember", "promoteChatMember", "leaveChat",
    "setChatAdministratorCustomTitle", "setChatMemberTag", "setChatPermissions", "setChatTitle",
    "setChatDescription", "pinChatMessage", "unpinChatMessage", "unpinAllChatMessages",
    "exportChatInviteLink", "createChatInviteLink", "editChatInviteLink", "revokeChatInviteLink",
]  # fmt: skip
NUMBERS = st.sampled_from([OWNER, ADMIN, MEMBER, STRANGER, NOBODY, 42, 0, -1, 2**62])
ODD = (
    st.none() | st.booleans() | st.text(max_size=4) | st.floats() | st.lists(st.none(), max_size=1)
)
FLAGS = st.dictionaries(st.sampled_from(PERMISSIONS), st.booleans() | ODD, max_size=4)
VALUES = {
    "user_id": NUMBERS | ODD,
    "message_id": st.integers(-1, 6) | ODD,
    "until_date": st.integers(-(2**40), 2**40) | ODD,
    "permissions": FLAGS | ODD,
    "only_if_banned": ODD,
    "title": ODD,
    "description": ODD,
    "custom_title": ODD,
    "tag": ODD,
    "invite_link": ODD,
    "member_limit": st.integers(-1, 2**40) | ODD,
    "expire_date": st.integers(-1, 2**40) | ODD,
    "name": ODD,
    "is_anonymous": ODD,
} | dict.fromkeys(GROUP_RIGHTS[:4], ODD)
CALLS = st.tuples(st.sampled_from(OURS), st.fixed_dictionaries({}, optional=VALUES))


@pytest.mark.parametrize("kind", ["group", "supergroup"])
@settings(max_examples=150)
@given(calls=st.lists(CALLS, max_size=6))
def test_any_parameters_are_answered_or_refused(
    kind: Any, calls: list[tuple[str, dict[str, Any]]]
) -> None:
    world = World(SandboxConfig(bot_id=42))
    bot = Member("administrator", rights=ALL_RIGHTS)
    group = create_group(
        world, world.people[OWNER], "G", kind=kind, members=[ADMIN, MEMBER], bot=bot
    )
    refused = set()
    for name, values in calls:
        try:
            METHODS[name.lower()](world, Params({"chat_id": group.id} | values))
        except BotApiError as error:
            refused.add(error.error_code)
    assert refused <= {400, 403, 501}
    assert group.member(OWNER).status == "creator"
