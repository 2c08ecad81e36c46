"""What a chat is, and the methods that change it: getChat, title, description, permissions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.bot_api.methods.registry import method
from bot.sandbox.bot_api.methods.shared_params import read_group, read_permissions
from bot.sandbox.chats import group_settings
from bot.sandbox.chats.groups import Group
from bot.sandbox.chats.invite_links import primary_link
from bot.sandbox.chats.members import permissions_object
from bot.sandbox.chats.pins import latest_pin
from bot.sandbox.chats.threads import nested

if TYPE_CHECKING:
    from bot.sandbox.chats.chat import Chat
    from bot.sandbox.params import Params
    from bot.sandbox.world import World

# https://core.telegram.org/bots/api#chatfullinfo: how many reactions a message may have
MAX_REACTIONS = 11
_GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)


@method("getChat")
def get_chat(world: World, params: Params) -> dict[str, Any]:
    """Tell about a chat."""
    chat = world.readable_chat(params.chat_id())
    told = chat.object() | {
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": MAX_REACTIONS,
        "accepted_gift_types": dict.fromkeys(_GIFTS, False),
    }
    pinned = latest_pin(chat)
    if pinned is not None:
        told["pinned_message"] = nested(pinned.body)
    return told | (_of_group(chat) if isinstance(chat, Group) else _of_private(chat))


def _of_private(chat: Chat) -> dict[str, Any]:
    username = chat.object().get("username")
    return {"active_usernames": [username]} if username else {}


def _of_group(group: Group) -> dict[str, Any]:
    told: dict[str, Any] = {"permissions": permissions_object(group.permissions)}
    if group.description:
        told["description"] = group.description
    link = primary_link(group)
    if link is not None and group.bot_may("can_invite_users"):
        told["invite_link"] = link.address
    if group.kind == "supergroup":
        # Nobody writes into a supergroup from outside that is no channel's discussion.
        told["join_to_send_messages"] = True
    if group.is_forum:
        # Turning topics on shows new members what was written before them.
        told["has_visible_history"] = True
    return told


@method("setChatTitle")
def set_chat_title(world: World, params: Params) -> bool:
    """Change a group's title."""
    group_settings.clean_title(params.text("title"))
    group = read_group(world, params, "can't change private chat title")
    group_settings.set_title(world, group, None, params.text("title"))
    return True


@method("setChatDescription")
def set_chat_description(world: World, params: Params) -> bool:
    """Change a group's description."""
    group = read_group(world, params, "can't change private chat description")
    group_settings.set_description(world, group, None, params.text("description"))
    return True


@method("setChatPermissions")
def set_chat_permissions(world: World, params: Params) -> bool:
    """Change what a group lets everybody do."""
    permissions = read_permissions(params)
    group = read_group(world, params, "can't change private chat permissions")
    group_settings.set_permissions(world, group, None, permissions)
    return True
