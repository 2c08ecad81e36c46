"""What an update of a staff group says: by whom, in which topic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.handoff.case import Counsellor
from bot.telegram.desk.staff.turn import GENERAL
from bot.telegram.desk.upkeep.members import GONE

if TYPE_CHECKING:
    from telegram import ChatMemberUpdated, Message, Update, User


def message_of(update: Update) -> Message:
    """The message of an update that has one."""
    message = update.effective_message
    assert message is not None  # noqa: S101 - the filters of these handlers see to it
    return message


def thread_of(message: Message) -> int | None:
    """The topic of a message; in General a thread is only a chain of replies."""
    if not message.is_topic_message or message.message_thread_id == GENERAL:
        return None
    return message.message_thread_id


def answered_of(message: Message) -> int | None:
    """The message of the bot's that it answers outside of all topics.

    It names the case where the group takes no topics, or the bot may not open them.
    """
    answered = message.reply_to_message
    if thread_of(message) is not None or answered is None or answered.from_user is None:
        return None
    return answered.message_id if answered.from_user.is_bot else None


def is_by_bot(message: Message) -> bool:
    """Whether no person of the group wrote it: a bot, a channel."""
    return message.from_user is None or message.from_user.is_bot or message.sender_chat is not None


def counsellor(user: User | None) -> Counsellor:
    """Who acts, by the name that the group sees."""
    return Counsellor(0, "") if user is None else Counsellor(user.id, user.first_name)


def has_left(change: ChatMemberUpdated) -> bool:
    """Whether somebody was in the group and is not any more."""
    gone = change.new_chat_member.status in GONE
    return gone and change.old_chat_member.status not in GONE
