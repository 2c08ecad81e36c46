"""No timer is lost and none ends twice, whoever dies and whenever."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from collections import Counter
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest
import structlog
from redis.exceptions import ConnectionError as RedisConnectionError

from bot.clock import Clock
from bot.handoff.moves import Due, Timer
from bot.settings import ROOT
from bot.store.inbox import signalled_chat
from bot.store.keys import Family
from bot.store.store import open_store
from bot.store.streams import shard_of
from bot.store.timekeeper import AT_ONCE, Timekeeper
from tests.eventually import eventually
from tests.servers import KINDS, SHARDS, start_server, stop_server
from tests.store.cases import CHAT, NOW
from tests.store.helpers import entries

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.store.store import Store

MANY = 2 * AT_ONCE + 50


class Hands:
    """A clock that the test moves."""

    def __init__(self, now: float) -> None:
        self._now = now
        self._moved = asyncio.Event()

    def now(self) -> float:
        return self._now

    def move(self, now: float) -> None:
        self._now = now
        self._moved.set()

    async def sleep_until(self, moment: float) -> None:
        while self._now < moment:
            self._moved.clear()
            await self._moved.wait()


def encode(case: int, timer: str) -> bytes:
    return f"{case} {timer}".encode()


def timekeeper(store: Store, now: float) -> Timekeeper:
    return store.timekeeper(Hands(now), encode)


async def set_timers(store: Store, number: int, at: float = NOW) -> None:
    """So many timers, each of a case and a chat of its own."""
    cases = store.cases
    await cases.write(cases.timer(n, CHAT + n, Timer.REMIND, at) for n in range(number))


async def signals(store: Store) -> Counter[bytes]:
    return Counter(entry.data for entry in await entries(store, Family.INBOX))


async def timers(store: Store) -> list[Any]:
    found: Any = await store.redis.zrange(store.keys.timers(), 0, -1)
    return list(found)


def each_once(number: int) -> dict[bytes, int]:
    return {f"{n} remind".encode(): 1 for n in range(number)}


@asynccontextmanager
async def running(role: Timekeeper) -> AsyncIterator[None]:
    task = asyncio.create_task(role.run())
    try:
        yield
    finally:
        role.stop()
        await task


async def test_a_timer_that_ended_becomes_a_signal_of_its_chat(store: Store) -> None:
    await store.cases.write(store.cases.timers(4, CHAT, [Due(Timer.ALARM, NOW)]))
    await timekeeper(store, NOW).look()
    (entry,) = await entries(store, Family.INBOX)
    assert dict(entry.fields) == {b"key": b"1001", b"data": b"4 alarm", b"signal": b"1"}
    assert entry.shard == shard_of(CHAT, SHARDS)
    assert signalled_chat(entry) == CHAT
    assert await timers(store) == []


async def test_a_timer_does_not_end_before_its_time(store: Store) -> None:
    await set_timers(store, 1, NOW + 0.5)
    assert await timekeeper(store, NOW + 0.4).look() == NOW + 0.5
    assert await signals(store) == {}
    await timekeeper(store, NOW + 0.5).look()
    assert await signals(store) == each_once(1)


async def test_the_next_look_is_never_far_for_a_sooner_timer_may_be_set(store: Store) -> None:
    assert await timekeeper(store, NOW).look() == NOW + 1
    await set_timers(store, 1, NOW + 3600)
    assert await timekeeper(store, NOW).look() == NOW + 1


async def test_an_edges_own_timer_may_have_colons_in_its_name(store: Store) -> None:
    await store.cases.write([store.cases.timer(4, CHAT, "album:g:77", NOW)])
    await timekeeper(store, NOW).look()
    assert await signals(store) == {b"4 album:g:77": 1}


async def test_as_many_as_have_ended_are_moved_in_one_look_the_others_stay(store: Store) -> None:
    """As after a night without the bot."""
    await set_timers(store, MANY)
    await store.cases.write([store.cases.timer(9999, CHAT, Timer.ALARM, NOW + 60)])
    await timekeeper(store, NOW).look()
    assert await signals(store) == each_once(MANY)
    assert await timers(store) == [b"1001:9999:alarm"]


async def test_several_timekeepers_move_each_timer_once(store: Store) -> None:
    await set_timers(store, MANY)
    await asyncio.gather(*(timekeeper(store, NOW).look() for _ in range(4)))
    assert await signals(store) == each_once(MANY)


async def test_what_is_no_timer_is_dropped_and_said_without_its_words(store: Store) -> None:
    await store.redis.zadd(store.keys.timers(), {"secret": 1, "1:x:y": 2})
    await set_timers(store, 1)
    with structlog.testing.capture_logs() as logs:
        await timekeeper(store, NOW).look()
    assert await signals(store) == each_once(1)
    assert await timers(store) == []
    assert [line["event"] for line in logs] == ["timer_unreadable"] * 2
    assert "secret" not in str(logs)


# Death between anything


class Meddling:
    """A script with something happening just before or just after it runs."""

    def __init__(self, script: Any, *, before: Any = None, after: Any = None) -> None:
        self._script = script
        self._before = before
        self._after = after

    async def __call__(self, **arguments: Any) -> Any:
        if self._before is not None:
            await self._before()
        answer = await self._script(**arguments)
        if self._after is not None:
            await self._after()
        return answer


async def breaks() -> None:
    raise RedisConnectionError


@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_connection_that_breaks_while_timers_move_loses_and_doubles_nothing(
    store: Store, when: str
) -> None:
    await set_timers(store, 3)
    dying = timekeeper(store, NOW)
    dying._due = Meddling(dying._due, **{when: breaks})  # type: ignore[assignment]
    with pytest.raises(RedisConnectionError):
        await dying.look()
    await timekeeper(store, NOW).look()
    assert await signals(store) == each_once(3)
    assert await timers(store) == []


async def test_a_timer_put_off_while_it_is_being_moved_waits_for_its_new_time(
    store: Store,
) -> None:
    async def put_off() -> None:
        await set_timers(store, 1, NOW + 60)

    await set_timers(store, 2)
    slow = timekeeper(store, NOW)
    slow._due = Meddling(slow._due, before=put_off)  # type: ignore[assignment]
    await slow.look()
    assert await signals(store) == {b"1 remind": 1}
    assert await timers(store) == [b"1001:0:remind"]


async def test_a_timer_stopped_while_it_is_being_moved_does_not_end(store: Store) -> None:
    async def stop() -> None:
        await store.cases.write([store.cases.timer(0, CHAT, Timer.REMIND, None)])

    await set_timers(store, 1)
    slow = timekeeper(store, NOW)
    slow._due = Meddling(slow._due, before=stop)  # type: ignore[assignment]
    await slow.look()
    assert await signals(store) == {}


def process(url: str, store: Store, *deadly: int) -> int:
    """A timekeeper in a process of its own; its exit code."""
    command = [sys.executable, "-m", "tests.store.mortal_timekeeper", url]
    arguments = [store.keys.prefix, str(SHARDS), *map(str, deadly)]
    return subprocess.run([*command, *arguments], cwd=ROOT, check=False).returncode


async def test_a_killed_timekeeper_loses_and_doubles_nothing(
    store: Store, store_server: Any
) -> None:
    """kill -9 within the first, the second and the last hundred."""
    await set_timers(store, MANY)
    for deadly in (1, AT_ONCE + 1, AT_ONCE // 2):
        code = await asyncio.to_thread(process, store_server.url, store, deadly)
        assert code == -signal.SIGKILL
    assert await asyncio.to_thread(process, store_server.url, store) == 0
    assert await signals(store) == each_once(MANY)
    assert await timers(store) == []


@pytest.mark.parametrize("kind", KINDS)
async def test_timers_survive_a_killed_store(kind: str) -> None:
    """And the timekeeper waits for it to come back."""
    server = start_server(kind)
    store = await open_store(server.url, "test:", SHARDS)
    hands = Hands(NOW)
    role = store.timekeeper(hands, encode)
    try:
        await set_timers(store, 3, NOW + 10)
        async with running(role):
            server.kill()
            with structlog.testing.capture_logs() as logs:
                hands.move(NOW + 10)
                await eventually(lambda: "redis_away" in str(logs))
            server.start()
            await eventually(lambda: moved(store))
        assert await signals(store) == each_once(3)
    finally:
        await store.close()
        stop_server(server)


async def moved(store: Store) -> bool:
    return await timers(store) == []


# The role


async def test_the_role_moves_timers_when_their_time_comes(store: Store) -> None:
    hands = Hands(NOW)
    async with running(store.timekeeper(hands, encode)):
        await set_timers(store, 1, NOW + 5)
        hands.move(NOW + 4)
        hands.move(NOW + 5)
        await eventually(lambda: moved(store))
    assert await signals(store) == each_once(1)


async def test_a_stop_ends_the_role_while_it_sleeps(store: Store) -> None:
    role = timekeeper(store, NOW)
    async with running(role):
        await asyncio.sleep(0)
    assert await signals(store) == {}


async def test_the_role_goes_by_a_clock_that_is_played_forward(
    store: Store, tmp_path: Path
) -> None:
    """On the sandbox two days pass in a moment."""
    shift = tmp_path / "shift"
    await set_timers(store, 1, NOW + 2 * 86_400)
    async with running(store.timekeeper(Clock(shift), encode)):
        shift.write_text(str(3 * 86_400))
        await eventually(lambda: moved(store))
    assert await signals(store) == each_once(1)
