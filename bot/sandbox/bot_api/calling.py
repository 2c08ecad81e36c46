"""Carries out a method of the Bot API, whichever way the bot called it."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from bot.sandbox.bot_api.methods import METHODS
from bot.sandbox.bot_api.missing_methods import MISSING
from bot.sandbox.errors import BadRequestError, BotApiError, NotEmulatedError
from bot.sandbox.recording.recorded_calls import note_call

if TYPE_CHECKING:
    from bot.sandbox.params import Params
    from bot.sandbox.world import World


async def carry_out(world: World, name: str, params: Params) -> Any:  # noqa: ANN401
    """Carry out a method.

    Args:
        world: The sandbox.
        name: The method, in any case of letters.
        params: Its parameters.

    Returns:
        What it returns.

    Raises:
        BotApiError: It is refused, missing, or no method.
    """
    handler = METHODS.get(name.lower())
    if handler is None:
        if name.lower() in MISSING:
            raise NotEmulatedError(MISSING[name.lower()])
        raise BotApiError(404, "Not Found: method not found")
    if world.clock.now() < world.profile.logged_out_until:
        raise BadRequestError("Logged out")
    result = handler(world, params)
    if inspect.isawaitable(result):
        result = await result
    note_call(world, name, params, result)
    return result
