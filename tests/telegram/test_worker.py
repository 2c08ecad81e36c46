"""Every update has its turn, whatever it is and whatever goes wrong in it."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from msgspec.structs import replace
from redis.exceptions import ConnectionError as RedisConnectionError
from structlog.testing import capture_logs
from telegram import Bot, Update

from bot.dialogue.session import Session
from bot.language.tags import Locale
from bot.store.counts import Count
from bot.store.inbox import signal_entry
from bot.store.keys import Family
from bot.store.outbox import today
from bot.store.store import Store
from bot.store.streams import Entry, shard_of
from bot.telegram import effects, signals
from bot.telegram.effects import ChatAction, SendMessage
from bot.telegram.signals import Signal, TimerDue
from bot.telegram.steps import Step
from bot.telegram.turn import Turn
from bot.telegram.worker import MAX_ATTEMPTS, Hooks, Worker
from tests.eventually import eventually
from tests.store.helpers import entries, none_waits, stream
from tests.telegram.bot_api import message_update
from tests.telegram.conftest import Measured
from tests.telegram.helpers import Running

CHAT = 1001
SECRET = "my passport number"
BOT = Bot("1:x-y-z-not-used")


async def count(update: Update, turn: Turn) -> None:
    """Counts the chat's messages in its session and says the number."""
    assert turn.chat_id is not None
    turn.session = replace(turn.session, misses=turn.session.misses + 1)
    turn.add(SendMessage(chat_id=turn.chat_id, text=str(turn.session.misses)))
    turn.count("answered", "x", "ru")


def say(text: str) -> Any:
    def hook(turn: Turn) -> None:
        assert turn.chat_id is not None
        turn.add(SendMessage(chat_id=turn.chat_id, text=text))

    return hook


def hooks(**changes: Any) -> Hooks:
    return replace(Hooks(count, say("sorry"), say("what?")), **changes)


class Bench:
    """A worker, and what comes out of it."""

    def __init__(self, store: Store, metrics: Measured) -> None:
        self.store = store
        self.metrics = metrics

    def worker(self, at: Any = lambda step: None, **changes: Any) -> Worker:
        return Worker(self.store, BOT, hooks(**changes), self.metrics, at=at)

    async def receive(self, *updates: dict[str, Any]) -> None:
        for update in updates:
            message = update.get("message") or {}
            chat = message.get("chat", {}).get("id")
            await self.store.inbox.add(update["update_id"], chat, json.dumps(update).encode())

    async def work(self, *, at: Any = lambda step: None, **changes: Any) -> None:
        """Works until the inbox is empty."""
        async with Running(self.worker(at, **changes)):
            await eventually(lambda: none_waits(self.store, Family.INBOX))

    async def said(self) -> dict[int, list[str]]:
        """The texts in the outbox, by chat."""
        found: dict[int, list[str]] = {}
        for effect in [effects.decode(entry.data) for entry in await self.outbox()]:
            assert isinstance(effect, SendMessage)
            found.setdefault(effect.chat_id, []).append(effect.text)
        return found

    async def outbox(self) -> list[Entry]:
        return await entries(self.store, Family.OUTBOX)


@pytest.fixture
def bench(store: Store, metrics: Measured) -> Bench:
    return Bench(store, metrics)


async def test_turns_of_a_chat_follow_each_other_and_chats_do_not_mix(bench: Bench) -> None:
    await bench.receive(*(message_update(n, chat=n % 7) for n in range(1, 71)))
    await bench.work()
    assert await bench.said() == {chat: [str(n) for n in range(1, 11)] for chat in range(7)}
    assert (await bench.store.sessions.load(3)).session == Session(misses=10)
    assert await bench.store.counts.of_day(today()) == {Count("answered", "x", "ru"): 70}
    assert bench.metrics.value("turns_total", outcome="handled") == 70
    assert bench.metrics.value("turn_seconds_count") == 70


async def test_effects_know_the_update_they_come_from(bench: Bench) -> None:
    async def two(_: Update, turn: Turn) -> None:
        turn.add(ChatAction(chat_id=CHAT), SendMessage(chat_id=CHAT, text="x" * 5000))

    await bench.receive(message_update(7))
    (received,) = await entries(bench.store, Family.INBOX)
    await bench.work(handle=two)
    found = await bench.outbox()
    assert [entry.fields[b"effect"] for entry in found] == [b"7.0", b"7.1", b"7.2"]
    assert [entry.key for entry in found] == [b"1001!", b"1001", b"1001"]
    assert {int(entry.fields[b"received"]) for entry in found} == {received.milliseconds}


async def test_a_failure_is_answered_with_an_apology_only(bench: Bench) -> None:
    async def fail(update: Update, turn: Turn) -> None:
        await count(update, turn)
        assert update.effective_message is not None
        raise ValueError(update.effective_message.text)

    await bench.receive(message_update(7, text=SECRET))
    with capture_logs() as logs:
        await bench.work(handle=fail)
    assert await bench.said() == {CHAT: ["sorry"]}
    assert (await bench.store.sessions.load(CHAT)).session == Session()
    assert await bench.store.counts.of_day(today()) == {}
    assert bench.metrics.value("turns_total", outcome="failed") == 1
    (line,) = [log for log in logs if log["event"] == "turn_failed"]
    assert line["error"] == "ValueError"
    assert line["place"].startswith("worker.py:")
    assert SECRET not in str(logs)


async def test_a_failing_apology_still_ends_the_turn(bench: Bench) -> None:
    async def fail(*_: object) -> None:
        raise ValueError

    def fail_too(turn: Turn) -> None:
        turn.add(SendMessage(chat_id=CHAT, text="half"))
        raise KeyError

    await bench.receive(message_update(7))
    await bench.work(handle=fail, on_failure=fail_too)
    assert await bench.said() == {}


async def test_an_effect_that_cannot_be_encoded_is_a_failure(bench: Bench) -> None:
    async def odd(_: Update, turn: Turn) -> None:
        turn.add(SendMessage(chat_id=CHAT, text="\ud800"))

    await bench.receive(message_update(7))
    await bench.work(handle=odd)
    assert await bench.said() == {CHAT: ["sorry"]}


async def test_a_turn_that_takes_too_long_is_a_failure(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.worker.TURN_SECONDS", 0.05)

    async def hang(*_: object) -> None:
        await asyncio.Event().wait()

    await bench.receive(message_update(7))
    await bench.work(handle=hang)
    assert await bench.said() == {CHAT: ["sorry"]}


CHAT_JSON: dict[str, Any] = {"id": CHAT, "type": "private"}


@pytest.mark.parametrize(
    ("update", "outcome"),
    [
        ({"update_id": 7, "a_kind_to_come": {"chat": CHAT_JSON}}, "unknown"),
        ({"update_id": 7, "message": {"chat": CHAT_JSON, "date": "yesterday"}}, "malformed"),
        ({"update_id": 7, "message": {"chat": CHAT_JSON}}, "malformed"),
    ],
)
async def test_an_update_that_cannot_be_read_is_answered_in_a_known_chat(
    bench: Bench, update: dict[str, Any], outcome: str
) -> None:
    await bench.receive(update)
    await bench.work()
    assert await bench.said() == {CHAT: ["what?"]}
    assert bench.metrics.value("turns_total", outcome=outcome) == 1


@pytest.mark.parametrize("payload", [b"", b"\x00", b"[]", b'{"update_id":7,"poll":3}'])
async def test_garbage_without_a_chat_is_counted_and_gone(bench: Bench, payload: bytes) -> None:
    await bench.store.inbox.add(7, None, payload)
    await bench.work()
    assert await bench.said() == {}
    assert await bench.store.redis.keys(f"{bench.store.keys.prefix}session:*") == []


async def test_a_corrupt_session_is_told_dropped_and_replaced(bench: Bench) -> None:
    await bench.store.redis.set(bench.store.keys.session(CHAT), b'{"locale":"%s' % SECRET.encode())
    await bench.receive(message_update(7))
    with capture_logs() as logs:
        await bench.work()
    assert await bench.said() == {CHAT: ["1"]}
    assert (await bench.store.sessions.load(CHAT)).session == Session(misses=1)
    assert bench.metrics.value("sessions_corrupt_total") == 1
    assert [log["event"] for log in logs].count("session_corrupt") == 1
    assert SECRET not in str(logs)


async def signalled(bench: Bench, payload: bytes) -> None:
    """An entry that the helpline wrote itself."""
    follow = signal_entry(CHAT, payload)
    shard = shard_of(CHAT, bench.store.shards)
    await bench.store.redis.xadd(bench.store.keys.stream(Family.INBOX, shard), {**follow.fields})


async def test_a_signal_is_a_turn_in_the_order_of_its_chat(bench: Bench) -> None:
    seen: list[object] = []

    async def heed(signal: Signal, turn: Turn) -> None:
        seen.append((signal, turn.chat_id, turn.session.misses))
        turn.add(SendMessage(chat_id=CHAT, text="due"))

    await bench.receive(message_update(1))
    await signalled(bench, signals.encode(TimerDue(7, "remind")))
    await bench.receive(message_update(2))
    await bench.work(on_signal=heed)
    assert seen == [(TimerDue(7, "remind"), CHAT, 1)]
    assert await bench.said() == {CHAT: ["1", "due", "2"]}


async def test_a_signal_does_not_say_whether_the_person_blocked_the_bot(bench: Bench) -> None:
    async def nothing(*_: object) -> None:
        return

    key = bench.store.keys.blocked(CHAT)
    await bench.store.redis.set(key, "1")
    await signalled(bench, signals.encode(TimerDue(7, "remind")))
    await bench.work(on_signal=nothing)
    assert await bench.store.redis.exists(key) == 1


@pytest.mark.parametrize("payload", [b"", b"{}", b'{"type":"of a newer release","case":1}'])
async def test_an_unreadable_signal_stops_nothing_and_says_nothing(
    bench: Bench, payload: bytes
) -> None:
    async def heed(signal: Signal, turn: Turn) -> None:
        raise AssertionError(signal)

    await signalled(bench, payload)
    await bench.receive(message_update(1))
    await bench.work(on_signal=heed)
    assert await bench.said() == {CHAT: ["1"]}
    assert bench.metrics.value("turns_total", outcome="malformed") == 1


async def test_a_signal_that_fails_makes_no_apology(bench: Bench) -> None:
    async def fail(signal: Signal, turn: Turn) -> None:
        turn.add(SendMessage(chat_id=CHAT, text="half"))
        raise ValueError(SECRET)

    await signalled(bench, signals.encode(TimerDue(7, "remind")))
    with capture_logs() as logs:
        await bench.work(on_signal=fail)
    assert await bench.said() == {}
    assert [log["event"] for log in logs].count("turn_failed") == 1
    assert SECRET not in str(logs)


async def test_without_a_desk_a_signal_is_dropped(bench: Bench) -> None:
    await signalled(bench, signals.encode(TimerDue(7, "remind")))
    await bench.work()
    assert bench.metrics.value("turns_total", outcome="unknown") == 1


async def test_forget_erases_the_session(bench: Bench) -> None:
    async def forget(_: Update, turn: Turn) -> None:
        turn.forget()
        turn.add(SendMessage(chat_id=CHAT, text="gone"))

    await bench.receive(message_update(1))
    await bench.work()
    await bench.receive(message_update(2))
    await bench.work(handle=forget)
    assert await bench.said() == {CHAT: ["1", "gone"]}
    assert await bench.store.redis.exists(bench.store.keys.session(CHAT)) == 0


async def test_a_session_erased_during_a_turn_stays_erased(bench: Bench) -> None:
    """The turn is done again, from a new session; its effects of the first time are dropped."""
    erased = False

    async def handle(update: Update, turn: Turn) -> None:
        nonlocal erased
        await count(update, turn)
        if turn.update_id == 2 and not erased:
            erased = True
            await bench.store.turns.forget(CHAT)

    await bench.receive(message_update(1), message_update(2))
    await bench.work(handle=handle)
    assert await bench.said() == {CHAT: ["1", "1"]}
    assert (await bench.store.sessions.load(CHAT)).session == Session(misses=1)


async def test_a_block_is_recorded_and_cleared_by_the_next_message(bench: Bench) -> None:
    person = {"id": CHAT, "is_bot": False, "first_name": "A"}
    change = {
        "chat": CHAT_JSON,
        "from": person,
        "date": 1,
        "old_chat_member": {"status": "member", "user": person},
        "new_chat_member": {"status": "kicked", "user": person, "until_date": 0},
    }

    async def nothing(*_: object) -> None:
        return

    await bench.store.inbox.add(
        1, CHAT, json.dumps({"update_id": 1, "my_chat_member": change}).encode()
    )
    await bench.work(handle=nothing)
    assert await bench.store.outbox.is_blocked(CHAT) is True
    await bench.receive(message_update(2))
    await bench.work(handle=nothing)
    assert await bench.store.outbox.is_blocked(CHAT) is False


async def started_before(bench: Bench, times: int, update_id: int) -> None:
    """As if processes had died in the turn of the newest entry."""
    for entry in await entries(bench.store, Family.INBOX):
        if json.loads(entry.data)["update_id"] == update_id:
            for _ in range(times):
                await bench.store.turns.begin(entry, CHAT)


async def test_an_update_on_which_processes_died_is_set_aside(bench: Bench) -> None:
    await bench.receive(message_update(1), message_update(2), message_update(3))
    await started_before(bench, MAX_ATTEMPTS, update_id=2)
    await bench.work()
    assert await bench.said() == {CHAT: ["1", "sorry", "2"]}
    ((_, fields),) = await stream(bench.store, bench.store.keys.dead())
    assert json.loads(fields[b"data"])["update_id"] == 2
    assert bench.metrics.value("updates_set_aside_total") == 1


async def test_an_update_that_was_only_beside_a_dying_one_is_handled(bench: Bench) -> None:
    """Its last try is alone, so only the update that kills can kill it."""
    beside = 0
    most = 0

    async def handle(update: Update, turn: Turn) -> None:
        nonlocal beside, most
        beside += 1
        await asyncio.sleep(0.01)
        if turn.update_id == 1:
            most = beside
        await count(update, turn)
        beside -= 1

    await bench.receive(*(message_update(n, chat=n) for n in range(1, 30)))
    await started_before(bench, MAX_ATTEMPTS - 1, update_id=1)
    await bench.work(handle=handle)
    assert most == 1
    assert len(await bench.said()) == 29
    assert bench.metrics.value("updates_set_aside_total") == 0


async def test_nothing_is_lost_or_done_twice_while_redis_is_away(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Redis goes before the session is read, before the commit, and after it (answer lost)."""
    faults = iter([True, False, True, True, False, True])
    turns = bench.store.turns
    begin, commit = turns.begin, turns.commit

    async def shaky_begin(*args: Any, **named: Any) -> Any:
        if next(faults, False):
            raise RedisConnectionError
        return await begin(*args, **named)

    async def shaky_commit(*args: Any) -> Any:
        if next(faults, False):
            raise RedisConnectionError
        done = await commit(*args)
        if next(faults, False):
            raise RedisConnectionError
        return done

    monkeypatch.setattr(turns, "begin", shaky_begin)
    monkeypatch.setattr(turns, "commit", shaky_commit)
    await bench.receive(*(message_update(n) for n in range(1, 6)))
    await bench.work()
    assert await bench.said() == {CHAT: ["1", "2", "3", "4", "5"]}
    assert await bench.store.redis.keys(f"{bench.store.keys.prefix}attempts:*") == []


async def test_a_worker_that_lost_its_lease_writes_nothing(bench: Bench) -> None:
    """Another process took the shard over in the middle of the turn, and did it."""
    stolen = False

    async def handle(update: Update, turn: Turn) -> None:
        nonlocal stolen
        if not stolen:
            stolen = True
            keys = bench.store.keys
            for name in await bench.store.redis.keys(f"{keys.prefix}lease:inbox:*"):
                await bench.store.redis.delete(name)
        await count(update, turn)

    await bench.receive(message_update(1), message_update(2))
    await bench.work(handle=handle)
    assert await bench.said() == {CHAT: ["1", "2"]}


async def test_the_steps_are_passed_in_order(bench: Bench) -> None:
    steps: list[Step] = []
    await bench.receive(message_update(1))
    await bench.work(at=steps.append)
    assert steps == [Step.BEFORE_COMMIT, Step.COMMITTED]


async def test_a_session_is_kept_between_workers(bench: Bench) -> None:
    async def speak_kazakh(_: Update, turn: Turn) -> None:
        turn.session = replace(turn.session, locale=Locale.KK)

    await bench.receive(message_update(1))
    await bench.work(handle=speak_kazakh)
    await bench.receive(message_update(2))
    await bench.work()
    assert (await bench.store.sessions.load(CHAT)).session == Session(locale=Locale.KK, misses=1)


async def test_what_waits_is_measured(bench: Bench) -> None:
    started, released = asyncio.Event(), asyncio.Event()

    async def hold(*_: object) -> None:
        started.set()
        await released.wait()

    await bench.receive(message_update(1), message_update(2))
    async with Running(bench.worker(handle=hold)):
        await started.wait()
        await eventually(lambda: bench.metrics.value("stream_length", family="inbox") == 2)
        released.set()
