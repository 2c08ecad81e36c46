"""A small real process to kill: it moves the timers of cases that have ended.

Run as ``python -m tests.store.mortal_timekeeper STORE_URL PREFIX SHARDS [COUNT]``: with a count, it
kills itself (-9) in the middle of moving so many of them.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys

from bot.clock import Clock
from bot.store.store import open_store


async def main(url: str, prefix: str, shards: int, deadly: int | None) -> None:
    """Moves what has ended, once, unless it dies of it."""
    store = await open_store(url, prefix, shards)
    encoded = 0

    def encode(case: int, timer: str) -> bytes:
        nonlocal encoded
        encoded += 1
        if encoded == deadly:
            os.kill(os.getpid(), signal.SIGKILL)
        return f"{case} {timer}".encode()

    await store.timekeeper(Clock(), encode).look()
    await store.close()


if __name__ == "__main__":
    deadly = int(sys.argv[4]) if len(sys.argv) > 4 else None
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), deadly))
