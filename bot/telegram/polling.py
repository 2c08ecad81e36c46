"""Receives updates by asking Telegram for them: long polling."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

import structlog
from telegram.error import Conflict, InvalidToken, TelegramError

from bot.store.consumer import backoff, until_done
from bot.store.inbox import Received
from bot.telegram import updates
from bot.telegram.ends import wait_of
from bot.telegram.steps import Step, no_hook

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram import Bot

    from bot.store.inbox import Inbox
    from bot.telegram.metrics import Metrics
    from bot.telegram.steps import StepHook

LONG_POLL_SECONDS = 50
"""The longest that Telegram holds a request open."""

ANSWER_SECONDS = 10.0
"""How much longer an answer may take."""

BATCH = 100
"""Updates in one answer; Telegram's maximum."""

LONGEST_WAIT = 30.0
"""Between two tries while something is wrong, in seconds."""

MAX_REFUSALS = 5
"""Refusals in a row after which a token that had been accepted counts as revoked."""

_T = TypeVar("_T")

_log = structlog.get_logger()


class TokenRefusedError(Exception):
    """Telegram does not accept the token; the text says what to do."""

    def __init__(self) -> None:
        super().__init__(
            "Telegram refused TELEGRAM_BOT_TOKEN: it is wrong or was revoked. "
            "Get the current one from @BotFather (/mybots → API Token) and put it into .env."
        )


class Polling:
    """The role that asks Telegram for updates and writes them to the inbox.

    An update is confirmed to Telegram by asking for those after it, which happens only once it is
    in the inbox. Where we stopped needs no keeping: Telegram sends again what was not confirmed,
    and the inbox knows what it has seen.

    Args:
        inbox: where updates go.
        bot: calls Telegram; initialised.
        metrics: what Prometheus sees.
        long_poll: how long Telegram holds a request open, in seconds.
        at: called at each step of an update.
    """

    def __init__(
        self,
        inbox: Inbox,
        bot: Bot,
        metrics: Metrics,
        *,
        long_poll: int = LONG_POLL_SECONDS,
        at: StepHook = no_hook,
    ) -> None:
        self._inbox = inbox
        self._bot = bot
        self._metrics = metrics
        self._long_poll = long_poll
        self._at = at
        self._offset: int | None = None
        self._accepted = False
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Receives until stopped.

        Raises:
            TokenRefusedError: the token is wrong; there is no use in going on.
        """
        receiving = asyncio.ensure_future(self._receive())
        stopping = asyncio.ensure_future(self._stopping.wait())
        try:
            await asyncio.wait((receiving, stopping), return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._stopping.set()
            receiving.cancel()  # what is not confirmed comes again
            stopping.cancel()
            (ended, _) = await asyncio.gather(receiving, stopping, return_exceptions=True)
        if isinstance(ended, Exception):
            raise ended

    def stop(self) -> None:
        """Asks ``run`` to end."""
        self._stopping.set()

    async def _receive(self) -> None:
        await self._insist(self._bot.delete_webhook)  # with one set, Telegram refuses to be asked
        while not self._stopping.is_set():
            batch = await self._insist(self._ask)
            received = [update for raw in batch if (update := self._read(raw))]
            if not received:
                continue
            self._at(Step.BEFORE_INBOX)
            written = await until_done(lambda r=received: self._inbox.add_all(r), "inbox")  # type: ignore[misc]
            self._at(Step.IN_INBOX)
            self._metrics.received.inc(sum(written))
            self._metrics.duplicates.inc(len(written) - sum(written))
            self._offset = max(update.update_id for update in received) + 1

    async def _ask(self) -> list[Any]:
        """One getUpdates, as JSON: ``Bot.get_updates`` would build objects and keep no JSON."""
        asked = {
            "limit": BATCH,
            "timeout": self._long_poll,
            "allowed_updates": json.dumps(updates.ALLOWED_UPDATES),
        }
        if self._offset is not None:
            asked["offset"] = self._offset
        address = f"{self._bot.base_url}/getUpdates?{urlencode(asked)}"
        timeout = self._long_poll + ANSWER_SECONDS
        found = await self._bot.request.post(address, read_timeout=timeout)
        return found if isinstance(found, list) else []

    def _read(self, raw: object) -> Received | None:
        """What to write of an update; None if it is none, which Telegram has never sent."""
        try:
            update = updates.as_object(raw)
            number, chat_id = updates.update_id_of(update), updates.chat_id_of(update)
            return Received(number, chat_id, updates.write_json(update))
        except updates.MalformedUpdateError as fault:
            _log.error("update_rejected", cause=str(fault))
            self._metrics.rejected.labels(cause="malformed").inc()
            return None

    async def _insist(self, call: Callable[[], Awaitable[_T]]) -> _T:
        """Repeats a call until Telegram answers it, with growing waits.

        Raises:
            TokenRefusedError: at once, unless the token was accepted before: then only if it is
                refused again and again, since Telegram has had its bad minutes.
        """
        tries = refusals = 0
        while True:
            try:
                found = await call()
            except InvalidToken:
                refusals += 1
                if not self._accepted or refusals >= MAX_REFUSALS:
                    raise TokenRefusedError from None
                error: TelegramError = InvalidToken()
            except TelegramError as fault:
                error = fault
            else:
                self._accepted = True
                return found
            tries += 1
            if isinstance(error, Conflict):
                _log.warning("another_receiver", hint="another process polls with this token")
            else:
                _log.warning("telegram_away", error=type(error).__name__, tries=tries)
            await asyncio.sleep(wait_of(error) or backoff(tries, longest=LONGEST_WAIT))
