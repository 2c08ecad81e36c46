"""The Bot API over HTTP: ``/bot<token>/<method>`` and ``/file/bot<token>/<path>``."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any

import msgspec
import structlog
from aiohttp import web

from bot.sandbox.bot_api.calling import carry_out
from bot.sandbox.bot_api.methods.registry import Described
from bot.sandbox.bot_api.request import read_params
from bot.sandbox.errors import BotApiError
from bot.sandbox.world import World

if TYPE_CHECKING:
    from bot.sandbox.bot_api.faults import Fault
    from bot.sandbox.params import Params

log = structlog.get_logger()

WORLD = web.AppKey("world", World)

# A real secret has 35 characters; any is accepted here, so that tests may write "42:TEST".
_TOKEN = re.compile(r"([1-9]\d{0,15}):[A-Za-z0-9_-]{1,64}")
_ALMOST = re.compile(r"\d+:")


def check_token(token: str) -> int:
    """Check a token.

    Args:
        token: What stands between ``/bot`` and the method.

    Returns:
        The bot's id in it.

    Raises:
        BotApiError: 401 for a token of a wrong form, 404 for what is no token at all.
    """
    found = _TOKEN.fullmatch(token)
    if found:
        return int(found.group(1))
    if _ALMOST.match(token):
        raise BotApiError(401, "Unauthorized")
    raise BotApiError(404, "Not Found")


async def call_method(request: web.Request) -> web.StreamResponse:
    """Answer one call of the bot."""
    world = request.app[WORLD]
    name = request.match_info["method"]
    chat: int | None = None
    fault: Fault | None = None
    try:
        world.profile.adopt(check_token(request.match_info["token"]))
        params = await read_params(request)
        chat = _chat_of(params)
        fault = world.faults.strike(name, chat)
        await _before(fault)
        if fault is None or fault.after or (not fault.cut and fault.error_code is None):
            result = await carry_out(world, name, params)
        else:
            result = None
        _fail(fault)
    except BotApiError as error:
        world.calls.add(
            world.clock.now(),
            name,
            chat,
            error_code=error.error_code,
            error=error.description,
            fault=fault is not None,
        )
        return _json(error.answer(), error.error_code)
    except ConnectionAbortedError:
        world.calls.add(
            world.clock.now(), name, chat, error_code=0, error="connection cut", fault=True
        )
        return _cut(request)
    world.calls.add(world.clock.now(), name, chat)
    return _json(_success(result), 200)


def _success(result: object) -> dict[str, Any]:
    if isinstance(result, Described):
        return {"ok": True, "result": result.result, "description": result.description}
    return {"ok": True, "result": result}


def _chat_of(params: Params) -> int | None:
    """Return the chat a call is about, if it names one that is a number."""
    return params.integer("chat_id") or None if params.has("chat_id") else None


async def _before(fault: Fault | None) -> None:
    if fault is not None:
        log.info("sandbox_fault", code=fault.error_code, cut=fault.cut, delay=fault.delay)
        if fault.delay:
            await asyncio.sleep(fault.delay)


def _fail(fault: Fault | None) -> None:
    if fault is None:
        return
    if fault.cut:
        raise ConnectionAbortedError
    error = fault.error()
    if error is not None:
        raise error


def _json(body: dict[str, Any], status: int) -> web.Response:
    headers = {}
    if status == 429:
        headers["Retry-After"] = str(body.get("parameters", {}).get("retry_after", 1))
    return web.Response(
        body=msgspec.json.encode(body),
        status=status,
        content_type="application/json",
        headers=headers,
    )


def _cut(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)


async def download(request: web.Request) -> web.Response:
    """Answer ``/file/bot<token>/<path>``."""
    world = request.app[WORLD]
    try:
        check_token(request.match_info["token"])
    except BotApiError as error:
        return _json(error.answer(), error.error_code)
    stored = world.files.at(request.match_info["path"])
    content = world.files.content(stored.file_id) if stored else None
    if content is None:
        return _json({"ok": False, "error_code": 404, "description": "Not Found"}, 404)
    return web.Response(body=content, content_type="application/octet-stream")


async def not_found(request: web.Request) -> web.Response:  # noqa: ARG001
    """Answer an address that Telegram does not have."""
    return _json({"ok": False, "error_code": 404, "description": "Not Found"}, 404)


def add_bot_api(app: web.Application) -> None:
    """Add the Bot API's addresses."""
    for path in ("/bot{token:[^/]+}/{method}", "/bot{token:[^/]+}/{method}/"):
        app.router.add_route("GET", path, call_method)
        app.router.add_route("POST", path, call_method)
    app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", download)
    app.router.add_route("*", "/bot{rest:.*}", not_found)
