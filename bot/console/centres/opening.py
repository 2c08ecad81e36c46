"""The centres as somebody opens them: published, or in a proposal. Blocks: use a thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.answers.centres_file import FILE
from bot.answers.findings import Weight
from bot.console.answers.judging import new_findings
from bot.console.answers.people import wrote
from bot.console.centres.book import read_book
from bot.console.versions.model import State
from bot.console.web.errors import NotThereError

if TYPE_CHECKING:
    from bot.answers.findings import Finding
    from bot.console.access.roles import Person
    from bot.console.centres.book import Book
    from bot.console.parts import Parts
    from bot.console.versions.model import Proposal, Version

PUBLISHED = "published"
"""In an address: not the own open proposal, but what is published."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The file as somebody looks at it.

    Attributes:
        text: what it says; empty if it is not there.
        book: the same, read.
        base: the version that it is of.
        proposal: the one that it is shown from; None: it is what is published.
    """

    text: str
    book: Book
    base: Version
    proposal: Proposal | None = None


def published(parts: Parts) -> Opened:
    """The file as it is published."""
    found = parts.versions.current(FILE)
    if found is None:
        return Opened("", read_book(""), parts.versions.import_outside_changes())
    return Opened(found.text, read_book(found.text), found.version)


def in_proposal(parts: Parts, name: str) -> Opened:
    """The file as it is in a proposal.

    Raises:
        NotThereError: there is no such open proposal.
    """
    proposal = parts.versions.proposal(name)
    found = parts.versions.current(FILE, name) if proposal else None
    if proposal is None or found is None or not proposal.state.is_open:
        raise NotThereError
    return Opened(found.text, read_book(found.text), found.version, proposal)


def opened_for(parts: Parts, me: Person, name: str, asked: str = "") -> Opened:
    """The file as somebody wants to edit one of its centres.

    Who has begun to change this centre goes on with it, unless they ask for another proposal or
    for what is published.

    Args:
        parts: what the pages work with.
        me: who asks.
        name: the id of the centre.
        asked: the id of a proposal, ``PUBLISHED``, or nothing.

    Raises:
        NotThereError: there is no such open proposal.
    """
    if asked and asked != PUBLISHED:
        return in_proposal(parts, asked)
    if not asked:
        for proposal in open_proposals(parts):
            going_on = proposal.state in (State.DRAFT, State.RETURNED) and wrote(me, proposal)
            if going_on and name in touched(parts, proposal):
                return in_proposal(parts, proposal.id)
    return published(parts)


def open_proposals(parts: Parts) -> tuple[Proposal, ...]:
    """Those that change the file, what changed last first."""
    return tuple(one for one in parts.versions.proposals() if FILE in one.files)


def touched(parts: Parts, proposal: Proposal) -> frozenset[str]:
    """The ids of the centres that a proposal changes."""
    sides = []
    for version in (proposal.base, proposal.tip):
        found = parts.versions.at(FILE, version)
        book = read_book(found.text if found else "")
        sides.append({entry.draft.id: entry.draft for entry in book.entries})
    old, new = sides
    return frozenset(name for name in {*old, *new} if old.get(name) != new.get(name))


def proposed(parts: Parts) -> dict[str, tuple[Proposal, ...]]:
    """By centre, the open proposals that change it."""
    found: dict[str, tuple[Proposal, ...]] = {}
    for proposal in open_proposals(parts):
        for name in touched(parts, proposal):
            found[name] = (*found.get(name, ()), proposal)
    return found


def errors_of(parts: Parts, proposal: Proposal) -> tuple[Finding, ...]:
    """What keeps a proposal from being published, in whatever file; takes a second or two."""
    before, after = parts.checks.of(proposal.base), parts.checks.of(proposal.tip)
    if before is None or after is None:
        return ()
    found = new_findings(parts.checks.report(before), parts.checks.report(after))
    return tuple(one for one in found if one.kind.weight is Weight.ERROR)


def to_change(parts: Parts, proposal: str) -> Opened:
    """What a change is put into; of a proposal that was closed meanwhile, what is published."""
    if proposal:
        try:
            return in_proposal(parts, proposal)
        except NotThereError:
            pass
    return published(parts)
