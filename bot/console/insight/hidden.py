"""Numbers under five are not told, and cannot be computed from those that are. Pure.

Rules (cell suppression, as statistical offices do it: Hundepool et al., *Statistical Disclosure
Control*, 2012, chapter 4):

1. *Primary*: a number from 1 to 4 is hidden, also where it is a total. A 0 is told: it is nobody.
2. *Complementary*: more numbers are hidden until nobody can compute a hidden one from the others
   and the totals. The measure: as far as the table tells, each number of 1 to 4 could as well be 5
   or more, with every other hidden number at least 1. The smallest go first, totals last.
3. The *grand total* stays, as other tables tell it too, unless it is under 5 itself.
4. Where that is not enough, or the grand total is under 5, nothing else of the table is told, not
   even where there was nobody.

All hidden numbers look the same: which were small is not told. Nothing is rounded: what is told is
true, and the columns add up for who looks at a table without hidden cells.

It protects one table. From two tables of overlapping periods the days by which they differ can be
computed; so the periods do not overlap (``period``).
"""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

FEWEST = 5
"""The smallest number that is told, besides 0."""


class Veil(Enum):
    """Stands for a number that is not told."""

    HIDDEN = "hidden"


HIDDEN: Final = Veil.HIDDEN

Told = int | Veil
"""A number as it may be shown."""

_K = TypeVar("_K", bound="Hashable")
_R = TypeVar("_R", bound="Hashable")
_C = TypeVar("_C", bound="Hashable")


@dataclass(frozen=True)
class Line(Generic[_K]):
    """A breakdown as it may be shown; all keys that were given are there."""

    cells: dict[_K, Told]
    total: Told


@dataclass(frozen=True)
class Table(Generic[_R, _C]):
    """A table as it may be shown, with its totals; every row has every column."""

    cells: dict[tuple[_R, _C], Told]
    rows: dict[_R, Told]
    columns: dict[_C, Told]
    total: Told


def line(counts: Mapping[_K, int]) -> Line[_K]:
    """A breakdown of one whole.

    Args:
        counts: of the parts, 0 or more each; every case is in one of them.
    """
    total = sum(counts.values())
    hidden = {key for key, number in counts.items() if 0 < number < FEWEST}
    larger = sorted((k for k, n in counts.items() if n >= FEWEST), key=lambda k: counts[k])
    if 0 < total < FEWEST:
        return Line(dict.fromkeys(counts, HIDDEN), HIDDEN)
    while hidden and sum(counts[key] for key in hidden) - (len(hidden) - 1) < FEWEST:
        if not larger:
            return Line(dict.fromkeys(counts, HIDDEN), total)
        hidden.add(larger.pop(0))
    if len(hidden) == 1 and larger:
        hidden.add(larger[0])
    return Line({k: HIDDEN if k in hidden else n for k, n in counts.items()}, total)


def table(
    counts: Mapping[tuple[_R, _C], int], rows: Iterable[_R] = (), columns: Iterable[_C] = ()
) -> Table[_R, _C]:
    """A table of two features, with the totals of both.

    Args:
        counts: by row and column, 0 or more each; what is missing is 0.
        rows: the order of the rows; others follow as they come.
        columns: the order of the columns, likewise.
    """
    row_keys = list(dict.fromkeys([*rows, *(row for row, _ in counts)]))
    column_keys = list(dict.fromkeys([*columns, *(column for _, column in counts)]))
    values = {
        (i, j): counts.get((row, column), 0)
        for i, row in enumerate(row_keys, 1)
        for j, column in enumerate(column_keys, 1)
    }
    values |= {(i, 0): _sum(values, row=i) for i in range(1, len(row_keys) + 1)}
    values |= {(0, j): _sum(values, column=j) for j in range(1, len(column_keys) + 1)}
    values[0, 0] = sum(counts.values())
    hidden = _hide(values)
    told = {cell: HIDDEN if cell in hidden else number for cell, number in values.items()}
    return Table(
        {
            (row, column): told[i, j]
            for i, row in enumerate(row_keys, 1)
            for j, column in enumerate(column_keys, 1)
        },
        {row: told[i, 0] for i, row in enumerate(row_keys, 1)},
        {column: told[0, j] for j, column in enumerate(column_keys, 1)},
        told[0, 0],
    )


_Cell = tuple[int, int]
"""Row and column, from 1; 0 is the total of the other."""

_GRAND = (0, 0)


def _sum(values: Mapping[_Cell, int], row: int = 0, column: int = 0) -> int:
    return sum(n for (i, j), n in values.items() if (row and i == row) or (column and j == column))


def _hide(values: dict[_Cell, int]) -> set[_Cell]:
    """The cells that are not told.

    One pass is enough: a cell that is safe stays so when more are hidden.
    """
    small = [cell for cell, number in values.items() if 0 < number < FEWEST]
    if _GRAND in small:
        return set(values)
    hidden = set(small)
    for cell in small:
        while not _may_be_many(values, hidden, cell):
            more = _complement(values, hidden, cell)
            if more is None:
                return set(values) - {_GRAND}
            hidden.add(more)
    return hidden


def _complement(values: Mapping[_Cell, int], hidden: set[_Cell], unsafe: _Cell) -> _Cell | None:
    """The next number to hide: one that keeps most hidden numbers from being alone in their line.

    Where none is alone, one beside the unsafe number; of several the smallest, totals last.
    """
    free = [
        cell for cell, number in values.items() if number and cell not in hidden and cell != _GRAND
    ]
    in_row = Counter(cell[0] for cell in hidden)
    in_column = Counter(cell[1] for cell in hidden)

    def rank(cell: _Cell) -> tuple[int, bool, bool, int, _Cell]:
        alone = (in_row[cell[0]] == 1) + (in_column[cell[1]] == 1)
        is_beside = cell[0] == unsafe[0] or cell[1] == unsafe[1]
        return -alone, not is_beside, 0 in cell, values[cell], cell

    return min(free, key=rank, default=None)


def _may_be_many(values: Mapping[_Cell, int], hidden: set[_Cell], cell: _Cell) -> bool:
    """Whether a hidden cell could be ``FEWEST`` as well, as far as the table tells.

    From the true numbers on, units are moved round closed ways through hidden cells, which leave
    every line's balance (its numbers less its total) as it is: a flow in the network that a table
    of two features is.
    """
    supposed = {each: values[each] for each in hidden}
    while supposed[cell] < FEWEST:
        way = _closed_way(supposed, cell)
        if way is None:
            return False
        for each, change in way:
            supposed[each] += change
    return True


def _closed_way(supposed: Mapping[_Cell, int], start: _Cell) -> list[tuple[_Cell, int]] | None:
    """Changes by one, the first of them one more in ``start``, that balance in every line.

    Breadth first over lines, as (0, row) and (1, column), each with what it is out of balance by.
    """
    goal, begin = (0, start[0]), (1, start[1])
    imbalance = {begin: _sign(start, 1)}
    came: dict[tuple[int, int], tuple[tuple[int, int], _Cell, int]] = {}
    waiting = deque([begin])
    while waiting and goal not in imbalance:
        at = waiting.popleft()
        axis, index = at
        for cell, number in supposed.items():
            other = (1 - axis, cell[1 - axis])
            if cell[axis] != index or cell == start or other in imbalance:
                continue
            change = -imbalance[at] * _sign(cell, axis)
            if change < 0 and number <= 1:
                continue
            imbalance[other] = change * _sign(cell, 1 - axis)
            came[other] = (at, cell, change)
            waiting.append(other)
    if goal not in imbalance:
        return None
    way, at = [(start, 1)], goal
    while at != begin:
        at, cell, change = came[at]
        way.append((cell, change))
    return way


def _sign(cell: _Cell, axis: int) -> int:
    """How a cell enters the balance of its row (axis 0) or column (axis 1): totals less."""
    return -1 if cell[1 - axis] == 0 else 1
