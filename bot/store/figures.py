"""What the desk counts of its cases, by day; nothing personal."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import structlog

from bot.handoff.figures import Tally, What
from bot.store.days import day_of, days_until
from bot.store.keys import FIGURES_TTL
from bot.store.shelf import Shelf
from bot.store.writes import Add

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.store.writes import Write

_SEPARATOR = "|"

_log = structlog.get_logger()


class FigureCounts(Shelf):
    """Reads counts of cases; a turn writes them with its commit, each process for itself."""

    def tallied(self, group: int, found: Iterable[Tally], now: float) -> tuple[Write, ...]:
        """Counts what happened in a group at a moment, in seconds since the epoch."""
        key = self._keys.figures(day_of(now))
        return tuple(Add(key, _field(group, tally), 1, FIGURES_TTL) for tally in found)

    async def tallies(self, now: float, days: int) -> dict[int, Counter[Tally]]:
        """What was counted in the last days, today's included, by the group's id of that day."""
        pipeline = self._redis.pipeline(transaction=False)
        for day in days_until(now, days - 1):
            pipeline.hgetall(self._keys.figures(day))
        found: dict[int, Counter[Tally]] = {}
        for counted in await pipeline.execute():
            for name, number in counted.items():
                read = _read(name)
                if read is not None:
                    group, tally = read
                    found.setdefault(group, Counter())[tally] += int(number)
        return found


def _field(group: int, tally: Tally) -> str:
    return _SEPARATOR.join((str(group), tally.what.value, tally.of, str(tally.step)))


def _read(name: bytes) -> tuple[int, Tally] | None:
    """The inverse of ``_field``; None, and a line in the log, for what another version wrote."""
    try:
        group, what, of, step = name.decode().split(_SEPARATOR)
        return int(group), Tally(What(what), of, int(step))
    except ValueError:
        _log.error("figure_unreadable", length=len(name))
        return None
