"""Saves what somebody wrote as a version of a proposal, unless it would undo another's work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.console.versions import paths, proposals, rules
from bot.console.versions import repository as git
from bot.console.versions.merging import merge_file, merge_trees, shown
from bot.console.versions.messages import Message
from bot.console.versions.model import Conflict, EventKind, Refusal, Refused, Saved

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pygit2 import Commit, Repository, Signature

    from bot.console.versions.model import Draft


def save(
    repository: Repository, published: Commit, draft: Draft, who: Signature, proposal: str | None
) -> Saved | Conflict | Refused:
    """See ``Versions.save``."""
    begun = git.find(repository, draft.base)
    found = None if proposal is None else proposals.find(repository, proposal)
    if proposal is not None and found is None:
        return Refused(Refusal.NO_SUCH_PROPOSAL, proposal)
    if begun is None:
        return Refused(Refusal.NO_SUCH_VERSION, draft.base)
    if found is not None and not rules.is_allowed(EventKind.SAVED, found.state):
        return Refused(Refusal.WRONG_STATE, found.state)
    bad = tuple(f for f in map(paths.fault, draft.files, draft.files.values()) if f is not None)
    if bad:
        return Refused(Refusal.BAD_FILE, bad[0].file, bad)
    tip = published if found is None else git.find(repository, found.tip) or published
    changes = _encoded(repository, tip, draft.files)
    if conflict := _conflict(repository, begun, tip, changes):
        return conflict
    parents = [tip.id]
    if draft.onto is not None and found is not None:
        other = git.find(repository, draft.onto)
        if other is None or not git.contains(repository, published, other):
            return Refused(Refusal.NO_SUCH_VERSION, draft.onto)
        base = git.common(repository, tip, other)
        merge = merge_trees(repository, base.tree, other.tree, tip.tree)
        left = tuple(one for one in merge.conflicts if one.path not in changes)
        if left:
            return Conflict(left, str(tip.id), draft.onto)
        tree = git.with_changes(repository, other.tree, {**merge.changes, **changes})
        parents.append(other.id)
    else:
        tree = git.with_changes(repository, tip.tree, changes)
        if tree == tip.tree.id:
            return Refused(Refusal.NO_CHANGE)
    name = proposal or proposals.new_id(repository, draft.files)
    message = Message(draft.reason, EventKind.SAVED, name)
    saved = proposals.add(repository, message, who, tree, parents)
    return Saved(saved, saved.tip)


def _encoded(
    repository: Repository, tip: Commit, files: Mapping[str, str | None]
) -> dict[str, bytes | None]:
    found: dict[str, bytes | None] = {}
    for path, text in files.items():
        before = shown(git.content(repository, tip.tree, path))
        found[path] = None if text is None else paths.with_its_line_ends(text, before).encode()
    return found


def _conflict(
    repository: Repository, begun: Commit, tip: Commit, changes: Mapping[str, bytes | None]
) -> Conflict | None:
    """The files that somebody else has changed since the author began with them."""
    found = []
    for path, yours in changes.items():
        base = git.content(repository, begun.tree, path)
        theirs = git.content(repository, tip.tree, path)
        if theirs not in (base, yours):
            found.append(merge_file(repository, path, base, theirs, yours))
    return Conflict(tuple(found), str(tip.id)) if found else None
