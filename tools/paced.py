"""Runs a part of a helpline with Telegram's limits as if time went faster: ``paced.py PART PACE``.

Two hundred topics and what is said in them take a quarter of an hour at twenty messages a minute.
So that it can be measured in two minutes, the sandbox that enforces the limits and the sender that
keeps to them both count shorter seconds and minutes. Nothing else is changed: everything has to be
done in a shorter time by the same machine. At pace 1 all is as it runs for people.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bot import app, logs
from bot.sandbox import server
from bot.sandbox.bot_api import rate_limits
from bot.sandbox.config import SandboxConfig
from bot.settings import load_settings
from bot.telegram import flood
from bot.telegram.flood import Limits
from bot.telegram.sender import Sender


def main(part: str, pace: float) -> None:
    """Runs until it is told to end.

    Args:
        part: ``sandbox`` or ``bot``; all else comes from the environment, as ever.
        pace: how many seconds of the limits pass in one of the machine's.
    """
    settings = load_settings()
    logs.configure(settings)
    if part == "bot":
        limits = Limits()
        limits = Limits(
            per_second=limits.per_second * pace,
            chat_seconds=limits.chat_seconds / pace,
            prudent_seconds=limits.prudent_seconds / pace,
        )
        flood.GROUP_SECONDS /= pace
        app.Sender = partial(Sender, limits=limits)  # type: ignore[assignment, attr-defined]
        asyncio.run(app.main(settings))
        return
    for name in ("IN_ALL", "PRIVATE_CHAT", "GROUP"):
        most, seconds = getattr(rate_limits, name)
        setattr(rate_limits, name, (most, seconds / pace))
    config = SandboxConfig(strict=True, ready_people=False)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(server.serve(settings.sandbox_host, settings.sandbox_port, config))


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
