"""Delivers updates to the bot's webhook: in order per chat, with the secret, until it says 200."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import aiohttp
import msgspec
import structlog

from bot.sandbox.bot_api.calling import carry_out
from bot.sandbox.bot_api.lanes import Lanes
from bot.sandbox.errors import BotApiError
from bot.sandbox.params import Params

if TYPE_CHECKING:
    from bot.sandbox.bot_api.updates import Webhook
    from bot.sandbox.world import World

log = structlog.get_logger()

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
MOST_CONNECTIONS = 100
"""The highest ``max_connections``: https://core.telegram.org/bots/api#setwebhook"""

_IDLE_SECONDS = 3600.0
_TRUSTED_SECONDS = 10.0
"""How long after a success Telegram opens more than one connection (WebhookActor.cpp)."""

# What Telegram does not carry out when it stands in an answer (WebhookActor.cpp).
_NOT_ANSWERED = frozenset({"deletewebhook", "setwebhook", "close", "logout"})


async def deliver_forever(world: World) -> None:
    """Post updates while a webhook is set.

    Args:
        world: The sandbox.
    """
    config = world.config
    timeout = aiohttp.ClientTimeout(total=config.webhook_timeout)
    loop = asyncio.get_running_loop()
    connector = aiohttp.TCPConnector(limit=MOST_CONNECTIONS)
    async with (
        aiohttp.ClientSession(timeout=timeout, connector=connector) as session,
        asyncio.TaskGroup() as group,
    ):
        courier: _Courier | None = None
        while True:
            webhook = world.updates.webhook
            if webhook is None:
                await world.updates.wait(_IDLE_SECONDS)
                continue
            if courier is None or courier.webhook is not webhook:
                courier = _Courier(world, session, webhook)
            while (update := courier.next()) is not None:
                group.create_task(courier.post(update))
            due = courier.lanes.next_due(loop.time())
            await world.updates.wait(_IDLE_SECONDS if due is None else due - loop.time())


class _Courier:
    """Posts updates to one webhook, several at a time.

    Args:
        world: The sandbox.
        session: The connections.
        webhook: Where to post.
    """

    def __init__(self, world: World, session: aiohttp.ClientSession, webhook: Webhook) -> None:
        self.webhook = webhook
        self.lanes = Lanes(world.config.webhook_retry_seconds, world.config.webhook_retry_limit)
        self._world = world
        self._session = session
        self._now = asyncio.get_running_loop().time
        self._last_success = float("-inf")

    def next(self) -> dict[str, Any] | None:
        """Take the next update that may be posted now, if there is a connection for it."""
        # A webhook that does not answer gets one update at a time.
        answers = self._now() - self._last_success < _TRUSTED_SECONDS
        if self.lanes.at_work >= (self.webhook.max_connections if answers else 1):
            return None
        window = self._world.updates.head(2 * self.webhook.max_connections)
        return self.lanes.take(window, self._now())

    async def post(self, update: dict[str, Any]) -> None:
        """Post an update, and take it off the queue if the webhook took it."""
        try:
            problem = await _deliver(self._world, self._session, self.webhook, update)
        except Exception as error:  # a fault of the sandbox itself must not end all delivery
            # its text may repeat a person's words
            log.error("sandbox_webhook_broken", error=type(error).__name__)  # noqa: TRY400
            problem = "Internal error of the sandbox"
        self.lanes.ended(update, self._now(), accepted=not problem)
        if problem:
            self.webhook.last_error_date = self._world.clock.date()
            self.webhook.last_error_message = problem
            log.info("sandbox_webhook_failed")
            self._world.updates.wake()
        else:
            self._last_success = self._now()
            self._world.updates.done(update)


async def _deliver(
    world: World, session: aiohttp.ClientSession, webhook: Webhook, update: dict[str, Any]
) -> str:
    """Post one update; return what went wrong, in Telegram's words, or nothing."""
    headers = {"Content-Type": "application/json"}
    if webhook.secret_token:
        headers[SECRET_HEADER] = webhook.secret_token
    try:
        async with session.post(
            webhook.url, data=msgspec.json.encode(update), headers=headers, allow_redirects=False
        ) as answer:
            if 200 <= answer.status < 300:
                called = _called(answer.content_type, await answer.read())
                if called:
                    await _answered(world, called)
                return ""
            reason = answer.reason or HTTPStatus(answer.status).phrase
            return f"Wrong response from the webhook: {answer.status} {reason}"
    except TimeoutError:
        return "Read timeout expired"
    except aiohttp.ClientConnectorError:
        return "Connection refused"
    except aiohttp.ClientError:
        return "Connection closed"


def _called(content_type: str, body: bytes) -> dict[str, Any]:
    """Return the method that an answer names, with its parameters; nothing if it names none."""
    if content_type == "application/json":
        try:
            told = msgspec.json.decode(body)
        except msgspec.DecodeError:
            return {}
    elif content_type == "application/x-www-form-urlencoded":
        told = dict(parse_qsl(body.decode("utf-8", "replace")))
    else:
        return {}
    return told if isinstance(told, dict) and isinstance(told.get("method"), str) else {}


async def _answered(world: World, called: dict[str, Any]) -> None:
    """Carry out the method in an answer. Its result goes nowhere; the journal has it."""
    params = Params({name: value for name, value in called.items() if name != "method"})
    name: str = called["method"]
    if name.lower() in _NOT_ANSWERED or name.lower().startswith("get"):
        return
    chat = params.integer("chat_id") or None
    try:
        await carry_out(world, name, params)
    except BotApiError as error:
        code, words = error.error_code, error.description
        world.calls.add(world.clock.now(), name, chat, error_code=code, error=words)
    else:
        world.calls.add(world.clock.now(), name, chat)
