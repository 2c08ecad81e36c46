"""Which updates may be posted to a webhook now: one at a time in each lane, in order.

Written after Telegram's own server (``WebhookActor.cpp`` of telegram-bot-api): the messages of a
chat and their edits share a lane, the button presses of a person have another. Different lanes are
posted at the same time, so a press may overtake a message; a lane whose update was refused waits,
and the others go on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

Update = dict[str, Any]
Lane = tuple[str, int]

_OF_MESSAGES = frozenset({"message", "edited_message"})
_MOST_DOUBLINGS = 30


def lane_of(update: Update) -> Lane:
    """Return the lane of an update; one that tells neither chat nor person has its own."""
    for kind, body in update.items():
        if kind == "update_id" or not isinstance(body, dict):
            continue
        for owner in ("from", "user") if kind == "callback_query" else ("chat", "from", "user"):
            number = _id_of(body.get(owner))
            if number:
                return "message" if kind in _OF_MESSAGES else kind, number
    return "", id(update)


def _id_of(owner: object) -> int:
    number = owner.get("id") if isinstance(owner, dict) else None
    return number if isinstance(number, int) else 0


@dataclass(slots=True)
class _Refused:
    """A lane whose first update was refused, how often, and when it may be tried again."""

    times: int
    due: float


class Lanes:
    """The lanes of one webhook.

    Args:
        first_wait: After the first refusal, in seconds; it doubles with each.
        longest_wait: Between two tries, in seconds.
    """

    def __init__(self, first_wait: float, longest_wait: float) -> None:
        self._first_wait = first_wait
        self._longest_wait = longest_wait
        self._at_work: dict[int, Lane] = {}
        self._busy: set[Lane] = set()
        self._refused: dict[Lane, _Refused] = {}

    @property
    def at_work(self) -> int:
        """How many updates are being posted."""
        return len(self._at_work)

    def take(self, updates: Iterable[Update], now: float) -> Update | None:
        """Take the first update that may be posted.

        Args:
            updates: Those that wait, the oldest first.
            now: The time, in seconds.

        Returns:
            The update, whose lane is busy until ``ended``; None if there is none.
        """
        for update in updates:
            if id(update) in self._at_work:
                continue
            lane = lane_of(update)
            refused = self._refused.get(lane)
            if lane in self._busy or (refused is not None and refused.due > now):
                continue
            self._at_work[id(update)] = lane
            self._busy.add(lane)
            return update
        return None

    def ended(self, update: Update, now: float, *, accepted: bool) -> None:
        """Free the lane of an update that was posted; after a refusal, only later.

        Args:
            update: The update.
            now: The time, in seconds.
            accepted: Whether the webhook took it.
        """
        lane = self._at_work.pop(id(update))
        self._busy.discard(lane)
        if accepted:
            self._refused.pop(lane, None)
            return
        times = self._refused[lane].times if lane in self._refused else 0
        wait = min(self._first_wait * 2.0 ** min(times, _MOST_DOUBLINGS), self._longest_wait)
        self._refused[lane] = _Refused(times + 1, now + wait)

    def next_due(self, now: float) -> float | None:
        """Return when the next refused lane may be tried again; None if none is waiting."""
        return min((r.due for r in self._refused.values() if r.due > now), default=None)
