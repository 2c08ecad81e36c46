"""What the JSON API shows of the sandbox's state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from bot.sandbox.chats.chat import Chat, PrivateChat
from bot.sandbox.chats.groups import Group
from bot.sandbox.json_api.group_views import group_view, groups_view
from bot.sandbox.json_api.people_views import people_view

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.sandbox.world import World


def chat_view(world: World, chat: Chat, after: int) -> dict[str, Any]:
    """Show what changed in a chat after a change number.

    Args:
        world: The sandbox.
        chat: The chat.
        after: The number; 0 shows everything.

    Returns:
        ``messages`` as Bot API objects with edits applied, the ids of ``deleted`` ones, who wrote
        those that do not say it (``authors``), callback answers as ``notices``, and how the chat
        stands; ``now`` is the number to ask with next.
    """
    changed = [message for message in chat.messages.values() if message.changed > after]
    acting = chat.action if chat.action_until > world.clock.now() else ""
    return (
        _now(world)
        | {
            "messages": [message.body for message in changed if not message.deleted],
            "deleted": [message.id for message in changed if message.deleted],
            "reactions": {
                str(message.id): {str(who): given for who, given in message.reactions.items()}
                for message in changed
                if message.reactions and not message.deleted
            },
            "authors": {
                str(message.id): message.author_id
                for message in changed
                if message.author_id not in {0, message.body["from"]["id"]}
            },
            "notices": [
                {
                    "callback_query_id": notice.callback_query_id,
                    "user_id": notice.user_id,
                    "message_id": notice.message_id,
                    "text": notice.text,
                    "show_alert": notice.show_alert,
                    "url": notice.url,
                }
                for notice in chat.notices
                if notice.changed > after
            ],
            "action": acting,
            "action_seconds": round(max(0.0, chat.action_until - world.clock.now()), 1)
            if acting
            else 0,
            "action_thread": chat.action_thread if acting else 0,
            "read": {str(viewer): seen for viewer, seen in chat.read.items()},
            "pinned": chat.pinned,
        }
        | _own_view(world, chat)
    )


def _now(world: World) -> dict[str, Any]:
    return {
        "session": world.session,
        "now": world.changes,
        "bot_connected": world.updates.has_receiver(),
    }


def _own_view(world: World, chat: Chat) -> dict[str, Any]:
    """Show what only this kind of chat has."""
    if isinstance(chat, PrivateChat):
        shown = chat.keyboards.get(chat.id)
        return {
            "started": chat.started,
            "blocked": chat.blocked,
            "read_up_to": chat.read.get(chat.id, 0),
            "keyboard": shown.body if shown else None,
        }
    return group_view(world, chat) if isinstance(chat, Group) else {}


def everyone_view(world: World) -> dict[str, Any]:
    """Show the people and groups, and how the sandbox stands."""
    return _now(world) | {"people": people_view(world), "groups": groups_view(world)}


def watch_view(world: World, chat_ids: Iterable[int], after: int) -> dict[str, Any]:
    """Show everything that a page with several chats needs.

    Args:
        world: The sandbox.
        chat_ids: The chats; those that are not there are left out.
        after: The change number after which to show their messages; 0 shows all.
    """
    chats = {
        str(chat_id): chat_view(world, chat, after)
        for chat_id in chat_ids
        if (chat := world.chats.get(chat_id))
    }
    time = {"now": world.clock.date(), "ahead": world.clock.ahead}
    return everyone_view(world) | {"time": time, "recording": world.recording.on, "chats": chats}


def calls_view(world: World, after: int) -> dict[str, Any]:
    """Show the journal of the bot's calls after a number."""
    return {"calls": msgspec.to_builtins(world.calls.after(after)), "now": world.calls.last}
