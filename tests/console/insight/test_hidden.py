"""Small numbers stay hidden, also from who adds and subtracts."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.console.insight.hidden import FEWEST, HIDDEN, Line, Table, Told, line, table

lines = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 12), min_size=1)
small_tables = st.fixed_dictionaries(
    {cell: st.sampled_from([0, 1, 2, 3, 4, 5, 6, 9]) for cell in product("xy", "abc")}
)


def test_numbers_of_five_and_more_are_told() -> None:
    assert line({"ru": 5, "kk": 90, "tg": 0}) == Line({"ru": 5, "kk": 90, "tg": 0}, 95)


def test_a_small_number_is_hidden_and_another_with_it_as_the_total_would_tell() -> None:
    told = line({"ru": 90, "kk": 8, "tg": 3, "uz": 0})
    assert told == Line({"ru": 90, "kk": HIDDEN, "tg": HIDDEN, "uz": 0}, 101)


def test_two_small_numbers_with_a_small_sum_hide_a_third() -> None:
    """1 + 1 = 2 could be nothing else."""
    told = line({"ru": 90, "kk": 8, "tg": 1, "uz": 1})
    assert told.cells == {"ru": 90, "kk": HIDDEN, "tg": HIDDEN, "uz": HIDDEN}


def test_small_numbers_that_hide_each_other_leave_the_others_alone() -> None:
    told = line({"ru": 90, "kk": 8, "tg": 4, "uz": 4})
    assert told.cells == {"ru": 90, "kk": 8, "tg": HIDDEN, "uz": HIDDEN}


def test_of_a_small_whole_nothing_is_told() -> None:
    assert line({"ru": 2, "kk": 0}) == Line({"ru": HIDDEN, "kk": HIDDEN}, HIDDEN)


def test_where_all_are_small_only_the_total_is_told() -> None:
    ones = dict.fromkeys("abcde", 1)
    assert line(ones | {"f": 0}) == Line(dict.fromkeys("abcdef", HIDDEN), 5)


def test_where_nobody_is_counted_that_is_told() -> None:
    assert line({"a": 0}) == Line({"a": 0}, 0)
    assert table({}, "x", "a") == Table({("x", "a"): 0}, {"x": 0}, {"a": 0}, 0)


@given(lines)
def test_no_small_number_of_a_breakdown_can_be_computed(counts: dict[str, int]) -> None:
    told = line(counts)
    for key, number in counts.items():
        if 0 < number < FEWEST:
            assert told.cells[key] is HIDDEN
    if told.total is HIDDEN:
        assert set(told.cells.values()) == {HIDDEN}
        return
    assert told.total == sum(counts.values())
    if 0 in counts.values() and told.cells[min(counts, key=lambda k: counts[k])] is HIDDEN:
        assert set(told.cells.values()) == {HIDDEN}  # a 0 is hidden with all or not at all
        return
    hidden = [counts[key] for key, shown in told.cells.items() if shown is HIDDEN]
    if any(0 < number < FEWEST for number in hidden) and len(hidden) < len(counts):
        assert sum(hidden) - (len(hidden) - 1) >= FEWEST


def test_a_table_of_large_numbers_is_told() -> None:
    counts = dict(zip(product("xy", "ab"), (5, 6, 7, 8), strict=True))
    told = table(counts)
    assert told == Table(dict(counts), {"x": 11, "y": 15}, {"a": 12, "b": 14}, 26)


def test_a_small_cell_hides_a_rectangle() -> None:
    counts = dict(zip(product("xyz", "abc"), (3, 20, 21, 22, 23, 24, 25, 26, 27), strict=True))
    told = table(counts)
    hidden = {cell for cell, number in told.cells.items() if number is HIDDEN}
    assert hidden == {("x", "a"), ("x", "b"), ("y", "a"), ("y", "b")}
    assert (told.rows, told.total) == ({"x": 44, "y": 69, "z": 78}, 191)


def test_a_small_total_is_hidden_like_a_small_cell() -> None:
    told = table({("x", "a"): 3, ("y", "a"): 40, ("z", "a"): 41, ("y", "b"): 50, ("z", "b"): 51})
    assert told.rows["x"] is HIDDEN
    assert [key for key, number in told.rows.items() if number is HIDDEN] == ["x", "y"]
    assert told.total == 185


def test_rows_and_columns_are_in_the_order_given() -> None:
    told = table({("y", "b"): 9}, rows="xy", columns="ab")
    assert list(told.cells) == [("x", "a"), ("x", "b"), ("y", "a"), ("y", "b")]
    assert list(told.rows) == ["x", "y"]


@settings(max_examples=60, deadline=None)
@given(small_tables)
def test_who_knows_the_rules_of_addition_computes_no_small_number(
    counts: dict[tuple[str, str], int],
) -> None:
    """The attack itself: tables near the true one that fit what is told are tried."""
    told = table(counts, "xy", "abc")
    shown = [*told.cells.values(), *told.rows.values(), *told.columns.values()]
    if set(shown) == {HIDDEN}:
        return
    assert told.total == sum(counts.values())
    small = {name for name, number in named(counts).items() if 0 < number < FEWEST}
    assert {name for name in small if told_of(told)[name] is not HIDDEN} == set()
    assert {name for name in small if not could_be_many(name, counts, told)} == set()


def named(counts: dict[tuple[str, str], int]) -> dict[str, int]:
    """The numbers of a table and its totals by name."""
    found = {row + column: number for (row, column), number in counts.items()}
    found |= {row: sum(found[row + c] for c in "abc") for row in "xy"}
    return found | {c: found["x" + c] + found["y" + c] for c in "abc"}


def told_of(told: Table[str, str]) -> dict[str, Told]:
    """What is told, by name."""
    return {"".join(cell): number for cell, number in told.cells.items()} | told.rows | told.columns


def could_be_many(name: str, counts: dict[tuple[str, str], int], told: Table[str, str]) -> bool:
    """Whether some table fits what is told in which the number is 5 or more."""
    free = [cell for cell, number in told.cells.items() if number is HIDDEN]
    for numbers in product(
        *(range(max(1, counts[cell] - 4), counts[cell] + 5) for cell in free[1:])
    ):
        guess = counts | dict(zip(free[1:], numbers, strict=True))
        guess[free[0]] += sum(counts.values()) - sum(guess.values())
        if guess[free[0]] < 1:
            continue
        supposed = named(guess)
        if supposed[name] >= FEWEST and all(
            number is HIDDEN or supposed[each] == number for each, number in told_of(told).items()
        ):
            return True
    return False


@pytest.mark.parametrize("size", [(41, 7)])
def test_a_large_table_with_many_small_numbers_keeps_its_total(size: tuple[int, int]) -> None:
    rows, columns = size
    counts = {(i, j): (i * 7 + j * 3) % 11 for i in range(rows) for j in range(columns)}
    told = table(counts)
    assert told.total == sum(counts.values())
    small = [cell for cell, number in counts.items() if 0 < number < FEWEST]
    assert {told.cells[cell] for cell in small} == {HIDDEN}
    shown = [number for number in told.cells.values() if number is not HIDDEN]
    assert len(shown) > len(counts) / 4
