"""People, files and shortcuts for the tests of versions."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

from bot.console.versions.model import (
    Draft,
    Person,
    Proposal,
    Published,
    Refusal,
    Refused,
    Saved,
)
from bot.console.versions.versions import Versions

AYA = Person("Айя", 11)
BEK = Person("Bek", 12)
CHI = Person("Chi", 13)

RU = "housing/rent/ru.md"
UZ = "housing/rent/uz.md"
ANSWER = "housing/rent/answer.yml"

OLD = "Около **100** монет."
NEW = "Около **200** монет."


class Ticking:
    """A clock that goes on by a minute each time it is asked."""

    def __init__(self, start: float = 1_800_000_000) -> None:
        self.time = start

    def __call__(self) -> float:
        self.time += 60
        return self.time


def git(git_dir: Path, *words: str) -> str:
    """What git's own command line says."""
    done = subprocess.run(
        ["git", "--git-dir", str(git_dir), *words], capture_output=True, text=True, check=True
    )
    return done.stdout


def sound(git_dir: Path) -> bool:
    done = subprocess.run(
        ["git", "--git-dir", str(git_dir), "fsck", "--strict", "--no-dangling"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    return True


def text(versions: Versions, path: str = RU) -> str:
    found = versions.current(path)
    assert found is not None
    return found.text


def draft(
    versions: Versions,
    changes: Mapping[str, tuple[str, str]] | None = None,
    reason: str = "the price rose",
) -> Draft:
    """One in which a piece of each file is another; by default the Russian price."""
    changes = changes or {RU: (OLD, NEW)}
    files = {}
    for path, (old, new) in changes.items():
        before = text(versions, path)
        assert before.count(old) == 1, (path, old)
        files[path] = before.replace(old, new)
    return Draft(files, versions.import_outside_changes(), reason)


def saved(
    versions: Versions,
    author: Person = AYA,
    changes: Mapping[str, tuple[str, str]] | None = None,
    reason: str = "the price rose",
) -> Proposal:
    result = versions.save(draft(versions, changes, reason), author)
    assert isinstance(result, Saved), result
    return result.proposal


def submitted(
    versions: Versions,
    author: Person = AYA,
    changes: Mapping[str, tuple[str, str]] | None = None,
) -> Proposal:
    result = versions.submit(saved(versions, author, changes).id, author)
    assert isinstance(result, Proposal), result
    return result


def published(
    versions: Versions,
    author: Person = AYA,
    approver: Person = BEK,
    changes: Mapping[str, tuple[str, str]] | None = None,
) -> Published:
    handed_in = submitted(versions, author, changes)
    result = versions.publish(handed_in.id, approver, seen=handed_in.tip)
    assert isinstance(result, Published), result
    return result


def refusal(result: object) -> Refusal:
    """Why something was not done."""
    assert isinstance(result, Refused), result
    return result.why
