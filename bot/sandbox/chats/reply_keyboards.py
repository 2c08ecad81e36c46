"""Reply keyboards: who sees which, until it goes.

https://core.telegram.org/bots/api#replykeyboardmarkup
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.chats.groups import Group
from bot.sandbox.chats.messages import Keyboard
from bot.sandbox.text.utf16 import utf16_slice

if TYPE_CHECKING:
    from bot.sandbox.chats.chat import Chat
    from bot.sandbox.chats.messages import Markup
    from bot.sandbox.chats.people import Person
    from bot.sandbox.world import World


def show_keyboard(world: World, chat: Chat, body: dict[str, Any], markup: Markup | None) -> None:
    """Open the keyboard that comes with a message of the bot, or take the open ones away.

    A keyboard stays until another one, or its removal, comes.

    Args:
        world: The sandbox.
        chat: The chat.
        body: The Bot API ``Message``.
        markup: What came with it.
    """
    if markup is None or markup.kind == "inline":
        return
    for viewer in _viewers(world, chat, body, selective=bool(markup.body.get("selective"))):
        if markup.kind == "remove":
            chat.keyboards.pop(viewer, None)
        else:
            chat.keyboards[viewer] = Keyboard(int(body["message_id"]), markup.body)


def _viewers(world: World, chat: Chat, body: dict[str, Any], *, selective: bool) -> frozenset[int]:
    """Say who gets to see a keyboard; a selective one only those whom the message is for."""
    if not isinstance(chat, Group):
        return frozenset({chat.id})
    inside = frozenset(user_id for user_id, member in chat.members.items() if member.inside)
    return inside & _addressed(world, body) if selective else inside


def _addressed(world: World, body: dict[str, Any]) -> frozenset[int]:
    """Return whom a message mentions, and whom it answers to."""
    answered = body.get("reply_to_message", {})
    found = {int(answered.get("from", {}).get("id", 0))}
    # In a topic, what answers to nothing answers to the topic's beginning, and so to nobody.
    in_topic = body.get("is_topic_message", False)
    if in_topic and answered.get("message_id") == body["message_thread_id"]:
        found.clear()
    names = {person.username.lower(): person.id for person in world.people.values()}
    text = str(body.get("text", body.get("caption", "")))
    for entity in body.get("entities", body.get("caption_entities", ())):
        if entity["type"] == "text_mention":
            found.add(int(entity["user"]["id"]))
        elif entity["type"] == "mention":
            name = utf16_slice(text, entity["offset"], entity["length"]).lstrip("@").lower()
            found.add(names.get(name, 0))
    return frozenset(found)


def use_keyboard(chat: Chat, person: Person) -> None:
    """Close a person's keyboard after they wrote, if it is for one use."""
    keyboard = chat.keyboards.get(person.id)
    if keyboard and (keyboard.body.get("one_time_keyboard") or keyboard.body.get("force_reply")):
        del chat.keyboards[person.id]


def drop_keyboards(chat: Chat, message_id: int) -> None:
    """Close the keyboards that came with a message which is gone."""
    chat.keyboards = {
        viewer: keyboard
        for viewer, keyboard in chat.keyboards.items()
        if keyboard.message_id != message_id
    }
