"""getMe, and the bot's name, descriptions and commands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.sandbox.errors import BadRequestError
from bot.sandbox.methods.registry import method
from bot.sandbox.request import Params

if TYPE_CHECKING:
    from bot.sandbox.world import World

# https://core.telegram.org/bots/api#setmyname and the two after it
_TEXTS = {"Name": ("name", 64), "Description": ("description", 512)}
_SHORT = ("short_description", 120)
# https://core.telegram.org/bots/api#botcommand and #setmycommands
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
MAX_COMMANDS = 100
MAX_COMMAND_TEXT = 256
_SCOPES = frozenset({"default", "all_private_chats", "all_group_chats", "all_chat_administrators"})
_CHAT_SCOPES = frozenset({"chat", "chat_administrators", "chat_member"})


@method("getMe")
def get_me(world: World, params: Params) -> dict[str, Any]:  # noqa: ARG001
    """Tell about the bot."""
    return world.bot_user() | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
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


def read_scope(world: World, params: Params) -> str:
    """Read a ``BotCommandScope`` as a key.

    Raises:
        BadRequestError: There is no such scope or chat.
    """
    given = params.json("scope", "BotCommandScope")
    if given is None:
        return "default"
    if not isinstance(given, dict):
        raise BadRequestError("can't parse BotCommandScope: BotCommandScope must be an Object")
    kind = str(given.get("type", ""))
    if kind in _SCOPES:
        return kind
    if kind not in _CHAT_SCOPES:
        raise BadRequestError("can't parse BotCommandScope: unsupported type specified")
    scope = Params(given)
    chat = world.readable_chat(scope.chat_id())
    if kind != "chat":
        raise BadRequestError(f"can't use scope {kind} in a private chat")
    return f"chat:{chat.id}"


def _read_commands(params: Params) -> list[dict[str, Any]]:
    given = params.json("commands", "commands")
    if not isinstance(given, list):
        raise BadRequestError("can't parse commands JSON object")
    if len(given) > MAX_COMMANDS:
        raise BadRequestError("BOT_COMMANDS_TOO_MUCH")
    commands = []
    for item in given:
        command = Params(item) if isinstance(item, dict) else Params({})
        name = command.text("command").removeprefix("/")
        description = command.text("description")
        if not _COMMAND.fullmatch(name):
            raise BadRequestError("BOT_COMMAND_INVALID")
        if not 1 <= len(description.strip()) <= MAX_COMMAND_TEXT:
            raise BadRequestError("BOT_COMMAND_DESCRIPTION_INVALID")
        commands.append({"command": name, "description": description})
    return commands


@method("setMyCommands")
def set_my_commands(world: World, params: Params) -> bool:
    """Set the commands of a scope and language."""
    commands = _read_commands(params)
    world.profile.set_commands(read_scope(world, params), read_language(params), commands)
    world.touch()
    return True


@method("getMyCommands")
def get_my_commands(world: World, params: Params) -> list[dict[str, Any]]:
    """Return the commands of a scope and language."""
    return world.profile.commands(read_scope(world, params), read_language(params))


@method("deleteMyCommands")
def delete_my_commands(world: World, params: Params) -> bool:
    """Remove the commands of a scope and language."""
    world.profile.set_commands(read_scope(world, params), read_language(params), [])
    world.touch()
    return True
