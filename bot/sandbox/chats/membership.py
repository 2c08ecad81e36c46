"""What can be done to the members of a group, by the bot or a person.

Each function returns the ``update_id`` of what the bot is told about it, or None.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.sandbox.chats.announcements import announce
from bot.sandbox.chats.members import GROUP_RIGHTS, PERMISSIONS, Member
from bot.sandbox.chats.standings import (
    administrator,
    change_standing,
    leave,
    put_out_of_basic_group,
    put_standing,
    standing_of,
    user_of,
)
from bot.sandbox.errors import BadRequestError

if TYPE_CHECKING:
    from bot.sandbox.chats.groups import Group
    from bot.sandbox.chats.people import Person
    from bot.sandbox.world import World

__all__ = [
    "ban",
    "leave",
    "promote",
    "restrict",
    "set_anonymous",
    "transfer",
    "unban",
]

# https://core.telegram.org/bots/api#banchatmember: an end less than 30 seconds or more than 366
# days from now is no end.
SHORTEST = 30
LONGEST = 366 * 86_400

ALL_PERMISSIONS = frozenset(PERMISSIONS)
# What the apps offer a new administrator.
USUAL_RIGHTS = frozenset(GROUP_RIGHTS) - {"can_promote_members"}


def end_of(until: int, now: float) -> int:
    """Return when a ban or restriction ends.

    Args:
        until: The end asked for, in Unix time; 0 is never.
        now: The time, in Unix time.

    Returns:
        The end; 0 for never, which is also what an end too near or too far means.
    """
    return until if now + SHORTEST <= until <= now + LONGEST else 0


def ban(
    world: World, group: Group, actor: Person | None, user_id: int, until: int = 0
) -> int | None:
    """Put somebody out, and keep them from coming back.

    Args:
        world: The sandbox.
        group: The group.
        actor: Who does it; None is the bot.
        user_id: The bot's id, or a person's.
        until: When it ends, in Unix time; 0 is never. In a basic group it has no end.

    Raises:
        BadRequestError: The actor may not.
    """
    if group.kind == "group":
        return put_out_of_basic_group(world, group, actor, user_id)
    new = Member("kicked", until=end_of(until, world.clock.now()))
    return change_standing(world, group, actor, user_id, new)


def unban(
    world: World,
    group: Group,
    actor: Person | None,
    user_id: int,
    *,
    only_if_banned: bool = False,
) -> int | None:
    """Let somebody come back; a member is put out.

    Args:
        world: The sandbox.
        group: The group.
        actor: Who does it; None is the bot.
        user_id: The bot's id, or a person's.
        only_if_banned: Whether to leave members where they are.

    Raises:
        BadRequestError: The actor may not.
    """
    user_of(world, user_id)
    if only_if_banned and standing_of(world, group, user_id).status != "kicked":
        return None
    return change_standing(world, group, actor, user_id, Member())


def restrict(  # noqa: PLR0913, PLR0917 - who, whom, from what and for how long
    world: World,
    group: Group,
    actor: Person | None,
    user_id: int,
    permissions: frozenset[str],
    until: int = 0,
) -> int | None:
    """Set what somebody may do; all permissions together lift a restriction.

    Args:
        world: The sandbox.
        group: The supergroup.
        actor: Who does it; None is the bot.
        user_id: The bot's id, or a person's.
        permissions: What they may do from now on.
        until: When it ends, in Unix time; 0 is never.

    Raises:
        BadRequestError: The actor may not.
    """
    if group.kind == "group":
        raise BadRequestError("can't restrict users in basic group chats")
    user_of(world, user_id)
    old = standing_of(world, group, user_id)
    if permissions >= ALL_PERMISSIONS:
        new = Member("member" if old.inside else "left")
    else:
        new = Member(
            "restricted",
            permissions=permissions,
            joined=old.inside,
            until=end_of(until, world.clock.now()),
        )
    if not old.runs:
        new = replace(new, custom_title=old.custom_title)
    return change_standing(world, group, actor, user_id, new)


def promote(  # noqa: PLR0913 - who, whom, and to what
    world: World,
    group: Group,
    actor: Person | None,
    user_id: int,
    rights: frozenset[str],
    *,
    anonymous: bool = False,
) -> int | None:
    """Set an administrator's rights; none at all make them a member again.

    Args:
        world: The sandbox.
        group: The group.
        actor: Who does it; None is the bot.
        user_id: The bot's id, or a person's.
        rights: What they may do; in a basic group it is always the same.
        anonymous: Whether they write as the group.

    Raises:
        BadRequestError: The actor may not, or has not all of these rights.
    """
    if not (rights or anonymous):
        return change_standing(world, group, actor, user_id, Member("member"))
    new = administrator(group, rights, anonymous=anonymous)
    return change_standing(world, group, actor, user_id, new)


def transfer(world: World, group: Group, owner: Person, user_id: int) -> int | None:
    """Hand a supergroup over to another of its members.

    Args:
        world: The sandbox.
        group: The supergroup.
        owner: Whose it is.
        user_id: Who is to be the owner.

    Raises:
        BadRequestError: It is not theirs to give, or cannot be given to this one.
    """
    user = user_of(world, user_id)
    former, old = group.member(owner.id), standing_of(world, group, user_id)
    if former.status != "creator":
        raise BadRequestError("not enough rights to edit chat owner rights")
    if user["is_bot"]:
        raise BadRequestError("user is a bot")
    if not old.inside or user_id == owner.id:
        raise BadRequestError("USER_NOT_PARTICIPANT")
    update_id = put_standing(world, group, owner, user, replace(old, status="creator", until=0))
    put_standing(
        world,
        group,
        owner,
        owner.user(),
        replace(
            former, status="administrator", rights=frozenset(GROUP_RIGHTS), promoted_by=user_id
        ),
    )
    announce(world, group, owner, {"chat_owner_changed": {"new_owner": user}})
    return update_id


def set_anonymous(world: World, group: Group, owner: Person, *, anonymous: bool) -> int | None:
    """Have the owner of a supergroup write as the group, or as themselves again.

    Args:
        world: The sandbox.
        group: The supergroup.
        owner: Whose it is.
        anonymous: Whether they write as the group.

    Raises:
        BadRequestError: It is not theirs.
    """
    old = group.member(owner.id)
    if old.status != "creator":
        raise BadRequestError("not enough rights to edit chat owner rights")
    return put_standing(world, group, owner, owner.user(), replace(old, anonymous=anonymous))
