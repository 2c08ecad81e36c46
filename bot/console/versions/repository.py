"""The git repository that holds the versions: opened, locked, its trees read and made."""

from __future__ import annotations

import fcntl
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pygit2
from pygit2.enums import FileMode, ObjectType, SortMode

from bot.console.versions import messages
from bot.console.versions.model import BusyError, Change, EventKind, Person, VersionsError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from pygit2 import Commit, Oid, Repository, Signature, Tree

    from bot.console.versions.messages import Message

PUBLISHED = "refs/heads/published"
OPEN = "refs/heads/proposals/"
CLOSED = "refs/closed/"
WRITING = "refs/console/writing"
"""The version that is being written to the folder; there only for that moment, or after a crash."""

LOCK_SECONDS = 20.0
"""An operation takes well under a second; longer is a process that hangs."""
_LOCK_CHECK_SECONDS = 0.02

# The folder is ours by its place, also where a container runs under another user than its volume.
pygit2.settings.owner_validation = False
# A version that was confirmed is on the disk, as everything that the helpline confirms.
pygit2.settings.enable_fsync_gitdir(True)


@contextmanager
def locked(git_dir: Path) -> Iterator[Repository]:
    """The repository, made if it is not there, for one thread of one process at a time.

    Raises:
        BusyError: somebody else holds it for more than ``LOCK_SECONDS``.
        VersionsError: it cannot be opened or made.
    """
    try:
        git_dir.parent.mkdir(parents=True, exist_ok=True)
        # Opened anew each time: the lock hangs on the open file, so threads exclude each other too.
        lock = git_dir.with_suffix(".lock").open("ab")
    except OSError as error:
        raise VersionsError(f"{git_dir} cannot be written: {error.strerror}.") from None
    with lock:
        _wait_for(lock.fileno(), git_dir)
        repository = _opened(git_dir)
        try:
            yield repository
        finally:
            repository.free()


def _wait_for(descriptor: int, git_dir: Path) -> None:
    deadline = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise BusyError(f"Another process holds {git_dir}.") from None
            time.sleep(_LOCK_CHECK_SECONDS)
        else:
            return


def _opened(git_dir: Path) -> Repository:
    try:
        if (git_dir / "HEAD").exists():
            return pygit2.Repository(str(git_dir))
        made = pygit2.init_repository(str(git_dir), bare=True, initial_head="published")
        # Any name that the folder may have can be kept: nobody checks it out on another system.
        made.config["core.protectNTFS"] = False
        made.config["core.protectHFS"] = False
        made.config["gc.auto"] = 0
    except (pygit2.GitError, OSError) as error:
        raise VersionsError(f"{git_dir} cannot be opened as a git repository: {error}") from None
    return made


def tip(repository: Repository, name: str) -> Commit | None:
    """The commit of a reference; None if there is no such reference."""
    reference = repository.references.get(name)
    return None if reference is None else reference.peel(pygit2.Commit)


def point(repository: Repository, name: str, target: Oid) -> None:
    """Sets a reference."""
    repository.references.create(name, target, force=True)


def forget(repository: Repository, name: str) -> None:
    """Deletes a reference if it is there."""
    if name in repository.references:
        repository.references.delete(name)


def find(repository: Repository, version: str) -> Commit | None:
    """The commit of a full id; None if there is none."""
    if len(version) != 40 or not set(version) <= set("0123456789abcdef"):
        return None
    found = repository.get(version)
    return found if isinstance(found, pygit2.Commit) else None


def get(repository: Repository, made: Oid) -> Commit:
    """A commit that is known to be there."""
    return repository[made].peel(pygit2.Commit)


def tree_of(repository: Repository, made: Oid) -> Tree:
    """A tree that is known to be there."""
    return repository[made].peel(pygit2.Tree)


def common(repository: Repository, one: Commit, other: Commit) -> Commit:
    """The newest commit that both come from; ``other`` if there is none."""
    found = repository.merge_base(one.id, other.id)
    return other if found is None else get(repository, found)


def contains(repository: Repository, newer: Commit, older: Commit) -> bool:
    """Whether a commit is another one, or comes from it."""
    return newer.id == older.id or repository.descendant_of(newer.id, older.id)


def entries(tree: Tree, folder: str = "") -> dict[str, Oid]:
    """The ids of all files of a tree by their path."""
    found: dict[str, Oid] = {}
    for entry in tree:
        path = f"{folder}{entry.name}"
        if entry.type == ObjectType.TREE and isinstance(entry, pygit2.Tree):
            found |= entries(entry, f"{path}/")
        else:
            found[path] = entry.id
    return found


def entry_id(tree: Tree, path: str) -> Oid | None:
    """The id of a file or folder of a tree; None if it is not there."""
    if not path.isprintable():
        return None
    try:
        return tree[path].id
    except (KeyError, ValueError, UnicodeEncodeError):
        return None


def content(repository: Repository, tree: Tree, path: str) -> bytes | None:
    """What is in a file of a tree; None if there is no such file."""
    found = entry_id(tree, path)
    blob = None if found is None else repository[found]
    return blob.data if isinstance(blob, pygit2.Blob) else None


def contents(repository: Repository, tree: Tree) -> dict[str, bytes]:
    """What is in all files of a tree, by path."""
    return {path: repository[oid].read_raw() for path, oid in entries(tree).items()}


def with_changes(
    repository: Repository, tree: Tree | None, changes: Mapping[str, bytes | None]
) -> Oid:
    """The id of a tree in which some files are other ones."""
    index = pygit2.Index()
    if tree is not None:
        index.read_tree(tree)
    for path in sorted(changes, key=lambda name: changes[name] is not None):  # deletions first
        new = changes[path]
        if new is not None:
            index.add(pygit2.IndexEntry(path, repository.create_blob(new), FileMode.BLOB))
        elif path in index:
            index.remove(path)
    return index.write_tree(repository)


def signature(person: Person, at: float) -> Signature:
    """A person and a moment (seconds since the epoch) as git writes them."""
    return pygit2.Signature(messages.name(person), messages.email(person), int(at), 0, "utf-8")


def commit(
    repository: Repository,
    tree: Oid,
    parents: Sequence[Oid],
    message: Message,
    who: tuple[Signature, Signature],
) -> Oid:
    """Makes a commit that no reference knows yet; ``who`` is its author and its committer."""
    author, committer = who
    text = messages.written(message)
    return repository.create_commit(None, author, committer, text, tree, list(parents))


def said(found: Commit) -> Message:
    """The message of a commit; a foreign one counts as a change by hand."""
    return messages.read(found.message) or messages.Message(found.message, EventKind.OUTSIDE)


def author(found: Commit) -> Person:
    """Who wrote what a commit changes."""
    return messages.person(found.author.name, found.author.email)


def committer(found: Commit) -> Person:
    """Who did it."""
    return messages.person(found.committer.name, found.committer.email)


def moment(found: Commit) -> datetime:
    """When it was done."""
    return datetime.fromtimestamp(found.committer.time, UTC)


def first_parents(repository: Repository, start: Commit) -> Iterator[Commit]:
    """A commit and those before it, of which each is the first parent of the one after it."""
    walker = repository.walk(start.id, SortMode.NONE)
    walker.simplify_first_parent()
    yield from walker


def as_change(found: Commit) -> Change:
    """A commit of ``published`` as the pages show it."""
    message = said(found)
    approved = message.kind is EventKind.APPROVED
    return Change(
        version=str(found.id),
        at=moment(found),
        author=author(found),
        approver=committer(found) if approved else None,
        words=message.words,
        proposal=message.proposal or None,
    )
