"""One turn: what the handlers of an update read and decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.store.counts import Count
from bot.store.outbox import Outgoing
from bot.store.turns import Result
from bot.telegram import effects, splitting

if TYPE_CHECKING:
    from bot.dialogue.session import Session
    from bot.store.turns import Begun
    from bot.telegram.effects import Effect


class Turn:
    """Collects what a turn decides; nothing of it happens before the commit.

    Args:
        update_id: Telegram's number of the update.
        chat_id: the chat, or the user if there is no chat; None if neither is known.
        begun: what the turn starts from.
        received: when the update was received, in ms since the epoch by Redis' clock.

    Attributes:
        session: what is remembered of the conversation; assign the new one.
        blocked: whether the person has blocked the bot; None if the update does not say.
    """

    def __init__(self, update_id: int, chat_id: int | None, begun: Begun, received: int) -> None:
        self.update_id = update_id
        self.chat_id = chat_id
        self.received = received
        self.session: Session = begun.stored.session
        self.blocked: bool | None = None
        self._begun = begun
        self._set_aside = False
        self._forgotten = False
        self._effects: list[Effect] = []
        self._counts: list[Count] = []
        self._reports: list[str] = []

    @property
    def effects(self) -> tuple[Effect, ...]:
        """What was added so far."""
        return tuple(self._effects)

    def add(self, *added: Effect) -> None:
        """Adds effects, carried out in this order for each destination."""
        self._effects += added

    def count(self, verdict: str, subject: str = "", locale: str = "") -> None:
        """Counts how the turn went; nothing personal may go in here."""
        self._counts.append(Count(verdict, subject, locale))

    @property
    def reports(self) -> tuple[str, ...]:
        """The ids of centres whose number the person says is wrong."""
        return tuple(self._reports)

    def report(self, centre_id: str) -> None:
        """Notes that the person says a centre's number is wrong."""
        self._reports.append(centre_id)

    def forget(self) -> None:
        """Erases everything kept about the person."""
        self._forgotten = True

    def set_aside(self) -> None:
        """Puts the update where an operator finds it: processes died on it."""
        self._set_aside = True

    def reset(self) -> None:
        """Takes back what a handler did: session, effects, counts."""
        self.session = self._begun.stored.session
        self._forgotten = False
        self._effects.clear()
        self._counts.clear()
        self._reports.clear()

    def result(self) -> Result:
        """What to commit; texts too long for one message are split."""
        parts = [part for effect in self._effects for part in splitting.fit(effect)]
        outgoing = tuple(
            Outgoing(
                part.chat_id,
                effects.lane(part),
                effects.encode(part),
                f"{self.update_id}.{number}",
                self.received,
            )
            for number, part in enumerate(parts)
        )
        return Result(
            self.chat_id,
            self._begun.stored.raw,
            None if self._forgotten else self.session,
            self.blocked,
            outgoing,
            tuple(self._counts),
            self._set_aside,
        )
