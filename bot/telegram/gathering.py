"""Finds what can go out with a message, where a group's minute is spent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from bot.telegram import effects
from bot.telegram.bundling import MAX_LINES, followers, joined, may_lead
from bot.telegram.effects import SendMessage
from bot.telegram.patience import Errand

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.store.consumer import Consumer
    from bot.store.streams import Entry
    from bot.telegram.aftermath import Outcome
    from bot.telegram.effects import Effect


class Gathering:
    """Looks at what waits behind a message.

    Args:
        consumer: of the outbox.
    """

    def __init__(self, consumer: Consumer) -> None:
        self._consumer = consumer

    async def whole(self, errand: Errand, part: Effect, outcome: Outcome, *, spent: bool) -> Effect:
        """What goes out for a part: with what its author wrote next, if that saves messages.

        Args:
            errand: at work.
            part: of its effect.
            outcome: is told whose texts go with it (``riders``).
            spent: whether the chat is a group whose minute was spent.
        """
        outcome.riders = ()
        if not (spent and outcome.may_bundle and part is errand.effect and may_lead(part)):
            return part
        assert isinstance(part, SendMessage)  # noqa: S101 - ``may_lead`` looked
        behind = await self._consumer.following(errand.delivery, MAX_LINES - 1)
        riders = followers(part, _readable(behind))
        outcome.riders = tuple(
            Errand(replace(errand.delivery, entry=entry), effect)
            for entry, effect in zip(behind, riders, strict=False)
        )
        return joined((part, *riders)) if riders else part


def _readable(entries: Iterable[Entry]) -> list[Effect]:
    """The effects of entries, up to the first that cannot be read."""
    found: list[Effect] = []
    for entry in entries:
        try:
            found.append(effects.decode(entry.data))
        except effects.EffectFormatError:
            break
    return found
