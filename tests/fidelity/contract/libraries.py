"""The libraries that the script runs with."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from tests.fidelity.contract.client import Client
from tests.fidelity.contract.with_aiogram import aiogram_client
from tests.fidelity.contract.with_ptb import ptb_client

Library = Callable[[str, str], AbstractAsyncContextManager[Client]]
"""Makes a client of a token and of the root of a Bot API server."""

LIBRARIES: tuple[Library, ...] = (ptb_client, aiogram_client)
