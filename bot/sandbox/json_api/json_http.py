"""Reading and answering of the JSON API's requests."""

from __future__ import annotations

import asyncio
import math
from typing import TYPE_CHECKING, TypeVar

import msgspec
from aiohttp import web

from bot.sandbox.errors import BotApiError, InputError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.sandbox.world import World

    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

ROOT = "/sandbox/api"
MAX_WAIT = 60.0
_BODY = TypeVar("_BODY")


def answer(body: object, status: int = 200) -> web.Response:
    """Return a body as the JSON API's answer."""
    return web.Response(
        body=msgspec.json.encode(body), status=status, content_type="application/json"
    )


def decode(body: bytes, kind: type[_BODY]) -> _BODY:
    """Read a body.

    Args:
        body: JSON; nothing at all is an empty object.
        kind: What it is to be.

    Raises:
        InputError: It is not JSON, or not of this kind.
    """
    try:
        return msgspec.json.decode(body or b"{}", type=kind)
    except msgspec.ValidationError as error:
        raise InputError(f"{error}") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(f"the body is not JSON: {error}") from error


async def read_body(request: web.Request, kind: type[_BODY]) -> _BODY:
    """Read a request's body.

    Raises:
        InputError: It is not JSON, or not of this kind.
    """
    return decode(await request.read(), kind)


def number(request: web.Request, name: str, default: float = 0) -> float:
    """Return a number from the address.

    Raises:
        InputError: It is not a number.
    """
    given = request.query.get(name)
    if given is None:
        return default
    try:
        value = float(given)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise InputError(f"{name} must be a number, not {given!r}")
    return value


def chat_id(given: str) -> int:
    """Read a chat's id from the address.

    Raises:
        InputError: It is not a number.
    """
    try:
        return int(given)
    except ValueError:
        raise InputError(f"a chat's id is a number, not {given!r}") from None


async def wait(world: World, request: web.Request, changed: Callable[[int], bool]) -> int:
    """Wait as a request asks with ``after`` and ``wait``, until something changed.

    Args:
        world: The sandbox.
        request: The request.
        changed: Says whether there is something after a change number.

    Returns:
        The change number after which to show everything.
    """
    after = int(number(request, "after"))
    seconds = min(max(number(request, "wait"), 0.0), MAX_WAIT)
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds
    # A number from before a restart is ahead of the count: show everything at once.
    if after > world.changes:
        return 0
    while not changed(after) and (left := deadline - loop.time()) > 0:
        await world.wait_for_change(left)
    return after


@web.middleware
async def json_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer a wrong request with 400 and a sentence."""
    if not request.path.startswith(ROOT):
        return await handler(request)
    try:
        return await handler(request)
    except InputError as error:
        return answer({"error": str(error)}, 400)
    except BotApiError as error:
        return answer({"error": error.description}, 400)
