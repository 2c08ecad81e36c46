"""The limits of a strict sandbox, by its clock: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this"""

from __future__ import annotations

import time

import pytest

from bot.sandbox.bot_api.rate_limits import RateLimits
from bot.sandbox.clock import Clock
from bot.sandbox.errors import TooManyRequestsError

GROUP = -1_001_000_000_001


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A clock that only moves when it is told to."""
    monkeypatch.setattr(time, "time", lambda: 1_795_000_000.0)
    return Clock()


def refused(limits: RateLimits, chat: int) -> int:
    """Return after how many seconds a message may be sent again."""
    with pytest.raises(TooManyRequestsError) as caught:
        limits.take(chat)
    assert caught.value.parameters is not None
    return int(caught.value.parameters["retry_after"])


def test_one_a_second_to_a_person(clock: Clock) -> None:
    limits = RateLimits(clock)
    limits.take(101)
    assert refused(limits, 101) == 1
    limits.take(102)
    clock.advance(1)
    limits.take(101)


def test_twenty_a_minute_to_a_group(clock: Clock) -> None:
    limits = RateLimits(clock)
    for _ in range(20):
        limits.take(GROUP)
        clock.advance(2)
    assert refused(limits, GROUP) == 20
    clock.advance(20)
    limits.take(GROUP)


def test_thirty_a_second_in_all(clock: Clock) -> None:
    limits = RateLimits(clock)
    for chat in range(1, 31):
        limits.take(chat)
    assert refused(limits, 31) == 1
    clock.advance(1)
    limits.take(31)


def test_the_parts_of_an_album_count_each(clock: Clock) -> None:
    limits = RateLimits(clock)
    limits.take(GROUP, 10)
    limits.take(GROUP, 10)
    assert refused(limits, GROUP) == 60


def test_what_is_refused_does_not_count(clock: Clock) -> None:
    limits = RateLimits(clock)
    limits.take(101)
    for _ in range(40):
        assert refused(limits, 101) == 1
    limits.take(102)
