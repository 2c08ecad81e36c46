"""The rules of invite links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from bot.sandbox.chats import joining
from bot.sandbox.errors import InputError
from tests.sandbox.crowds import ALL_RIGHTS, MEMBER, STRANGER, Crowd, kinds
from tests.sandbox.forums import refusal

if TYPE_CHECKING:
    from aiohttp import ClientSession
    from telegram import ChatInviteLink

    from tests.sandbox.conftest import Api

DAY = 86_400


def join(crowd: Crowd, user_id: int, link: str) -> None:
    joining.join(crowd.world, crowd.group, crowd.person(user_id), link)


async def make(crowd: Crowd, **more: int | str) -> ChatInviteLink:
    return await crowd.bot.create_chat_invite_link(crowd.id, **more)  # type: ignore[arg-type]


async def test_a_link_brings_people_in_and_the_bot_is_told_by_which(crowd: Crowd) -> None:
    link = await make(crowd, name="Leaflet")
    assert re.fullmatch(r"https://t\.me/\+[A-Za-z0-9_-]{16}", link.invite_link)
    assert (link.name, link.is_primary, link.is_revoked) == ("Leaflet", False, False)
    assert link.creator == await crowd.bot.get_me()
    join(crowd, STRANGER, link.invite_link)
    changed, message = await crowd.updates()
    assert kinds([changed, message]) == ["chat_member left→member", "new_chat_members"]
    assert changed.chat_member is not None
    assert changed.chat_member.invite_link == link


async def test_a_link_ends_when_its_time_is_over(crowd: Crowd, api: Api) -> None:
    end = crowd.world.clock.date() + DAY
    link = (await make(crowd, expire_date=end)).invite_link
    join(crowd, STRANGER, link)
    await api.post("/time", advance=DAY + 1)
    with pytest.raises(InputError, match="does not lead"):
        join(crowd, 102, link)


async def test_a_link_takes_only_so_many(crowd: Crowd) -> None:
    link = await make(crowd, member_limit=1)
    assert link.member_limit == 1
    join(crowd, STRANGER, link.invite_link)
    with pytest.raises(InputError, match="does not lead"):
        join(crowd, 102, link.invite_link)


async def test_a_primary_link_replaces_the_one_before(crowd: Crowd) -> None:
    first = await crowd.bot.export_chat_invite_link(crowd.id)
    second = await crowd.bot.export_chat_invite_link(crowd.id)
    assert (await crowd.bot.get_chat(crowd.id)).invite_link == second
    with pytest.raises(InputError, match="does not lead"):
        join(crowd, STRANGER, first)
    join(crowd, STRANGER, second)


async def test_a_link_can_be_changed_and_taken_back(crowd: Crowd) -> None:
    link = (await make(crowd, name="Old", member_limit=3)).invite_link
    changed = await crowd.bot.edit_chat_invite_link(crowd.id, link, name="New")
    assert (changed.invite_link, changed.name, changed.member_limit) == (link, "New", None)
    revoked = await crowd.bot.revoke_chat_invite_link(crowd.id, link)
    assert (revoked.invite_link, revoked.is_revoked) == (link, True)
    with pytest.raises(InputError, match="does not lead"):
        join(crowd, STRANGER, link)


async def test_a_primary_link_taken_back_gives_a_new_one(crowd: Crowd) -> None:
    link = await crowd.bot.export_chat_invite_link(crowd.id)
    revoked = await crowd.bot.revoke_chat_invite_link(crowd.id, link)
    assert (revoked.is_revoked, revoked.is_primary) == (True, False)
    now = (await crowd.bot.get_chat(crowd.id)).invite_link
    assert now is not None
    assert now != link


async def test_somebody_banned_or_inside_does_not_come_in(crowd: Crowd) -> None:
    link = (await make(crowd)).invite_link
    crowd.stand(STRANGER, "kicked")
    with pytest.raises(InputError, match="banned"):
        join(crowd, STRANGER, link)
    with pytest.raises(InputError, match="already"):
        join(crowd, MEMBER, link)
    with pytest.raises(InputError, match="does not lead"):
        join(crowd, 102, "https://t.me/+nothing")


async def test_links_that_are_refused(crowd: Crowd, api: Api) -> None:
    await api.send("/start", STRANGER)
    told = await refusal(crowd.bot.create_chat_invite_link(STRANGER))
    assert told == "Can't invite members to a private chat"
    unknown = "https://t.me/+nothing"
    told = await refusal(crowd.bot.edit_chat_invite_link(crowd.id, unknown))
    assert told == "Invite_hash_expired"
    told = await refusal(crowd.bot.revoke_chat_invite_link(crowd.id, unknown))
    assert told == "Invite_hash_expired"
    assert await refusal(make(crowd, member_limit=100_000)) == "Usage_limit_invalid"
    crowd.stand(0, "administrator", rights=ALL_RIGHTS - {"can_invite_users"})
    told = await refusal(make(crowd))
    assert told == "Not enough rights to manage chat invite link"
    assert list(crowd.group.invite_links) == []


async def test_only_those_who_may_invite_see_the_link(crowd: Crowd) -> None:
    await crowd.bot.export_chat_invite_link(crowd.id)
    crowd.stand(0, "administrator", rights=ALL_RIGHTS - {"can_invite_users"})
    assert (await crowd.bot.get_chat(crowd.id)).invite_link is None


async def test_links_that_ask_for_approval_are_not_emulated(
    crowd: Crowd, raw: ClientSession
) -> None:
    form = {"chat_id": str(crowd.id), "creates_join_request": "true"}
    async with raw.post("/bot42:X/createChatInviteLink", data=form) as answer:
        told = await answer.json()
    assert told["description"] == ("Not Implemented in the sandbox: parameter creates_join_request")
