"""The helpline's time: the machine's, or as far ahead as the sandbox says."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import KAZAKHSTAN_TIME, Clock
from bot.sandbox.clock import Clock as SandboxClock


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "run" / "clock"


def stop_the_machines_clock(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(time, "time", moment.timestamp)


def test_without_a_sandbox_it_is_the_machines_time(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = datetime(2026, 11, 22, 12, tzinfo=UTC)
    stop_the_machines_clock(monkeypatch, moment)
    assert Clock().now() == moment.timestamp()
    assert Clock().in_zone(UTC) == moment


def test_the_day_is_kazakhstans(monkeypatch: pytest.MonkeyPatch) -> None:
    """At 20:00 UTC it is already tomorrow there."""
    stop_the_machines_clock(monkeypatch, datetime(2026, 11, 22, 20, tzinfo=UTC))
    clock = Clock()
    assert clock.today() == date(2026, 11, 23)
    assert clock.today(UTC) == date(2026, 11, 22)
    assert clock.in_zone().utcoffset() == KAZAKHSTAN_TIME.utcoffset(None) == timedelta(hours=5)


def test_it_follows_the_sandbox_and_its_reset(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = datetime(2026, 11, 22, 12, tzinfo=UTC)
    stop_the_machines_clock(monkeypatch, moment)
    sandbox, clock = SandboxClock(file), Clock(file)
    assert clock.now() == moment.timestamp()
    for hours in (1, 2):
        sandbox.advance(3600)
        assert clock.in_zone(UTC) == moment + timedelta(hours=hours)
        assert clock.now() == sandbox.now()
    sandbox.reset()
    assert clock.now() == moment.timestamp()


def test_a_bot_that_starts_later_is_as_far_ahead(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = datetime(2026, 11, 22, 12, tzinfo=UTC)
    stop_the_machines_clock(monkeypatch, moment)
    SandboxClock(file).advance(86_400)
    assert Clock(file).today() == date(2026, 11, 23)


@pytest.mark.parametrize("content", ["", "soon", "inf", "nan", "\x00"])
def test_a_file_that_says_nothing_moves_nothing(
    file: Path, content: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = datetime(2026, 11, 22, 12, tzinfo=UTC)
    stop_the_machines_clock(monkeypatch, moment)
    file.parent.mkdir()
    file.write_text(content)
    assert Clock(file).now() == moment.timestamp()


async def test_a_moment_that_has_passed_is_not_waited_for(file: Path) -> None:
    await Clock(file).sleep_until(time.time() - 1)


async def test_a_sleeper_wakes_at_the_moment_and_not_before() -> None:
    moment = time.time() + 0.2
    await Clock().sleep_until(moment)
    assert time.time() >= moment


async def test_a_sleeper_wakes_when_the_time_is_played_past_its_moment(file: Path) -> None:
    """Without the jump it would sleep for a day, and the test's time limit would end it."""
    sandbox, clock = SandboxClock(file), Clock(file)
    sleeper = asyncio.create_task(clock.sleep_until(clock.now() + 86_400))
    await asyncio.sleep(0)
    sandbox.advance(86_000)
    await asyncio.sleep(0.6)  # longer than a jump takes to be noticed
    assert not sleeper.done()
    sandbox.advance(1000)
    await sleeper
