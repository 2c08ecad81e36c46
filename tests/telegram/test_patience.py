"""What an effect is to Telegram's limits."""

from __future__ import annotations

import pytest

from bot.telegram.effects import (
    AnswerCallback,
    DeleteMessage,
    EditMessage,
    Effect,
    SendMessage,
    SetReaction,
)
from bot.telegram.patience import messages_of


@pytest.mark.parametrize(
    ("effect", "messages"),
    [
        (SendMessage(chat_id=-1, text="a"), 1),
        (EditMessage(chat_id=-1, message_id=5, text="a"), 1),
        (DeleteMessage(chat_id=-1, message_id=5), 0),
        (SetReaction(chat_id=-1, message_id=5, emoji="👍"), 0),
        (AnswerCallback(chat_id=-1, query_id="q"), 0),
    ],
    ids=lambda one: type(one).__name__,
)
def test_what_is_sent_or_changed_counts(effect: Effect, messages: int) -> None:
    """Rule: a group takes 20 messages a minute; tidying uses none of them up."""
    assert messages_of(effect) == messages
