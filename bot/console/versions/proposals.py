"""Reads proposals out of the repository, and adds events to them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.console.versions import repository as git
from bot.console.versions.model import Event, EventKind, Proposal
from bot.console.versions.rules import state_after

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from pygit2 import Commit, Oid, Repository, Signature

    from bot.console.versions.messages import Message

_ID = re.compile(r"[a-z0-9_]{1,70}-[1-9][0-9]{0,8}")


def new_id(repository: Repository, paths: Iterable[str]) -> str:
    """An id that no proposal has had: what it is about, and a number."""
    first = min(paths)
    parts = first.split("/")
    about = parts[1] if len(parts) == 3 else parts[-1].rpartition(".")[0].lower()
    taken = _numbers(repository, about)
    return f"{about}-{max(taken, default=0) + 1}"


def _numbers(repository: Repository, about: str) -> list[int]:
    found = []
    for name in repository.references:
        for prefix in (git.OPEN, git.CLOSED):
            head, _, number = name.removeprefix(prefix).rpartition("-")
            if name.startswith(prefix) and head == about and number.isdigit():
                found.append(int(number))
    return found


def find(repository: Repository, proposal: str) -> Proposal | None:
    """The proposal of an id, open or closed; None if there is none."""
    if not _ID.fullmatch(proposal):
        return None
    for prefix in (git.OPEN, git.CLOSED):
        tip = git.tip(repository, prefix + proposal)
        if tip is not None:
            return _read(repository, proposal, tip)
    return None


def get(repository: Repository, proposal: str) -> Proposal:
    """A proposal that is known to be there.

    Raises:
        KeyError: it is not.
    """
    found = find(repository, proposal)
    if found is None:
        raise KeyError(proposal)
    return found


def all_of(repository: Repository, *, closed: bool, limit: int) -> tuple[Proposal, ...]:
    """The open proposals or the closed ones, what happened last first, at most ``limit``."""
    prefix = git.CLOSED if closed else git.OPEN
    tips = {}
    for name in repository.references:
        if name.startswith(prefix):
            tip = git.tip(repository, name)
            if tip is not None:
                tips[name.removeprefix(prefix)] = tip
    newest = sorted(tips, key=lambda name: (-tips[name].committer.time, name))[:limit]
    return tuple(_read(repository, name, tips[name]) for name in newest)


def _read(repository: Repository, proposal: str, tip: Commit) -> Proposal:
    events = []
    published = git.said(tip).kind is EventKind.APPROVED
    if published:
        events.append(_event(tip))
        base, *proposed = tip.parents
        for start in proposed:
            events += _events(repository, proposal, start)
        changed = paths_changed(base, tip)
    else:
        events += _events(repository, proposal, tip)
        base = _base(repository, tip)
        changed = paths_changed(base, tip)
    events.reverse()
    state = state_after(events[-1].kind)
    return Proposal(proposal, state, changed, tuple(events), str(base.id), str(tip.id))


def _events(repository: Repository, proposal: str, tip: Commit) -> list[Event]:
    """From the newest to the oldest."""
    found = []
    for one in git.first_parents(repository, tip):
        if git.said(one).proposal != proposal:
            break
        found.append(_event(one))
    return found


def _event(found: Commit) -> Event:
    message = git.said(found)
    by = git.committer(found)
    return Event(message.kind, by, git.moment(found), message.words, str(found.id))


def _base(repository: Repository, tip: Commit) -> Commit:
    """The newest published version that a proposal contains."""
    published = git.tip(repository, git.PUBLISHED)
    if published is not None:
        return git.common(repository, tip, published)
    return tip


def paths_changed(before: Commit, after: Commit) -> tuple[str, ...]:
    """The files in which two commits differ."""
    changed = tuple(before.tree.diff_to_tree(after.tree).deltas)
    sides = {one.old_file.path for one in changed} | {one.new_file.path for one in changed}
    return tuple(sorted(sides))


def add(
    repository: Repository,
    message: Message,
    who: Signature,
    tree: Oid,
    parents: Collection[Oid],
) -> Proposal:
    """Adds an event to the proposal that the message names; a new one begins with it."""
    name = message.proposal
    made = git.commit(repository, tree, tuple(parents), message, (who, who))
    if message.kind is EventKind.WITHDRAWN:
        git.point(repository, git.CLOSED + name, made)
        git.forget(repository, git.OPEN + name)
    else:
        git.point(repository, git.OPEN + name, made)
    return _read(repository, name, git.get(repository, made))
