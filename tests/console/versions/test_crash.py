"""A process that is killed while it publishes leaves nothing half, at whatever step it was."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.console.versions import folder as disk
from bot.console.versions import repository as git
from bot.console.versions.model import OUTSIDE, Published, Refusal, Refused, State, VersionsError
from bot.console.versions.versions import Versions
from tests.answers.small_folder import RUSSIAN, UZBEK, edit
from tests.console.versions.desk import BEK, CHI, NEW, OLD, RU, UZ, Ticking, submitted, text

STEPS = 9
"""Notes and moves of a publication of two files: one more and it comes to its end."""

BOTH = {RU: (OLD, NEW), UZ: ("100", "200")}


def dying_at(step: int) -> Callable[..., Callable[..., object]]:
    """Makes every note and move count; the process ends without a word just before one of them."""
    steps = 0

    def count() -> None:
        nonlocal steps
        steps += 1
        if steps == step:
            os._exit(9)

    def wrapped(function: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **words: object) -> object:
            count()
            return function(*args, **words)

        return call

    return wrapped


def killed_at(step: int, publish: Callable[[], object]) -> int:
    """Publishes in another process that dies at a step; its exit code."""
    child = os.fork()
    if child == 0:
        wrapped = dying_at(step)
        git.point = wrapped(git.point)  # type: ignore[assignment]
        git.forget = wrapped(git.forget)  # type: ignore[assignment]
        git.commit = wrapped(git.commit)  # type: ignore[assignment]
        disk.prepare = wrapped(disk.prepare)  # type: ignore[assignment]
        Path.replace = wrapped(Path.replace)  # type: ignore[assignment, method-assign]
        try:
            publish()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.parametrize("step", range(1, STEPS + 2))
def test_it_is_published_wholly_or_not_at_all(
    versions: Versions, folder: Path, git_dir: Path, step: int
) -> None:
    handed_in = submitted(versions, changes=BOTH)
    code = killed_at(step, lambda: versions.publish(handed_in.id, BEK, seen=handed_in.tip))
    assert code == (9 if step <= STEPS else 0)
    again = Versions(folder, git_dir, Ticking(), values={})
    proposal = again.proposal(handed_in.id)

    assert proposal is not None
    is_published = proposal.state is State.APPROVED
    assert is_published is (step > 3)  # from the note on; before: prepare, commit, the note itself
    expected = (RUSSIAN.replace(OLD, NEW), UZBEK.replace("100", "200"))
    found = ((folder / RU).read_text(), (folder / UZ).read_text())
    assert found == (expected if is_published else (RUSSIAN, UZBEK))
    assert text(again) == found[0]
    assert [change.author for change in again.history()].count(OUTSIDE) == 1
    assert list(folder.rglob(f"*{disk.ASIDE}")) == []
    if not is_published:
        assert proposal.state is State.SUBMITTED
        result = again.publish(handed_in.id, BEK, seen=handed_in.tip)
        assert isinstance(result, Published)


def test_a_file_changed_by_hand_after_the_crash_stays_as_it_is(
    versions: Versions, folder: Path
) -> None:
    handed_in = submitted(versions, changes=BOTH)
    killed_at(4, lambda: versions.publish(handed_in.id, BEK, seen=handed_in.tip))
    assert (folder / UZ).read_text() == UZBEK
    edit(folder / UZ, "100", "300")

    assert text(versions, UZ) == UZBEK.replace("100", "300")
    assert text(versions, RU) == RUSSIAN.replace(OLD, NEW)
    assert versions.history(UZ)[0].author == OUTSIDE


def test_a_publication_that_cannot_be_finished_blocks_the_next_not_the_past(
    versions: Versions, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = submitted(versions)
    second = submitted(versions, changes={UZ: ("100", "200")})
    killed_at(4, lambda: versions.publish(first.id, BEK, seen=first.tip))

    def refuses(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(disk, "prepare", refuses)
        assert versions.current(RU) is not None
        refused = versions.publish(second.id, CHI, seen=second.tip)
        assert isinstance(refused, Refused)
        assert refused.why is Refusal.NOT_WRITABLE

    assert isinstance(versions.publish(second.id, CHI, seen=second.tip), Published)
    assert text(versions, RU) == RUSSIAN.replace(OLD, NEW)


def test_a_disk_that_fails_in_the_middle_is_said_and_the_rest_done_later(
    versions: Versions, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed_in = submitted(versions, changes=BOTH)
    real = Path.replace

    def fails(path: Path, target: Path) -> Path:
        if target.name == "uz.md":
            raise OSError(5, "Input/output error")
        return real(path, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", fails)
        with pytest.raises(VersionsError):
            versions.publish(handed_in.id, BEK, seen=handed_in.tip)
    proposal = versions.proposal(handed_in.id)

    assert proposal is not None
    assert proposal.state is State.APPROVED
    assert text(versions, UZ) == (folder / UZ).read_text() == UZBEK.replace("100", "200")


def test_a_folder_that_cannot_be_written_is_said(
    versions: Versions, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As root, permissions do not hinder: the refusal of the system is put in its place."""
    handed_in = submitted(versions, changes=BOTH)
    before = sorted(folder.rglob("*"))
    real = disk._write
    written: list[Path] = []

    def full(aside: Path, content: bytes, like: Path) -> None:
        if written:
            raise OSError(28, "No space left on device")
        written.append(aside)
        real(aside, content, like)

    with monkeypatch.context() as patched:
        patched.setattr(disk, "_write", full)
        refused = versions.publish(handed_in.id, BEK, seen=handed_in.tip)
    assert refused == Refused(Refusal.NOT_WRITABLE, "No space left on device")
    assert sorted(folder.rglob("*")) == before
    assert isinstance(versions.publish(handed_in.id, BEK, seen=handed_in.tip), Published)
