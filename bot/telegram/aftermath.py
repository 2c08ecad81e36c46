"""What follows from an effect that was carried out or given up: the map, ticks, signals."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from bot.store import inbox, outbox
from bot.store.counts import Count
from bot.store.outbox import Ended, Outgoing
from bot.telegram import effects, signals
from bot.telegram.bundling import bundle_of, encode
from bot.telegram.effects import CopyMessage, SendAlbum, SendMessage, SetReaction
from bot.telegram.ends import End
from bot.telegram.patience import is_tick
from bot.telegram.refs import side_of
from bot.telegram.splitting import origin_of

if TYPE_CHECKING:
    from bot.store.streams import Follow
    from bot.store.topics import Topics
    from bot.store.writes import Field
    from bot.telegram.effects import Effect, Origin
    from bot.telegram.patience import Errand
    from bot.telegram.signals import Signal

_SHUT_OUT = (End.SHUT_OUT, End.CHAT_NOT_FOUND)

TICK = "👍"
"""One of the reactions that every chat allows, unless its administrators took all away."""


class Outcome:
    """Gathers what became of the parts of an effect.

    Args:
        errand: the effect.
        topics: knows how a case's map is written.

    Attributes:
        end: the last thing that was repaired, or that all went well.
        cause: why it was given up, or a part of it; None if it was not.
        previous: the message that the last part became.
        riders: the errands whose texts go out with this one's, as one message.
        migrant: the private chat of the case, where what follows has its order; 0 if unknown.
        may_bundle: whether others may go with it: not any more once Telegram refused such a message
            for its words.
    """

    def __init__(self, errand: Errand, topics: Topics) -> None:
        self._errand = errand
        self._topics = topics
        self._named: set[str] = set()
        self._map: list[Field] = []
        self._failed: list[tuple[Origin, str]] = []
        self._delivered = False
        self.end: str = "sent"
        self.cause: str | None = None
        self.previous: int | None = None
        self.riders: tuple[Errand, ...] = ()
        self.may_bundle = True
        self.migrant = 0

    def unbundled(self, *, is_its_own: bool) -> bool:
        """A message was refused: whether it was of several, and each is to be tried alone now.

        Args:
            is_its_own: whether what was refused was the message, not the place it should go to.
        """
        if not self.riders:
            return False
        self.riders, self.may_bundle = (), not is_its_own
        return is_its_own

    def made(self, part: Effect, chat_id: int, messages: tuple[int, ...]) -> None:
        """A part became these messages of a chat."""
        self._delivered = True
        if not messages:
            return
        # An album is answered below its first picture.
        self.previous = messages[0] if isinstance(part, SendAlbum) else messages[-1]
        if part.case is None:
            return
        if isinstance(part, SendAlbum):
            for item, message_id in zip(part.items, messages, strict=False):
                self._name(part.case, origin_of(part, item), None, chat_id, message_id)
            return
        self._name(part.case, part.origin, getattr(part, "ref", None), chat_id, messages[0])
        if self.riders:
            self._bundle(part.case, chat_id, messages[0])

    def _bundle(self, case: int, chat_id: int, message_id: int) -> None:
        """All are found at the one message; a reply to that answers the last of them."""
        for rider in self.riders:
            self._name(case, rider.effect.origin, None, chat_id, message_id)
        sent = [one.effect for one in (self._errand, *self.riders)]
        bundle = bundle_of([effect for effect in sent if isinstance(effect, SendMessage)])
        self._map.append(self._topics.bundled(case, message_id, encode(bundle)))

    def _name(
        self, case: int, origin: Origin | None, ref: str | None, chat_id: int, message_id: int
    ) -> None:
        """Notes a message under its names; the first of several is the one that is found."""
        names = (ref, None if origin is None else origin.ref)
        for name in dict.fromkeys(name for name in names if name):
            write = self._topics.also if name in self._named else self._topics.became
            self._map += write(case, name, side_of(chat_id), message_id)
            self._named.add(name)

    def fail(self, part: Effect, cause: str) -> None:
        """A part was given up."""
        self.cause = cause
        origin = part.origin or self._errand.effect.origin
        if origin is not None:
            self._failed.append((origin, cause))

    def is_of_an_album(self, part: Effect) -> bool:
        """Whether the other parts can do without this one."""
        whole = self._errand.effect
        return isinstance(whole, SendAlbum) and not isinstance(part, SendAlbum)

    def ended(self) -> Ended:
        """What to record."""
        effect, cause = self._errand.effect, self.cause
        count = None
        if cause is not None and not is_tick(effect):
            count = Count("failed", cause).field()
        return Ended(
            effect.chat_id,
            self.previous,
            getattr(effect, "ref", None) if effect.case is None else None,
            blocked=cause == End.BLOCKED and effect.chat_id > 0,
            count=count,
            follow=(*self._ticks(), *self._signals()),
            writes=tuple(self._map),
            along=tuple(rider.delivery.entry.id for rider in self.riders),
        )

    def _ticks(self) -> list[Follow]:
        effect = self._errand.effect
        if effect.origin is None or isinstance(effect, SetReaction) or not self._delivered:
            return []
        if any(origin == effect.origin for origin, _ in self._failed):
            return []
        return [_tick(one) for one in (self._errand, *self.riders)]

    @property
    def is_shut_out(self) -> bool:
        """Whether the group of a case takes nothing of the bot's."""
        effect = self._errand.effect
        return effect.case is not None and effect.chat_id < 0 and self.cause in _SHUT_OUT

    def _signals(self) -> list[Follow]:
        effect = self._errand.effect
        if effect.case is None or isinstance(effect, SetReaction) or self.cause == "erased":
            return []
        told: list[tuple[int, Signal]] = [
            (
                origin.chat_id if origin.chat_id > 0 else effect.chat_id,
                signals.Undelivered(effect.case, origin, cause),
            )
            for origin, cause in dict(self._failed).items()
        ]
        if self.is_shut_out and self.migrant:
            told.append((self.migrant, signals.ShutOut(effect.case, effect.chat_id)))
        elif self.cause is not None and _reveals(effect):
            unrevealed = signals.Unrevealed(effect.case, effect.reply_to, self.cause)
            told.append((effect.from_chat_id, unrevealed))
        return [inbox.signal_entry(chat_id, signals.encode(signal)) for chat_id, signal in told]


def _reveals(effect: Effect) -> TypeGuard[CopyMessage]:
    """Whether it shows a message as it was written: what is carried over has an origin."""
    return isinstance(effect, CopyMessage) and effect.chat_id < 0 and effect.origin is None


def _tick(errand: Errand) -> Follow:
    """Says at the message that was carried over that it arrived."""
    origin = errand.effect.origin
    assert origin is not None  # noqa: S101 - the caller looked
    tick = SetReaction(chat_id=origin.chat_id, emoji=TICK, message_id=origin.message_id)
    name = f"{errand.name}.tick"
    return outbox.follow(Outgoing(tick.chat_id, effects.lane(tick), effects.encode(tick), name))
