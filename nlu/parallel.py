"""Parses several messages at once, for Rasa parses on the one thread that also answers HTTP.

Most of a parse is the sentence vector, which is computed in C without Python's lock: with a thread
per core, several are computed at the same time. Rasa's graph keeps nothing between two parses, and
our components change nothing when they process.
"""

from __future__ import annotations

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rasa.core.channels.channel import UserMessage
    from rasa.core.processor import MessageProcessor
    from rasa.shared.core.trackers import DialogueStateTracker


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0))


def begin(threads: int) -> None:
    """To call once Rasa is imported, before it serves.

    Args:
        threads: how many parses may run at once.
    """
    from rasa.core import processor
    from rasa.shared.core.trackers import DialogueStateTracker as Tracker

    pool = ThreadPoolExecutor(threads, thread_name_prefix="parse")

    async def parse_message(
        self: MessageProcessor,
        message: UserMessage,
        tracker: DialogueStateTracker | None = None,
        only_output_properties: bool = True,
    ) -> dict[str, Any]:
        """Rasa's ``MessageProcessor.parse_message``, with the graph run on a thread."""
        if tracker is None:
            tracker = Tracker.from_events(message.sender_id, [])
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(
            pool, self._parse_message_with_graph, message, tracker, only_output_properties
        )

    processor.MessageProcessor.parse_message = parse_message  # type: ignore[method-assign]
