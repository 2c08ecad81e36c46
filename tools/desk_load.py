"""Loads a whole staff desk: are all limits kept, and is nothing lost or out of order?

A thousand migrants, two hundred of whom open a case, in five groups; both sides write. The store
and two processes of the bot, each a worker and a sender, run against a sandbox that enforces
Telegram's limits: 30 messages a second in all, one a second in a chat, 20 a minute in a group. Only
the classifier is not there: nobody asks the bot what it would need it for. Exit code 1 if a
message is lost, comes twice, to the wrong place or out of order; speed is printed, not judged.

    python tools/desk_load.py [--pace 8]

Pace says how much faster the limits' seconds pass (``tools/paced.py``); at 1 it takes 20 minutes.
Who is refused is told to wait a second of the machine's at least, at any pace.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import ClientError, ClientSession, TCPConnector

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.settings import SANDBOX_TOKEN, Settings  # noqa: E402
from bot.store.keys import Family  # noqa: E402
from bot.store.store import open_store  # noqa: E402
from tests.e2e.helpline import free_ports  # noqa: E402
from tools.desk_crowd import (  # noqa: E402
    COUNSELLORS,
    FIRST_COUNSELLOR,
    FIRST_MIGRANT,
    OWNER,
    SENTENCES,
    TEAMS,
    Case,
    Json,
    Migrants,
    Sandbox,
    Team,
)
from tools.desk_verdict import judge, limits  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.store.store import Store

PACE = 8.0
MIGRANTS = 1000
CASES = 200
ARRIVAL_SECONDS = 150.0
"""Of the limits' time, in which all migrants come, evenly."""

PATIENCE_SECONDS = 1800.0
"""Of the limits' time: what has not arrived by then is lost."""

START_SECONDS = 120.0

PREFIX, SHARDS = "load:", 16

ROLES = ("receiver,worker,sender", "worker,sender")
"""Of the two processes of the bot. Only one can fetch Telegram's updates."""


class Parts:
    """The processes of a helpline, on ports and data of their own."""

    def __init__(self, folder: Path, pace: float) -> None:
        known = {name.upper() for name in Settings.model_fields}
        self._port, *self._ports = free_ports(1 + len(ROLES))
        self._folder, self.pace = folder, pace
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._environment = {k: v for k, v in os.environ.items() if k not in known} | {
            "DATA_DIR": str(folder),
            "SANDBOX_PORT": str(self._port),
            "ENV_FILE": "",
            "TELEGRAM_BOT_TOKEN": SANDBOX_TOKEN,
            "TELEGRAM_API_URL": f"http://127.0.0.1:{self._port}",
            "REDIS_URL": f"unix://{folder}/store/valkey.sock",
            "NLU_URL": f"http://127.0.0.1:{free_ports(1)[0]}",
            "STAFF_FILE": str(folder / "staff.yml"),
            "KEY_PREFIX": PREFIX,
            "SHARDS": str(SHARDS),
        }
        self.sandbox = f"http://127.0.0.1:{self._port}"
        self.store_url = self._environment["REDIS_URL"]
        self.staff_file = folder / "staff.yml"

    def start_sandbox(self) -> None:
        """The sandbox and the store: what is there before the bot."""
        self._start("sandbox", "tools/paced.py", "sandbox", str(self.pace))
        self._start("store", "-m", "bot.cli", "store")

    def start_bot(self) -> None:
        """All roles."""
        for number, roles in enumerate(ROLES):
            more = {"ROLES": roles, "INTERNAL_PORT": str(self._ports[number])}
            self._start(f"bot {number}", "tools/paced.py", "bot", str(self.pace), **more)

    def memory(self) -> dict[str, float]:
        """The most that each process ever held, in MB (``man 5 proc``: VmHWM)."""
        found = {}
        for name, process in self._running.items():
            lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
            peak = next(line for line in lines if line.startswith("VmHWM"))
            found[name] = int(peak.split()[1]) / 1024
        return found

    def warnings(self) -> Counter[str]:
        """What the bot's processes warned of, by name."""
        found: Counter[str] = Counter()
        for name in self._running:
            for line in self._log(name).read_text(errors="replace").splitlines():
                words = line.split("] ", 1)
                if ("[warning" in line or "[error" in line) and len(words) == 2:
                    found[words[1].split()[0]] += 1
        return found

    def check(self) -> None:
        """Raises RuntimeError if a process has ended."""
        for name, process in self._running.items():
            if process.poll() is not None:
                raise RuntimeError(f"{name} ended: {self._log(name).read_text()[-2000:]}")

    def stop(self) -> None:
        """Ends all, the store last."""
        for name in reversed(self._running):
            self._running[name].terminate()
            self._running[name].wait(timeout=30)

    def _start(self, name: str, *words: str, **more: str) -> None:
        with self._log(name).open("wb") as log:
            self._running[name] = subprocess.Popen(
                [sys.executable, *words],
                cwd=ROOT,
                env=self._environment | more,
                stdout=log,
                stderr=log,
            )

    def _log(self, name: str) -> Path:
        return self._folder / f"{name.replace(' ', '-')}.log"


class Load:
    """One run.

    Args:
        parts: the processes.
        sandbox: the JSON API.
        pace: how much faster the limits' seconds pass.
    """

    def __init__(self, parts: Parts, sandbox: Sandbox, pace: float) -> None:
        self._parts = parts
        self._sandbox = sandbox
        self._pace = pace
        self.cases = {person: Case(person) for person in range(CASES)}
        self.teams: list[Team] = []
        self.groups: dict[int, Json] = {}
        self.chats: dict[int, Json] = {}
        self.began = 0.0
        self.ended = 0.0

    async def found_groups(self) -> None:
        """Five groups by the JSON API, and the staff file that names them."""
        await self._sandbox.post("/people", id=OWNER, name="Owner", staff=True)
        entries = ["groups:"]
        for number, takes in enumerate(TEAMS):
            first = FIRST_COUNSELLOR + number * COUNSELLORS
            members = list(range(first, first + COUNSELLORS))
            for member in members:
                await self._sandbox.post("/people", id=member, name=f"C{member}", staff=True)
            wish = {
                "title": f"Staff {number}",
                "creator": OWNER,
                "members": members,
                "bot": "administrator",
            }
            made = await self._sandbox.post("/groups", **wish, kind="supergroup", forum=True)
            group = made["chat"]["id"]
            self.teams.append(Team(self._sandbox, group, members, self.cases))
            named = ", ".join(locale.value for locale in takes)
            entries.append(f"  - id: {group}\n    name: Staff {number}\n    locale: ru")
            entries.append(f"    takes: [{named}]")
        self._parts.staff_file.write_text("\n".join(entries) + "\n")

    async def run(self, store: Store) -> None:
        """Until all has arrived, or nothing moves any more."""
        self.began = time.time()
        migrants = Migrants(self._sandbox, self.cases)
        # Those who open a case are spread among those who do not.
        order = sorted(range(MIGRANTS), key=lambda person: (person % CASES, person))
        step = ARRIVAL_SECONDS / self._pace / MIGRANTS
        lives = [
            asyncio.create_task(migrants.live(person, number * step))
            for number, person in enumerate(order)
        ]
        watches = [asyncio.create_task(team.work()) for team in self.teams]
        watches.append(asyncio.create_task(self._sandbox.follow_journal()))
        end = time.monotonic() + PATIENCE_SECONDS / self._pace
        try:
            while time.monotonic() < end and not await self._is_over(lives, store):
                self._parts.check()
                for task in (*lives, *watches):
                    if task.done() and task.exception() is not None:
                        raise RuntimeError("somebody failed") from task.exception()
                await asyncio.sleep(0.5)
        finally:
            for task in (*lives, *watches):
                task.cancel()
            await asyncio.gather(*lives, *watches, return_exceptions=True)
        self.ended = time.time()
        await self._sandbox.read_journal()
        for team in self.teams:
            self.groups[team.group] = await self._sandbox.get(f"/chats/{team.group}?after=0")
        for person in range(MIGRANTS):
            user = FIRST_MIGRANT + person
            self.chats[person] = await self._sandbox.get(f"/chats/{user}?after=0")

    async def _is_over(self, lives: list[asyncio.Task[None]], store: Store) -> bool:
        waits = [await store.backlog(family) for family in (Family.INBOX, Family.OUTBOX)]
        idle = all(task.done() for task in lives) and not any(found.length for found in waits)
        return idle and all(len(case.told) == SENTENCES for case in self.cases.values())


def main() -> int:
    """One run, printed; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pace", type=float, default=PACE)
    return asyncio.run(measure(parser.parse_args().pace))


async def measure(pace: float) -> int:
    """Starts everything, loads it, judges, prints and stops it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        parts = Parts(folder, pace)
        parts.start_sandbox()
        try:
            connector = TCPConnector(limit=50)
            async with ClientSession(base_url=parts.sandbox, connector=connector) as session:
                sandbox = Sandbox(session)
                await _until_up(parts, sandbox, lambda _: True)
                load = Load(parts, sandbox, pace)
                await load.found_groups()
                parts.start_bot()
                await _until_up(parts, sandbox, lambda view: view["bot_connected"])
                store = await open_store(parts.store_url, PREFIX, SHARDS)
                try:
                    await load.run(store)
                    memory = parts.memory()
                finally:
                    await store.close()
        finally:
            parts.stop()
        return _print_all(load, sandbox, memory, parts)


async def _until_up(parts: Parts, sandbox: Sandbox, condition: Callable[[Json], bool]) -> None:
    end = time.monotonic() + START_SECONDS
    while True:
        parts.check()
        try:
            if condition(await sandbox.get("/people")):
                return
        except ClientError:
            pass
        if time.monotonic() > end:
            raise RuntimeError("the sandbox or the bot did not start")
        await asyncio.sleep(0.1)


def _print_all(load: Load, sandbox: Sandbox, memory: dict[str, float], parts: Parts) -> int:
    """Prints the figures; the exit code."""
    pace = parts.pace
    verdict = judge(load.cases, load.groups, load.chats, sandbox.made)
    opened = [case for case in load.cases.values() if case.migrant in verdict.topics]
    waits = [verdict.topics[case.migrant] - case.asked for case in opened]
    first = min(case.asked for case in load.cases.values())
    last = max(verdict.topics.values(), default=load.ended)
    took = load.ended - load.began
    _print("pace of the limits, and of all times below", f"{pace:g}")
    _print(
        f"{MIGRANTS} migrants, {len(opened)} cases in {len(load.groups)} groups, all done after",
        f"{took * pace / 60:.1f} min ({took:.0f} s measured)",
    )
    _print("cases opened in a minute", f"{len(opened) / (last - first) / pace * 60:.0f}")
    _print("from the wish to the topic", _spread(waits, pace))
    _print("from a counsellor to the migrant", _spread(verdict.to_migrants, pace))
    _print("from a migrant to the topic", _spread(verdict.to_staff, pace))
    for what, figure in limits(sandbox.calls, pace):
        _print(what, figure)
    bots = sum(memory[name] for name in memory if name.startswith("bot"))
    _print("memory at most", f"{bots:.0f} MB in {len(ROLES)} processes of the bot")
    _print("", ", ".join(f"{name} {megabytes:.0f} MB" for name, megabytes in memory.items()))
    warned = ", ".join(f"{name} {count}" for name, count in parts.warnings().most_common())
    _print("the bot warned of", warned or "nothing")
    found = ", ".join(f"{fault} {count}" for fault, count in verdict.faults.items())
    _print(f"of {2 * SENTENCES * len(load.cases)} sentences in cases", found)
    return int(any(verdict.faults.values()))


def _spread(seconds: list[float], pace: float) -> str:
    if not seconds:
        return "nothing arrived"
    ordered = sorted(second * pace for second in seconds)
    p95 = ordered[int(0.95 * len(ordered))]
    return f"median {statistics.median(ordered):.1f} s, p95 {p95:.1f} s, most {ordered[-1]:.1f} s"


def _print(what: str, figure: str) -> None:
    print(f"{what:60} {figure}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
