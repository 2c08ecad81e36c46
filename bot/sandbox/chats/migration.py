"""Groups that become supergroups: a new chat with a new id.

https://core.telegram.org/bots/api#responseparameters
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.sandbox.chats.announcements import announce, tell_membership
from bot.sandbox.chats.groups import Group
from bot.sandbox.chats.messages import StoredMessage
from bot.sandbox.chats.people import ANONYMOUS_ADMIN
from bot.sandbox.errors import BadRequestError

if TYPE_CHECKING:
    from bot.sandbox.chats.people import Person
    from bot.sandbox.world import World


def upgrade(world: World, group: Group, actor: Person) -> Group:
    """Turn a group into a supergroup. Only its owner can.

    Members, rights and permissions stay, and so do title and description. Messages stay in the old
    group; the new one counts its own from 1. The old one answers to nothing any more.

    Args:
        world: The sandbox.
        group: The group.
        actor: Who does it.

    Returns:
        The supergroup.

    Raises:
        BadRequestError: It is one already, or not theirs.
    """
    if group.kind == "supergroup":
        raise BadRequestError("CHAT_ID_INVALID")
    if group.member(actor.id).status != "creator":
        raise BadRequestError("CHAT_ADMIN_REQUIRED")
    new = Group(
        id=world.new_group_id("supergroup"),
        kind="supergroup",
        title=group.title,
        description=group.description,
        permissions=group.permissions,
        members={user_id: replace(group.members[user_id]) for user_id in group.inside()},
    )
    world.add_group(new)
    announce(world, group, actor, {"migrate_to_chat_id": new.id})
    group.migrated_to = new.id
    for link in group.invite_links.values():
        link.revoked, link.primary = True, False
    world.touch(group)
    # The bot is told that it joined the new one, not that it left the old one
    # (https://github.com/tdlib/telegram-bot-api/issues/266).
    if group.bot.inside:
        _bring_the_bot(world, group, new, actor)
    _announce_origin(world, group, new)
    return new


def _bring_the_bot(world: World, group: Group, new: Group, actor: Person) -> None:
    user, bot_id = world.bot_user(), world.profile.bot_id
    before = new.chat_member(user, bot_id)
    new.bot = replace(group.bot)
    tell_membership(world, new, actor, user, before, new.chat_member(user, bot_id))


def _announce_origin(world: World, group: Group, new: Group) -> None:
    """Put the new chat's first message: it is from the group itself, whoever upgraded it."""
    message = StoredMessage(
        {
            "message_id": world.new_message_id(new),
            "from": dict(ANONYMOUS_ADMIN),
            "sender_chat": new.object(),
            "chat": new.object(),
            "date": world.clock.date(),
            "migrate_from_chat_id": group.id,
        },
        by_bot=False,
        changed=0,
        author_id=int(ANONYMOUS_ADMIN["id"]),
    )
    world.put(new, message)
    world.tell("message", new, message)


def as_supergroup(world: World, group: Group, actor: Person) -> Group:
    """Return the supergroup of a group, turned into one if it is none yet.

    Raises:
        BadRequestError: It is none, and not theirs to change.
    """
    return group if group.kind == "supergroup" else upgrade(world, group, actor)
