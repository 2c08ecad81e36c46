"""copyMessage, copyMessages, forwardMessage and forwardMessages."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from bot.sandbox.bot_api.methods.message_ids import read_ids
from bot.sandbox.bot_api.methods.registry import method
from bot.sandbox.bot_api.methods.sending import open_chat, post, read_caption, read_reply_markup
from bot.sandbox.chats.content import content_of
from bot.sandbox.chats.origins import origin_of
from bot.sandbox.chats.threads import find_thread
from bot.sandbox.errors import BadRequestError
from bot.sandbox.media.dice import read_dice

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.sandbox.chats.chat import Chat
    from bot.sandbox.chats.messages import Markup, StoredMessage
    from bot.sandbox.params import Params
    from bot.sandbox.world import World

_CAPTION = frozenset({"caption", "caption_entities", "show_caption_above_media"})
_WITH_CAPTION = frozenset({"photo", "video", "animation", "document", "audio", "voice"})
# https://core.telegram.org/bots/api#copymessages and #forwardmessages
MAX_IDS = 100


def _without_caption(content: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in content.items() if key not in _CAPTION}


def _copied(message: StoredMessage) -> dict[str, Any]:
    """Return what a copy carries: the content; a die is thrown anew."""
    content = content_of(message)
    if "dice" in content:
        content["dice"] = read_dice(content["dice"]["emoji"])
    return content


def _forwarded(message: StoredMessage) -> dict[str, Any]:
    return content_of(message) | {"forward_origin": origin_of(message)}


def _kept_buttons(message: StoredMessage) -> Markup | None:
    """Return the buttons that a forwarded message keeps: if all of them are links, all."""
    markup = message.markup
    if markup is None or markup.kind != "inline":
        return None
    buttons = [button for row in markup.body["inline_keyboard"] for button in row]
    return markup if all("url" in button for button in buttons) else None


def _can_be_copied(message: StoredMessage) -> bool:
    return not message.service


def _can_be_forwarded(message: StoredMessage) -> bool:
    # A protected message can be copied by a bot all the same (TDLib: get_forwarded_messages).
    return not message.service and not message.protected


def _source(world: World, params: Params) -> Chat:
    params.required("from_chat_id")
    return world.readable_chat(params.chat_id("from_chat_id"))


def _one(world: World, params: Params, verb: str) -> StoredMessage:
    message = _source(world, params).find(params.integer("message_id"))
    if message is None:
        raise BadRequestError(f"message to {verb} not found")
    return message


@method("copyMessage")
def copy_message(world: World, params: Params) -> dict[str, Any]:
    """Send a message again as the bot's own."""
    caption = read_caption(world, params) if params.given("caption") else None
    markup = read_reply_markup(params)
    source = _one(world, params, "copy")
    chat = open_chat(world, params)
    if not _can_be_copied(source):
        raise BadRequestError("the message can't be copied")
    content = _copied(source)
    if caption is not None and not _WITH_CAPTION.isdisjoint(content):
        content = _without_caption(content) | caption
    return {"message_id": post(world, chat, params, content, markup)["message_id"]}


@method("forwardMessage")
def forward_message(world: World, params: Params) -> dict[str, Any]:
    """Send a message on, with its origin."""
    source = _one(world, params, "forward")
    chat = open_chat(world, params)
    if not _can_be_forwarded(source):
        raise BadRequestError("the message can't be forwarded")
    return post(world, chat, params, _forwarded(source), _kept_buttons(source))


@method("copyMessages")
def copy_messages(world: World, params: Params) -> list[dict[str, Any]]:
    """Send several messages again; those that are gone are passed over."""
    without_caption = params.flag("remove_caption")

    def content(message: StoredMessage) -> dict[str, Any]:
        return _without_caption(_copied(message)) if without_caption else _copied(message)

    return _send_all(world, params, _can_be_copied, content, lambda _: None)


@method("forwardMessages")
def forward_messages(world: World, params: Params) -> list[dict[str, Any]]:
    """Send several messages on; those that are gone are passed over."""
    return _send_all(world, params, _can_be_forwarded, _forwarded, _kept_buttons)


def _send_all(
    world: World,
    params: Params,
    fits: Callable[[StoredMessage], bool],
    content_for: Callable[[StoredMessage], dict[str, Any]],
    markup_for: Callable[[StoredMessage], Markup | None],
) -> list[dict[str, Any]]:
    """Send what several messages carry; albums stay together, under a new id."""
    params.required("from_chat_id")
    numbers = read_ids(params, MAX_IDS)
    chat = open_chat(world, params, len(numbers))
    find_thread(world, chat, params.integer("message_thread_id"), world.profile.bot_id)
    source = _source(world, params)
    found = [message for number in numbers if (message := source.find(number)) is not None]
    if not found:
        raise BadRequestError("there are no messages to forward")
    if any(one.id >= other.id for one, other in pairwise(found)):
        raise BadRequestError("message identifiers must be in a strictly increasing order")
    sent = [message for message in found if fits(message)]
    if not sent:
        raise BadRequestError("messages can't be forwarded")
    albums = _new_albums(world, sent)
    results = []
    for message in sent:
        content = content_for(message) | albums.get(message.body.get("media_group_id", ""), {})
        body = post(world, chat, params, content, markup_for(message))
        results.append({"message_id": body["message_id"]})
    return results


def _new_albums(world: World, messages: list[StoredMessage]) -> dict[str, dict[str, Any]]:
    """Return the new ``media_group_id`` of each album that two or more messages are from."""
    sizes = Counter(message.body.get("media_group_id", "") for message in messages)
    return {
        album: {"media_group_id": world.new_callback_id()}
        for album, size in sizes.items()
        if album and size > 1
    }
