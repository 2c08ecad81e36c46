"""What recordings keep of the bot's calls: what people see of them, not how they were asked for."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import msgspec

from bot.sandbox.media.files import FILE_KINDS, HASH_LENGTH
from bot.sandbox.media.samples import sample
from bot.sandbox.recording.recorded_bodies import shown_name

if TYPE_CHECKING:
    from bot.sandbox.chats.messages import StoredMessage
    from bot.sandbox.params import Params
    from bot.sandbox.recording.recordings import Event
    from bot.sandbox.world import World

# They show nothing that stays.
_NOT_RECORDED = frozenset({"sendchataction", "setchatmenubutton"})
# Named in other ways, or different in every run.
_NOT_SHOWN = frozenset(
    {
        "chat_id", "message_id", "message_ids", "message_thread_id", "from_chat_id",
        "callback_query_id", "until_date", "cache_time", "method",
    }
)  # fmt: skip


def note_call(world: World, method: str, params: Params, result: object) -> None:
    """Note a call that was carried out, if people get to see what it did.

    Args:
        world: The sandbox.
        method: The method, as the bot wrote it.
        params: Its parameters.
        result: What it returned.
    """
    name = method.lower()
    if not world.recording.noting or name.startswith("get") or name in _NOT_RECORDED:
        return
    if params.has("callback_query_id"):
        chat_id = world.recording.chat_of_press(params.text("callback_query_id"))
    else:
        chat_id = params.integer("chat_id") or None
    if chat_id is None:
        return
    event: Event = {"bot": method, "chat": chat_id} | _effect(world, chat_id, params, result)
    world.recording.note_answer(event)


def _effect(world: World, chat_id: int, params: Params, result: object) -> Event:
    """Tell what a call did: the messages it put there or changed, or else what it asked for."""
    if isinstance(result, list):
        return {"messages": [_sent(world, chat_id, item) for item in result]}
    if not isinstance(result, dict) or "message_id" not in result:
        return _names(world, chat_id, params) | _others(params)
    # A message to copy is named as well; but it stands in another chat.
    if params.has("message_id") and not params.has("from_chat_id"):
        message = _stored(world, chat_id, result)
        return _names(world, chat_id, params) | _words(message)
    return _sent(world, chat_id, result)


def _stored(world: World, chat_id: int, told: dict[str, Any]) -> StoredMessage:
    """Find the message of a ``Message`` or ``MessageId``."""
    return world.chats[chat_id].messages[int(told["message_id"])]


def _names(world: World, chat_id: int, params: Params) -> Event:
    """Name what a call was about: a message, several, or a topic."""
    named: Event = {}
    name_of = world.recording.name_of
    if params.integer("message_id"):
        named["message"] = name_of(chat_id, params.integer("message_id"))
    numbers = params.json("message_ids", "message identifiers")
    if isinstance(numbers, list):
        named["messages"] = [name_of(chat_id, int(number)) for number in numbers]
    if params.integer("message_thread_id"):
        named["thread"] = name_of(chat_id, params.integer("message_thread_id"))
    return named


def _others(params: Params) -> Event:
    """Return the parameters that no other field tells of."""
    told: Event = {}
    for name in params.names():
        if name in _NOT_SHOWN:
            continue
        text = params.text(name)
        try:
            value = msgspec.json.decode(text)
        except msgspec.DecodeError:
            value = text
        # A flag that is not set is as good as left out.
        if value is not False:
            told[name] = value
    return told


def _sent(world: World, chat_id: int, told: dict[str, Any]) -> Event:
    """Tell of a new message: where it stands, and what it says."""
    message = _stored(world, chat_id, told)
    name_of = world.recording.name_of
    place: Event = {}
    if message.thread:
        place["thread"] = name_of(chat_id, message.thread)
    answered = message.body.get("reply_to_message", {}).get("message_id")
    # In a topic, what answers to nothing answers to the topic's beginning.
    if answered and answered != message.thread:
        place["reply_to"] = name_of(chat_id, answered)
    return place | _words(message)


def _words(message: StoredMessage) -> Event:
    body = message.body
    told: Event = {"quote": body["quote"]["text"]} if "quote" in body else {}
    told |= {key: body[key] for key in ("text", "caption") if key in body}
    told |= _content(body)
    if "forward_origin" in body:
        told["forwarded"] = body["forward_origin"]["type"]
    if message.protected:
        told["protected"] = True
    return told | _buttons(message)


def _content(body: dict[str, Any]) -> Event:
    for kind in FILE_KINDS:
        # An animation is a document too.
        if kind in body and not (kind == "document" and "animation" in body):
            file = body[kind][-1] if kind == "photo" else body[kind]
            return {kind: _file(kind, str(file["file_unique_id"]))}
    if "location" in body:
        place = [body["location"]["latitude"], body["location"]["longitude"]]
        return {"location": place} | ({"venue": body["venue"]["title"]} if "venue" in body else {})
    if "contact" in body:
        return {"contact": body["contact"]["phone_number"]}
    return {"dice": body["dice"]["emoji"]} if "dice" in body else {}


def _file(kind: str, unique_id: str) -> str:
    # The ids of files tell the beginning of their hash: see media.FileStore.add.
    digest = unique_id[-HASH_LENGTH:]
    return "sample" if digest == _sample_digest(kind) else shown_name(digest)


@cache
def _sample_digest(kind: str) -> str:
    return sha256(sample(kind).content).hexdigest()[:HASH_LENGTH]


def _buttons(message: StoredMessage) -> Event:
    """Tell of the buttons: inline ones with what they carry, others by their labels."""
    inline = message.body.get("reply_markup", {}).get("inline_keyboard")
    if inline:
        return {"buttons": [[[button["text"], _carried(button)] for button in r] for r in inline]}
    if message.markup is None or message.markup.kind == "inline":
        return {}
    if message.markup.kind == "keyboard":
        rows = message.markup.body["keyboard"]
        return {"keyboard": [[button["text"] for button in row] for row in rows]}
    return {"keyboard": message.markup.kind}


def _carried(button: dict[str, Any]) -> str:
    copied = button.get("copy_text", {}).get("text", "")
    return str(button.get("callback_data") or button.get("url") or copied)
