"""Carries out the effects of the outbox, in order per destination, within Telegram's limits."""

from __future__ import annotations

import asyncio
import random
import time
from collections import deque
from functools import partial
from typing import TYPE_CHECKING

import msgspec
import structlog
from telegram.error import TelegramError

from bot.store.consumer import LostLeaseError, until_done
from bot.store.counts import Count
from bot.store.keys import Family
from bot.store.outbox import Ended
from bot.telegram import calls, effects, splitting
from bot.telegram.backlog import Backlogs
from bot.telegram.effects import EXPRESS
from bot.telegram.ends import RETRIED, End, end_of, wait_of
from bot.telegram.faults import place_of
from bot.telegram.flood import Flood, Limits
from bot.telegram.repair import repaired
from bot.telegram.steps import Step, no_hook

if TYPE_CHECKING:
    from telegram import Bot

    from bot.store.consumer import Delivery
    from bot.store.store import Store
    from bot.telegram.effects import Effect
    from bot.telegram.metrics import Metrics
    from bot.telegram.steps import StepHook

CONCURRENT_CALLS = 80
"""Below the connections of the request class, so that no call waits for one."""

SENT = "sent"
EXPIRED = "expired"
UNREADABLE = "unreadable"
BROKEN = "broken"

MAX_REPAIRS = 20
"""More would be a loop: the longest text needs fewer."""

_log = structlog.get_logger()


class Patience(msgspec.Struct, frozen=True):
    """How long to keep trying.

    Attributes:
        age: effects older than this are given up, in seconds: an answer an hour late confuses.
        express_age: the same for those that are worthless when late.
        first_wait: after the first failure, in seconds; doubles with each.
        longest_wait: between two tries, in seconds.
    """

    age: float = 3600.0
    express_age: float = 60.0
    first_wait: float = 1.0
    longest_wait: float = 60.0


class _StoppedError(Exception):
    """The sender was asked to stop while an effect waited; it stays in the outbox."""


class _ExpiredError(Exception):
    """The effect is too old to be of use."""


class Sender:
    """The role that carries out effects.

    Args:
        store: Redis.
        bot: calls Telegram.
        metrics: what Prometheus sees.
        limits: Telegram's flood limits.
        patience: how long to keep trying.
        at: called at each step of an update.
    """

    def __init__(  # noqa: PLR0913 - wired once, in the composition root
        self,
        store: Store,
        bot: Bot,
        metrics: Metrics,
        *,
        limits: Limits | None = None,
        patience: Patience | None = None,
        at: StepHook = no_hook,
    ) -> None:
        self._store = store
        self._bot = bot
        self._metrics = metrics
        self._flood = Flood(limits or Limits())
        self._patience = patience or Patience()
        self._at = at
        self._stopping = asyncio.Event()
        self._turnstile = asyncio.Lock()  # one after the other, in order of coming
        self._calls = asyncio.Semaphore(CONCURRENT_CALLS)
        self._consumer = store.consumer(Family.OUTBOX, self._handle)
        self._backlogs = Backlogs(store, Family.OUTBOX, metrics, self._consumer)

    async def run(self) -> None:
        """Works until stopped."""
        async with self._backlogs.watched():
            await self._consumer.run()

    def stop(self) -> None:
        """Asks ``run`` to end, once the calls at work are answered and recorded."""
        self._stopping.set()
        self._consumer.stop()

    async def _handle(self, delivery: Delivery) -> None:
        entry = delivery.entry
        try:
            effect = effects.decode(entry.data)
        except effects.EffectFormatError as fault:
            _log.error("effect_unreadable", effect=_name(delivery), cause=str(fault))
            self._metrics.sends.labels(method="unknown", outcome=UNREADABLE).inc()
            ended = Ended(0, count=Count("failed", UNREADABLE).field())
        else:
            try:
                ended = await self._send(delivery, effect)
            except _StoppedError:
                return
        now = await until_done(partial(self._store.outbox.end, entry, ended), "end_of_send")
        received = int(entry.fields.get(b"received", b"0"))
        if ended.count is None and received:
            self._metrics.answer_seconds.observe(max(0, now - received) / 1000)

    async def _send(self, delivery: Delivery, effect: Effect) -> Ended:
        """Carries an effect out, whatever it takes, or gives it up."""
        parts, repairs, message_id = deque(splitting.fit(effect)), 0, None
        outcome = SENT
        while parts:
            part = parts.popleft()
            try:
                message_id = await self._patiently(delivery, part) or message_id
            except TelegramError as error:
                others = repaired(part, error) if repairs < MAX_REPAIRS else None
                if others is None:
                    return self._given_up(delivery, effect, end_of(error))
                outcome, repairs = end_of(error), repairs + 1
                parts.extendleft(reversed(others))
                if others:
                    _log.warning("effect_repaired", effect=_name(delivery), cause=outcome)
            except _ExpiredError:
                return self._given_up(delivery, effect, EXPIRED)
            except (_StoppedError, LostLeaseError):
                raise
            except Exception as error:
                place = place_of(error)
                cause = type(error).__name__
                _log.error("send_failed", effect=_name(delivery), error=cause, place=place)
                return self._given_up(delivery, effect, BROKEN)
        self._metrics.sends.labels(method=_method(effect), outcome=outcome).inc()
        return Ended(effect.chat_id, message_id, getattr(effect, "ref", None))

    def _given_up(self, delivery: Delivery, effect: Effect, cause: str) -> Ended:
        _log.warning("effect_given_up", effect=_name(delivery), chat=effect.chat_id, cause=cause)
        self._metrics.sends.labels(method=_method(effect), outcome=cause).inc()
        blocked = cause == End.BLOCKED and effect.chat_id > 0
        return Ended(effect.chat_id, blocked=blocked, count=Count("failed", cause).field())

    async def _patiently(self, delivery: Delivery, effect: Effect) -> int | None:
        """One call, repeated as long as that may help.

        Raises:
            TelegramError: an end that repeating would not change.
        """
        tries = 0
        while True:
            await self._await_leave(effect)
            self._check_age(delivery, effect)
            if not self._consumer.in_force(delivery.lease):
                raise LostLeaseError
            try:
                async with self._calls:
                    message_id = await calls.carry_out(self._bot, effect)
            except TelegramError as error:
                end = end_of(error)
                if end not in RETRIED:
                    raise
                tries += 1
                await self._wait_to_retry(
                    delivery, effect, end, wait_of(error) or self._wait(tries)
                )
            else:
                self._at(Step.SENT)
                return message_id

    async def _await_leave(self, effect: Effect) -> None:
        """Waits until Telegram's limits let an effect through."""
        if isinstance(effect, EXPRESS):
            return
        chat_id = effect.chat_id
        while True:
            while (wait := self._flood.chat_wait(chat_id, time.monotonic())) > 0:
                await self._pause(wait)
            async with self._turnstile:
                share = max(1, self._consumer.shards) / self._store.shards
                while (wait := self._flood.common_wait(time.monotonic(), share)) > 0:
                    await self._pause(wait)
                now = time.monotonic()
                if self._flood.chat_wait(chat_id, now) <= 0:
                    self._flood.take(chat_id, now, share)
                    return

    async def _wait_to_retry(
        self, delivery: Delivery, effect: Effect, end: End, wait: float
    ) -> None:
        """Waits before another try; what would be too old by then is given up at once."""
        self._metrics.retries.labels(cause=end).inc()
        _log.warning("send_retried", effect=_name(delivery), cause=end, wait=round(wait, 1))
        self._check_age(delivery, effect, in_seconds=wait)
        if end is End.RETRY_AFTER and not isinstance(effect, EXPRESS):
            self._flood.stall(effect.chat_id, time.monotonic() + wait)
        else:
            await self._pause(wait)

    def _wait(self, tries: int) -> float:
        wait = self._patience.first_wait * 2.0 ** min(tries - 1, 20)
        return min(self._patience.longest_wait, wait) * random.uniform(0.5, 1.5)  # noqa: S311

    def _check_age(self, delivery: Delivery, effect: Effect, in_seconds: float = 0.0) -> None:
        express = isinstance(effect, EXPRESS)
        limit = self._patience.express_age if express else self._patience.age
        if time.time() + in_seconds - delivery.entry.milliseconds / 1000 > limit:
            raise _ExpiredError

    async def _pause(self, seconds: float) -> None:
        """Waits, unless asked to stop."""
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            return
        raise _StoppedError


def _name(delivery: Delivery) -> str:
    return delivery.entry.fields.get(b"effect", b"").decode("ascii", "replace")


def _method(effect: Effect) -> str:
    return str(type(effect).__struct_config__.tag)
