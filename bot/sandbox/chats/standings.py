"""How somebody stands to a group, and who may change that to what.

The rules and the words of the refusals are those of TDLib's ``DialogParticipantManager``, which
the Bot API server asks, and of Telegram's servers behind it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.sandbox.chats.announcements import announce, tell_membership
from bot.sandbox.chats.members import BASIC_GROUP_RIGHTS, MANAGE_CHAT, Member
from bot.sandbox.errors import BadRequestError, InputError

if TYPE_CHECKING:
    from bot.sandbox.chats.groups import Group
    from bot.sandbox.chats.people import Person
    from bot.sandbox.world import World

# A member who is put out without a ban is banned for so long and then let off (TDLib).
PUT_OUT_SECONDS = 60


def user_of(world: World, user_id: int) -> dict[str, Any]:
    """Return the ``User`` of the bot or a person.

    Raises:
        BadRequestError: The bot never met them.
    """
    if user_id == world.profile.bot_id:
        return world.bot_user()
    user = world.known_user(user_id)
    if user is None:
        raise BadRequestError("PARTICIPANT_ID_INVALID")
    return user


def id_of(world: World, actor: Person | None) -> int:
    """Return the user id of whoever acts: None is the bot."""
    return world.profile.bot_id if actor is None else actor.id


def may(world: World, group: Group, actor: Person | None, right: str) -> bool:
    """Say whether whoever acts may do something: None is the bot."""
    return group.may(id_of(world, actor), right, world.profile.bot_id)


def standing_of(world: World, group: Group, user_id: int) -> Member:
    """Return how the bot or a person stands to a group."""
    return group.standing(user_id, world.profile.bot_id)


def put_standing(  # noqa: PLR0913, PLR0917 - who changed whom, to what and how
    world: World,
    group: Group,
    actor: Person | None,
    user: dict[str, Any],
    new: Member,
    invite_link: dict[str, Any] | None = None,
) -> int | None:
    """Set how somebody stands, without asking whether it is allowed, and tell the bot.

    Args:
        world: The sandbox.
        group: The group.
        actor: Who does it; None is the bot.
        user: The ``User`` of whom it is done to.
        new: How they stand from now on.
        invite_link: The ``ChatInviteLink`` by which they joined.

    Returns:
        The ``update_id``; None if the bot is not told.
    """
    bot_id = world.profile.bot_id
    before = group.chat_member(user, bot_id)
    group.put_member(user["id"], new, bot_id)
    world.touch(group)
    after = group.chat_member(user, bot_id)
    return tell_membership(world, group, actor, user, before, after, invite_link=invite_link)


def change_standing(
    world: World, group: Group, actor: Person | None, user_id: int, new: Member
) -> int | None:
    """Set how somebody stands to a group, if that is allowed.

    Args:
        world: The sandbox.
        group: The group.
        actor: Who does it; None is the bot.
        user_id: The bot's id, or a person's.
        new: How they are to stand.

    Returns:
        The ``update_id``; None if nothing changed or the bot is not told.

    Raises:
        BadRequestError: The actor may not.
    """
    user = user_of(world, user_id)
    old = standing_of(world, group, user_id)
    if _same(old, new):
        return None
    if old.status == "creator":
        raise BadRequestError("can't remove chat owner")
    demotion = old.status == "administrator" and new.status == "member"
    if new.status == "administrator" or demotion:
        return _appoint(world, group, actor, user, new)
    if new.status == "member" and not old.inside:
        raise BadRequestError("bots can't add new chat members")
    return _restrict(world, group, actor, user, new)


def _same(old: Member, new: Member) -> bool:
    shared = replace(new, promoted_by=old.promoted_by, custom_title=old.custom_title)
    match new.status:
        case "member" | "left":
            return old.status == new.status
        case "kicked":
            return old.status == "kicked" and old.until == new.until
        case _:
            return old == shared


def administrator(group: Group, rights: frozenset[str], *, anonymous: bool = False) -> Member:
    """Return the standing of an administrator.

    Args:
        group: The group; in a basic one all administrators have the same rights.
        rights: What they may do.
        anonymous: Whether they write as the group.
    """
    given = BASIC_GROUP_RIGHTS if group.kind == "group" else rights | {MANAGE_CHAT}
    return Member("administrator", rights=given, anonymous=anonymous)


def appointed(world: World, group: Group, actor: Person | None, old: Member, new: Member) -> Member:
    """Check that the actor may give an administrator's rights, and return the new standing.

    Args:
        world: The sandbox.
        group: The group.
        actor: Who does it; None is the bot.
        old: How the administrator to be stands.
        new: The standing they are to have.

    Raises:
        BadRequestError: The actor may not promote, or lacks some of the rights.
    """
    giver = standing_of(world, group, id_of(world, actor))
    if group.kind == "group" and giver.status != "creator":
        raise BadRequestError("need owner rights in the group chat")
    if not may(world, group, actor, "can_promote_members"):
        raise BadRequestError("not enough rights")
    exceeds = not new.rights <= giver.rights or (new.anonymous and not giver.anonymous)
    if giver.status != "creator" and exceeds:
        raise BadRequestError("RIGHT_FORBIDDEN")
    by = old.promoted_by if old.status == "administrator" else id_of(world, actor)
    title = old.custom_title if new.status == "administrator" else ""
    return replace(new, promoted_by=by, custom_title=title)


def _appoint(
    world: World, group: Group, actor: Person | None, user: dict[str, Any], new: Member
) -> int | None:
    """Give, change or take an administrator's rights."""
    old = standing_of(world, group, user["id"])
    if user["id"] == id_of(world, actor):
        if new.status == "administrator":
            raise BadRequestError("can't promote self")
        return put_standing(world, group, actor, user, new)
    given = appointed(world, group, actor, old, new)
    if old.status == "administrator" and not _may_edit(world, group, actor, user["id"]):
        raise BadRequestError("CHAT_ADMIN_REQUIRED")
    if not old.inside:
        raise BadRequestError("USER_NOT_PARTICIPANT")
    return put_standing(world, group, actor, user, given)


def _may_edit(world: World, group: Group, actor: Person | None, user_id: int) -> bool:
    return group.can_edit(id_of(world, actor), user_id, world.profile.bot_id)


def _restrict(
    world: World, group: Group, actor: Person | None, user: dict[str, Any], new: Member
) -> int | None:
    """Put somebody out, let them back, or set what they may do."""
    old = standing_of(world, group, user["id"])
    if user["id"] == id_of(world, actor):
        if new.status == "left":
            return leave(world, group, actor)
        raise BadRequestError(f"can't {'un' if new.status == 'member' else ''}restrict self")
    if not may(world, group, actor, "can_restrict_members"):
        raise BadRequestError("not enough rights to restrict/unrestrict chat member")
    if old.runs and not _may_edit(world, group, actor, user["id"]):
        raise BadRequestError("user is an administrator of the chat")
    if old.inside and new.status == "left":
        short = Member("kicked", until=world.clock.date() + PUT_OUT_SECONDS)
        _put_out(world, group, actor, user, short)
        return put_standing(world, group, actor, user, new)
    if old.inside and not new.inside:
        return _put_out(world, group, actor, user, new)
    return put_standing(world, group, actor, user, new)


def _put_out(
    world: World, group: Group, actor: Person | None, user: dict[str, Any], new: Member
) -> int | None:
    update_id = put_standing(world, group, actor, user, new)
    announce(world, group, actor, {"left_chat_member": user})
    return update_id


def leave(world: World, group: Group, actor: Person | None) -> int | None:
    """Leave a group.

    Args:
        world: The sandbox.
        group: The group.
        actor: Who leaves; None is the bot.

    Returns:
        The ``update_id``; None if the bot is not told.

    Raises:
        InputError: It is the owner.
    """
    user = user_of(world, id_of(world, actor))
    old = standing_of(world, group, user["id"])
    if old.status == "creator":
        raise InputError("the owner cannot leave here; make somebody else the owner first")
    if not old.inside:
        return None
    new = replace(old, joined=False) if old.status == "restricted" else Member()
    return _put_out(world, group, actor, user, new)


def put_out_of_basic_group(
    world: World, group: Group, actor: Person | None, user_id: int
) -> int | None:
    """Put somebody out of a basic group; a ban there has no end.

    Args:
        world: The sandbox.
        group: The group.
        actor: Who does it; None is the bot.
        user_id: The bot's id, or a person's.

    Returns:
        The ``update_id``; None if the bot is not told.

    Raises:
        BadRequestError: The actor may not, or they are not in it.
    """
    user = user_of(world, user_id)
    old = standing_of(world, group, user_id)
    if user_id == id_of(world, actor):
        return leave(world, group, actor)
    if not old.inside:
        raise BadRequestError("USER_NOT_PARTICIPANT")
    owns = standing_of(world, group, id_of(world, actor)).status == "creator"
    if not may(world, group, actor, "can_restrict_members") or (old.runs and not owns):
        raise BadRequestError("CHAT_ADMIN_REQUIRED")
    return _put_out(world, group, actor, user, Member("kicked"))
