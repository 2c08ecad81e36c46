"""Makes the calls of an effect: within Telegram's limits, again as long as that may help."""

from __future__ import annotations

import asyncio
import random
import time
from functools import partial
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

_WORDS, _OF_A_CASE, _MENU, _LATE = range(4)
"""How urgent an effect is where all chats share Telegram's limit; the most urgent first."""

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
        self._flood = Flood(limits)
        self._turnstile = Turnstile(self._flood, self._share)
        self._calls = asyncio.Semaphore(CONCURRENT_CALLS)

    async def call(
        self,
        errand: Errand,
        chat_id: int,
        attempt: Callable[[], Awaitable[_T]],
        *,
        messages: int = 1,
        prepare: Callable[[bool], Awaitable[None]] | None = None,
    ) -> _T:
        """Makes a call, again as long as that may help.

        Args:
            errand: for which it is made.
            chat_id: the chat whose limits count.
            attempt: the call.
            messages: how many messages it is to the limits; 0 if they do not count it.
            prepare: what comes before each attempt, after the waiting; it may make calls itself.
                It is told whether the chat is a group whose minute was spent.

        Raises:
            TelegramError: an end that repeating would not change.
            ExpiredError: the effect is too old by now.
            StoppedError: the sender stops, or leaves the effect to another one.
            LostLeaseError: the effect is another process's by now.
        """
        tries, spent = 0, False
        while True:
            if messages:
                place = self._place(errand)
                spent = await self._turnstile.pass_through(chat_id, place, messages)
            if prepare is not None:
                await prepare(spent)
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

    async def pause(self, errand: Errand, seconds: float) -> None:
        """Waits, unless the errand is to be left to others: nobody waits a minute for that.

        Raises:
            StoppedError: this process stops, or another one shall have the errand's shard.
        """
        try:
            async with asyncio.timeout(seconds):
                await self._consumer.leaves(errand.delivery.lease)
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

        def urgency() -> int:
            """Its own, or that of what waits behind it."""
            behind = self._consumer.behind(entry.key)
            return min((_urgency(effect), *map(_urgency_of, behind)))

        pause = partial(self.pause, errand)
        since = (int(milliseconds), int(number or b"0"))
        return Place(is_late, since, pause, urgency)

    async def _wait_to_retry(
        self, errand: Errand, chat_id: int, end: End, wait: float, *, counted: bool
    ) -> None:
        """Waits before another try; what would be too old by then is given up at once."""
        self._metrics.retries.labels(cause=end).inc()
        _log.warning("send_retried", effect=errand.name, cause=end, wait=round(wait, 1))
        self._check_age(errand, in_seconds=wait)
        if end is End.RETRY_AFTER and counted:
            self._flood.refused(chat_id, time.monotonic(), wait)
        else:
            await self.pause(errand, wait)

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


def _urgency(effect: Effect) -> int:
    """Rule: what people write to each other goes before what the helpline says by itself."""
    if effect.origin is not None:
        return _WORDS
    if effect.late:
        return _LATE
    return _MENU if effect.case is None else _OF_A_CASE


def _urgency_of(payload: bytes) -> int:
    try:
        return _urgency(effects.decode(payload))
    except effects.EffectFormatError:
        return _LATE
