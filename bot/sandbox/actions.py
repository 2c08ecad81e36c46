"""What people do: write, press, edit, delete, block. Each becomes an update for the bot."""

from __future__ import annotations

import re
from typing import Any

from bot.sandbox.errors import InputError
from bot.sandbox.formatted_text import MAX_CAPTION, MAX_TEXT, format_text
from bot.sandbox.methods.copying import content_of, origin_of
from bot.sandbox.methods.deleting import erase
from bot.sandbox.methods.sending import without_reply
from bot.sandbox.utf16 import utf16_length
from bot.sandbox.world import Callback, Chat, Person, StoredMessage, World

USERNAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}")


def person_of(world: World, user_id: int) -> Person:
    """Find a person.

    Raises:
        InputError: There is none.
    """
    person = world.people.get(user_id)
    if person is None:
        raise InputError(f"there is no person {user_id}; add one with POST /sandbox/api/people")
    return person


def message_of(chat: Chat, message_id: int) -> StoredMessage:
    """Find a message in a person's chat.

    Raises:
        InputError: There is none.
    """
    message = chat.find(message_id)
    if message is None:
        raise InputError(f"there is no message {message_id} in chat {chat.id}")
    return message


def text_content(text: str) -> dict[str, Any]:
    """Return a person's text as the fields of a message, with what Telegram finds in it.

    Raises:
        InputError: It is empty, or longer than one message.
    """
    formatted = format_text(text)
    if not formatted.text:
        raise InputError("text is empty after Telegram's trimming")
    if utf16_length(formatted.text) > MAX_TEXT:
        raise InputError(f"text is longer than {MAX_TEXT} UTF-16 units; Telegram's apps split it")
    fields: dict[str, Any] = {"text": formatted.text}
    return fields | ({"entities": formatted.entities} if formatted.entities else {})


def caption_content(text: str) -> dict[str, Any]:
    """Return a person's caption as the fields of a message.

    Raises:
        InputError: It is too long.
    """
    formatted = format_text(text)
    if utf16_length(formatted.text) > MAX_CAPTION:
        raise InputError(f"caption is longer than {MAX_CAPTION} UTF-16 units")
    if not formatted.text:
        return {}
    fields: dict[str, Any] = {"caption": formatted.text}
    return fields | ({"caption_entities": formatted.entities} if formatted.entities else {})


def write(
    world: World, person: Person, content: dict[str, Any], reply_to: int | None = None
) -> tuple[StoredMessage, int | None]:
    """Put a person's message into their chat and tell the bot.

    Args:
        world: The sandbox.
        person: Who writes.
        content: The fields of the message's kind.
        reply_to: The message it answers to.

    Returns:
        The message, and its ``update_id`` if the bot wants to know.

    Raises:
        InputError: The person blocked the bot, or the answered message is gone.
    """
    chat = world.chats[person.id]
    if chat.blocked:
        raise InputError(f"person {person.id} blocked the bot; POST /sandbox/api/unblock first")
    body: dict[str, Any] = {
        "message_id": 0,
        "from": person.user(),
        "chat": person.private_chat(),
        "date": world.clock.date(),
    }
    if reply_to is not None:
        body["reply_to_message"] = without_reply(message_of(chat, reply_to).body)
    body |= content
    body["message_id"] = world.new_message_id()
    chat.started = True
    message = world.put(chat, StoredMessage(body, by_bot=False, changed=0))
    keyboard = chat.keyboard
    if keyboard and (keyboard.get("one_time_keyboard") or keyboard.get("force_reply")):
        chat.keyboard = None
    return message, world.updates.push("message", body)


def forwarded(chat: Chat, message_id: int) -> dict[str, Any]:
    """Return a message of a chat as the fields of a forwarded one.

    Raises:
        InputError: There is no such message, or it is protected.
    """
    source = message_of(chat, message_id)
    if source.protected:
        raise InputError(f"message {message_id} is protected and cannot be forwarded")
    return content_of(source) | {"forward_origin": origin_of(source)}


def edit(
    world: World, person: Person, message_id: int, text: str
) -> tuple[StoredMessage, int | None]:
    """Change a person's own message: its text, or the caption of its file.

    Raises:
        InputError: It is not theirs, was forwarded, or stays as it is.
    """
    chat = world.chats[person.id]
    message = message_of(chat, message_id)
    if message.by_bot:
        raise InputError(f"message {message_id} is the bot's; people edit only their own")
    if "forward_origin" in message.body:
        raise InputError(f"message {message_id} was forwarded and cannot be edited")
    if "text" in message.body:
        fields, old = text_content(text), ("text", "entities")
    elif any(kind in message.body for kind in ("photo", "video", "document", "voice", "audio")):
        fields, old = caption_content(text), ("caption", "caption_entities")
    else:
        raise InputError(f"message {message_id} has no text or caption to edit")
    new = {key: value for key, value in message.body.items() if key not in old} | fields
    if new == message.body:
        raise InputError(f"message {message_id} already says that")
    new["edit_date"] = world.clock.date()
    message.body = new
    message.changed = world.touch(chat)
    return message, world.updates.push("edited_message", new)


def delete(world: World, person: Person, message_id: int) -> None:
    """Delete a message for both sides. Telegram does not tell a bot about it."""
    chat = world.chats[person.id]
    erase(world, chat, message_of(chat, message_id))


def press(
    world: World, person: Person, message_id: int, data: str, *, forged: bool = False
) -> tuple[str, int | None]:
    """Press a button under a message.

    Args:
        world: The sandbox.
        person: Who presses.
        message_id: The message with the button.
        data: The button's ``callback_data``.
        forged: Whether the data need not be on any button, as from a changed app.

    Returns:
        The callback query's id, and the ``update_id``.

    Raises:
        InputError: There is no such message or button.
    """
    chat = world.chats[person.id]
    message = message_of(chat, message_id)
    if chat.blocked:
        raise InputError(f"person {person.id} blocked the bot; POST /sandbox/api/unblock first")
    if not message.by_bot:
        raise InputError(f"message {message_id} is not the bot's")
    rows = message.body.get("reply_markup", {}).get("inline_keyboard", [])
    if not forged and not any(
        button.get("callback_data") == data for row in rows for button in row
    ):
        raise InputError(
            f"message {message_id} has no button with this data; "
            'to press one that is not there, add "forged": true'
        )
    number = world.new_callback_id()
    world.callbacks[number] = Callback(chat.id, message_id, world.clock.now())
    query = {
        "id": number,
        "from": person.user(),
        "message": message.body,
        "chat_instance": str(chat.id * 7_919_000_003),
        "data": data,
    }
    return number, world.updates.push("callback_query", query)


def react(world: World, person: Person, message_id: int, emoji: str) -> int | None:
    """Set a person's reaction to a message; an empty one removes it."""
    chat = world.chats[person.id]
    message = message_of(chat, message_id)
    old = message.reactions.get(person.id, [])
    new = [{"type": "emoji", "emoji": emoji}] if emoji else []
    message.reactions[person.id] = new
    message.changed = world.touch(chat)
    body = {
        "chat": person.private_chat(),
        "message_id": message_id,
        "user": person.user(),
        "date": world.clock.date(),
        "old_reaction": old,
        "new_reaction": new,
    }
    return world.updates.push("message_reaction", body)


def set_blocked(world: World, person: Person, *, blocked: bool) -> int | None:
    """Block the bot, or take it back.

    Returns:
        The ``update_id``; None if nothing changed or the bot does not want to know.

    Raises:
        InputError: The person never wrote to the bot.
    """
    chat = world.chats[person.id]
    if not chat.started:
        raise InputError(f"person {person.id} never wrote to the bot")
    if chat.blocked == blocked:
        return None
    chat.blocked = blocked
    world.touch(chat)
    member = {"user": world.bot_user(), "status": "member"}
    kicked = {"user": world.bot_user(), "status": "kicked", "until_date": 0}
    body = {
        "chat": person.private_chat(),
        "from": person.user(),
        "date": world.clock.date(),
        "old_chat_member": member if blocked else kicked,
        "new_chat_member": kicked if blocked else member,
    }
    return world.updates.push("my_chat_member", body)
