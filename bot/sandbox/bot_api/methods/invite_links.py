"""The methods for invite links. Links that ask for approval, and paid ones, are not emulated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.bot_api.methods.registry import method
from bot.sandbox.bot_api.methods.shared_params import read_group
from bot.sandbox.chats.invite_links import (
    InviteLink,
    change_link,
    check_may_invite,
    make_link,
    revoke_link,
)
from bot.sandbox.errors import BadRequestError, NotEmulatedError

if TYPE_CHECKING:
    from bot.sandbox.chats.groups import Group
    from bot.sandbox.params import Params
    from bot.sandbox.world import World


def _group(world: World, params: Params) -> Group:
    params.refuse("creates_join_request")
    return read_group(world, params, "can't invite members to a private chat")


def _known(world: World, group: Group, params: Params) -> InviteLink:
    check_may_invite(world, group)
    address = params.text("invite_link")
    if not address:
        raise BadRequestError("invite link must be non-empty")
    link = group.invite_links.get(address)
    if link is None:
        raise BadRequestError("INVITE_HASH_EXPIRED")
    return link


def _said(params: Params) -> tuple[str, int, int]:
    """Read a link's name, end and number of members."""
    return params.text("name"), params.integer("expire_date"), params.integer("member_limit")


@method("exportChatInviteLink")
def export_chat_invite_link(world: World, params: Params) -> str:
    """Make a new primary link; the one before no longer works."""
    return make_link(world, _group(world, params), primary=True).address


@method("createChatInviteLink")
def create_chat_invite_link(world: World, params: Params) -> dict[str, Any]:
    """Make one more link."""
    name, expires, limit = _said(params)
    link = make_link(world, _group(world, params), name=name, expires=expires, limit=limit)
    return link.object(world.bot_user())


@method("editChatInviteLink")
def edit_chat_invite_link(world: World, params: Params) -> dict[str, Any]:
    """Change a link; what is left out is taken away."""
    link = _known(world, _group(world, params), params)
    if link.primary:
        raise NotEmulatedError("editing a primary invite link")
    change_link(link, *_said(params))
    return link.object(world.bot_user())


@method("revokeChatInviteLink")
def revoke_chat_invite_link(world: World, params: Params) -> dict[str, Any]:
    """Take a link back; in place of a primary one there is a new one at once."""
    group = _group(world, params)
    link = _known(world, group, params)
    revoke_link(world, group, link)
    return link.object(world.bot_user())
