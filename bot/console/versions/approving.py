"""Makes the version that a proposal is published as, or says why it cannot be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.console.versions import faults as checks
from bot.console.versions import paths, proposals, publishing, rules
from bot.console.versions import repository as git
from bot.console.versions.merging import merge_trees, shown
from bot.console.versions.messages import Message
from bot.console.versions.model import Conflict, EventKind, Refusal, Refused

if TYPE_CHECKING:
    from pygit2 import Commit, Oid, Repository, Signature, Tree

    from bot.answers.faults import Fault
    from bot.answers.variables import Values
    from bot.console.versions.model import Person, Proposal, Version

Extra = Callable[[Mapping[str, str]], Mapping[str, str | None]]
"""From the files as they will be published (content by path) to those that shall change too."""


@dataclass(frozen=True, slots=True)
class Approval:
    """That somebody approves; see ``Versions.publish``. ``at``: seconds since the epoch."""

    approver: Person
    at: float
    seen: Version
    extra: Extra | None = None
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Ready:
    """What is to be committed, and the files that it changes in the folder."""

    tree: Oid
    parents: tuple[Oid, Oid]
    message: Message
    who: tuple[Signature, Signature]
    files: Mapping[str, bytes | None]

    def commit(self, repository: Repository) -> Oid:
        """Makes the commit, which no reference knows yet."""
        return git.commit(repository, self.tree, self.parents, self.message, self.who)


def approve(
    repository: Repository,
    published: Commit,
    proposal: str,
    approval: Approval,
    values: Values | None,
) -> Ready | Conflict | Refused:
    """See ``Versions.publish``; changes nothing yet."""
    found = proposals.find(repository, proposal)
    tip = None if found is None else git.find(repository, found.tip)
    if found is None or tip is None:
        return Refused(Refusal.NO_SUCH_PROPOSAL, proposal)
    against = rules.against_publishing(
        found.state, found.authors, approval.approver, alone=approval.alone
    )
    if against is not None:
        return Refused(against, found.state)
    if approval.seen != found.tip:
        return Refused(Refusal.NOT_AS_SEEN, found.tip)
    base = git.common(repository, tip, published)
    merge = merge_trees(repository, base.tree, published.tree, tip.tree)
    if merge.conflicts:
        return Conflict(tuple(merge.conflicts), str(tip.id), str(published.id))
    merged = git.with_changes(repository, published.tree, merge.changes)
    tree = _with_extra(repository, git.tree_of(repository, merged), approval.extra)
    if isinstance(tree, Refused):
        return tree
    files = publishing.differences(repository, published, tree)
    if broken := _new_faults(repository, published, files, values):
        return Refused(Refusal.BROKEN, broken[0].file, broken)
    message, author = _of_authors(found)
    who = (author, git.signature(approval.approver, approval.at))
    return Ready(tree.id, (published.id, tip.id), message, who, files)


def _of_authors(found: Proposal) -> tuple[Message, Signature]:
    """Whoever saved last is the author of the whole; the reasons of all are its words."""
    saved = [event for event in found.events if event.kind is EventKind.SAVED]
    words = "\n".join(dict.fromkeys(event.words for event in saved if event.words))
    author = git.signature(saved[-1].by, saved[-1].at.timestamp())
    return Message(words, EventKind.APPROVED, found.id), author


def _with_extra(repository: Repository, tree: Tree, extra: Extra | None) -> Tree | Refused:
    if extra is None:
        return tree
    merged = git.contents(repository, tree)
    more = extra({path: shown(raw) or "" for path, raw in merged.items()})
    bad = tuple(f for f in map(paths.fault, more, more.values()) if f is not None)
    if bad:
        return Refused(Refusal.BAD_FILE, bad[0].file, bad)
    changes = {path: None if text is None else text.encode() for path, text in more.items()}
    return git.tree_of(repository, git.with_changes(repository, tree, changes))


def _new_faults(
    repository: Repository,
    published: Commit,
    changes: Mapping[str, bytes | None],
    values: Values | None,
) -> tuple[Fault, ...]:
    before = git.contents(repository, published.tree)
    after = {path: raw for path, raw in {**before, **changes}.items() if raw is not None}
    now = checks.faults(after, values, changes)
    return rules.new_faults(checks.faults(before, values, changes), now) if now else ()
