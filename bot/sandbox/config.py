"""What can be set about a sandbox."""

from __future__ import annotations

import time
from pathlib import Path

import msgspec

MEGABYTE = 1024 * 1024


def next_update_id() -> int:
    """Pick the first ``update_id`` of a run: one above all ids of the runs before it.

    Telegram's ids start anywhere and grow. A bot that stays up while the sandbox restarts asks for
    what comes after the last id it saw, and would stay silent if a new run began below it. So the
    ids grow with the clock, faster than people type.

    Returns:
        A positive number below 2³¹.
    """
    seconds = int(time.time()) - _SECONDS_BEFORE_SANDBOX
    return 1 + seconds * _IDS_A_SECOND % _ROOM


_SECONDS_BEFORE_SANDBOX = 1_767_225_600  # 2026-01-01
_IDS_A_SECOND = 20
_ROOM = 2**31 - 10_000_000


class SandboxConfig(msgspec.Struct, frozen=True, kw_only=True):
    """Settings of one sandbox.

    Args:
        first_update_id: The ``update_id`` of the first update.
        first_message_id: The ``message_id`` of the first message.
        bot_id: The bot's user id; taken from the first token seen if left out.
        bot_name: The bot's name until ``setMyName`` changes it.
        bot_username: The bot's user name.
        strict: Whether Telegram's rate limits apply (1/s per chat, 20/min per
            group, 30/s in all).
        media_bytes: How many bytes of file contents are kept; the oldest go first.
        callback_seconds: How long a button press may stay unanswered, in seconds.
        webhook_retry_seconds: The first wait after a failed delivery, in seconds; it doubles.
        webhook_retry_limit: The longest wait between deliveries, in seconds.
        webhook_timeout: How long one delivery may take, in seconds.
        ready_people: Whether the six ready people, one for each language variant, are there, and
            a staff group with topics.
        reads_all_group_messages: Whether the bot's privacy mode is off.
        clock_file: Where to write by how much the time was played forward, for a bot that follows.
        parts_socket: The unix socket of the supervisord that runs the helpline's parts.
    """

    first_update_id: int = msgspec.field(default_factory=next_update_id)
    first_message_id: int = 1
    bot_id: int | None = None
    bot_name: str = "Sandbox bot"
    bot_username: str = "sandbox_helpline_bot"
    strict: bool = False
    media_bytes: int = 200 * MEGABYTE
    callback_seconds: float = 15.0
    webhook_retry_seconds: float = 1.0
    webhook_retry_limit: float = 60.0
    webhook_timeout: float = 60.0
    ready_people: bool = True
    reads_all_group_messages: bool = False
    clock_file: Path | None = None
    parts_socket: Path | None = None
