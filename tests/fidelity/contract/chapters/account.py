"""The bot's own account: who it is, its names, descriptions and commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fidelity.contract.chapters.people import ANNA, NO_CHAT, STAFF, STRANGER, group, start
from tests.fidelity.contract.client import Json
from tests.fidelity.contract.matching import ANY

if TYPE_CHECKING:
    from tests.fidelity.contract.script import Script

BEGIN = {"command": "start", "description": "Begin"}
HELP = {"command": "help", "description": "What I can do"}
RIGHTS = (
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
)


async def names(s: Script) -> None:
    """getMe; the name and both descriptions, each per language."""
    await s.call(
        "it knows itself",
        "getMe",
        gives={"id": 42, "is_bot": True, "username": ANY, "can_join_groups": True},
    )
    await s.call("it has a name", "setMyName", gives=True, name="Helper")
    await s.call("it has a Russian name", "setMyName", gives=True, name="Друг", language_code="ru")
    await s.call("the name for all", "getMyName", gives={"name": "Helper"})
    await s.call("the Russian name", "getMyName", gives={"name": "Друг"}, language_code="ru")
    await s.call("another language", "getMyName", gives={"name": "Helper"}, language_code="kk")
    await s.call("getMe has the name for all", "getMe", gives={"first_name": "Helper"})
    await s.call("a description", "setMyDescription", gives=True, description="I help.")
    await s.call("is kept", "getMyDescription", gives={"description": "I help."})
    await s.call(
        "a short one",
        "setMyShortDescription",
        gives=True,
        short_description="Help",
        language_code="kk",
    )
    await s.call(
        "is kept for its language",
        "getMyShortDescription",
        gives={"short_description": "Help"},
        language_code="kk",
    )
    await s.call("and only for it", "getMyShortDescription", gives={"short_description": ""})
    await s.call("the Russian name goes", "setMyName", gives=True, name="", language_code="ru")
    await s.call("to the one for all", "getMyName", gives={"name": "Helper"}, language_code="ru")


async def commands(s: Script) -> None:
    """Commands per scope and language, and what a person's menu makes of them."""
    await start(s)
    await s.call("commands for all", "setMyCommands", gives=True, commands=[BEGIN, HELP])
    await s.call("are kept", "getMyCommands", gives=[BEGIN, HELP])
    await s.call(
        "commands in Russian", "setMyCommands", gives=True, commands=[HELP], language_code="ru"
    )
    chat: Json = {"type": "chat", "chat_id": ANNA}
    private = {"type": "all_private_chats"}
    await s.call("of a scope without any", "getMyCommands", gives=[], scope=private)
    s.check("Anna's menu is Russian", (await s.looks(f"commands?user={ANNA}"))["commands"], [HELP])
    await s.call("for one chat", "setMyCommands", gives=True, commands=[BEGIN], scope=chat)
    s.check(
        "her own chat's comes first", (await s.looks(f"commands?user={ANNA}"))["commands"], [BEGIN]
    )
    await s.call("are deleted", "deleteMyCommands", gives=True, scope=chat)
    await s.call("and gone", "getMyCommands", gives=[], scope=chat)
    await s.call(
        "a command with a capital",
        "setMyCommands",
        refused="Bad Request: BOT_COMMAND_INVALID",
        commands=[{"command": "Start", "description": "Begin"}],
    )
    await s.call(
        "a chat that is not there",
        "setMyCommands",
        refused=NO_CHAT,
        commands=[BEGIN],
        scope={"type": "chat", "chat_id": STRANGER},
    )


async def menus(s: Script) -> None:
    """The menu button, per chat and for all; the rights it asks for when it is added."""
    await start(s)
    await s.call("the usual button", "getChatMenuButton", gives={"type": ANY})
    shows_commands = {"type": "commands"}
    await s.call(
        "commands for Anna",
        "setChatMenuButton",
        gives=True,
        chat_id=ANNA,
        menu_button=shows_commands,
    )
    await s.call("are there", "getChatMenuButton", gives=shows_commands, chat_id=ANNA)
    wanted = dict.fromkeys(RIGHTS, False) | {"can_delete_messages": True}
    await s.call("rights to ask for", "setMyDefaultAdministratorRights", gives=True, rights=wanted)
    await s.call(
        "are kept",
        "getMyDefaultAdministratorRights",
        gives={"can_delete_messages": True, "can_promote_members": False},
    )
    await s.call(
        "Anna shows no pictures of herself",
        "getUserProfilePhotos",
        gives={"total_count": 0, "photos": []},
        user_id=ANNA,
    )


async def group_commands(s: Script) -> None:
    """Commands for groups, for one group's administrators and for one member."""
    chat = await group(s)
    for what, scope in (
        ("all groups", {"type": "all_group_chats"}),
        ("all administrators", {"type": "all_chat_administrators"}),
        ("this group", {"type": "chat", "chat_id": chat}),
        ("its administrators", {"type": "chat_administrators", "chat_id": chat}),
        ("one member", {"type": "chat_member", "chat_id": chat, "user_id": STAFF}),
    ):
        await s.call(f"for {what}", "setMyCommands", gives=True, commands=[HELP], scope=scope)
        await s.call(f"for {what}, kept", "getMyCommands", gives=[HELP], scope=scope)
    await s.call("not for all the rest", "getMyCommands", gives=[])


CHAPTERS = (names, commands, menus, group_commands)
