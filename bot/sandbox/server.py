"""Starts a sandbox: ``create_app`` for tests, ``serve`` for people."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

import structlog
from aiohttp import web

from bot.sandbox.bot_api.http import WORLD, add_bot_api
from bot.sandbox.bot_api.webhook import deliver_forever
from bot.sandbox.config import MEGABYTE, SandboxConfig
from bot.sandbox.errors import PortTakenError
from bot.sandbox.guard import refuse_strangers
from bot.sandbox.json_api.control import add_control
from bot.sandbox.json_api.routes import add_json_api
from bot.sandbox.page import add_page
from bot.sandbox.world import World

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

log = structlog.get_logger()

# A 50 MB file in base64 is the largest body there is.
MAX_BODY = 80 * MEGABYTE


def create_app(config: SandboxConfig | None = None) -> web.Application:
    """Make a sandbox.

    Args:
        config: Its settings; the usual ones if left out.

    Returns:
        The application; its state is under ``bot.sandbox.bot_api.http.WORLD``.
    """
    app = web.Application(client_max_size=MAX_BODY, middlewares=[refuse_strangers])
    app[WORLD] = World(config or SandboxConfig())
    add_control(app)
    add_json_api(app)
    add_bot_api(app)
    add_page(app)
    app.cleanup_ctx.append(_webhook_delivery)
    return app


async def _webhook_delivery(app: web.Application) -> AsyncIterator[None]:
    task = asyncio.create_task(deliver_forever(app[WORLD]))
    yield
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def serve(
    host: str = "127.0.0.1", port: int = 8081, config: SandboxConfig | None = None
) -> None:
    """Run a sandbox until cancelled.

    Args:
        host: The address to bind; loopback unless others are to get in.
        port: The TCP port.
        config: Other settings.

    Raises:
        PortTakenError: The port cannot be bound.
    """
    # A poll that nobody waits for any longer ends with its connection.
    app = create_app(config)
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=1.0)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            raise PortTakenError(host, port) from error
        app[WORLD].clock.reset()  # not before the port is ours: another sandbox may be at work
        log.info("sandbox_started", host=host, port=port)
        await asyncio.Event().wait()
    finally:
        await runner.cleanup()
