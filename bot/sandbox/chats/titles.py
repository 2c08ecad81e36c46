"""Titles of administrators and tags of members: Telegram keeps both as one thing, a rank."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.sandbox.chats.names import clean_name
from bot.sandbox.chats.standings import id_of, may, put_standing, standing_of, user_of
from bot.sandbox.errors import BadRequestError
from bot.sandbox.text.utf16 import utf16_length

if TYPE_CHECKING:
    from bot.sandbox.chats.groups import Group
    from bot.sandbox.chats.people import Person
    from bot.sandbox.world import World

# https://core.telegram.org/bots/api#setchatadministratorcustomtitle: 0-16 characters, no emoji
MAX_TITLE = 16
_EMOJI_JOINERS = "\u200d\ufe0f\u20e3"
# Below it are signs such as № and ° only.
_FIRST_PICTURE = "\u2190"


def set_custom_title(
    world: World, group: Group, actor: Person | None, user_id: int, title: str
) -> int | None:
    """Set an administrator's title.

    Args:
        world: The sandbox.
        group: The group.
        actor: Who does it; None is the bot.
        user_id: The bot's id, or a person's.
        title: The title; an empty one takes it away.

    Returns:
        The ``update_id``; None if the bot is not told.

    Raises:
        BadRequestError: The actor may not, they are no administrator, or the title is no good.
    """
    user = user_of(world, user_id)
    old = standing_of(world, group, user_id)
    own = user_id == id_of(world, actor)
    if old.status == "creator" and not own:
        raise BadRequestError("only the owner can edit their custom title")
    if not old.runs:
        raise BadRequestError("user is not an administrator")
    if not own and not group.can_edit(id_of(world, actor), user_id, world.profile.bot_id):
        raise BadRequestError("not enough rights to change custom title of the user")
    new = replace(old, custom_title=_checked(title, "CUSTOM_TITLE"))
    return put_standing(world, group, actor, user, new)


def set_tag(world: World, group: Group, actor: Person | None, user_id: int, tag: str) -> int | None:
    """Set a member's tag.

    Args:
        world: The sandbox.
        group: The group.
        actor: Who does it; None is the bot.
        user_id: The bot's id, or a person's.
        tag: The tag; an empty one takes it away.

    Returns:
        The ``update_id``; None if the bot is not told.

    Raises:
        BadRequestError: The actor may not, they are not in the group, or the tag is no good.
    """
    user = user_of(world, user_id)
    old = standing_of(world, group, user_id)
    if old.status == "creator" and user_id != id_of(world, actor):
        raise BadRequestError("CHAT_CREATOR_REQUIRED")
    if not may(world, group, actor, "can_manage_tags"):
        raise BadRequestError("CHAT_ADMIN_REQUIRED")
    if not old.inside:
        raise BadRequestError("USER_NOT_PARTICIPANT")
    if old.runs and not group.can_edit(id_of(world, actor), user_id, world.profile.bot_id):
        raise BadRequestError("CHAT_ADMIN_REQUIRED")
    new = replace(old, custom_title=_checked(tag, "TAG"))
    return put_standing(world, group, actor, user, new)


def _checked(title: str, called: str) -> str:
    """Clean a title or tag.

    Raises:
        BadRequestError: It is too long, or has emoji.
    """
    clean = clean_name(title, limit=len(title))
    if utf16_length(clean) > MAX_TITLE:
        raise BadRequestError(f"{called}_INVALID")
    if any(_is_emoji(char) for char in clean):
        raise BadRequestError(f"{called}_EMOJI_NOT_ALLOWED")
    return clean


def _is_emoji(char: str) -> bool:
    picture = char >= _FIRST_PICTURE and unicodedata.category(char) == "So"
    return picture or char in _EMOJI_JOINERS
