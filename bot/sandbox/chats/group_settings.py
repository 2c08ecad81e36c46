"""A group's title, description, permissions and topics, changed by the bot or a person.

The rules and words are those of TDLib's ``DialogManager`` and ``ChatManager``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.chats.announcements import announce
from bot.sandbox.chats.members import PERMISSIONS
from bot.sandbox.chats.migration import as_supergroup
from bot.sandbox.chats.names import clean_name
from bot.sandbox.chats.standings import may
from bot.sandbox.errors import BadRequestError
from bot.sandbox.text.text_cleaning import cleaned, is_invisible

if TYPE_CHECKING:
    from bot.sandbox.chats.groups import Group
    from bot.sandbox.chats.people import Person
    from bot.sandbox.world import World

# https://core.telegram.org/bots/api#setchatdescription: 0-255 characters
MAX_DESCRIPTION = 255


def clean_title(title: str) -> str:
    """Return a title as Telegram keeps it; one that is too long is cut.

    Raises:
        BadRequestError: Nothing of it is left.
    """
    clean = clean_name(title)
    if not clean:
        raise BadRequestError("title must be non-empty")
    return clean


def set_title(world: World, group: Group, actor: Person | None, title: str) -> None:
    """Change a group's title.

    Args:
        world: The sandbox.
        group: The group.
        actor: Who does it; None is the bot.
        title: The title.

    Raises:
        BadRequestError: The actor may not, or there is no title.
    """
    clean = clean_title(title)
    if not may(world, group, actor, "can_change_info"):
        raise BadRequestError("not enough rights to change chat title")
    if clean == group.title:
        return
    group.title = clean
    announce(world, group, actor, {"new_chat_title": clean})


def set_description(world: World, group: Group, actor: Person | None, description: str) -> None:
    """Change a group's description. Nobody is told.

    Args:
        world: The sandbox.
        group: The group.
        actor: Who does it; None is the bot.
        description: The description; one that is too long is cut.

    Raises:
        BadRequestError: The actor may not, or it stays the same.
    """
    text = cleaned(description, [])[0].strip()[:MAX_DESCRIPTION]
    clean = "" if is_invisible(text) else text.strip()
    if not may(world, group, actor, "can_change_info"):
        raise BadRequestError("not enough rights to set chat description")
    if clean == group.description:
        raise BadRequestError("chat description is not modified")
    group.description = clean
    world.touch(group)


def set_permissions(
    world: World, group: Group, actor: Person | None, permissions: frozenset[str]
) -> None:
    """Change what a group lets everybody do. Nobody is told.

    Args:
        world: The sandbox.
        group: The group.
        actor: Who does it; None is the bot.
        permissions: What is allowed from now on.

    Raises:
        BadRequestError: The actor may not.
    """
    if not may(world, group, actor, "can_restrict_members"):
        raise BadRequestError("not enough rights to change chat permissions")
    known = permissions & frozenset(PERMISSIONS)
    group.permissions = known - {"can_manage_topics"} if group.kind == "group" else known
    world.touch(group)


def set_forum(world: World, group: Group, actor: Person, *, on: bool) -> Group:
    """Turn topics on or off; with them, a basic group becomes a supergroup.

    Args:
        world: The sandbox.
        group: The group.
        actor: Who does it; bots cannot.
        on: Whether there are topics from now on.

    Returns:
        The group, or the supergroup that it became.

    Raises:
        BadRequestError: They may not.
    """
    # https://core.telegram.org/method/channels.toggleForum
    if not may(world, group, actor, "can_change_info"):
        raise BadRequestError("CHAT_ADMIN_REQUIRED")
    if on:
        group = as_supergroup(world, group, actor)
    group.is_forum = on
    world.touch(group)
    return group
