"""getMe, and the bot's name, descriptions, menu button and default rights."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.sandbox.bot_api.methods.registry import method
from bot.sandbox.chats.members import GROUP_RIGHTS
from bot.sandbox.errors import BadRequestError, NotEmulatedError, TooManyRequestsError
from bot.sandbox.json_fields import FieldError, optional_flag, required_text

if TYPE_CHECKING:
    from bot.sandbox.params import Params
    from bot.sandbox.world import World

# https://core.telegram.org/bots/api#setmyname and the two after it
_TEXTS = {"Name": ("name", 64), "Description": ("description", 512)}
_SHORT = ("short_description", 120)
# https://core.telegram.org/bots/api#logout and #close: ten minutes
PAUSE_SECONDS = 600


@method("getMe")
def get_me(world: World, params: Params) -> dict[str, Any]:  # noqa: ARG001
    """Tell about the bot."""
    return world.bot_user() | {
        "can_join_groups": True,
        "can_read_all_group_messages": world.config.reads_all_group_messages,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def read_language(params: Params) -> str:
    """Read ``language_code``.

    Raises:
        BadRequestError: It is not two letters.
    """
    code = params.text("language_code")
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise BadRequestError("invalid language code specified")
    return code


def _register_text(suffix: str, kind: str, limit: int) -> None:
    @method(f"setMy{suffix}")
    def set_text(world: World, params: Params) -> bool:
        text = params.text(kind)
        if len(text) > limit:
            raise BadRequestError(f"{kind.replace('_', ' ')} is too long")
        world.profile.set_text(kind, read_language(params), text)
        world.touch()
        return True

    @method(f"getMy{suffix}")
    def get_text(world: World, params: Params) -> dict[str, Any]:
        return {kind: world.profile.text(kind, read_language(params))}


for _suffix, (_kind, _limit) in _TEXTS.items():
    _register_text(_suffix, _kind, _limit)
_register_text("ShortDescription", *_SHORT)


def _menu_owner(world: World, params: Params) -> int:
    """Return whose menu button a call is about; 0 is everybody else's."""
    if not params.has("chat_id"):
        return 0
    user_id = params.integer("chat_id")
    if user_id <= 0:
        raise BadRequestError("invalid chat_id specified")
    if world.known_user(user_id) is None:
        raise BadRequestError("user not found")
    return user_id


@method("setChatMenuButton")
def set_chat_menu_button(world: World, params: Params) -> bool:
    """Set what the button beside the field for messages does."""
    given = params.json("menu_button", "menu button")
    kind = "default" if given is None else _menu_kind(given)
    world.profile.menu_buttons[_menu_owner(world, params)] = kind
    return True


def _menu_kind(given: object) -> str:
    try:
        if not isinstance(given, dict):
            raise BadRequestError("can't parse menu button: MenuButton must be an Object")
        kind = required_text(given, "type")
    except FieldError as error:
        raise BadRequestError(f"can't parse menu button: {error}") from error
    if kind == "web_app":
        raise NotEmulatedError("a menu button that opens a Web App")
    if kind not in {"default", "commands"}:
        raise BadRequestError("can't parse menu button: MenuButton has unsupported type")
    return kind


@method("getChatMenuButton")
def get_chat_menu_button(world: World, params: Params) -> dict[str, Any]:
    """Tell what the button beside the field for messages does."""
    owner = _menu_owner(world, params)
    return {"type": world.profile.menu_buttons.get(owner, "default" if owner else "commands")}


_CHANNEL_RIGHTS = (
    *(right for right in GROUP_RIGHTS if right not in {"can_pin_messages", "can_manage_topics",
                                                       "can_manage_tags"}),
    "can_post_messages",
    "can_edit_messages",
    "can_manage_direct_messages",
)  # fmt: skip


@method("setMyDefaultAdministratorRights")
def set_my_default_administrator_rights(world: World, params: Params) -> bool:
    """Set which rights the bot asks for when somebody adds it as an administrator."""
    channels = params.flag("for_channels")
    given = params.json("rights", "ChatAdministratorRights")
    if given is None:
        given = {}
    what = "can't parse ChatAdministratorRights"
    if not isinstance(given, dict):
        raise BadRequestError(f"{what}: ChatAdministratorRights must be an Object")
    names = _CHANNEL_RIGHTS if channels else GROUP_RIGHTS
    try:
        rights = {name for name in (*names, "is_anonymous") if optional_flag(given, name)}
    except FieldError as error:
        raise BadRequestError(f"{what}: {error}") from error
    world.profile.default_rights[channels] = frozenset(rights)
    return True


@method("getMyDefaultAdministratorRights")
def get_my_default_administrator_rights(world: World, params: Params) -> dict[str, bool]:
    """Tell which rights the bot asks for."""
    channels = params.flag("for_channels")
    rights = world.profile.default_rights.get(channels, frozenset())
    names = _CHANNEL_RIGHTS if channels else GROUP_RIGHTS
    return {name: name in rights for name in ("is_anonymous", *names)}


@method("getUserProfilePhotos")
def get_user_profile_photos(world: World, params: Params) -> dict[str, Any]:
    """Tell somebody's pictures; nobody in the sandbox has any."""
    user_id = params.integer("user_id")
    if user_id <= 0:
        raise BadRequestError("invalid user_id specified")
    if user_id != world.profile.bot_id and world.known_user(user_id) is None:
        raise BadRequestError("user not found")
    return {"total_count": 0, "photos": []}


@method("logOut")
def log_out(world: World, params: Params) -> bool:  # noqa: ARG001
    """Leave the cloud's Bot API server; it lets the bot in again after ten minutes."""
    world.profile.logged_out_until = world.clock.now() + PAUSE_SECONDS
    world.updates.drop()
    return True


@method("close")
def close(world: World, params: Params) -> bool:  # noqa: ARG001
    """Close the bot's instance before it moves; not in its first ten minutes."""
    left = world.profile.opened_at + PAUSE_SECONDS - world.clock.now()
    if left > 0:
        raise TooManyRequestsError(int(left) or 1)
    world.profile.opened_at = world.clock.now()
    return True
