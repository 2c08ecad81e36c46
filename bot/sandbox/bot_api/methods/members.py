"""The methods for members of groups: who is in them, and what is done to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.bot_api.methods.registry import method
from bot.sandbox.bot_api.methods.shared_params import (
    read_chat,
    read_group,
    read_permissions,
    read_user_id,
)
from bot.sandbox.chats import membership, titles
from bot.sandbox.chats.groups import Group
from bot.sandbox.chats.members import GROUP_RIGHTS
from bot.sandbox.chats.standings import user_of
from bot.sandbox.errors import BadRequestError

if TYPE_CHECKING:
    from bot.sandbox.params import Params
    from bot.sandbox.world import World

NOT_FOUND = "member not found"
_ONLY_GROUPS = "method is available only for groups and supergroups"
_ONLY_SUPERGROUPS = "method is available only for supergroups"
_ONLY_LARGE = "method is available for supergroup and channel chats only"


@method("getChatMember")
def get_chat_member(world: World, params: Params) -> dict[str, Any]:
    """Tell how somebody stands to a chat; the bot may always ask about itself."""
    user_id = read_user_id(params)
    about_itself = user_id == world.profile.bot_id
    chat = world.readable_chat(params.chat_id()) if about_itself else read_chat(world, params)
    if isinstance(chat, Group):
        if chat.kind == "group" and not about_itself and world.known_user(user_id) is None:
            raise BadRequestError(NOT_FOUND)
        return chat.chat_member(user_of(world, user_id), world.profile.bot_id)
    if not about_itself and user_id != chat.id:
        raise BadRequestError(NOT_FOUND)
    return {"status": "member", "user": user_of(world, user_id)}


@method("getChatAdministrators")
def get_chat_administrators(world: World, params: Params) -> list[dict[str, Any]]:
    """Tell who runs a group: its owner, its administrators, and the bot if it is one."""
    chat = read_chat(world, params)
    if not isinstance(chat, Group):
        raise BadRequestError("there are no administrators in the private chat")
    users = [user_of(world, user_id) for user_id, one in chat.members.items() if one.runs]
    if chat.bot.runs:
        users.append(world.bot_user())
    return [chat.chat_member(user, world.profile.bot_id) for user in users]


@method("getChatMemberCount")
def get_chat_member_count(world: World, params: Params) -> int:
    """Count the members of a chat, the bot too."""
    chat = read_chat(world, params)
    return len(chat.inside()) + chat.bot.inside if isinstance(chat, Group) else 2


@method("banChatMember")
def ban_chat_member(world: World, params: Params) -> bool:
    """Put somebody out for good or for a time.

    ``revoke_messages`` takes away what the removed one sees; others see no difference.
    """
    user_id = read_user_id(params)
    group = read_group(world, params, "can't ban members in private chats")
    membership.ban(world, group, None, user_id, params.integer("until_date"))
    return True


@method("unbanChatMember")
def unban_chat_member(world: World, params: Params) -> bool:
    """Let somebody come back; a member is put out, unless ``only_if_banned``."""
    user_id = read_user_id(params)
    group = read_group(world, params, _ONLY_LARGE, basic=_ONLY_LARGE)
    only = params.flag("only_if_banned")
    membership.unban(world, group, None, user_id, only_if_banned=only)
    return True


@method("restrictChatMember")
def restrict_chat_member(world: World, params: Params) -> bool:
    """Set what a member may do."""
    user_id = read_user_id(params)
    permissions = read_permissions(params)
    group = read_group(world, params, _ONLY_SUPERGROUPS, basic=_ONLY_SUPERGROUPS)
    until = params.integer("until_date")
    membership.restrict(world, group, None, user_id, permissions, until)
    return True


@method("promoteChatMember")
def promote_chat_member(world: World, params: Params) -> bool:
    """Set an administrator's rights; what is left out is taken away."""
    user_id = read_user_id(params)
    rights = frozenset(name for name in GROUP_RIGHTS if params.flag(name))
    group = read_group(world, params, _ONLY_LARGE, basic=_ONLY_LARGE)
    anonymous = params.flag("is_anonymous")
    membership.promote(world, group, None, user_id, rights, anonymous=anonymous)
    return True


@method("setChatAdministratorCustomTitle")
def set_chat_administrator_custom_title(world: World, params: Params) -> bool:
    """Set the title of an administrator whom the bot promoted."""
    user_id = read_user_id(params)
    group = read_group(world, params, _ONLY_GROUPS)
    titles.set_custom_title(world, group, None, user_id, params.text("custom_title"))
    return True


@method("setChatMemberTag")
def set_chat_member_tag(world: World, params: Params) -> bool:
    """Set a member's tag."""
    user_id = read_user_id(params)
    group = read_group(world, params, _ONLY_GROUPS)
    titles.set_tag(world, group, None, user_id, params.text("tag"))
    return True


@method("leaveChat")
def leave_chat(world: World, params: Params) -> bool:
    """Have the bot leave a group; one that it has left already is no matter."""
    chat = world.readable_chat(params.chat_id())
    if not isinstance(chat, Group):
        raise BadRequestError("can't leave private chats")
    if chat.migrated_to:
        raise BadRequestError("chat is deactivated")
    membership.leave(world, chat, None)
    return True
