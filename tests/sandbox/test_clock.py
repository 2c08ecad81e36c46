"""The sandbox's time: forward only, written where a bot can follow it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.sandbox.clock import LAST_MOMENT, Clock
from bot.sandbox.errors import InputError


def test_time_only_goes_forward() -> None:
    clock = Clock()
    with pytest.raises(InputError, match="forward"):
        clock.advance(-1)
    assert clock.ahead == 0


def test_time_ends_where_telegrams_dates_end() -> None:
    clock = Clock()
    with pytest.raises(InputError, match="2038"):
        clock.advance(LAST_MOMENT)
    assert clock.ahead == 0


def test_what_is_ahead_is_written_whole_and_taken_away_at_the_reset(tmp_path: Path) -> None:
    file = tmp_path / "run" / "clock"
    clock = Clock(file)
    assert not file.exists()
    clock.advance(60)
    clock.advance(0.5)
    assert float(file.read_text()) == 60.5 == clock.ahead
    assert list(file.parent.iterdir()) == [file]
    clock.reset()
    assert list(file.parent.iterdir()) == []
    assert clock.ahead == 0
