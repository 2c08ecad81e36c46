"""Processes and relays that live as long as the tests that share them."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator

import pytest_asyncio
from aiohttp import ClientSession

# python-telegram-bot: durations as timedelta; without it each use of one is a warning.
os.environ["PTB_TIMEDELTA"] = "true"


@pytest_asyncio.fixture(scope="session")
async def http() -> AsyncIterator[ClientSession]:
    """An HTTP client for all."""
    async with ClientSession() as session:
        yield session
