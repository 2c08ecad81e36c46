"""Where each method's function registers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from bot.sandbox.request import Params
from bot.sandbox.world import World

Handler = Callable[[World, Params], Any | Awaitable[Any]]

METHODS: dict[str, Handler] = {}
"""The methods by lower-case name: Telegram does not care about case."""


def method(name: str) -> Callable[[Handler], Handler]:
    """Register a function as a Bot API method.

    Args:
        name: The method's name.
    """

    def register(handler: Handler) -> Handler:
        METHODS[name.lower()] = handler
        return handler

    return register
