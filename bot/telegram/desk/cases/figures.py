"""How a staff group is doing: what /stats shows and the metrics are set to."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bot.handoff import figures
from bot.handoff.figures import Tally

if TYPE_CHECKING:
    from bot.handoff.case import Case
    from bot.handoff.figures import Summary
    from bot.handoff.groups import Group
    from bot.telegram.desk.cases.desk import Desk

DAYS = 30
"""A month: enough cases for a median, and every day of the week."""


async def open_cases(desk: Desk, group: Group) -> tuple[Case, ...]:
    """The open cases of a group, which is given with its present id."""
    return await desk.cases.load_all(await desk.cases.open_in(group.id))


async def counted(desk: Desk) -> dict[int, Counter[Tally]]:
    """What happened in the last ``DAYS`` in all groups, by the id that each had then."""
    return await desk.cases.tallies(desk.clock.now(), DAYS)


async def summary_of(desk: Desk, group: Group, month: dict[int, Counter[Tally]]) -> Summary:
    """What happened in a group, given with its present id, under whatever id it had then."""
    found = Counter[Tally]()
    for group_id, of_group in month.items():
        if await desk.cases.canonical(group_id) == group.id:
            found += of_group
    return figures.summarise(found)
