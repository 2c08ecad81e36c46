"""One turn: what the handlers of an update read and decide."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from bot.clock import KAZAKHSTAN_TIME
from bot.store import insight
from bot.store.counts import Count
from bot.store.outbox import Outgoing
from bot.store.turns import Result
from bot.telegram import effects, splitting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.dialogue.session import Session
    from bot.handoff.figures import What
    from bot.store.cases import Loaded
    from bot.store.insight import Sum
    from bot.store.turns import Begun
    from bot.store.writes import Write
    from bot.telegram.effects import Effect


class Turn:
    """Collects what a turn decides; nothing of it happens before the commit.

    Args:
        update_id: Telegram's number of the update.
        chat_id: the chat, or the user if there is no chat; None if neither is known.
        begun: what the turn starts from.
        received: when the update was received, in ms since the epoch by Redis' clock.
        name: what the ids of its effects begin with, for a turn without an update.

    Attributes:
        session: what is remembered of the conversation; assign the new one.
        blocked: whether the person has blocked the bot; None if the update does not say.
        visitor: the language (``Locale``'s value) under which somebody counts as one of the day's
            people; empty if nobody spoke to the bot.
        cases: as they were read in this turn, by number.
        tallied: what was counted of which case, so that it counts once in a turn.
        homes: the first ids of groups that have another one by now: what waits for a group keeps
            its order only in the lanes of one id.
    """

    def __init__(
        self,
        update_id: int,
        chat_id: int | None,
        begun: Begun,
        received: int,
        *,
        name: str | None = None,
    ) -> None:
        self.update_id = update_id
        self._name = str(update_id) if name is None else name
        self.chat_id = chat_id
        self.received = received
        self.session: Session = begun.stored.session
        self.blocked: bool | None = None
        self.visitor = ""
        self.cases: dict[int, Loaded] = {}
        self.tallied: set[tuple[int, What]] = set()
        self.homes: Mapping[int, int] = {}
        self._begun = begun
        self._set_aside = False
        self._forgotten = False
        self._effects: list[Effect] = []
        self._counts: list[Count] = []
        self._sums: list[Sum] = []
        self._reports: list[str] = []
        self._writes: list[Write] = []
        self._forgets: list[str] = []

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

    def note(self, *sums: Sum) -> None:
        """Counts what the turn tells of people as a whole; see ``store/insight.py``."""
        self._sums += sums

    @property
    def when(self) -> datetime:
        """When the update was received, in Kazakhstan."""
        return datetime.fromtimestamp(self.received / 1000, KAZAKHSTAN_TIME)

    @property
    def of_nobody_known(self) -> bool:
        """Whether nothing was kept of the conversation before this turn."""
        return not self._begun.stored.raw

    @property
    def reports(self) -> tuple[str, ...]:
        """The ids of centres whose number the person says is wrong."""
        return tuple(self._reports)

    def report(self, centre_id: str) -> None:
        """Notes that the person says a centre's number is wrong."""
        self._reports.append(centre_id)

    def write(self, *writes: Write) -> None:
        """Adds what is written with the commit."""
        self._writes += writes

    def forget(self, keys: tuple[str, ...] = ()) -> None:
        """Erases everything kept about the person, under these keys too."""
        self._forgotten = True
        self._forgets += keys

    def set_aside(self) -> None:
        """Puts the update where an operator finds it: processes died on it."""
        self._set_aside = True

    def reset(self) -> None:
        """Takes back what a handler did: session, effects, counts."""
        self.session = self._begun.stored.session
        self._forgotten = False
        self._forgets.clear()
        self.cases.clear()
        self.tallied.clear()
        self._effects.clear()
        self._counts.clear()
        self._sums.clear()
        self.visitor = ""
        self._reports.clear()
        self._writes.clear()

    def result(self) -> Result:
        """What to commit; texts too long for one message are split."""
        parts = [part for effect in self._effects for part in splitting.fit(effect)]
        outgoing = tuple(self._outgoing(part, number) for number, part in enumerate(parts))
        return Result(
            self.chat_id,
            self._begun.stored.raw,
            None if self._forgotten else self.session,
            self.blocked,
            outgoing,
            tuple(self._counts),
            self._set_aside,
            writes=tuple(self._writes),
            forgets=tuple(self._forgets),
            noted=self._noted(),
        )

    def _noted(self) -> insight.Noted | None:
        if not self._sums and not self.visitor:
            return None
        day = self.when.date()
        named = insight.period_of(day), insight.week_of(day)
        return insight.Noted(*named, tuple(self._sums), self.visitor)

    def _outgoing(self, part: Effect, number: int) -> Outgoing:
        home = self.homes.get(part.chat_id, part.chat_id)
        return Outgoing(
            home,
            effects.lane(part, home),
            effects.encode(part),
            f"{self._name}.{number}",
            self.received,
        )
