"""What is asked in a language but not well understood there; pure.

Two shares are compared by their Wilson intervals (Wilson 1927; 95 %): one is *clearly lower* if its
interval ends below the beginning of the best one's. So a few messages are no alarm, and a language
that hardly anybody writes in is not the measure of the others.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import msgspec

from bot.console.insight.figures import THE_REST, Outcome
from bot.console.insight.hidden import HIDDEN, Told
from bot.language.tags import Locale

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.console.insight.figures import Figures

Z = 1.96
"""Of the normal distribution, for 95 %."""


class Understood(msgspec.Struct, frozen=True):
    """How the questions in a language (about a topic) ended.

    Attributes:
        locale: the language.
        topic: its name; empty for all topics together.
        answered: at once.
        offered: the bot was not sure, and offered questions.
        lost: not understood; None for a topic, as it is not known what they were about.
        share: of ``answered``; None if one of the numbers is hidden or nobody asked.
        is_low: the share is clearly lower than the best language's.
    """

    locale: str
    topic: str
    answered: Told
    offered: Told
    lost: Told | None
    share: float | None = None
    is_low: bool = False


def wilson(hits: int, number: int) -> tuple[float, float]:
    """Where the true share lies in 95 of 100 cases: from, to.

    Args:
        hits: how many of
        number: so many; at least 1.
    """
    share, squared = hits / number, Z * Z
    middle = share + squared / (2 * number)
    spread = Z * math.sqrt(share * (1 - share) / number + squared / (4 * number * number))
    whole = 1 + squared / number
    return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)


def by_language(figures: Figures) -> tuple[Understood, ...]:
    """How well each language of ours is understood, worst first."""
    cells = figures.languages.cells
    rows = []
    for locale in Locale:
        answered, offered, lost = (
            cells.get((locale.value, end), 0)
            for end in (Outcome.ANSWERED, Outcome.OFFERED, Outcome.LOST)
        )
        # Where few were lost in all languages, it is hidden of each, also where nobody asked.
        if answered or offered or (isinstance(lost, int) and lost):
            rows.append(Understood(locale.value, "", answered, offered, lost))
    return _judged(rows)


def by_topic(figures: Figures) -> tuple[Understood, ...]:
    """The same for each topic in each language, the languages of a topic compared; worst first.

    A language whose sums the one table tells and the other does not is left out: together they
    would tell too much.
    """
    rows: dict[str, list[Understood]] = {}
    for locale, table in figures.topics_by_language.items():
        if any(told is HIDDEN for told in table.columns.values()):
            continue
        for topic in table.rows:
            if topic in ("", THE_REST) or locale not in set(Locale):
                continue
            answered = table.cells[topic, Outcome.ANSWERED]
            offered = table.cells[topic, Outcome.OFFERED]
            rows.setdefault(topic, []).append(Understood(locale, topic, answered, offered, None))
    return _sorted(one for topic in rows.values() for one in _judged(topic))


def _judged(rows: Iterable[Understood]) -> tuple[Understood, ...]:
    """The rows with their shares, those that are clearly lower than the best one's marked."""
    found = [msgspec.structs.replace(one, share=_share(one)) for one in rows]
    ranges = {one.locale: wilson(*counted) for one in found if (counted := _counted(one))}
    best = max((low for low, _ in ranges.values()), default=0.0)
    return _sorted(
        msgspec.structs.replace(one, is_low=one.locale in ranges and ranges[one.locale][1] < best)
        for one in found
    )


def _counted(one: Understood) -> tuple[int, int] | None:
    """How many were answered, of how many; None where that is not told."""
    numbers = (one.answered, one.offered, 0 if one.lost is None else one.lost)
    told = [number for number in numbers if isinstance(number, int)]
    if len(told) < len(numbers) or not sum(told):
        return None
    return told[0], sum(told)


def _share(one: Understood) -> float | None:
    counted = _counted(one)
    return None if counted is None else counted[0] / counted[1]


def _sorted(rows: Iterable[Understood]) -> tuple[Understood, ...]:
    def rank(one: Understood) -> tuple[bool, bool, float, str, str]:
        share = one.share
        return not one.is_low, share is None, share or 0.0, one.topic, one.locale

    return tuple(sorted(rows, key=rank))
