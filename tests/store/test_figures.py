"""Counts of cases by day: by several processes, for as long as they are looked at."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from structlog.testing import capture_logs

from bot.dialogue.session import Session
from bot.handoff.figures import Tally, What
from bot.store.days import day_of
from bot.store.keys import DAY, FIGURES_TTL, Family
from bot.store.turns import Committed, Result
from tests.store.cases import CHAT, GROUP, NOW, OTHER_GROUP, ttl
from tests.store.helpers import entries, owned

if TYPE_CHECKING:
    from bot.store.store import Store

OPENED = Tally(What.OPENED, "uz_Cyrl")
REPLIED = Tally(What.REPLIED, "13", 42)


async def count(store: Store, *tallies: Tally, group: int = GROUP, now: float = NOW) -> None:
    assert await store.cases.write(store.cases.tallied(group, tallies, now))


async def test_what_is_counted_is_read_by_group(store: Store) -> None:
    await count(store, OPENED, REPLIED)
    await count(store, OPENED)
    await count(store, REPLIED, group=OTHER_GROUP)
    assert await store.cases.tallies(NOW, 30) == {
        GROUP: {OPENED: 2, REPLIED: 1},
        OTHER_GROUP: {REPLIED: 1},
    }


async def test_days_are_summed_up_and_those_before_are_left_out(store: Store) -> None:
    for age in (0, 1, 29, 30):
        await count(store, OPENED, now=NOW - age * DAY)
    assert await store.cases.tallies(NOW, 30) == {GROUP: {OPENED: 3}}
    assert await store.cases.tallies(NOW, 1) == {GROUP: {OPENED: 1}}


async def test_they_live_as_long_as_they_are_looked_at(store: Store) -> None:
    await count(store, OPENED)
    left = await ttl(store, store.keys.figures(day_of(NOW)))
    assert 30 * DAY < left <= FIGURES_TTL


async def test_processes_count_at_the_same_time(store: Store) -> None:
    await asyncio.gather(*(count(store, OPENED) for _ in range(20)))
    assert await store.cases.tallies(NOW, 1) == {GROUP: {OPENED: 20}}


async def test_a_turn_whose_answer_was_lost_counts_once(store: Store) -> None:
    lease = await owned(store, Family.INBOX, CHAT)
    await store.inbox.add(7, CHAT, b"{}")
    (entry,) = await entries(store, Family.INBOX)
    writes = store.cases.tallied(GROUP, (OPENED,), NOW)
    result = Result(None, b"", Session(), writes=writes)
    assert await store.turns.commit(lease, entry, result) is Committed.COMMITTED
    assert await store.turns.commit(lease, entry, result) is Committed.ALREADY
    assert await store.cases.tallies(NOW, 1) == {GROUP: {OPENED: 1}}


async def test_what_another_version_wrote_is_left_out_and_logged(store: Store) -> None:
    await count(store, OPENED)
    for field in ("-5001|vanished|ru|0", "nonsense", b"\xff|opened|ru|0"):
        await store.redis.hset(store.keys.figures(day_of(NOW)), field, "3")
    with capture_logs() as logs:
        assert await store.cases.tallies(NOW, 1) == {GROUP: {OPENED: 1}}
    assert [line["event"] for line in logs] == ["figure_unreadable"] * 3
