"""Parameters that several methods share: the chat, the user, the permissions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.chats.groups import Group
from bot.sandbox.chats.members import PERMISSIONS
from bot.sandbox.errors import BadRequestError, NotEmulatedError
from bot.sandbox.json_fields import FieldError, optional_flag

if TYPE_CHECKING:
    from bot.sandbox.chats.chat import Chat
    from bot.sandbox.params import Params
    from bot.sandbox.world import World

# https://core.telegram.org/bots/api#setchatpermissions: what wide permissions imply, unless
# ``use_independent_chat_permissions``.
_IMPLY_ALL = ("can_send_other_messages", "can_add_web_page_previews")
_IMPLIED = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
)
# https://core.telegram.org/bots/api#chatpermissions: what a permission that is left out follows
_FOLLOWS = {
    "can_react_to_messages": "can_send_messages",
    "can_edit_tag": "can_pin_messages",
    "can_manage_topics": "can_pin_messages",
}


def read_chat(world: World, params: Params) -> Chat:
    """Find the chat that a call is about; that a person blocked the bot does not matter.

    Raises:
        BadRequestError: There is no such chat, or it became a supergroup.
        ForbiddenError: The bot is not in this group.
    """
    chat = world.readable_chat(params.chat_id())
    return world.writable_chat(chat.id) if isinstance(chat, Group) else chat


def read_user_id(params: Params) -> int:
    """Read ``user_id``.

    Raises:
        BadRequestError: It is no user's id.
    """
    user_id = params.integer("user_id")
    if user_id <= 0:
        raise BadRequestError("invalid user_id specified")
    return user_id


def read_group(world: World, params: Params, private: str, *, basic: str = "") -> Group:
    """Find the group that a call is about, for a method that changes something.

    Args:
        world: The sandbox.
        params: The call.
        private: What to say of a private chat.
        basic: What to say of a basic group; nothing if the method works there.

    Raises:
        BadRequestError: There is no such chat, or it is of the wrong kind.
        ForbiddenError: The bot is not in it.
    """
    chat = world.readable_chat(params.chat_id())
    if not isinstance(chat, Group):
        raise BadRequestError(private)
    world.writable_chat(chat.id)
    if basic and chat.kind == "group":
        raise BadRequestError(basic)
    return chat


def read_permissions(params: Params) -> frozenset[str]:
    """Read ``permissions``.

    Raises:
        BadRequestError: They are not what they should be.
        NotEmulatedError: They stand beside the other parameters, as before Bot API 4.4.
    """
    given = params.json("permissions", "permissions")
    if given is None:
        raise NotEmulatedError("restricting without the parameter permissions")
    if not isinstance(given, dict):
        raise BadRequestError("object expected as permissions")
    try:
        allowed = {name: optional_flag(given, name) for name in PERMISSIONS}
    except FieldError as error:
        raise BadRequestError(f"can't parse chat permissions: {error}") from error
    if not params.flag("use_independent_chat_permissions"):
        if any(allowed[name] for name in _IMPLY_ALL):
            allowed |= dict.fromkeys(_IMPLIED, True)
        allowed["can_send_messages"] |= allowed["can_send_polls"]
    for name, followed in _FOLLOWS.items():
        if given.get(name) is None:
            allowed[name] = allowed[followed]
    return frozenset(name for name, is_allowed in allowed.items() if is_allowed)
