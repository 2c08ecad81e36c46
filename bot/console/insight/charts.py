"""Draws a sheet as SVG, with pygal; pure."""

from __future__ import annotations

import math
import sys
from typing import TYPE_CHECKING, Any

import pygal

from bot.console.insight.hidden import Veil
from bot.console.insight.look import dressed
from bot.console.insight.sheet import Column, Kind, Plot
from bot.console.insight.told import lasted

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.console.insight.sheet import Cell, Row, Sheet
    from bot.console.web.languages import Wording

# pygal looks for plugins by an import hook of a kind that Python 3.12 no longer knows, and that
# Python 3.11 warns of at the import of anything that is not there. We have no plugins.
sys.meta_path[:] = [hook for hook in sys.meta_path if not isinstance(hook, pygal.PluginImportFixer)]

WIDTH = 760
HEIGHT = 340
BAR = 34
"""Height of a lying bar, with the room around it."""
ROOM, LEGEND_LINE = 60, 24
"""Below the bars, for the axis, and for each line of the legend."""
LABEL_LENGTH = 30
"""Letters of a label; the table has all of it."""
MARK = "*"
"""Stands behind the label of a row with a number that is not told."""
LABELS_AT_MOST = 12
"""Of an upright chart; of more bars every second, third … is named."""
STEPS = (60, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800, 43_200, 86_400, 604_800)
"""Of an axis of times, in seconds."""
LETTER, LINE = 8, 16
"""Width and height of a digit on a bar, with the room around it."""
ACROSS, UP = 560, 230
"""The least room that the bars have, across and up."""

_KINDS: dict[Plot, Any] = {
    Plot.PILES: pygal.StackedBar,
    Plot.STRIPS: pygal.HorizontalStackedBar,
    Plot.PAIRS: pygal.HorizontalBar,
    Plot.LINES: pygal.Line,
}


def drawn(sheet: Sheet, w: Wording) -> str:
    """The chart as an SVG document.

    Args:
        sheet: with a ``plot``.
        w: for its numbers.
    """
    assert sheet.plot is not None  # noqa: S101 - the caller looked
    lies = sheet.plot in (Plot.STRIPS, Plot.PAIRS)
    rows = _drawn_rows(sheet)[::-1] if lies else sheet.rows  # a lying chart begins at its foot
    there = [n for n, column in enumerate(sheet.columns) if _is_drawn(rows, n, column)]
    pairs = len(there) if sheet.plot is Plot.PAIRS else 1
    kind = sheet.columns[there[0]].kind if there else Kind.COUNT
    chart = _KINDS[sheet.plot](
        width=WIDTH,
        height=_height(len(rows), len(there), pairs) if lies else HEIGHT,
        js=(),
        css=(),
        disable_xml_declaration=True,
        explicit_size=True,
        show_legend=len(there) > 1,
        legend_at_bottom=True,
        legend_box_size=26 if sheet.plot is Plot.LINES else 14,
        truncate_label=-1,
        truncate_legend=-1,
        print_values=sheet.plot is not Plot.LINES,
        print_zeroes=False,
        margin=12,
        margin_right=24,
        include_x_axis=True,
        min_scale=2,
        max_scale=8,
        order_min=0 if kind is Kind.COUNT else None,
        dots_size=3,
        no_data_text="–",
        style=_style(),
        value_formatter=lambda number: _number(number, kind, w),
        range=(0, 1) if kind is Kind.SHARE else None,
    )
    step = 1 if lies else -(-len(rows) // LABELS_AT_MOST)
    fits = _room(sheet.plot, rows, there, lambda number: _number(number, kind, w))
    chart.x_labels = [_label(row, there) if n % step == 0 else "" for n, row in enumerate(rows)]
    for n in there:
        chart.add(sheet.columns[n].title, [_bar(_value(row.cells[n]), fits) for row in rows])
    if kind is Kind.SECONDS:
        _name_round_times(chart, [_value(row.cells[n]) or 0 for row in rows for n in there])
    drawn_ever = [n for n, column in enumerate(sheet.columns) if column.is_drawn]
    places = [drawn_ever.index(n) for n in there]
    chart.add_xml_filter(lambda root: dressed(root, places))
    found: str = chart.render()
    return found


def _height(rows: int, columns: int, pairs: int) -> float:
    """Of a lying chart. pygal makes the legend's lines as many as the root of its entries."""
    legend = LEGEND_LINE * math.ceil(math.sqrt(columns)) if columns > 1 else 0
    return max(1, rows) * BAR * (0.7 * pairs if pairs > 1 else 1) + ROOM + legend


def _name_round_times(chart: pygal.graph.graph.Graph, seconds: list[float]) -> None:
    """Names the axis by times that people use, not by round numbers of seconds."""
    most = max(seconds, default=0)
    step = next((one for one in STEPS if most / one <= 6), STEPS[-1])
    chart.y_labels = [n * step for n in range(int(most // step) + 2)]


def _bar(number: float | None, fits: Callable[[float], bool]) -> float | dict[str, object] | None:
    """A value for pygal; a number that has no room on its bar is not written on it."""
    if number is None or fits(number):
        return number
    return {"value": number, "formatter": lambda _: ""}


def _room(
    plot: Plot, rows: tuple[Row, ...], there: list[int], written: Callable[[float], str]
) -> Callable[[float], bool]:
    """Tells whether a number can be read on its bar."""
    sums = [sum(_value(row.cells[n]) or 0 for n in there) for row in rows]
    most = max(sums, default=0) or 1

    def fits(number: float) -> bool:
        width = LETTER * len(written(number))
        if plot is Plot.PILES:
            return width <= ACROSS / max(1, len(rows)) and number / most * UP >= LINE
        return plot is Plot.PAIRS or len(there) == 1 or number / most * ACROSS >= width

    return fits


def _drawn_rows(sheet: Sheet) -> tuple[Row, ...]:
    """Rows without a bar would only make the chart longer; the table has them."""
    drawn = [n for n, column in enumerate(sheet.columns) if column.is_drawn]
    found = [row for row in sheet.rows if any(_value(row.cells[n]) for n in drawn)]
    return tuple(found[: sheet.most] if sheet.most else found)


def _is_drawn(rows: tuple[Row, ...], number: int, column: Column) -> bool:
    """A column with nothing but zeros would only make the legend longer."""
    return column.is_drawn and any(_value(row.cells[number]) for row in rows)


def _value(cell: Cell) -> float | None:
    if isinstance(cell, str | Veil) or not cell:
        return None
    return float(cell)


def _label(row: Row, there: list[int]) -> str:
    text = row.short or row.label
    cut = text if len(text) <= LABEL_LENGTH else f"{text[: LABEL_LENGTH - 1].rstrip()}…"
    veiled = any(isinstance(row.cells[n], Veil) for n in there)
    return f"{cut} {MARK}" if veiled else cut


def _number(number: float | None, kind: Kind, w: Wording) -> str:
    match kind:
        case _ if not number:
            return "" if number is None else "0"
        case Kind.SHARE:
            return w.whole_percent(number)
        case Kind.SECONDS:
            return lasted(w, number)
        case _:
            return w.number(number)


def _style() -> pygal.style.Style:
    """Only what pygal reckons widths with; the look is ``look``'s."""
    return pygal.style.Style(
        label_font_size=13, major_label_font_size=13, legend_font_size=13, value_font_size=12
    )
