"""How a staff group is doing: /stats, and what the metrics are set to."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bot.handoff import figures
from bot.telegram.render import desk_figures

if TYPE_CHECKING:
    from bot.handoff.case import Case
    from bot.handoff.figures import Summary, Tally
    from bot.handoff.groups import Group
    from bot.telegram.desk.desk import Desk
    from bot.telegram.desk.staff_turn import StaffTurn

DAYS = 30
"""A month: enough cases for a median, and every day of the week."""


async def stats(here: StaffTurn) -> None:
    """The figures of the group, where it asked for them."""
    cases = await open_cases(here.desk, here.group)
    summary = await summary_of(here.desk, here.group)
    screen = desk_figures.stats(here.words, figures.standing(cases), summary, here.group.zone)
    here.reply(screen, await here.number(), late=True)


async def open_cases(desk: Desk, group: Group) -> tuple[Case, ...]:
    """The open cases of a group, which is given with its present id."""
    return await desk.cases.load_all(await desk.cases.open_in(group.id))


async def summary_of(desk: Desk, group: Group) -> Summary:
    """What happened in a group in the last ``DAYS``, under whatever id it had then."""
    found = await desk.cases.tallies(desk.clock.now(), DAYS)
    counted = Counter[Tally]()
    for group_id, of_group in found.items():
        if await desk.cases.canonical(group_id) == group.id:
            counted += of_group
    return figures.summarise(counted)
