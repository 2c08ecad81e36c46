"""A table with its chart, as page, chart and file show it alike."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from bot.console.insight.hidden import HIDDEN, Veil

Cell = int | float | str | Veil | None
"""A number, a word, a number that is not told, or nothing to tell."""


class Kind(StrEnum):
    """What the numbers of a column are."""

    COUNT = "count"
    SHARE = "share"
    """0 to 1."""
    SECONDS = "seconds"
    WORD = "word"


class Plot(StrEnum):
    """How a chart is drawn."""

    PILES = "piles"
    """Upright bars, the columns on top of one another: for days and hours."""
    STRIPS = "strips"
    """Lying bars, the columns in a row."""
    PAIRS = "pairs"
    """Lying bars, the columns under one another, to be compared."""
    LINES = "lines"


class Column(msgspec.Struct, frozen=True):
    """A column.

    Attributes:
        title: its head.
        kind: of its numbers.
        is_drawn: the chart shows it.
    """

    title: str
    kind: Kind = Kind.COUNT
    is_drawn: bool = True


class Row(msgspec.Struct, frozen=True):
    """A row.

    Attributes:
        label: its head.
        cells: one for each column.
        flag: what is remarkable of it, in words; empty for nothing.
        short: a label for the chart, where there is little room; empty: the same.
    """

    label: str
    cells: tuple[Cell, ...]
    flag: str = ""
    short: str = ""


class Sheet(msgspec.Struct, frozen=True):
    """A table.

    Attributes:
        name: in addresses and files, in ASCII.
        title: what it tells.
        note: how to read it.
        head: of the column of labels.
        columns: the others.
        rows: in their order.
        plot: how it is drawn; None for no chart.
        most: the chart shows so many rows at most, the first ones; 0 for all.
    """

    name: str
    title: str
    note: str
    head: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    plot: Plot | None = None
    most: int = 0

    @property
    def is_empty(self) -> bool:
        """There is no number but 0 in it."""
        return not any(cell for row in self.rows for cell in row.cells)

    @property
    def has_flags(self) -> bool:
        """Whether any row is remarkable."""
        return any(row.flag for row in self.rows)

    @property
    def hides(self) -> bool:
        """Whether a number is not told."""
        return any(cell is HIDDEN for row in self.rows for cell in row.cells)

    @property
    def is_drawn(self) -> bool:
        """Whether there is anything to draw."""
        drawn = [n for n, column in enumerate(self.columns) if column.is_drawn]
        return self.plot is not None and any(
            isinstance(row.cells[n], int | float) and row.cells[n]
            for row in self.rows
            for n in drawn
        )
