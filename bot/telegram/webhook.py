"""Receives updates that Telegram brings: a webhook."""

from __future__ import annotations

import asyncio
import hmac
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import structlog
from aiohttp import web
from redis.exceptions import RedisError
from telegram.error import InvalidToken, TelegramError

from bot.store.consumer import backoff
from bot.store.inbox import Received
from bot.telegram import updates
from bot.telegram.ends import wait_of
from bot.telegram.polling import LONGEST_WAIT, TokenRefusedError
from bot.telegram.steps import Step, no_hook

if TYPE_CHECKING:
    from telegram import Bot

    from bot.store.inbox import Inbox
    from bot.telegram.metrics import Metrics
    from bot.telegram.steps import StepHook

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name

MAX_BODY = 1024 * 1024
"""Bytes; the largest updates, with a quoted message and all entities, are far below."""

MAX_CONNECTIONS = 40
"""Requests that Telegram makes at once; one chat's updates still come one after the other."""

SHUTDOWN_SECONDS = 5.0

_log = structlog.get_logger()


class Webhook:
    """The role that takes updates from Telegram's requests and writes them to the inbox.

    Args:
        inbox: where updates go.
        bot: calls Telegram; initialised.
        metrics: what Prometheus sees.
        url: the public address; requests are taken at its path.
        secret: what Telegram must send along.
        host: where to listen.
        port: where to listen.
        at: called at each step of an update.
    """

    def __init__(  # noqa: PLR0913 - wired once, in the composition root
        self,
        inbox: Inbox,
        bot: Bot,
        metrics: Metrics,
        *,
        url: str,
        secret: str,
        host: str,
        port: int,
        at: StepHook = no_hook,
    ) -> None:
        self._inbox = inbox
        self._bot = bot
        self._metrics = metrics
        self._url = url
        self._secret = secret.encode()
        self._host = host
        self._port = port
        self._at = at
        self._stopping = asyncio.Event()

    def app(self) -> web.Application:
        """The HTTP application, which takes POST requests at the path of the address."""
        app = web.Application(client_max_size=MAX_BODY)
        app.router.add_post(urlsplit(self._url).path or "/", self._take)
        return app

    async def run(self) -> None:
        """Listens, tells Telegram where, and receives until stopped.

        Raises:
            OSError: the port is taken.
            TokenRefusedError: the token is wrong; there is no use in going on.
        """
        runner = web.AppRunner(self.app(), access_log=None, shutdown_timeout=SHUTDOWN_SECONDS)
        await runner.setup()
        try:
            await web.TCPSite(runner, self._host, self._port).start()
            await self._announce()
            await self._stopping.wait()
        finally:
            await runner.cleanup()

    def stop(self) -> None:
        """Asks ``run`` to end, once the requests at work are answered."""
        self._stopping.set()

    async def _announce(self) -> None:
        tries = 0
        while not self._stopping.is_set():
            try:
                await self._bot.set_webhook(
                    self._url,
                    secret_token=self._secret.decode(),
                    allowed_updates=updates.ALLOWED_UPDATES,
                    max_connections=MAX_CONNECTIONS,
                )
            except InvalidToken:
                raise TokenRefusedError from None
            except TelegramError as error:
                tries += 1
                _log.warning("telegram_away", error=type(error).__name__, tries=tries)
                await asyncio.sleep(wait_of(error) or backoff(tries, longest=LONGEST_WAIT))
            else:
                return

    async def _take(self, request: web.Request) -> web.Response:
        """Answers 200 once the update is in the inbox; Telegram brings again what is not."""
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            return self._reject(403, "secret")
        try:
            body = await request.read()
        except web.HTTPRequestEntityTooLarge:
            return self._reject(413, "too_large")
        try:
            raw = updates.read_json(body)
            received = Received(updates.update_id_of(raw), updates.chat_id_of(raw), body)
        except updates.MalformedUpdateError:
            return self._reject(400, "malformed")
        self._at(Step.BEFORE_INBOX)
        try:
            (written,) = await self._inbox.add_all([received])
        except RedisError as error:
            _log.warning("redis_away", waiting="inbox", error=type(error).__name__)
            return web.Response(status=503)
        self._at(Step.IN_INBOX)
        (self._metrics.received if written else self._metrics.duplicates).inc()
        return web.Response()

    def _reject(self, status: int, cause: str) -> web.Response:
        _log.warning("update_rejected", cause=cause)
        self._metrics.rejected.labels(cause=cause).inc()
        return web.Response(status=status)
