from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.intervals import wilson


@pytest.mark.parametrize(
    ("share", "rows", "low", "high"),
    [(0.5, 100, 0.4038, 0.5962), (0.9, 10, 0.5958, 0.9821), (0.0, 20, 0.0, 0.1611)],
)
def test_wilson_gives_the_published_interval(
    share: float, rows: int, low: float, high: float
) -> None:
    """Values of the score interval as statistics packages print them."""
    assert wilson(share, rows) == pytest.approx((low, high), abs=1e-4)


@given(st.floats(0, 1), st.integers(1, 10**6))
def test_the_interval_holds_the_share_and_narrows_with_more_rows(share: float, rows: int) -> None:
    low, high = wilson(share, rows)
    assert -1e-9 <= low <= share + 1e-9
    assert share - 1e-9 <= high <= 1 + 1e-9
    wider = wilson(share, max(1, rows // 2))
    assert high - low <= wider.high - wider.low + 1e-9


def test_without_messages_nothing_is_known() -> None:
    assert wilson(0.0, 0) == (0.0, 1.0)
