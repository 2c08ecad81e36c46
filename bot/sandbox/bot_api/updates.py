"""The queue of updates between the sandbox and the bot, for polling and for the webhook."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from itertools import islice
from typing import TYPE_CHECKING, Any

import msgspec

from bot.sandbox.errors import ConflictError

if TYPE_CHECKING:
    from collections.abc import Iterator

# https://core.telegram.org/bots/api#getupdates: all kinds but these three unless asked for
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})

# A bot that has not polled again after this many seconds is taken for gone.
POLL_GRACE = 10.0


class Webhook(msgspec.Struct):
    """Where updates are posted, and how the last posts went."""

    url: str
    secret_token: str = ""
    max_connections: int = 40
    last_error_date: int = 0
    last_error_message: str = ""


class UpdateQueue:
    """Updates in order, until the bot confirms them.

    Args:
        first_id: The ``update_id`` of the first one.
    """

    def __init__(self, first_id: int) -> None:
        self._next_id = first_id
        self._pending: deque[dict[str, Any]] = deque()
        self._arrived = asyncio.Event()
        self._poller = 0
        self._last_poll = float("-inf")
        self.allowed: frozenset[str] | None = None
        self.webhook: Webhook | None = None

    def push(self, kind: str, body: dict[str, Any]) -> int | None:
        """Add an update.

        Args:
            kind: Its field, such as ``message``.
            body: What the field holds.

        Returns:
            Its ``update_id``; None if the bot did not ask for this kind.
        """
        if not self.wants(kind):
            return None
        update_id = self.new_id()
        self.push_raw({"update_id": update_id, kind: body})
        return update_id

    def push_raw(self, update: dict[str, Any]) -> None:
        """Add an update as it is, with any id."""
        self._pending.append(update)
        self.wake()

    def new_id(self) -> int:
        """Take the next ``update_id``."""
        self._next_id += 1
        return self._next_id - 1

    def wants(self, kind: str) -> bool:
        """Say whether the bot asked for a kind of update."""
        return kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT

    def allow(self, kinds: list[str] | None) -> None:
        """Set which kinds the bot asks for: None leaves them, an empty list is the default."""
        if kinds is not None:
            self.allowed = frozenset(kinds) or None

    @property
    def count(self) -> int:
        """How many updates wait."""
        return len(self._pending)

    def has_receiver(self) -> bool:
        """Say whether a bot is there to receive: it polls, or set a webhook."""
        now = time.monotonic()
        return self.webhook is not None or now - self._last_poll < POLL_GRACE

    def note_poll(self, seconds: float) -> None:
        """Remember that a bot asks for updates, and will for some seconds."""
        self._last_poll = time.monotonic() + seconds

    def first(self) -> dict[str, Any] | None:
        """Return the update to deliver next."""
        return self._pending[0] if self._pending else None

    def head(self, count: int) -> Iterator[dict[str, Any]]:
        """Yield the updates that wait longest."""
        return islice(self._pending, count)

    def done(self, update: dict[str, Any]) -> None:
        """Take a delivered update off the queue; it is near the front, or gone."""
        for place, waiting in enumerate(self._pending):
            if waiting is update:
                del self._pending[place]
                break
        self.wake()

    def drop(self) -> None:
        """Forget what waits."""
        self._pending.clear()

    def confirm(self, offset: int) -> None:
        """Forget updates before an offset; a negative one counts from the end."""
        if offset < 0:
            while len(self._pending) > -offset:
                self._pending.popleft()
            return
        while self._pending and self._pending[0]["update_id"] < offset:
            self._pending.popleft()

    async def poll(self, offset: int, limit: int, seconds: float) -> list[dict[str, Any]]:
        """Answer ``getUpdates``.

        Args:
            offset: Confirms the updates before it.
            limit: How many to return at most.
            seconds: How long to wait for the first.

        Returns:
            The updates.

        Raises:
            ConflictError: A webhook is set, or another poll took over.
        """
        if self.webhook is not None:
            raise ConflictError(
                "can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first"
            )
        self.confirm(offset)
        if self._pending or seconds <= 0:
            return list(self._pending)[:limit]
        # Only a poll that has to wait ends another one that waits.
        self._poller += 1
        me = self._poller
        self.wake()
        deadline = time.monotonic() + seconds
        while not self._pending and (left := deadline - time.monotonic()) > 0:
            await self.wait(left)
            if self.webhook is not None:
                raise ConflictError("terminated by setWebhook request")
            if me != self._poller:
                raise ConflictError(
                    "terminated by other getUpdates request; "
                    "make sure that only one bot instance is running"
                )
        return list(self._pending)[:limit]

    async def wait(self, seconds: float) -> None:
        """Wait until something happens to the queue.

        Args:
            seconds: How long at most.
        """
        event = self._arrived
        try:
            await asyncio.wait_for(event.wait(), seconds)
        except TimeoutError:
            return

    def set_webhook(self, webhook: Webhook | None) -> None:
        """Set or remove the webhook."""
        self.webhook = webhook
        self.wake()

    def wake(self) -> None:
        """Wake those who wait for something to happen to the queue."""
        event, self._arrived = self._arrived, asyncio.Event()
        event.set()
