"""``/stats``: the figures of the group, where it asked for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.handoff import figures
from bot.telegram.desk.cases.figures import counted, open_cases, summary_of
from bot.telegram.render import desk_figures

if TYPE_CHECKING:
    from bot.telegram.desk.staff.turn import StaffTurn


async def stats(here: StaffTurn) -> None:
    """The figures of the group, where it asked for them."""
    cases = await open_cases(here.desk, here.group)
    summary = await summary_of(here.desk, here.group, await counted(here.desk))
    screen = desk_figures.stats(here.words, figures.standing(cases), summary, here.group.zone)
    here.reply(screen, await here.number(), late=True)
