"""The steps of an update's way, at each of which a process may die: named for the kill test."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class Step(StrEnum):
    """Where an update is."""

    BEFORE_INBOX = "before_inbox"
    """Received from Telegram, not yet written."""
    IN_INBOX = "in_inbox"
    """Written, not yet confirmed to Telegram."""
    BEFORE_COMMIT = "before_commit"
    """The turn is done, nothing of it written."""
    COMMITTED = "committed"
    """The turn is written, nothing of it sent."""
    SENT = "sent"
    """An effect was carried out, and is still in the outbox."""
    TOPIC_MADE = "topic_made"
    """A topic was opened for a case, which does not know it yet."""


StepHook = Callable[[Step], None]
"""Called at each step."""


def no_hook(_step: Step) -> None:
    """Lets every step pass."""
