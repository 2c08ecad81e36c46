"""Where each method's function registers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.params import Params
from bot.sandbox.world import World


@dataclass(frozen=True, slots=True)
class Described:
    """A result with a sentence beside it, as a few methods answer."""

    result: Any
    description: str


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
