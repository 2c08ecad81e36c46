"""Makes the calls of an effect: within Telegram's limits, again as long as that may help."""

from __future__ import annotations

import asyncio
import random
import time
from typing import TYPE_CHECKING, TypeVar

import msgspec
import structlog
from telegram.error import TelegramError

from bot.store.consumer import Delivery, LostLeaseError
from bot.telegram import effects
from bot.telegram.effects import EXPRESS, DeleteMessage, Effect, SendAlbum, SetReaction
from bot.telegram.ends import RETRIED, End, end_of, wait_of
from bot.telegram.flood import Flood, Limits
from bot.telegram.turnstile import Place, Turnstile

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.store.consumer import Consumer
    from bot.telegram.metrics import Metrics

CONCURRENT_CALLS = 80
"""Below the connections of the request class, so that no call waits for one."""

_T = TypeVar("_T")

_log = structlog.get_logger()


class Patience(msgspec.Struct, frozen=True):
    """How long to keep trying.

    Attributes:
        age: effects older than this are given up, in seconds: an answer an hour late confuses.
        case_age: the same for what people write to each other in a case.
        express_age: the same for those that are worthless when late.
        first_wait: after the first failure, in seconds; doubles with each.
        longest_wait: between two tries, in seconds.
        tidy_after: how long a topic may be unknown after it was made, in seconds.
    """

    age: float = 3600.0
    case_age: float = 24 * 3600.0
    express_age: float = 60.0
    first_wait: float = 1.0
    longest_wait: float = 60.0
    tidy_after: float = 60.0


class Errand(msgspec.Struct, frozen=True):
    """An effect that is being carried out, and where it comes from."""

    delivery: Delivery
    effect: Effect

    @property
    def name(self) -> str:
        """Of the effect, in logs."""
        return self.delivery.entry.fields.get(b"effect", b"").decode("ascii", "replace")

    @property
    def age(self) -> float:
        """In seconds."""
        return time.time() - self.delivery.entry.milliseconds / 1000


class StoppedError(Exception):
    """The sender was asked to stop while an effect waited; it stays in the outbox."""


class ExpiredError(Exception):
    """The effect is too old to be of use."""


class Caller:
    """Makes calls for errands.

    Args:
        consumer: of the outbox.
        shards: how many there are in all.
        metrics: what Prometheus sees.
        limits: Telegram's flood limits.
        patience: how long to keep trying.
    """

    def __init__(
        self, consumer: Consumer, shards: int, metrics: Metrics, limits: Limits, patience: Patience
    ) -> None:
        self.patience = patience
        self._consumer = consumer
        self._shards = shards
        self._metrics = metrics
        self._stopping = asyncio.Event()
        self._flood = Flood(limits)
        self._turnstile = Turnstile(self._flood, self._share, self.pause)
        self._calls = asyncio.Semaphore(CONCURRENT_CALLS)

    def stop(self) -> None:
        """Ends all waiting."""
        self._stopping.set()

    async def call(
        self,
        errand: Errand,
        chat_id: int,
        attempt: Callable[[], Awaitable[_T]],
        *,
        messages: int = 1,
        prepare: Callable[[], Awaitable[None]] | None = None,
    ) -> _T:
        """Makes a call, again as long as that may help.

        Args:
            errand: for which it is made.
            chat_id: the chat whose limits count.
            attempt: the call.
            messages: how many messages it is to the limits; 0 if they do not count it.
            prepare: what comes before each attempt, after the waiting; it may make calls itself.

        Raises:
            TelegramError: an end that repeating would not change.
            ExpiredError: the effect is too old by now.
            StoppedError: the sender stops.
            LostLeaseError: the effect is another process's by now.
        """
        tries = 0
        while True:
            if messages:
                await self._turnstile.pass_through(chat_id, self._place(errand), messages)
            if prepare is not None:
                await prepare()
            self._check_age(errand)
            if not self._consumer.in_force(errand.delivery.lease):
                raise LostLeaseError
            try:
                async with self._calls:
                    return await attempt()
            except TelegramError as error:
                end = end_of(error)
                if end not in RETRIED:
                    raise
                tries += 1
                wait = wait_of(error) or self._wait(tries)
                await self._wait_to_retry(errand, chat_id, end, wait, counted=messages > 0)

    async def pause(self, seconds: float) -> None:
        """Waits, unless asked to stop.

        Raises:
            StoppedError: asked to stop.
        """
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            return
        raise StoppedError

    def _share(self) -> float:
        return max(1, self._consumer.shards) / self._shards

    def _place(self, errand: Errand) -> Place:
        entry, effect = errand.delivery.entry, errand.effect
        milliseconds, _, number = entry.id.partition(b"-")

        def is_late() -> bool:
            """What is late goes at once where a person's words wait behind it."""
            return effect.late and all(map(_is_late, self._consumer.behind(entry.key)))

        return Place(is_late, (int(milliseconds), int(number or b"0")))

    async def _wait_to_retry(
        self, errand: Errand, chat_id: int, end: End, wait: float, *, counted: bool
    ) -> None:
        """Waits before another try; what would be too old by then is given up at once."""
        self._metrics.retries.labels(cause=end).inc()
        _log.warning("send_retried", effect=errand.name, cause=end, wait=round(wait, 1))
        self._check_age(errand, in_seconds=wait)
        if end is End.RETRY_AFTER and counted:
            self._flood.stall(chat_id, time.monotonic() + wait)
        else:
            await self.pause(wait)

    def _wait(self, tries: int) -> float:
        wait = self.patience.first_wait * 2.0 ** min(tries - 1, 20)
        return min(self.patience.longest_wait, wait) * random.uniform(0.5, 1.5)  # noqa: S311

    def _check_age(self, errand: Errand, in_seconds: float = 0.0) -> None:
        effect = errand.effect
        if isinstance(effect, EXPRESS) or is_tick(effect):
            limit = self.patience.express_age
        elif effect.case is not None:
            limit = self.patience.case_age
        else:
            limit = self.patience.age
        if errand.age + in_seconds > limit:
            raise ExpiredError


def messages_of(effect: Effect) -> int:
    """How many messages an effect is to Telegram's limits: what is sent or changed."""
    if isinstance(effect, (*EXPRESS, SetReaction, DeleteMessage)):
        return 0
    return len(effect.items) if isinstance(effect, SendAlbum) else 1


def is_tick(effect: Effect) -> bool:
    """Whether it only says that something was delivered, and may fail in silence."""
    return isinstance(effect, SetReaction) and effect.case is None


def _is_late(payload: bytes) -> bool:
    try:
        return effects.decode(payload).late
    except effects.EffectFormatError:
        return True
