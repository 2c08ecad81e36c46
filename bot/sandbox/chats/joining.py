"""Ways into a group: joining by oneself, and being added.

Each function returns the ``update_id`` of what the bot is told about it, or None.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.sandbox.chats.announcements import announce
from bot.sandbox.chats.members import Member
from bot.sandbox.chats.standings import administrator, appointed, put_standing, standing_of, user_of
from bot.sandbox.errors import BadRequestError, InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.sandbox.chats.groups import Group
    from bot.sandbox.chats.people import Person
    from bot.sandbox.world import World


def join(world: World, group: Group, person: Person, link: str = "") -> int | None:
    """Have a person join by themselves.

    Args:
        world: The sandbox.
        group: The group.
        person: Who joins.
        link: The invite link they use; without one they come by a way the bot knows nothing of.

    Raises:
        InputError: They are in it, or banned from it, or the link does not work.
    """
    group.settle(world.clock.now())
    old = group.member(person.id)
    if old.inside:
        raise InputError(f"person {person.id} is in group {group.id} already")
    if old.status == "kicked":
        raise InputError(f"person {person.id} is banned from group {group.id}")
    used = None
    if link:
        used = group.invite_links.get(link)
        if used is None or not used.works(world.clock.now()):
            raise InputError(f"the invite link {link} does not lead into group {group.id}")
        used.joined += 1
    user = person.user()
    shown = used.object(user_of(world, used.creator_id)) if used else None
    update_id = put_standing(world, group, person, user, _inside(old), shown)
    announce(world, group, person, {"new_chat_members": [user]})
    return update_id


def _inside(old: Member) -> Member:
    """Return how somebody stands who comes (back): what they were restricted from stays so."""
    return replace(old, joined=True) if old.status == "restricted" else Member("member")


def add(
    world: World,
    group: Group,
    actor: Person | None,
    user_ids: Sequence[int],
    rights: frozenset[str] = frozenset(),
) -> int | None:
    """Add members, as one does in the apps.

    Args:
        world: The sandbox.
        group: The group.
        actor: Who does it; a bot cannot.
        user_ids: The bot's id, or people's.
        rights: What they may do as administrators; the apps ask that when one adds a bot.

    Returns:
        The ``update_id`` about the last of them.

    Raises:
        BadRequestError: The actor may not, or they are in it already.
    """
    if actor is None:
        raise BadRequestError("bots can't add new chat members")
    if not group.user_may(actor.id, "can_invite_users"):
        called = "supergroup" if group.kind == "supergroup" else "group"
        raise BadRequestError(f"not enough rights to invite members to the {called} chat")
    users = [user_of(world, user_id) for user_id in user_ids]
    standings = []
    for user in users:
        old = standing_of(world, group, user["id"])
        if old.inside:
            raise BadRequestError("USER_ALREADY_PARTICIPANT")
        if old.status == "kicked" and not group.user_may(actor.id, "can_restrict_members"):
            raise BadRequestError("USER_KICKED")
        new = _inside(old)
        if rights:
            new = appointed(world, group, actor, old, administrator(group, rights))
        standings.append((user, new))
    update_id = None
    for user, new in standings:
        update_id = put_standing(world, group, actor, user, new)
    announce(world, group, actor, {"new_chat_members": users})
    return update_id
