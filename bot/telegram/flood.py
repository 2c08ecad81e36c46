"""Telegram's flood limits: who has to wait, and for how long. Each destination waits alone.

Source: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this: about one
message per second in a chat (short bursts are tolerated), 20 per minute in a group, 30 per second
in all.
"""

from __future__ import annotations

from collections import deque

import msgspec

GROUP_SECONDS = 61.0
"""The minute of a group's limit, and what the way to Telegram may differ between two messages."""

PRUDENCE = 1.2
"""Where no burst hides it, two messages may come nearer to each other on the way than they went."""

_FORGET_ABOVE = 10_000
"""Destinations remembered before those that are at rest are forgotten."""


class Limits(msgspec.Struct, frozen=True):
    """What is allowed.

    Attributes:
        per_second: in all chats together. Below Telegram's 30 by the tenth of a second's worth
            that may go at once: with both no second has more.
        chat_seconds: between two messages in one chat, on average.
        chat_burst: messages in one chat at once, after a rest.
        group_per_minute: in one group, in any minute.
        prudent_seconds: so long chats get no bursts after Telegram refused one in a private chat.
            How much it tolerates it does not say, and it changes.
    """

    per_second: float = 27.0
    chat_seconds: float = 1.0
    chat_burst: int = 3
    group_per_minute: int = 20
    prudent_seconds: float = 600.0


class _Pace:
    """A leaky bucket, kept as the time when it is empty (the "generic cell rate algorithm")."""

    __slots__ = ("empty_at",)

    def __init__(self) -> None:
        self.empty_at = 0.0

    def wait(self, now: float, interval: float, burst: float) -> float:
        """Seconds until one more fits."""
        return max(0.0, self.empty_at - now - (burst - 1) * interval)

    def take(self, now: float, interval: float) -> None:
        """Counts one."""
        self.empty_at = max(self.empty_at, now) + interval


class _Window:
    """The last messages of a minute: a pace would let a burst and then the full pace through."""

    __slots__ = ("times",)

    def __init__(self, most: int) -> None:
        self.times: deque[float] = deque(maxlen=most)

    def wait(self, now: float, messages: int) -> float:
        """Seconds until so many more fit; at most the whole window at once."""
        most = self.times.maxlen or 1
        free = most - len(self.times)
        needed = min(messages, most)
        if needed <= free:
            return 0.0
        return max(0.0, self.times[needed - free - 1] + GROUP_SECONDS - now)

    @property
    def empty_at(self) -> float:
        """When nothing of it counts any more."""
        return self.times[-1] + GROUP_SECONDS if self.times else 0.0


class Flood:
    """The limits of one sender; its clock is whatever the caller gives, in seconds.

    Args:
        limits: what is allowed.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._all = _Pace()
        self._chats: dict[int, _Pace] = {}
        self._groups: dict[int, _Window] = {}
        self._stalled_until: dict[int, float] = {}
        self._prudent_until = 0.0

    def chat_wait(self, chat_id: int, now: float, messages: int = 1) -> float:
        """How long messages to a chat must wait for the chat's own sake.

        Args:
            chat_id: the destination; groups have negative ids.
            now: the time, in seconds.
            messages: how many go at once: an album is several.

        Returns:
            Seconds; 0 if it need not wait.
        """
        wait = max(0.0, self._stalled_until.get(chat_id, 0.0) - now)
        if chat_id in self._chats:
            chat = self._chats[chat_id]
            wait = max(wait, chat.wait(now, *self._chat_pace(now)))
        if chat_id in self._groups:
            group = self._groups[chat_id]
            wait = max(wait, group.wait(now, messages))
        return wait

    def common_wait(self, now: float, share: float) -> float:
        """How long the next message must wait for the sake of what all chats share.

        Args:
            now: the time, in seconds.
            share: this sender's part of what all senders may send, above 0 and up to 1.
        """
        interval = 1 / (self._limits.per_second * share)
        # A tenth of a second's worth may go at once, the rest evenly.
        return self._all.wait(now, interval, max(1.0, 0.1 / interval))

    def take(self, chat_id: int, now: float, share: float, messages: int = 1) -> None:
        """Counts messages to a chat."""
        limits = self._limits
        for _ in range(messages):
            self._chats.setdefault(chat_id, _Pace()).take(now, self._chat_pace(now)[0])
            self._all.take(now, 1 / (limits.per_second * share))
        if chat_id < 0:
            group = self._groups.setdefault(chat_id, _Window(limits.group_per_minute))
            group.times.extend([now] * messages)
        self._tidy(now)

    def is_spent(self, chat_id: int, now: float) -> bool:
        """Whether a group has had its messages of the minute, or Telegram says so."""
        if chat_id > 0:
            return False
        group = self._groups.get(chat_id)
        full = group is not None and group.wait(now, 1) > 0
        return full or self._stalled_until.get(chat_id, 0.0) > now

    def refused(self, chat_id: int, now: float, seconds: float) -> None:
        """Telegram says that nothing may go to a chat for so many seconds.

        Rule: a chat waits alone; but where one private chat's burst was too much, no other gets one
        for a while, so that one refusal does not become one for each chat.
        """
        self._stalled_until[chat_id] = now + seconds
        if chat_id > 0:
            self._prudent_until = now + self._limits.prudent_seconds

    def _chat_pace(self, now: float) -> tuple[float, int]:
        """The seconds between two messages in a chat, and how many go at once."""
        limits = self._limits
        if now < self._prudent_until:
            return limits.chat_seconds * PRUDENCE, 1
        return limits.chat_seconds, limits.chat_burst

    def _tidy(self, now: float) -> None:
        if len(self._chats) <= _FORGET_ABOVE:
            return
        for chat_id in [key for key, pace in self._chats.items() if pace.empty_at <= now]:
            del self._chats[chat_id]
        for chat_id in [key for key, group in self._groups.items() if group.empty_at <= now]:
            del self._groups[chat_id]
        for chat_id in [key for key, until in self._stalled_until.items() if until <= now]:
            del self._stalled_until[chat_id]
