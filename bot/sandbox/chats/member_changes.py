"""A person's wish that somebody stood differently to a group, turned into what brings it about.

What needs a supergroup makes one of a basic group, as the apps do by themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.sandbox.chats import joining, membership, titles
from bot.sandbox.chats.members import BASIC_GROUP_RIGHTS, Status
from bot.sandbox.chats.migration import as_supergroup
from bot.sandbox.chats.standings import standing_of
from bot.sandbox.errors import InputError

if TYPE_CHECKING:
    from bot.sandbox.chats.groups import Group
    from bot.sandbox.chats.people import Person
    from bot.sandbox.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How somebody is to stand.

    Attributes:
        status: As in ``ChatMember``.
        rights: An administrator's; if left out, those they have, or what the apps offer: all that
            the giver has but the right to promote.
        permissions: What a restricted member may do; if left out, nothing.
        anonymous: Whether an administrator or the owner writes as the group; None leaves it.
        custom_title: A title or tag; None leaves it.
        until: When a restriction or ban ends, in Unix time; 0 is never.
        invite_link: By which link they join.
    """

    status: Status
    rights: frozenset[str] | None = None
    permissions: frozenset[str] | None = None
    anonymous: bool | None = None
    custom_title: str | None = None
    until: int = 0
    invite_link: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """What came of it: the group, which may be a new one, and the ``update_id`` if there is one."""

    group: Group
    update_id: int | None


def change_member(world: World, group: Group, actor: Person, user_id: int, wish: Wish) -> Changed:
    """Bring a wish about.

    Args:
        world: The sandbox.
        group: The group.
        actor: Who wishes it.
        user_id: For whom: the bot's id, or a person's.
        wish: How they are to stand.

    Returns:
        The group afterwards, and the ``update_id``.

    Raises:
        InputError: It makes no sense.
        BadRequestError: The actor may not.
    """
    group.settle(world.clock.now())
    if _needs_supergroup(world, group, user_id, wish):
        group = as_supergroup(world, group, actor)
    update_id = _bring_about(world, group, actor, user_id, wish)
    if wish.custom_title is not None:
        runs = standing_of(world, group, user_id).runs
        set_title = titles.set_custom_title if runs else titles.set_tag
        update_id = set_title(world, group, actor, user_id, wish.custom_title) or update_id
    return Changed(group, update_id)


def _needs_supergroup(world: World, group: Group, user_id: int, wish: Wish) -> bool:
    """Say whether a wish cannot come true in a basic group."""
    old = standing_of(world, group, user_id)
    own_rights = wish.rights is not None and wish.rights != BASIC_GROUP_RIGHTS
    match wish.status:
        case "restricted":
            return True
        case "administrator":
            return own_rights or bool(wish.anonymous) or bool(wish.custom_title)
        case "creator":
            return old.status != "creator" or bool(wish.anonymous) or bool(wish.custom_title)
        case "member":
            return bool(wish.custom_title)
        case _:
            return False


def _bring_about(world: World, group: Group, actor: Person, user_id: int, wish: Wish) -> int | None:
    old = standing_of(world, group, user_id)
    match wish.status:
        case "creator" if old.status == "creator":
            if wish.anonymous is None:
                return None
            return membership.set_anonymous(world, group, actor, anonymous=wish.anonymous)
        case "creator":
            return membership.transfer(world, group, actor, user_id)
        case "administrator":
            return _make_administrator(world, group, actor, user_id, wish)
        case "member":
            return _make_member(world, group, actor, user_id, wish)
        case "restricted":
            allowed = wish.permissions or frozenset()
            return membership.restrict(world, group, actor, user_id, allowed, wish.until)
        case "left":
            return _let_go(world, group, actor, user_id)
        case "kicked":
            return membership.ban(world, group, actor, user_id, wish.until)


def _make_administrator(
    world: World, group: Group, actor: Person, user_id: int, wish: Wish
) -> int | None:
    old = standing_of(world, group, user_id)
    rights = wish.rights
    if rights is None:
        giver = standing_of(world, group, actor.id)
        offered = membership.USUAL_RIGHTS
        offered = offered if giver.status == "creator" else offered & giver.rights
        rights = old.rights if old.status == "administrator" else offered
    anonymous = old.anonymous if wish.anonymous is None else wish.anonymous
    if not old.inside:
        if anonymous:
            raise InputError("somebody who is not in the group cannot begin as anonymous")
        return joining.add(world, group, actor, [user_id], rights)
    return membership.promote(world, group, actor, user_id, rights, anonymous=anonymous)


def _make_member(world: World, group: Group, actor: Person, user_id: int, wish: Wish) -> int | None:
    old = standing_of(world, group, user_id)
    if not old.inside:
        if actor.id == user_id:
            return joining.join(world, group, actor, wish.invite_link)
        return joining.add(world, group, actor, [user_id])
    if old.status == "restricted":
        everything = membership.ALL_PERMISSIONS
        return membership.restrict(world, group, actor, user_id, everything)
    if old.status == "administrator":
        return membership.promote(world, group, actor, user_id, frozenset())
    if old.status == "creator":
        raise InputError("an owner stops being one by making somebody else the owner")
    return None


def _let_go(world: World, group: Group, actor: Person, user_id: int) -> int | None:
    if actor.id == user_id:
        return membership.leave(world, group, actor)
    if group.kind == "group" and standing_of(world, group, user_id).inside:
        return membership.ban(world, group, actor, user_id)
    return membership.unban(world, group, actor, user_id)
