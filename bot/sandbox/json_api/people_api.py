"""What people do by the JSON API: the requests' bodies become acts, the acts become answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.chats.groups import Group
from bot.sandbox.chats.people import Person
from bot.sandbox.chats.reactions import read_reaction
from bot.sandbox.errors import InputError
from bot.sandbox.people import actions
from bot.sandbox.people.contents import contents_from
from bot.sandbox.people.inputs import (
    DeleteInput,
    Edit,
    PersonInput,
    PressInput,
    ReactInput,
    ReadInput,
    SendInput,
    Who,
)
from bot.sandbox.people.own_edits import edit

if TYPE_CHECKING:
    from bot.sandbox.chats.chat import Chat
    from bot.sandbox.world import World

_FIRST_NEW_ID = 2001


def whoever(world: World, who: Who) -> tuple[Person, Chat]:
    """Find who acts, or bring them into being, and where; take over what is said about them.

    Raises:
        InputError: There is no such chat, or the person is not in it.
    """
    person = _changed_person(world, who.user, who)
    return person, actions.chat_of(world, person, who.chat)


def _changed_person(world: World, user_id: int, told: Who | PersonInput) -> Person:
    if user_id <= 0:
        raise InputError("a person's id must be positive")
    if told.username and not actions.USERNAME.fullmatch(told.username):
        raise InputError("username must be 4-32 letters, digits or _, beginning with a letter")
    if told.name is not None and not told.name.strip():
        raise InputError("name is empty")
    person = world.people.get(user_id)
    if person is None:
        person = Person(user_id, told.name or f"User {user_id}")
        world.add_person(person)
    changed = False
    for key in ("name", "last_name", "username", "language_code", "staff"):
        value = getattr(told, key, None)
        if value is not None and value != getattr(person, key):
            setattr(person, key, value)
            changed = True
    if changed:
        world.touch(world.chats[user_id])
    return person


def send(world: World, given: SendInput) -> dict[str, Any]:
    """``POST /send``: a person writes, edits or forwards."""
    person, chat = whoever(world, given)
    if given.edit is not None:
        change = given.edit
        if not isinstance(change, Edit):
            change = Edit(message_id=change, text=given.text)
        message, update_id = edit(world, person, chat, change)
        return {"message": message.body, "update_id": update_id}
    sent = [
        actions.write(
            world,
            person,
            chat,
            content,
            reply_to=given.reply_to,
            thread=given.thread,
            quote=given.quote,
        )
        for content in contents_from(world, person, chat, given)
    ]
    message, update_id = sent[0]
    told = {"message": message.body, "update_id": update_id}
    if given.album is None and (given.forward is None or not given.forward.message_ids):
        return told
    return told | {
        "messages": [message.body for message, _ in sent],
        "update_ids": [update_id for _, update_id in sent],
    }


def press(world: World, given: PressInput) -> dict[str, Any]:
    """``POST /press``: a person presses a button."""
    person, chat = whoever(world, given)
    number, update_id = actions.press(
        world, person, chat, given.message_id, given.data, forged=given.forged
    )
    return {"callback_query_id": number, "update_id": update_id}


def delete(world: World, given: DeleteInput) -> dict[str, Any]:
    """``POST /delete``: a person deletes a message, or several at once."""
    person, chat = whoever(world, given)
    if (given.message_id is None) != bool(given.message_ids):
        raise InputError("delete needs message_id, or message_ids")
    numbers = given.message_ids if given.message_id is None else [given.message_id]
    actions.delete(world, person, chat, numbers)
    return {"deleted": numbers if given.message_id is None else given.message_id}


def read(world: World, given: ReadInput) -> dict[str, Any]:
    """``POST /read``: a person has seen the messages up to one, in a topic or outside."""
    person, chat = whoever(world, given)
    seen = chat.read
    if given.thread:
        if not isinstance(chat, Group) or chat.topic(given.thread) is None:
            raise InputError(f"there is no topic {given.thread} in chat {chat.id}")
        seen = chat.topic_read.setdefault(given.thread, {})
    if given.message_id > seen.get(person.id, 0):
        seen[person.id] = given.message_id
        world.touch(chat)
    return {"read_up_to": seen.get(person.id, 0)}


def react(world: World, given: ReactInput) -> dict[str, Any]:
    """``POST /react``: a person sets or removes a reaction."""
    emoji = given.emoji
    if emoji:
        emoji = read_reaction({"type": "emoji", "emoji": emoji})["emoji"]
    person, chat = whoever(world, given)
    return {"update_id": actions.react(world, person, chat, given.message_id, emoji)}


def block(world: World, given: Who) -> dict[str, Any]:
    """``POST /block``: a person blocks the bot."""
    return _set_blocked(world, given, blocked=True)


def unblock(world: World, given: Who) -> dict[str, Any]:
    """``POST /unblock``: a person takes it back."""
    return _set_blocked(world, given, blocked=False)


def _set_blocked(world: World, given: Who, *, blocked: bool) -> dict[str, Any]:
    person = actions.person_of(world, given.user)
    return {
        "blocked": blocked,
        "update_id": actions.set_blocked(world, person, blocked=blocked),
    }


def change_person(world: World, given: PersonInput) -> dict[str, Any]:
    """``POST /people``: add or change a person."""
    user_id = given.id
    if user_id is None:
        if not given.name:
            raise InputError("a new person needs a name")
        user_id = max([_FIRST_NEW_ID - 1, *world.people]) + 1
    return {"person": _changed_person(world, user_id, given).user()}
