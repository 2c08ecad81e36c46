"""sendChatAction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.bot_api.methods.registry import method
from bot.sandbox.chats.groups import Group
from bot.sandbox.chats.topics import GENERAL
from bot.sandbox.errors import BadRequestError

if TYPE_CHECKING:
    from bot.sandbox.params import Params
    from bot.sandbox.world import World

# https://core.telegram.org/bots/api#sendchataction: the status is set for 5 seconds or less
ACTION_SECONDS = 5.0
_ACTIONS = frozenset(
    {
        "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
        "upload_document", "choose_sticker", "find_location", "record_video_note",
        "upload_video_note",
        # The names of before, which the Bot API server still knows.
        "upload_picture", "record_audio", "upload_audio", "pick_up_location",
    }
)  # fmt: skip


@method("sendChatAction")
def send_chat_action(world: World, params: Params) -> bool:
    """Show that the bot is busy."""
    action = params.text("action").lower()
    if action not in _ACTIONS:
        raise BadRequestError("wrong parameter action in request")
    chat = world.writable_chat(params.chat_id())
    chat.action = action
    # The Bot API server does not look whether the topic exists; General may be named here.
    thread = params.integer("message_thread_id")
    has_topics = isinstance(chat, Group) and chat.is_forum
    chat.action_thread = thread if has_topics and thread != GENERAL else 0
    chat.action_until = world.clock.now() + ACTION_SECONDS
    world.touch(chat)
    return True
