"""Several processes and threads use the versions at once."""

from __future__ import annotations

import fcntl
import os
import threading
from pathlib import Path

import pytest

from bot.console.versions import repository as git
from bot.console.versions.model import (
    BusyError,
    Conflict,
    Draft,
    Person,
    Proposal,
    Published,
    Saved,
)
from bot.console.versions.versions import Versions
from tests.answers.small_folder import RUSSIAN
from tests.console.versions.desk import AYA, OLD, RU, Ticking, text

ROUNDS = 4
LANGUAGES = ("kk", "uz_Cyrl", "tg", "ky")


def work(versions: Versions, number: int) -> None:
    """Publishes several versions of a file of its own, and adds a line to everybody's."""
    me = Person(f"Worker {number}", number)
    mine = f"housing/rent/{LANGUAGES[number]}.md"
    for turn in range(ROUNDS):
        base = versions.import_outside_changes()
        first = versions.save(Draft({mine: RUSSIAN.replace("100", str(turn + 1))}, base), me)
        assert isinstance(first, Saved), first
        while True:
            shared = versions.current(RU, first.proposal.id)
            assert shared is not None
            more = Draft({RU: shared.text + f"\nWorker {number}, {turn}.\n"}, shared.version)
            saved = versions.save(more, me, first.proposal.id)
            assert isinstance(saved, Saved), saved
            handed_in = versions.submit(saved.proposal.id, me)
            assert isinstance(handed_in, Proposal)
            done = versions.publish(handed_in.id, me, seen=handed_in.tip, alone=True)
            while isinstance(done, Conflict):  # another was faster: theirs, then mine
                (conflict,) = done.files
                mended = f"{conflict.theirs}\nWorker {number}, {turn}.\n"
                again = versions.save(
                    Draft({RU: mended}, done.version, "", done.onto), me, handed_in.id
                )
                assert isinstance(again, Saved), again
                handed = versions.submit(handed_in.id, me)
                assert isinstance(handed, Proposal)
                done = versions.publish(handed.id, me, seen=handed.tip, alone=True)
            assert isinstance(done, Published), done
            break


def assert_nothing_lost(versions: Versions) -> None:
    lines = text(versions).splitlines()
    written = [line for line in lines if line.startswith("Worker")]
    expected = {f"Worker {number}, {turn}." for number in range(2) for turn in range(ROUNDS)}
    assert sorted(written) == sorted(expected)
    for number in range(2):
        mine = text(versions, f"housing/rent/{LANGUAGES[number]}.md")
        assert mine == RUSSIAN.replace("100", str(ROUNDS))
    closed = versions.proposals(closed=True)
    assert len(closed) == 2 * ROUNDS
    assert len({proposal.id for proposal in closed}) == 2 * ROUNDS
    assert len(versions.history()) == 2 * ROUNDS + 1


def test_two_processes_lose_nothing(folder: Path, git_dir: Path) -> None:
    children = []
    for number in range(2):
        child = os.fork()
        if child == 0:
            code = 1
            try:
                work(Versions(folder, git_dir, Ticking(), values={}), number)
                code = 0
            finally:
                os._exit(code)
        children.append(child)
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]

    assert codes == [0, 0]
    assert_nothing_lost(Versions(folder, git_dir, Ticking(), values={}))


def test_two_threads_lose_nothing(versions: Versions) -> None:
    faults: list[BaseException] = []

    def run(number: int) -> None:
        try:
            work(versions, number)
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    assert_nothing_lost(versions)


def test_whoever_waits_too_long_is_told(
    versions: Versions, git_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = versions.import_outside_changes()
    monkeypatch.setattr(git, "LOCK_SECONDS", 0.0)
    with git_dir.with_suffix(".lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(BusyError):
            versions.save(Draft({RU: RUSSIAN.replace(OLD, "x")}, base), AYA)
    assert isinstance(versions.save(Draft({RU: RUSSIAN.replace(OLD, "x")}, base), AYA), Saved)
