"""New groups, as a person makes them in the app."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from bot.sandbox.chats.announcements import announce
from bot.sandbox.chats.group_settings import clean_title
from bot.sandbox.chats.groups import Group
from bot.sandbox.chats.joining import add
from bot.sandbox.chats.members import BASIC_GROUP_RIGHTS, Member
from bot.sandbox.chats.standings import put_standing, user_of
from bot.sandbox.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.sandbox.chats.people import Person
    from bot.sandbox.world import World


def create_group(  # noqa: PLR0913 - what it is, whose, and who is in it
    world: World,
    creator: Person,
    title: str,
    *,
    kind: Literal["group", "supergroup"] = "supergroup",
    is_forum: bool = False,
    members: Sequence[int] = (),
    bot: Member | None = None,
) -> Group:
    """Make a group, and tell the bot if it is in it.

    Telegram makes a basic group with all its members at once, a supergroup with its owner alone;
    the others are added then.

    Args:
        world: The sandbox.
        creator: Who makes it; they are its owner.
        title: Its title.
        kind: What it is to be.
        is_forum: Whether it has topics.
        members: The people to add.
        bot: How the bot is to stand to it; left if it is not to be there.

    Returns:
        The group.

    Raises:
        InputError: A basic group cannot have topics, or the bot cannot begin like this.
        BadRequestError: There is no title, or no such person.
    """
    standing = bot or Member()
    if standing.status not in {"administrator", "member", "left"}:
        raise InputError("in a new group the bot is administrator, member or left")
    if is_forum and kind == "group":
        raise InputError("a basic group has no topics; make it a supergroup")
    clean = clean_title(title)
    people = [user_id for user_id in dict.fromkeys(members) if user_id != creator.id]
    for user_id in people:
        user_of(world, user_id)
    group = Group(id=world.new_group_id(kind), kind=kind, title=clean, is_forum=is_forum)
    group.members[creator.id] = Member("creator")
    world.add_group(group)
    if kind == "group":
        _begin_basic(world, group, creator, people, standing)
    else:
        _begin_super(world, group, creator, people, standing)
    return group


def _begin_basic(
    world: World, group: Group, creator: Person, people: list[int], bot: Member
) -> None:
    group.members |= {user_id: Member("member") for user_id in people}
    if bot.inside:
        put_standing(world, group, creator, world.bot_user(), Member("member"))
    announce(world, group, creator, {"group_chat_created": True})
    if bot.status == "administrator":
        given = replace(bot, rights=BASIC_GROUP_RIGHTS, promoted_by=creator.id)
        put_standing(world, group, creator, world.bot_user(), given)


def _begin_super(
    world: World, group: Group, creator: Person, people: list[int], bot: Member
) -> None:
    announce(world, group, creator, {"supergroup_chat_created": True})
    if people:
        add(world, group, creator, people)
    if bot.inside:
        add(world, group, creator, [world.profile.bot_id], bot.rights)
