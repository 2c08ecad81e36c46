"""The bot's commands, per scope and language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.sandbox.bot_api.methods.account import read_language
from bot.sandbox.bot_api.methods.registry import method
from bot.sandbox.chats.groups import Group
from bot.sandbox.errors import BadRequestError
from bot.sandbox.json_fields import FieldError, required_number, required_text
from bot.sandbox.params import Params

if TYPE_CHECKING:
    from bot.sandbox.world import World

# https://core.telegram.org/bots/api#botcommand and #setmycommands
_COMMAND = re.compile(r"[a-z0-9_]+")
MAX_COMMANDS = 100
MAX_COMMAND = 32
MAX_COMMAND_TEXT = 256
_SCOPES = frozenset({"default", "all_private_chats", "all_group_chats", "all_chat_administrators"})
_CHAT_SCOPES = frozenset({"chat", "chat_administrators", "chat_member"})


def read_scope(world: World, params: Params) -> str:
    """Read a ``BotCommandScope`` as a key.

    Raises:
        BadRequestError: There is no such scope or chat.
    """
    given = params.json("scope", "BotCommandScope")
    if given is None:
        return "default"
    try:
        return _scope(world, given)
    except FieldError as error:
        raise BadRequestError(f"can't parse BotCommandScope: {error}") from error


def _scope(world: World, given: object) -> str:
    if not isinstance(given, dict):
        raise FieldError("BotCommandScope must be an Object")
    kind = required_text(given, "type")
    if kind in _SCOPES:
        return kind
    if kind not in _CHAT_SCOPES:
        raise FieldError("Unsupported type specified")
    if not required_text(given, "chat_id"):
        raise FieldError("Empty chat_id specified")
    user_id = required_number(given, "user_id") if kind == "chat_member" else 0
    if kind == "chat_member" and user_id <= 0:
        raise FieldError("Invalid user_id specified")
    chat = world.readable_chat(Params(given).chat_id())
    if kind != "chat" and not isinstance(chat, Group):
        raise BadRequestError("can't use specified scope in private chats")
    return f"{kind}:{chat.id}" + (f":{user_id}" if user_id else "")


def _read_commands(params: Params) -> list[dict[str, Any]]:
    given = params.json("commands", "commands")
    if given is None:
        return []
    if not isinstance(given, list):
        raise BadRequestError("expected an Array of BotCommand")
    try:
        commands = [_command(item) for item in given]
    except FieldError as error:
        raise BadRequestError(f"can't parse BotCommand: {error}") from error
    for command in commands:
        _check(command["command"], command["description"])
    if len(commands) > MAX_COMMANDS:
        raise BadRequestError("BOT_COMMANDS_TOO_MUCH")
    return commands


def _command(item: object) -> dict[str, Any]:
    if not isinstance(item, dict):
        raise FieldError("expected an Object")
    name = required_text(item, "command").strip().removeprefix("/")
    return {"command": name, "description": required_text(item, "description").strip()}


def _check(name: str, description: str) -> None:
    """Check one command.

    Raises:
        BadRequestError: It is too long or empty, or has letters that no command has.
    """
    if not name:
        raise BadRequestError("command must be non-empty")
    if len(name) > MAX_COMMAND:
        raise BadRequestError(f"command length must not exceed {MAX_COMMAND}")
    if len(description) > MAX_COMMAND_TEXT:
        raise BadRequestError(f"command description length must not exceed {MAX_COMMAND_TEXT}")
    if not description:
        raise BadRequestError("command description must be non-empty")
    if not _COMMAND.fullmatch(name):
        raise BadRequestError("BOT_COMMAND_INVALID")


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
