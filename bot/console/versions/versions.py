"""The versions of an answers folder: the way in for the pages. Blocks: call it in a thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from bot.console.versions import (
    approving,
    diffs,
    looking,
    paths,
    proposals,
    publishing,
    rules,
    saving,
)
from bot.console.versions import faults as checks
from bot.console.versions import folder as disk
from bot.console.versions import repository as git
from bot.console.versions.merging import is_text, shown
from bot.console.versions.messages import Message, cleaned
from bot.console.versions.model import (
    EventKind,
    FileVersion,
    HalfWrittenError,
    Published,
    Refusal,
    Refused,
    Saved,
)
from bot.console.versions.opening import Opening

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from pygit2 import Commit, Repository

    from bot.answers.snapshot import Snapshot
    from bot.answers.variables import Values
    from bot.console.versions.approving import Extra
    from bot.console.versions.model import (
        BlameLine,
        Change,
        Conflict,
        Draft,
        Person,
        Proposal,
        Version,
    )

RESTORED = "restored"
"""The reason of a restored version if none is given."""

_log = structlog.get_logger()


class Versions:
    """Saves, compares and publishes versions of the answers.

    Safe to use from several threads and processes at once: each call holds a lock on the
    repository, first finishes what a killed process left, then imports what somebody changed in
    the folder by hand.

    Every method raises ``VersionsError`` if the repository cannot be used, and ``BusyError`` if
    another process holds it for 20 seconds.

    Args:
        folder: the answers folder.
        git_dir: of the bare repository, made if it is not there; DATA_DIR/console/answers.git.
        now: tells the time in seconds since the epoch.
        values: of the variables in the texts, by name; None: they are not checked.
    """

    def __init__(
        self,
        folder: Path,
        git_dir: Path,
        now: Callable[[], float],
        values: Values | None = None,
    ) -> None:
        self._open = Opening(folder, git_dir, now)
        self._now = now
        self._values = values

    # What is there

    def import_outside_changes(self) -> Version:
        """Commits what was changed in the folder by hand; cheap if nothing was.

        Returns:
            What is published now.
        """
        with self._open() as (_, published):
            return str(published.id)

    def files(self, version: Version | None = None) -> tuple[str, ...]:
        """The paths of all files of a version (None: published), in order."""
        with self._open() as (repository, published):
            found = _version(repository, published, version)
            return () if found is None else tuple(sorted(git.entries(found.tree)))

    def current(self, path: str, proposal: str | None = None) -> FileVersion | None:
        """A file as it is published or, if one is named, in a proposal; None if it is not there."""
        with self._open() as (repository, published):
            at = published
            if proposal is not None:
                found = proposals.find(repository, proposal)
                tip = None if found is None else git.find(repository, found.tip)
                if tip is None:
                    return None
                at = tip
            return _file(repository, at, path)

    def at(self, path: str, version: Version) -> FileVersion | None:
        """A file as it was in a version; None if it, or the version, is not there."""
        with self._open() as (repository, _):
            found = git.find(repository, version)
            return None if found is None else _file(repository, found, path)

    def snapshot(self, version: Version | None = None) -> Snapshot | None:
        """The served files of a version (None: published); None if there is no such version."""
        with self._open() as (repository, published):
            found = _version(repository, published, version)
            return None if found is None else checks.served(git.contents(repository, found.tree))

    def contents(self, version: Version) -> Mapping[str, bytes] | None:
        """All files of a version by path; None if there is no such version."""
        with self._open() as (repository, _):
            found = git.find(repository, version)
            return None if found is None else git.contents(repository, found.tree)

    def export(self, version: Version, into: Path) -> bool:
        """Writes all files of a version to an empty folder, for checks that need one.

        Returns:
            Whether there is such a version.
        """
        with self._open() as (repository, _):
            found = git.find(repository, version)
            if found is None:
                return False
            files = git.contents(repository, found.tree)
        for path, content in files.items():
            target = into / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        return True

    # Proposals

    def proposal(self, proposal: str) -> Proposal | None:
        """The proposal of an id, open or closed."""
        with self._open() as (repository, _):
            return proposals.find(repository, proposal)

    def proposals(self, *, closed: bool = False, limit: int = 500) -> tuple[Proposal, ...]:
        """The open proposals, or the approved and withdrawn ones; what changed last first."""
        with self._open() as (repository, _):
            return proposals.all_of(repository, closed=closed, limit=limit)

    def save(
        self, draft: Draft, author: Person, proposal: str | None = None
    ) -> Saved | Conflict | Refused:
        """Saves a version of some files in a proposal; a submitted one is a draft again.

        Args:
            draft: the files, what they were made from, and why.
            author: who saves.
            proposal: its id; None begins a new one, on what is published now.

        Returns:
            Conflict if somebody else has changed one of the files since ``draft.base``: nothing is
            saved then. Refused: NO_SUCH_PROPOSAL, NO_SUCH_VERSION, WRONG_STATE, BAD_FILE,
            NO_CHANGE.
        """
        with self._open() as (repository, published):
            who = git.signature(author, self._now())
            return saving.save(repository, published, draft, who, proposal)

    def submit(self, proposal: str, by: Person, words: str = "") -> Proposal | Refused:
        """Hands a proposal in for approval. Refused: NO_SUCH_PROPOSAL, WRONG_STATE."""
        return self._move(proposal, EventKind.SUBMITTED, by, words)

    def give_back(self, proposal: str, by: Person, words: str) -> Proposal | Refused:
        """Returns a submitted proposal, saying why. Refused also: NO_WORDS."""
        if not cleaned(words):
            return Refused(Refusal.NO_WORDS)
        return self._move(proposal, EventKind.RETURNED, by, words)

    def withdraw(self, proposal: str, by: Person, words: str = "") -> Proposal | Refused:
        """Gives an open proposal up; it is kept to look at."""
        return self._move(proposal, EventKind.WITHDRAWN, by, words)

    def publish(
        self,
        proposal: str,
        approver: Person,
        *,
        seen: Version,
        extra: Extra | None = None,
        alone: bool = False,
    ) -> Published | Conflict | Refused:
        """Puts a submitted proposal into the folder, merged with what was published since.

        Args:
            proposal: its id.
            approver: another person than those who wrote it.
            seen: the version of the proposal that the approver looked at (``Proposal.tip``).
            extra: what changes with the approval, e.g. ``approved_by`` in ``answer.yml``.
            alone: there is nobody else, as in the sandbox.

        Returns:
            Conflict if the same place of a file was changed in the meantime (see ``save``,
            ``onto``). Refused: NO_SUCH_PROPOSAL, WRONG_STATE, OWN_WORK, NOT_AS_SEEN, BAD_FILE (by
            ``extra``), BROKEN (the answers could not be served with it), NOT_WRITABLE.
        """
        with self._open() as (repository, published):
            if not self._open.is_whole(repository, published):
                return Refused(Refusal.NOT_WRITABLE)
            approval = approving.Approval(approver, self._now(), seen, extra, alone)
            ready = approving.approve(repository, published, proposal, approval, self._values)
            if not isinstance(ready, approving.Ready):
                return ready
            try:
                writing = disk.prepare(self._open.folder, ready.files)
            except OSError as error:
                _log.error("answers_not_writable", error=type(error).__name__, errno=error.errno)
                return Refused(Refusal.NOT_WRITABLE, error.strerror or type(error).__name__)
            made = ready.commit(repository)
            try:
                publishing.put_into_folder(repository, made, writing)
            except OSError as error:  # it is published; ``repair`` writes the rest of the files
                _log.error("answers_half_written", error=type(error).__name__, errno=error.errno)
                raise HalfWrittenError("The rest is written at the next call.") from None
            files = tuple(sorted(ready.files))
            _log.info("answers_published", proposal=proposal, files=len(files), version=str(made))
            return Published(proposals.get(repository, proposal), str(made), files)

    def restore(
        self, path: str, version: Version, author: Person, reason: str = ""
    ) -> Saved | Refused:
        """A new proposal to make a file again what it was; publishing it is another step.

        Only what was published can be brought back: it was read by two people. What somebody else
        wrote and nobody approved would have whoever brings it back for its author, and its author
        could approve it.

        Refused: NO_SUCH_VERSION, BAD_FILE, NO_CHANGE.
        """
        with self._open() as (repository, published):
            then = git.find(repository, version)
            if then is None or not git.contains(repository, published, then):
                return Refused(Refusal.NO_SUCH_VERSION, version)
            old = git.content(repository, then.tree, path)
            bad = paths.fault(path, shown(old))
            if bad is not None:
                return Refused(Refusal.BAD_FILE, path, (bad,))
            tree = git.with_changes(repository, published.tree, {path: old})
            if tree == published.tree.id:
                return Refused(Refusal.NO_CHANGE, path)
            name = proposals.new_id(repository, [path])
            message = Message(reason or RESTORED, EventKind.SAVED, name)
            who = git.signature(author, self._now())
            made = proposals.add(repository, message, who, tree, [published.id])
            return Saved(made, made.tip)

    # The past

    def history(self, path: str = "", limit: int = 100) -> tuple[Change, ...]:
        """The published changes of a file, of a folder (an answer), or of all; newest first."""
        with self._open() as (repository, published):
            return looking.history(repository, published, path, limit)

    def diff(self, old: Version | None, new: Version | None, path: str) -> tuple[diffs.Hunk, ...]:
        """What changed in a file between two versions; None stands for "no file".

        For two texts that are not saved (the sides of a conflict) there is ``diffs.diff``.
        """
        with self._open() as (repository, _):
            before, after = (_text(repository, version, path) for version in (old, new))
        return diffs.diff(before, after)

    def blame(self, path: str) -> tuple[BlameLine, ...]:
        """The lines of a published file, each with who wrote it last and when."""
        with self._open() as (repository, published):
            return looking.blame(repository, published, path)

    # How

    def _move(self, proposal: str, kind: EventKind, by: Person, words: str) -> Proposal | Refused:
        with self._open() as (repository, _):
            found = proposals.find(repository, proposal)
            if found is None:
                return Refused(Refusal.NO_SUCH_PROPOSAL, proposal)
            if not rules.is_allowed(kind, found.state):
                return Refused(Refusal.WRONG_STATE, found.state)
            tip = git.find(repository, found.tip)
            if tip is None:
                return Refused(Refusal.NO_SUCH_VERSION, found.tip)
            message = Message(words, kind, proposal)
            who = git.signature(by, self._now())
            return proposals.add(repository, message, who, tip.tree.id, [tip.id])


def _version(repository: Repository, published: Commit, version: Version | None) -> Commit | None:
    return published if version is None else git.find(repository, version)


def _file(repository: Repository, at: Commit, path: str) -> FileVersion | None:
    raw = git.content(repository, at.tree, path)
    if raw is None:
        return None
    return FileVersion(path, shown(raw) or "", str(at.id), is_text(raw))


def _text(repository: Repository, version: Version | None, path: str) -> str:
    found = None if version is None else git.find(repository, version)
    raw = None if found is None else git.content(repository, found.tree, path)
    return shown(raw) or ""
