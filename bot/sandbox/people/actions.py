"""What people do: write, press, edit, delete, react, block. Each becomes an update for the bot."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.sandbox.chats.announcements import author_fields
from bot.sandbox.chats.chat import Chat, PrivateChat
from bot.sandbox.chats.content import content_of
from bot.sandbox.chats.content_rights import check_person
from bot.sandbox.chats.erasing import erase
from bot.sandbox.chats.groups import Group
from bot.sandbox.chats.messages import Callback, StoredMessage
from bot.sandbox.chats.origins import origin_of
from bot.sandbox.chats.reply_keyboards import use_keyboard
from bot.sandbox.chats.threads import place_fields
from bot.sandbox.errors import BotApiError, InputError
from bot.sandbox.text.formatted_text import MAX_CAPTION, MAX_TEXT, format_text
from bot.sandbox.text.quotes import quoted_entities
from bot.sandbox.text.utf16 import utf16_length

if TYPE_CHECKING:
    from bot.sandbox.chats.people import Person
    from bot.sandbox.world import World

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


def chat_of(world: World, person: Person, chat_id: int | None) -> Chat:
    """Find the chat in which a person acts.

    Args:
        world: The sandbox.
        person: Who acts.
        chat_id: A group's id; None, or the person's own, is their chat with the bot.

    Raises:
        InputError: There is no such chat, or the person is not in it.
    """
    if chat_id is None or chat_id == person.id:
        return world.private_chat(person.id)
    group = world.chats.get(chat_id)
    if not isinstance(group, Group):
        raise InputError("chat must be the user's own id, or the id of a group")
    if group.migrated_to:
        raise InputError(f"group {chat_id} became supergroup {group.migrated_to}")
    group.settle(world.clock.now())
    if not group.member(person.id).inside:
        raise InputError(f"person {person.id} is not a member of group {chat_id}")
    return group


def message_of(chat: Chat, message_id: int) -> StoredMessage:
    """Find a message in a chat.

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


def _refuse_blocked(chat: Chat) -> None:
    if isinstance(chat, PrivateChat) and chat.blocked:
        raise InputError(f"person {chat.id} blocked the bot; POST /sandbox/api/unblock first")


def _author(chat: Chat, person: Person) -> dict[str, Any]:
    return author_fields(chat, person) if isinstance(chat, Group) else {"from": person.user()}


def _place(
    world: World, person: Person, chat: Chat, thread: int, answered: StoredMessage | None
) -> dict[str, Any]:
    try:
        return place_fields(world, chat, thread, answered, person.id)
    except BotApiError as error:
        raise InputError(f"{error.description} (thread {thread} of chat {chat.id})") from error


def write(  # noqa: PLR0913 - who, where and what
    world: World,
    person: Person,
    chat: Chat,
    content: dict[str, Any],
    *,
    reply_to: int | None = None,
    thread: int = 0,
    quote: str = "",
) -> tuple[StoredMessage, int | None]:
    """Put a person's message into a chat and tell the bot.

    Args:
        world: The sandbox.
        person: Who writes.
        chat: Where.
        content: The fields of the message's kind.
        reply_to: The message it answers to.
        thread: The topic it stands in.
        quote: The words of the answered message that it quotes.

    Returns:
        The message, and its ``update_id`` if the bot gets to know.

    Raises:
        InputError: The person blocked the bot or may not write here, the answered message is gone,
            or the topic is closed.
    """
    _refuse_blocked(chat)
    check_person(chat, person, content)
    answered = None if reply_to is None else message_of(chat, reply_to)
    place = _place(world, person, chat, thread, answered) | _quote(answered, quote)
    body: dict[str, Any] = {"message_id": world.new_message_id(chat)}
    body |= _author(chat, person)
    body |= {"chat": chat.object(), "date": world.clock.date()} | place | content
    if isinstance(chat, PrivateChat):
        chat.started = True
    message = StoredMessage(body, by_bot=False, changed=0, author_id=person.id)
    world.put(chat, message)
    use_keyboard(chat, person)
    return message, world.tell("message", chat, message)


def _quote(answered: StoredMessage | None, quote: str) -> dict[str, Any]:
    if not quote:
        return {}
    body = answered.body if answered else {}
    prefix = "" if "text" in body else "caption_"
    said = str(body.get("text", body.get("caption", "")))
    at = said.find(quote)
    if at < 0:
        raise InputError("the answered message does not say what is quoted")
    told = {"text": quote, "position": utf16_length(said[:at]), "is_manual": True}
    entities = quoted_entities(
        body.get(f"{prefix}entities", []), utf16_length(said[:at]), utf16_length(quote)
    )
    return {"quote": told | ({"entities": entities} if entities else {})}


def forwarded(chat: Chat, message_id: int) -> dict[str, Any]:
    """Return a message of a chat as the fields of a forwarded one.

    Raises:
        InputError: There is no such message, it is protected, or a service message.
    """
    source = message_of(chat, message_id)
    if source.protected:
        raise InputError(f"message {message_id} is protected and cannot be forwarded")
    if source.service:
        raise InputError(f"message {message_id} only says that something happened")
    return content_of(source) | {"forward_origin": origin_of(source)}


def delete(world: World, person: Person, chat: Chat, message_ids: list[int]) -> None:
    """Delete messages for everybody, all or none. Telegram does not tell a bot about it.

    Raises:
        InputError: One is not there; or in a group it is another's, and the person may not delete
            those.
    """
    messages = [message_of(chat, message_id) for message_id in message_ids]
    if any("forum_topic_created" in message.body for message in messages):
        raise InputError("the message that created a topic goes with its topic only")
    foreign = any(message.author_id != person.id for message in messages)
    if isinstance(chat, Group) and foreign and not chat.user_may(person.id, "can_delete_messages"):
        raise InputError(f"person {person.id} may not delete others' messages here")
    for message in messages:
        erase(world, chat, message)


def press(  # noqa: PLR0913 - who, where and what
    world: World,
    person: Person,
    chat: Chat,
    message_id: int,
    data: str,
    *,
    forged: bool = False,
) -> tuple[str, int | None]:
    """Press a button under a message.

    Args:
        world: The sandbox.
        person: Who presses.
        chat: Where.
        message_id: The message with the button.
        data: The button's ``callback_data``.
        forged: Whether the data need not be on any button, as from a changed app.

    Returns:
        The callback query's id, and the ``update_id``.

    Raises:
        InputError: There is no such message or button.
    """
    message = message_of(chat, message_id)
    _refuse_blocked(chat)
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
    world.callbacks[number] = Callback(chat.id, person.id, message_id, world.clock.now())
    query = {
        "id": number,
        "from": person.user(),
        "message": message.body,
        "chat_instance": str(chat.id * 7_919_000_003),
        "data": data,
    }
    return number, world.updates.push("callback_query", query)


def react(world: World, person: Person, chat: Chat, message_id: int, emoji: str) -> int | None:
    """Set a person's reaction to a message; an empty one removes it.

    Returns:
        The ``update_id``; None if nothing changed or the bot is not told.
    """
    message = message_of(chat, message_id)
    if isinstance(chat, Group) and not chat.user_may(person.id, "can_react_to_messages"):
        raise InputError(f"person {person.id} may not react in group {chat.id}")
    old = message.reactions.get(person.id, [])
    new = [{"type": "emoji", "emoji": emoji}] if emoji else []
    if new == old:
        return None
    message.reactions[person.id] = new
    message.changed = world.touch(chat)
    # https://core.telegram.org/bots/api#update: in a group, administrators only are told.
    if isinstance(chat, Group) and not chat.bot.runs:
        return None
    author = _author(chat, person)
    who = (
        {"actor_chat": author["sender_chat"]}
        if "sender_chat" in author
        else {"user": person.user()}
    )
    body = {"chat": chat.object(), "message_id": message_id} | who
    body |= {"date": world.clock.date(), "old_reaction": old, "new_reaction": new}
    return world.updates.push("message_reaction", body)


def set_blocked(world: World, person: Person, *, blocked: bool) -> int | None:
    """Block the bot, or take it back.

    Returns:
        The ``update_id``; None if nothing changed or the bot does not want to know.

    Raises:
        InputError: The person never wrote to the bot.
    """
    chat = world.private_chat(person.id)
    if not chat.started:
        raise InputError(f"person {person.id} never wrote to the bot")
    if chat.blocked == blocked:
        return None
    chat.blocked = blocked
    world.touch(chat)
    member = {"user": world.bot_user(), "status": "member"}
    kicked = {"user": world.bot_user(), "status": "kicked", "until_date": 0}
    body = {
        "chat": chat.object(),
        "from": person.user(),
        "date": world.clock.date(),
        "old_chat_member": member if blocked else kicked,
        "new_chat_member": kicked if blocked else member,
    }
    return world.updates.push("my_chat_member", body)
