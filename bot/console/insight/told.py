"""Cells as they are written, on a page and in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.console.insight.hidden import Veil
from bot.console.insight.sheet import Kind

if TYPE_CHECKING:
    from bot.console.insight.sheet import Cell
    from bot.console.web.languages import Wording


def lasted(w: Wording, seconds: float) -> str:
    """How long something took, to the minute below a day, else to the hour."""
    minutes = max(1, round(seconds / 60))
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return w.gettext("{days} d {hours} h").format(days=days, hours=hours)
    if hours and not minutes:
        return w.gettext("{hours} h").format(hours=hours)
    if hours:
        return w.gettext("{hours} h {minutes:02} min").format(hours=hours, minutes=minutes)
    return w.gettext("{minutes} min").format(minutes=minutes)


def cell_on_page(w: Wording, cell: Cell, kind: Kind) -> str:
    """A cell of a page's table."""
    if cell is None:
        return "–"
    if isinstance(cell, Veil):
        return w.gettext("hidden")
    if isinstance(cell, str):
        return cell
    match kind:
        case Kind.SHARE:
            return w.whole_percent(cell)
        case Kind.SECONDS:
            return lasted(w, cell)
        case _:
            return w.number(cell)


def cell_in_file(w: Wording, cell: Cell, kind: Kind) -> str | int:
    """A cell of a file: whole numbers without separators, which every spreadsheet reads."""
    if cell is None:
        return ""
    if isinstance(cell, Veil):
        return w.gettext("hidden")
    if isinstance(cell, str):
        return cell
    match kind:
        case Kind.SHARE:
            return round(100 * cell)
        case Kind.SECONDS:
            return round(cell / 60)
        case _:
            return round(cell)
