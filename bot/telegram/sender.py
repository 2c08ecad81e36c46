"""Carries out the effects of the outbox, in order per destination, within Telegram's limits."""

from __future__ import annotations

import time
from collections import deque
from functools import partial
from typing import TYPE_CHECKING

import structlog
from redis.exceptions import RedisError
from telegram.error import ChatMigrated, TelegramError

from bot.store.cases import CARD
from bot.store.consumer import LostLeaseError, until_done
from bot.store.counts import Count
from bot.store.keys import Family
from bot.store.outbox import Ended
from bot.telegram import calls, effects
from bot.telegram.aftermath import Outcome
from bot.telegram.backlog import Backlogs
from bot.telegram.effects import ChangeTopic, EditMessage, TidyTopic
from bot.telegram.ends import End, end_of
from bot.telegram.faults import place_of
from bot.telegram.flood import Limits
from bot.telegram.gathering import Gathering
from bot.telegram.patience import (
    Caller,
    Errand,
    ExpiredError,
    Patience,
    StoppedError,
    is_tick,
    messages_of,
)
from bot.telegram.placing import Placed, Placing
from bot.telegram.repair import repaired
from bot.telegram.splitting import parts_of
from bot.telegram.steps import Step, no_hook
from bot.telegram.topics import ErasedError, TopicDesk

if TYPE_CHECKING:
    from telegram import Bot

    from bot.store.consumer import Delivery
    from bot.store.store import Store
    from bot.telegram.effects import Effect
    from bot.telegram.metrics import Metrics
    from bot.telegram.steps import StepHook

__all__ = ["Patience", "Sender"]

SENT = "sent"
EXPIRED = "expired"
ERASED = "erased"
UNREADABLE = "unreadable"
BROKEN = "broken"
BUNDLED = "bundled"

MAX_REPAIRS = 20
"""More would be a loop: the longest text needs fewer."""

MAX_REMADE = 2
"""Topics opened for one effect: more would be a group whose topics somebody keeps deleting."""

FRESH_SECONDS = 0.5
"""What was looked up earlier is looked up again: the case may have changed, or be erased."""

_OF_THE_PLACE = (End.TOPIC_GONE, End.TOPIC_CLOSED, End.MIGRATED)
"""Ends that say nothing about the words, which can be bundled again once that is mended."""

_log = structlog.get_logger()


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
        self._at = at
        self._consumer = store.consumer(Family.OUTBOX, self._handle)
        self._caller = Caller(
            self._consumer, store.shards, metrics, limits or Limits(), patience or Patience()
        )
        self._topics = TopicDesk(store, bot, self._caller, metrics, at)
        self._placing = Placing(store, self._topics)
        self._gathering = Gathering(self._consumer)
        self._backlogs = Backlogs(store, Family.OUTBOX, metrics, self._consumer)

    async def run(self) -> None:
        """Works until stopped."""
        async with self._backlogs.watched():
            await self._consumer.run()

    def stop(self) -> None:
        """Asks ``run`` to end, once the calls at work are answered and recorded."""
        self._consumer.stop()

    async def _handle(self, delivery: Delivery) -> None:
        entry = delivery.entry
        try:
            errand = Errand(delivery, effects.decode(entry.data))
        except effects.EffectFormatError as fault:
            _log.error("effect_unreadable", effect=_name(delivery), cause=str(fault))
            self._metrics.sends.labels(method="unknown", outcome=UNREADABLE).inc()
            ended = Ended(0, count=Count("failed", UNREADABLE).field())
        else:
            try:
                ended = await self._send(errand)
            except StoppedError:
                return
        now = await until_done(partial(self._store.outbox.end, entry, ended), "end_of_send")
        self._consumer.done_along(delivery, ended.along)
        received = int(entry.fields.get(b"received", b"0"))
        if ended.count is None and received:
            self._metrics.answer_seconds.observe(max(0, now - received) / 1000)

    async def _send(self, errand: Errand) -> Ended:
        """Carries an effect out, whatever it takes, or gives it up."""
        outcome = Outcome(errand, self._store.topics)
        try:
            await self._send_parts(errand, outcome)
        except ErasedError:
            outcome.fail(errand.effect, ERASED)
        except ExpiredError:
            outcome.fail(errand.effect, EXPIRED)
        except (StoppedError, LostLeaseError, RedisError):
            raise
        except Exception as error:
            place, cause = place_of(error), type(error).__name__
            _log.error("send_failed", effect=errand.name, error=cause, place=place)
            outcome.fail(errand.effect, BROKEN)
        if outcome.is_shut_out and errand.effect.case is not None:
            migrant = await self._store.topics.migrant_of(errand.effect.case)
            outcome.migrant = migrant or 0
        self._report(errand, outcome)
        return outcome.ended()

    async def _send_parts(self, errand: Errand, outcome: Outcome) -> None:
        parts = deque(parts_of(errand.effect))
        repairs, remade = 0, 0
        while parts:
            part = parts.popleft()
            try:
                await self._carry_out(errand, part, outcome)
            except TelegramError as error:
                end = end_of(error)
                if outcome.unbundled(is_its_own=end not in _OF_THE_PLACE):
                    parts.appendleft(part)
                    continue
                others = None
                if repairs < MAX_REPAIRS and (end is not End.TOPIC_GONE or remade < MAX_REMADE):
                    others = await self._mended(errand, part, error)
                repairs, remade = repairs + 1, remade + (end is End.TOPIC_GONE)
                if others is not None:
                    outcome.end = end
                    parts.extendleft(reversed(others))
                    if others:
                        _log.warning("effect_repaired", effect=errand.name, cause=end)
                    continue
                outcome.fail(part, end)
                if not outcome.is_of_an_album(part):
                    return

    async def _carry_out(self, errand: Errand, part: Effect, outcome: Outcome) -> None:
        """Carries a part of an effect out, once."""
        if isinstance(part, TidyTopic):
            group = await self._store.cases.canonical(part.chat_id)
            await self._topics.tidy(errand, group, part.thread)
            return
        placed = await self._placing.place(errand, part, outcome.previous)
        placed_at = time.monotonic()
        if placed is None:
            return
        if isinstance(placed.effect, ChangeTopic):
            if placed.topic is not None:
                await self._topics.change(errand, placed.effect, placed.topic)
            return

        latest: list[Placed | None] = [placed]
        whole: Effect = part

        async def look_again(spent: bool) -> None:
            nonlocal placed_at, whole
            before = whole
            whole = await self._gathering.whole(errand, part, outcome, spent=spent)
            is_old = time.monotonic() - placed_at > FRESH_SECONDS
            if part.case is not None and (is_old or whole != before):
                latest[0] = await self._placing.place(errand, whole, outcome.previous)
                placed_at = time.monotonic()

        async def attempt() -> tuple[int, ...]:
            now = latest[0]
            if now is None:
                return ()
            made = await calls.carry_out(self._bot, now.effect, now.spot)
            self._at(Step.SENT)
            await self._placing.done(now)
            return made

        chat_id, messages = placed.effect.chat_id, messages_of(placed.effect)
        made = await self._caller.call(
            errand, chat_id, attempt, messages=messages, prepare=look_again
        )
        outcome.made(part, chat_id, made)

    async def _mended(
        self, errand: Errand, part: Effect, error: TelegramError
    ) -> tuple[Effect, ...] | None:
        """What to carry out in place of a refused part; None if there is no way."""
        end, case, group = end_of(error), part.case, part.chat_id
        if isinstance(error, ChatMigrated):
            await self._follow(group, error.new_chat_id)
        elif case is not None and group < 0:
            topic = await self._topics.find(case, group)
            if end is End.TOPIC_GONE and topic.thread is not None:
                await self._topics.lose(case, topic)
                return () if isinstance(part, ChangeTopic) else (part,)
            if end is End.TOPIC_CLOSED and topic.thread is not None:
                try:
                    await self._topics.reopen(errand, topic.at.group, topic.thread)
                except TelegramError:
                    return None
                return (part,)
            if end is End.EDIT_GONE and _is_card(part) and topic.thread is not None:
                try:
                    await self._topics.post_card(errand, case, topic)
                except TelegramError as refused:
                    return await self._mended(errand, part, refused)
                return ()
        return repaired(part, error)

    async def _follow(self, group: int, new: int) -> None:
        """Notes the new id of a group, unless another call was told of it before."""
        old = await self._store.cases.canonical(group)
        if old != new:
            moved = partial(self._store.cases.follow_group, old, new)
            await until_done(moved, "group_alias")
            _log.warning("group_migrated", old=old, new=new)

    def _report(self, errand: Errand, outcome: Outcome) -> None:
        effect, method = errand.effect, _method(errand.effect)
        self._metrics.sends.labels(method=method, outcome=outcome.cause or outcome.end).inc()
        if outcome.riders:
            self._metrics.sends.labels(method=method, outcome=BUNDLED).inc(len(outcome.riders))
        if outcome.cause is not None and not is_tick(effect):
            _log.warning(
                "effect_given_up", effect=errand.name, chat=effect.chat_id, cause=outcome.cause
            )


def _is_card(part: Effect) -> bool:
    return isinstance(part, EditMessage) and part.message_ref == CARD


def _name(delivery: Delivery) -> str:
    return delivery.entry.fields.get(b"effect", b"").decode("ascii", "replace")


def _method(effect: Effect) -> str:
    return str(type(effect).__struct_config__.tag)
