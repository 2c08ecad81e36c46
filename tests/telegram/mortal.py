"""A small real process to kill: receiver, worker and sender, with a handler that counts.

Run as ``python -m tests.telegram.mortal STORE_URL PREFIX API_URL [STEP NUMBER]``: with a step, it
kills itself (-9) when it passes that step for that time.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from typing import TYPE_CHECKING

from msgspec.structs import replace
from prometheus_client import CollectorRegistry
from telegram import Bot

from bot.store.store import open_store
from bot.telegram.effects import SendMessage
from bot.telegram.flood import Limits
from bot.telegram.metrics import Metrics
from bot.telegram.polling import Polling
from bot.telegram.request import AiohttpRequest
from bot.telegram.sender import Patience, Sender
from bot.telegram.topics import tidying
from bot.telegram.worker import Hooks, Worker
from tests.telegram.bot_api import TOKEN

if TYPE_CHECKING:
    from telegram import Update

    from bot.telegram.steps import Step
    from bot.telegram.turn import Turn

LEASE_SECONDS = 0.6
EAGER = Limits(per_second=1000, chat_seconds=0.001, chat_burst=1000)
PATIENT = Patience(first_wait=0.05, tidy_after=1.0)
SHARDS = 4


async def count(update: Update, turn: Turn) -> None:
    """Counts the chat's messages in its session, and says the number; of topics it knows more."""
    if update.effective_chat is not None and update.effective_chat.id < 0:
        tidy = tidying(update.message) if update.message is not None else None
        if tidy is not None:
            turn.add(tidy)
        return
    assert turn.chat_id is not None
    turn.session = replace(turn.session, misses=turn.session.misses + 1)
    turn.add(SendMessage(chat_id=turn.chat_id, text=str(turn.session.misses)))


def apologise(turn: Turn) -> None:
    """Never said in these tests: an update that is set aside would be seen by it."""
    assert turn.chat_id is not None
    turn.add(SendMessage(chat_id=turn.chat_id, text="sorry"))


class Death:
    """Kills this process, as the kernel would, when a step is passed for the given time."""

    def __init__(self, step: str, times: int) -> None:
        self._step = step
        self._left = times

    def __call__(self, step: Step) -> None:
        if step == self._step:
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


async def main(store_url: str, prefix: str, api_url: str, step: str = "", times: str = "0") -> None:
    """Works until SIGTERM."""
    at = Death(step, int(times))
    store = await open_store(store_url, prefix, SHARDS, lease_seconds=LEASE_SECONDS)
    metrics = Metrics(CollectorRegistry())
    bot = Bot(
        TOKEN,
        base_url=api_url,
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(),
    )
    async with bot:
        roles = (
            Polling(store.inbox, bot, metrics, long_poll=5, at=at),
            Worker(store, bot, Hooks(count, apologise, apologise), metrics, at=at),
            Sender(store, bot, metrics, limits=EAGER, patience=PATIENT, at=at),
        )
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTERM, lambda: [role.stop() for role in roles])
        async with asyncio.TaskGroup() as group:
            for role in roles:
                group.create_task(role.run())
    await store.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
