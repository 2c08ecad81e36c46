"""getChat, sendChatAction and setMessageReaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.errors import BadRequestError, NotEmulatedError
from bot.sandbox.methods.registry import method

if TYPE_CHECKING:
    from bot.sandbox.request import Params
    from bot.sandbox.world import World

# https://core.telegram.org/bots/api#sendchataction: the status is set for 5 seconds or less
ACTION_SECONDS = 5.0
_ACTIONS = frozenset(
    {
        "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
        "upload_document", "choose_sticker", "find_location", "record_video_note",
        "upload_video_note",
    }
)  # fmt: skip

# https://core.telegram.org/bots/api#reactiontypeemoji
REACTIONS = frozenset(
    [
        "❤",
        "👍",
        "👎",
        "🔥",
        "🥰",
        "👏",
        "😁",
        "🤔",
        "🤯",
        "😱",
        "🤬",
        "😢",
        "🎉",
        "🤩",
        "🤮",
        "💩",
        "🙏",
        "👌",
        "🕊",
        "🤡",
        "🥱",
        "🥴",
        "😍",
        "🐳",
        "❤\u200d🔥",
        "🌚",
        "🌭",
        "💯",
        "🤣",
        "⚡",
        "🍌",
        "🏆",
        "💔",
        "🤨",
        "😐",
        "🍓",
        "🍾",
        "💋",
        "🖕",
        "😈",
        "😴",
        "😭",
        "🤓",
        "👻",
        "👨\u200d💻",
        "👀",
        "🎃",
        "🙈",
        "😇",
        "😨",
        "🤝",
        "✍",
        "🤗",
        "🫡",
        "🎅",
        "🎄",
        "☃",
        "💅",
        "🤪",
        "🗿",
        "🆒",
        "💘",
        "🙉",
        "🦄",
        "😘",
        "💊",
        "🙊",
        "😎",
        "👾",
        "🤷\u200d♂",
        "🤷",
        "🤷\u200d♀",
        "😡",
    ]
)


@method("getChat")
def get_chat(world: World, params: Params) -> dict[str, Any]:
    """Tell about a chat."""
    chat = world.readable_chat(params.chat_id())
    return world.chat_object(chat) | {
        "accent_color_id": chat.id % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }


@method("sendChatAction")
def send_chat_action(world: World, params: Params) -> bool:
    """Show that the bot is busy."""
    action = params.text("action").lower()
    if action not in _ACTIONS:
        raise BadRequestError("wrong parameter action in request")
    chat = world.writable_chat(params.chat_id())
    chat.action = action
    chat.action_until = world.clock.now() + ACTION_SECONDS
    world.touch(chat)
    return True


@method("setMessageReaction")
def set_message_reaction(world: World, params: Params) -> bool:
    """Set the bot's reaction to a message; none removes it."""
    given = params.json("reaction", "reaction types") or []
    chat = world.writable_chat(params.chat_id())
    message = chat.find(params.message_id())
    if message is None:
        raise BadRequestError("message to react not found")
    # A bot that is no premium user has one reaction per message.
    if not isinstance(given, list) or len(given) > 1:
        raise BadRequestError("REACTIONS_TOO_MANY")
    reactions = [read_reaction(item) for item in given]
    message.reactions[world.profile.bot_id] = reactions
    message.changed = world.touch(chat)
    return True


def read_reaction(item: object) -> dict[str, Any]:
    """Check a ``ReactionType``.

    Raises:
        BadRequestError: It is not among Telegram's reactions.
        NotEmulatedError: It is a custom emoji or a paid one.
    """
    if not isinstance(item, dict):
        raise BadRequestError("can't parse reaction types JSON object")
    if item.get("type") != "emoji":
        raise NotEmulatedError(f"reaction of type {item.get('type')}")
    emoji = str(item.get("emoji", "")).replace("\ufe0f", "")
    if emoji not in REACTIONS:
        raise BadRequestError("REACTION_INVALID")
    return {"type": "emoji", "emoji": emoji}
