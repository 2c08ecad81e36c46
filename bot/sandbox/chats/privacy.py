"""Which messages of a group a bot gets: privacy mode.

https://core.telegram.org/bots/features#privacy-mode and
https://core.telegram.org/bots/faq#what-messages-will-my-bot-get
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.text.utf16 import utf16_slice

if TYPE_CHECKING:
    from bot.sandbox.chats.groups import Group
    from bot.sandbox.chats.messages import StoredMessage


def bot_gets(
    group: Group, message: StoredMessage, bot_id: int, username: str, *, reads_all: bool
) -> bool:
    """Say whether the bot is told of a message in a group.

    Args:
        group: The group.
        message: The message.
        bot_id: The bot's user id.
        username: The bot's user name.
        reads_all: Whether privacy mode is off.

    Returns:
        True if it is: the bot is in the group, and it is an administrator, or privacy mode is off,
        or the message is meant for it.
    """
    if not group.bot.inside:
        # Of the group it has left, the bot is told its leaving only.
        return bool(message.body.get("left_chat_member", {}).get("id") == bot_id)
    if reads_all or group.bot.runs or message.service:
        return True
    answered = message.body.get("reply_to_message", {})
    # In a topic everything answers to the message that created it, which may be the bot's.
    if answered.get("from", {}).get("id") == bot_id and "forum_topic_created" not in answered:
        return True
    return _commands(group, message, username)


def _commands(group: Group, message: StoredMessage, username: str) -> bool:
    """Say whether a message begins with a command for this bot.

    One that names no bot is for the one that wrote last; a sandbox has one bot only.
    """
    for entity in message.body.get("entities", ()):
        if entity["type"] == "bot_command" and entity["offset"] == 0:
            part = utf16_slice(str(message.body["text"]), 0, entity["length"])
            whose = part.partition("@")[2]
            if whose:
                return whose.lower() == username.lower()
            return any(one.by_bot for one in group.messages.values())
    return False
