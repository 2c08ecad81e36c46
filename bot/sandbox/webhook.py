"""Delivers updates to the bot's webhook: in order, with the secret, again until it says 200."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import aiohttp
import structlog

from bot.sandbox.errors import NotEmulatedError

if TYPE_CHECKING:
    from bot.sandbox.updates import Webhook
    from bot.sandbox.world import World

log = structlog.get_logger()

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
_IDLE_SECONDS = 3600.0


async def deliver_forever(world: World) -> None:
    """Post updates while a webhook is set.

    Args:
        world: The sandbox.
    """
    timeout = aiohttp.ClientTimeout(total=world.config.webhook_timeout)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        failures = 0
        while True:
            webhook, update = world.updates.webhook, world.updates.first()
            if webhook is None or update is None:
                failures = 0
                await world.updates.wait(_IDLE_SECONDS)
                continue
            problem = await _deliver(world, session, webhook, update)
            if not problem:
                failures = 0
                world.updates.done(update)
                continue
            webhook.last_error_date = world.clock.date()
            webhook.last_error_message = problem
            wait = min(
                world.config.webhook_retry_seconds * 2**failures, world.config.webhook_retry_limit
            )
            failures = min(failures + 1, 30)
            log.info("sandbox_webhook_failed", failures=failures, wait_seconds=wait)
            await _wait_unless_changed(world, webhook, wait)


async def _deliver(
    world: World, session: aiohttp.ClientSession, webhook: Webhook, update: dict[str, Any]
) -> str:
    """Post one update; return what went wrong, in Telegram's words, or nothing."""
    headers = {SECRET_HEADER: webhook.secret_token} if webhook.secret_token else {}
    try:
        async with session.post(
            webhook.url, json=update, headers=headers, allow_redirects=False
        ) as answer:
            if 200 <= answer.status < 300:
                _note_method(world, await answer.read())
                return ""
            reason = answer.reason or HTTPStatus(answer.status).phrase
            return f"Wrong response from the webhook: {answer.status} {reason}"
    except TimeoutError:
        return "Read timeout expired"
    except aiohttp.ClientConnectorError:
        return "Connection refused"
    except aiohttp.ClientError:
        return "Connection closed"


def _note_method(world: World, body: bytes) -> None:
    """Telegram carries out a method written into the answer; say that the sandbox does not."""
    if b'"method"' in body:
        error = NotEmulatedError("a method call in the answer to a webhook")
        world.calls.add(
            world.clock.now(),
            "webhook answer",
            None,
            error_code=error.error_code,
            error=error.description,
        )


async def _wait_unless_changed(world: World, webhook: Webhook, seconds: float) -> None:
    """Wait, but no longer than the webhook stays the same."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds
    while world.updates.webhook is webhook and (left := deadline - loop.time()) > 0:
        await world.updates.wait(left)
