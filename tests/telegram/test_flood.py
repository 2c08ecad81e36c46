"""Telegram's limits, each destination for itself; the clock is the test's."""

from __future__ import annotations

import pytest

from bot.telegram.flood import Flood, Limits

LIMITS = Limits(per_second=30, chat_seconds=1, chat_burst=3, group_per_minute=20)


def sent(flood: Flood, chats: list[int], seconds: float, share: float = 1.0) -> list[int]:
    """Who may send in this time, if all of them want to all the time; in steps of 10 ms."""
    done: list[int] = []
    for step in range(round(seconds * 100)):
        now = 1000 + step / 100
        for chat in chats:
            while flood.chat_wait(chat, now) <= 0 and flood.common_wait(now, share) <= 0:
                flood.take(chat, now, share)
                done.append(chat)
    return done


def test_a_chat_gets_a_burst_and_then_one_a_second() -> None:
    assert len(sent(Flood(LIMITS), [1], 0.5)) == 3
    assert len(sent(Flood(LIMITS), [1], 9.5)) == 3 + 9


def test_a_group_gets_twenty_a_minute() -> None:
    assert len(sent(Flood(LIMITS), [-1], 59.9)) == 20


def test_in_no_minute_does_a_group_get_more() -> None:
    """A pace of one in three seconds would let a burst through on top of it."""
    flood, times = Flood(LIMITS), list[float]()
    for step in range(3000):
        now = 1000 + step / 10
        if flood.chat_wait(-1, now) <= 0:
            flood.take(-1, now, 1)
            times.append(now)
    most = max(sum(at <= other < at + 60 for other in times) for at in times)
    assert most == 20
    assert len(times) >= 4 * 20


def test_an_album_counts_by_its_parts() -> None:
    flood = Flood(Limits(chat_seconds=0, group_per_minute=20))
    flood.take(-1, 1000, 1, messages=10)
    assert flood.chat_wait(-1, 1000, messages=10) == 0
    assert flood.chat_wait(-1, 1001, messages=11) > 0
    flood.take(-1, 1000, 1, messages=10)
    assert flood.chat_wait(-1, 1000) == pytest.approx(61)


def test_all_chats_together_get_thirty_a_second() -> None:
    assert len(sent(Flood(LIMITS), list(range(1, 400)), 2)) == pytest.approx(60, abs=4)


def test_several_senders_share_the_thirty() -> None:
    chats = list(range(1, 400))
    assert len(sent(Flood(LIMITS), chats, 2, share=0.25)) == pytest.approx(15, abs=2)


def test_a_stalled_chat_stalls_only_itself() -> None:
    flood = Flood(LIMITS)
    flood.refused(1, 1000, 30)
    assert sent(flood, [1, 2], 0.5) == [2]  # no more bursts, but no wait either
    assert flood.chat_wait(1, 1000) == 30
    assert flood.chat_wait(1, 1030) == 0


def test_asking_takes_nothing() -> None:
    flood = Flood(LIMITS)
    for _ in range(100):
        assert flood.chat_wait(1, 1000) == flood.common_wait(1000, 1) == 0


def test_chats_at_rest_are_forgotten() -> None:
    flood = Flood(Limits(per_second=1e9))
    for chat in range(1, 25_000):
        flood.take(chat, float(chat), 1)
    assert len(flood._chats) <= 10_001


@pytest.mark.parametrize("senders", [1, 2])
def test_in_no_second_do_all_chats_get_more_than_thirty(senders: int) -> None:
    """Telegram's limit, whatever second is looked at: also after a rest, and with two senders."""
    times: list[float] = []
    floods = [Flood(Limits()) for _ in range(senders)]
    for step in range(2000):
        now = 1000 + step / 100
        for flood in floods:
            while flood.common_wait(now, 1 / senders) <= 0:
                flood.take(step, now, 1 / senders)
                times.append(now)
    fullest = max(sum(at <= other < at + 0.999 for other in times) for at in times)
    assert 25 <= fullest <= 30


def test_after_a_refused_burst_no_chat_gets_one_for_a_while() -> None:
    """What Telegram tolerates is learnt from one chat, not anew from each."""
    flood = Flood(Limits(per_second=1000, prudent_seconds=60))
    assert len(sent(flood, [1], 0.5)) == 3
    flood.refused(1, 1000.5, 1)
    assert sent(flood, [2, 3], 0.9) == [2, 3]
    assert flood.chat_wait(4, 1061) == 0
    for _ in range(3):
        assert flood.chat_wait(4, 1061) == 0
        flood.take(4, 1061, 1)


def test_a_refused_group_costs_private_chats_nothing() -> None:
    flood = Flood(Limits(per_second=1000))
    flood.refused(-1, 1000, 30)
    assert len(sent(flood, [1], 0.5)) == 3


def test_a_groups_minute_is_spent_when_it_is_full_or_telegram_says_so() -> None:
    flood = Flood(LIMITS)
    flood.take(-1, 1000, 1, messages=19)
    assert not flood.is_spent(-1, 1000)
    flood.take(-1, 1000, 1)
    assert flood.is_spent(-1, 1000)
    assert not flood.is_spent(-1, 1061)
    flood.refused(-2, 1000, 5)
    assert flood.is_spent(-2, 1004)
    assert not flood.is_spent(-2, 1005)
    flood.refused(3, 1000, 5)
    assert not flood.is_spent(3, 1001)
