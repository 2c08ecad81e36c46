"""Handles the updates of the inbox: one turn each, in order per chat, different chats at once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec
import structlog
from telegram import Update

from bot.store.consumer import Delivery, LostLeaseError, until_done
from bot.store.inbox import signalled_chat
from bot.store.keys import Family
from bot.store.turns import Committed
from bot.telegram import signals, updates
from bot.telegram.backlog import Backlogs
from bot.telegram.faults import place_of
from bot.telegram.room import Room
from bot.telegram.signals import Signal
from bot.telegram.steps import Step, no_hook
from bot.telegram.turn import Turn

if TYPE_CHECKING:
    from telegram import Bot

    from bot.store.store import Store
    from bot.store.streams import Entry
    from bot.store.turns import Begun, Result
    from bot.telegram.metrics import Metrics
    from bot.telegram.steps import StepHook

CONCURRENT_TURNS = 64
"""Most of a turn is waiting for Redis and the classifier."""

TURN_SECONDS = 30.0
"""A turn that takes longer has failed; the classifier's time-out is far below."""

MAX_ATTEMPTS = 3
"""Starts of a turn after each of which its process died, before the update is set aside."""

_log = structlog.get_logger()

_Json = dict[str, Any]


class Hooks(msgspec.Struct, frozen=True):
    """What the helpline does with updates.

    Attributes:
        handle: handles an update by what it adds to the turn.
        on_failure: adds an apology, in place of what a failed ``handle`` had added.
        on_unknown: answers an update that cannot be read, in a chat that is known.
        on_signal: handles what the helpline told itself; None where nothing does.
    """

    handle: Callable[[Update, Turn], Awaitable[None]]
    on_failure: Callable[[Turn], None]
    on_unknown: Callable[[Turn], None]
    on_signal: Callable[[Signal, Turn], Awaitable[None]] | None = None


class _Work(msgspec.Struct, frozen=True):
    """What an inbox entry holds.

    Attributes:
        raw: the update; None for one that cannot be read, and for a signal.
        chat_id: the chat it belongs to, if it is known.
        is_signal: whether the helpline told it itself.
    """

    raw: _Json | None
    chat_id: int | None
    is_signal: bool = False


class Worker:
    """The role that handles updates.

    Args:
        store: Redis.
        bot: builds the updates.
        hooks: what to do with updates.
        metrics: what Prometheus sees.
        at: called at each step of an update.
    """

    def __init__(
        self,
        store: Store,
        bot: Bot,
        hooks: Hooks,
        metrics: Metrics,
        *,
        at: StepHook = no_hook,
    ) -> None:
        self._turns = store.turns
        self._bot = bot
        self._hooks = hooks
        self._metrics = metrics
        self._at = at
        self._room = Room(CONCURRENT_TURNS)
        self._consumer = store.consumer(Family.INBOX, self._handle)
        self._backlogs = Backlogs(store, Family.INBOX, metrics, self._consumer)

    async def run(self) -> None:
        """Works until stopped."""
        async with self._backlogs.watched():
            await self._consumer.run()

    def stop(self) -> None:
        """Asks ``run`` to end, once the turns at work are committed."""
        self._consumer.stop()

    async def _handle(self, delivery: Delivery) -> None:
        work = _read(delivery.entry)
        async with self._room.shared():
            begun = await self._turns.begin(
                delivery.entry, work.chat_id, counted=not delivery.repeated
            )
            if begun.attempts < MAX_ATTEMPTS:
                await self._turn(delivery, work, begun)
                return
        # Processes died while this turn and others ran. Alone, only the guilty one dies again.
        async with self._room.alone():
            await self._turn(delivery, work, begun)

    async def _turn(self, delivery: Delivery, work: _Work, begun: Begun) -> None:
        """Does a turn and commits it; again if what it read was changed from outside meanwhile."""
        started_at = time.monotonic()
        entry, chat_id = delivery.entry, work.chat_id
        name = entry.id.decode() if work.is_signal else None
        committed = Committed.CONFLICT
        while committed is Committed.CONFLICT:
            turn = Turn(_number(work.raw), chat_id, begun, entry.milliseconds, name=name)
            if begun.stored.corrupt:
                self._metrics.corrupt_sessions.inc()
                _log.error("session_corrupt", chat=chat_id, length=len(begun.stored.raw))
            outcome, result = await self._decide(entry, work, turn, begun.attempts)
            self._at(Step.BEFORE_COMMIT)
            commit = partial(self._turns.commit, delivery.lease, entry, result)
            committed = await until_done(commit, "commit")
            if committed is Committed.CONFLICT:
                again = partial(self._turns.begin, entry, chat_id, counted=False)
                begun = await until_done(again, "session")
        if committed is Committed.LOST_LEASE:
            raise LostLeaseError
        self._at(Step.COMMITTED)
        self._metrics.turns.labels(outcome=outcome).inc()
        self._metrics.turn_seconds.observe(time.monotonic() - started_at)

    async def _decide(
        self, entry: Entry, work: _Work, turn: Turn, attempts: int
    ) -> tuple[str, Result]:
        """What comes of an entry, whatever happens: the outcome's name, and the result."""
        if attempts > MAX_ATTEMPTS:
            _log.error("update_set_aside", update=turn.update_id, attempts=attempts)
            self._metrics.set_aside.inc()
            turn.set_aside()
            return "set_aside", self._apology(turn, work)
        try:
            async with asyncio.timeout(TURN_SECONDS):
                if work.is_signal:
                    outcome = await self._heed(entry, turn)
                else:
                    outcome = await self._ask_hooks(work.raw, turn)
            return outcome, turn.result()
        except Exception as error:
            _log_failure("turn_failed", turn, error)
            return "failed", self._apology(turn, work)

    async def _heed(self, entry: Entry, turn: Turn) -> str:
        """Handles a signal; one that cannot be read, or that nobody waits for, is dropped."""
        try:
            signal = signals.decode(entry.data)
        except signals.SignalFormatError as fault:
            _log.error("signal_unreadable", cause=str(fault))
            return "malformed"
        if self._hooks.on_signal is None:
            return "unknown"
        await self._hooks.on_signal(signal, turn)
        return "signal"

    async def _ask_hooks(self, raw: _Json | None, turn: Turn) -> str:
        if raw is None:
            _log.warning("update_malformed", update=turn.update_id)
            return "malformed"
        try:
            update = updates.build(raw, self._bot)
        except updates.MalformedUpdateError as fault:
            _log.warning("update_malformed", update=turn.update_id, cause=str(fault))
            update, outcome = None, "malformed"
        else:
            outcome = "handled" if update else "unknown"
        if update is not None:
            turn.blocked = updates.blocks(update)
            await self._hooks.handle(update, turn)
        elif turn.chat_id is not None:
            self._hooks.on_unknown(turn)
        return outcome

    def _apology(self, turn: Turn, work: _Work) -> Result:
        """Says that something went wrong; not to those who did not ask for anything."""
        turn.reset()
        try:
            if turn.chat_id is not None and not work.is_signal:
                self._hooks.on_failure(turn)
            return turn.result()
        except Exception as error:
            _log_failure("apology_failed", turn, error)
            turn.reset()
            return turn.result()


def _read(entry: Entry) -> _Work:
    signalled = signalled_chat(entry)
    if signalled is not None:
        return _Work(None, signalled, is_signal=True)
    try:
        raw = updates.read_json(entry.data)
    except updates.MalformedUpdateError:
        return _Work(None, None)
    return _Work(raw, updates.chat_id_of(raw))


def _number(raw: _Json | None) -> int:
    try:
        return updates.update_id_of(raw or {})
    except updates.MalformedUpdateError:
        return 0


def _log_failure(event: str, turn: Turn, error: Exception) -> None:
    """Without the exception's text, which may repeat the person's."""
    _log.error(
        event,
        update=turn.update_id,
        chat=turn.chat_id,
        error=type(error).__name__,
        place=place_of(error),
    )
