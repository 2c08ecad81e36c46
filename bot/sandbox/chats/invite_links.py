"""Invite links: addresses by which people join a group."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.sandbox.chats.names import clean_name
from bot.sandbox.chats.standings import may
from bot.sandbox.errors import BadRequestError

if TYPE_CHECKING:
    from bot.sandbox.chats.groups import Group
    from bot.sandbox.world import World

# https://core.telegram.org/bots/api#createchatinvitelink: 0-32 characters; 1-99999 members
MAX_NAME = 32
MAX_MEMBERS = 99_999


@dataclass(slots=True)
class InviteLink:
    """A link into a group.

    Attributes:
        address: Where it leads.
        creator_id: Who made it.
        name: What administrators call it.
        primary: Whether it is its maker's usual one.
        revoked: Whether it was taken back.
        expires: When it ends, in Unix time; 0 is never.
        limit: How many may join by it; 0 is any number.
        joined: How many did.
    """

    address: str
    creator_id: int
    name: str = ""
    primary: bool = False
    revoked: bool = False
    expires: int = 0
    limit: int = 0
    joined: int = 0

    def works(self, now: float) -> bool:
        """Say whether one can join by it at a time, given in Unix time."""
        in_time = not self.expires or now < self.expires
        return not self.revoked and in_time and (not self.limit or self.joined < self.limit)

    def object(self, creator: dict[str, Any]) -> dict[str, Any]:
        """Return the Bot API ``ChatInviteLink``.

        Args:
            creator: The ``User`` of whoever made it.
        """
        told: dict[str, Any] = {
            "invite_link": self.address,
            "creator": creator,
            "creates_join_request": False,
            "is_primary": self.primary,
            "is_revoked": self.revoked,
        }
        if self.name:
            told["name"] = self.name
        if self.expires:
            told["expire_date"] = self.expires
        if self.limit:
            told["member_limit"] = self.limit
        return told


def check_may_invite(world: World, group: Group) -> None:
    """Check that the bot may make and change links.

    Raises:
        BadRequestError: It may not.
    """
    if not may(world, group, None, "can_invite_users"):
        raise BadRequestError("not enough rights to manage chat invite link")


def make_link(  # noqa: PLR0913 - all that can be said of a link
    world: World,
    group: Group,
    *,
    primary: bool = False,
    name: str = "",
    expires: int = 0,
    limit: int = 0,
) -> InviteLink:
    """Make a link of the bot's; a new primary one revokes the one before.

    Args:
        world: The sandbox.
        group: The group.
        primary: Whether it is to be the bot's usual one.
        name: What administrators call it.
        expires: When it ends, in Unix time; 0 is never.
        limit: How many may join by it; 0 is any number.

    Raises:
        BadRequestError: The bot may not, or the number is out of range.
    """
    check_may_invite(world, group)
    link = InviteLink(f"https://t.me/+{secrets.token_urlsafe(12)}", world.profile.bot_id)
    change_link(link, name, expires, limit)
    if primary and (former := primary_link(group)):
        former.revoked, former.primary = True, False
    link.primary = primary
    group.invite_links[link.address] = link
    world.touch(group)
    return link


def revoke_link(world: World, group: Group, link: InviteLink) -> None:
    """Take a link back. In place of a primary one the bot gets a new one.

    Args:
        world: The sandbox.
        group: The group.
        link: The link.

    Raises:
        BadRequestError: The bot may not.
    """
    if link.primary:
        make_link(world, group, primary=True)
    link.revoked = True
    world.touch(group)


def primary_link(group: Group) -> InviteLink | None:
    """Return the bot's usual link, if it has one."""
    return next((link for link in group.invite_links.values() if link.primary), None)


def change_link(link: InviteLink, name: str, expires: int, limit: int) -> None:
    """Set what is said about a link.

    Args:
        link: The link.
        name: What administrators call it; cut to 32 characters.
        expires: When it ends, in Unix time; 0 is never.
        limit: How many may join by it; 0 is any number.

    Raises:
        BadRequestError: The number is out of range.
    """
    if not 0 <= limit <= MAX_MEMBERS:
        raise BadRequestError("USAGE_LIMIT_INVALID")
    link.name = clean_name(name, MAX_NAME)
    link.expires, link.limit = max(0, expires), limit
