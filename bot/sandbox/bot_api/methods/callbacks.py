"""answerCallbackQuery."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.bot_api.methods.registry import method
from bot.sandbox.chats.messages import Notice
from bot.sandbox.errors import BadRequestError, BotApiError

if TYPE_CHECKING:
    from bot.sandbox.params import Params
    from bot.sandbox.world import World

# https://core.telegram.org/bots/api#answercallbackquery: 0-200 characters
MAX_ANSWER = 200
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@method("answerCallbackQuery")
def answer_callback_query(world: World, params: Params) -> bool:
    """Answer a button press; it can be answered once, and only for a while."""
    number = params.text("callback_query_id")
    text = params.text("text")
    if len(text) > MAX_ANSWER:
        raise BotApiError(400, "Bad Request: MESSAGE_TOO_LONG")
    callback = world.callbacks.pop(number, None)
    late = callback and world.clock.now() - callback.pressed_at > world.config.callback_seconds
    if callback is None or late:
        raise BadRequestError(TOO_OLD)
    chat = world.chats[callback.chat_id]
    notice = Notice(
        number,
        callback.user_id,
        callback.message_id,
        text,
        params.flag("show_alert"),
        params.text("url"),
        changed=0,
    )
    chat.notices.append(notice)
    notice.changed = world.touch(chat)
    return True
