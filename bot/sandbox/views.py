"""What the JSON API shows of the sandbox's state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from bot.sandbox.world import Chat, World


def chat_view(world: World, chat: Chat, after: int) -> dict[str, Any]:
    """Show what changed in a chat after a change number.

    Args:
        world: The sandbox.
        chat: The chat.
        after: The number; 0 shows everything.

    Returns:
        ``messages`` as Bot API objects with edits applied, the ids of ``deleted`` ones, callback
        answers as ``notices``, and how the chat stands; ``now`` is the number to ask with next.
    """
    changed = [message for message in chat.messages.values() if message.changed > after]
    acting = chat.action if chat.action_until > world.clock.now() else ""
    return {
        "session": world.session,
        "now": world.changes,
        "bot_connected": world.updates.has_receiver(),
        "messages": [message.body for message in changed if not message.deleted],
        "deleted": [message.id for message in changed if message.deleted],
        "reactions": {
            str(message.id): {str(who): given for who, given in message.reactions.items()}
            for message in changed
            if message.reactions and not message.deleted
        },
        "notices": [
            {
                "callback_query_id": notice.callback_query_id,
                "message_id": notice.message_id,
                "text": notice.text,
                "show_alert": notice.show_alert,
                "url": notice.url,
            }
            for notice in chat.notices
            if notice.changed > after
        ],
        "keyboard": chat.keyboard,
        "action": acting,
        "action_seconds": round(max(0.0, chat.action_until - world.clock.now()), 1)
        if acting
        else 0,
        "started": chat.started,
        "blocked": chat.blocked,
        "read_up_to": chat.read_up_to,
    }


def people_view(world: World) -> list[dict[str, Any]]:
    """Show the people, each with how their chat stands."""
    return [_person_view(world, chat) for chat in world.chats.values()]


def everyone_view(world: World) -> dict[str, Any]:
    """Show the people, and how the sandbox stands."""
    return {
        "session": world.session,
        "now": world.changes,
        "bot_connected": world.updates.has_receiver(),
        "people": people_view(world),
    }


def _person_view(world: World, chat: Chat) -> dict[str, Any]:
    person = world.people[chat.id]
    visible = list(chat.visible())
    last = visible[-1] if visible else None
    return {
        "id": person.id,
        "name": person.name,
        "last_name": person.last_name,
        "username": person.username,
        "language_code": person.language_code,
        "started": chat.started,
        "blocked": chat.blocked,
        "unread": sum(message.by_bot and message.id > chat.read_up_to for message in visible),
        "last": _last_view(last.body, by_bot=last.by_bot) if last else None,
    }


def _last_view(body: dict[str, Any], *, by_bot: bool) -> dict[str, Any]:
    kinds = ("venue", "location", "contact", "photo", "voice", "audio", "video", "video_note",
             "animation", "sticker", "document")  # fmt: skip
    text = str(body.get("text") or body.get("caption") or "")
    return {
        "message_id": body["message_id"],
        "date": body["date"],
        "by_bot": by_bot,
        "text": text[:120],
        "kind": next((kind for kind in kinds if kind in body), "text"),
    }


def calls_view(world: World, after: int) -> dict[str, Any]:
    """Show the journal of the bot's calls after a number."""
    return {"calls": msgspec.to_builtins(world.calls.after(after)), "now": world.calls.last}
