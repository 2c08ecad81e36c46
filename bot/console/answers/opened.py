"""A file as somebody opens it: published, or as it is in a proposal. Blocks: use a thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.console.answers.edited import folder_of
from bot.console.answers.people import wrote
from bot.console.web.errors import NotThereError

if TYPE_CHECKING:
    from bot.console.access.roles import Person
    from bot.console.answers.checks import Read
    from bot.console.parts import Parts
    from bot.console.versions.model import Proposal

NEW = "new"
"""In an address: not the own open proposal, but what is published."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A file, and what it stands in.

    Attributes:
        path: within the answers folder.
        text: what it says; None if there is no such file.
        proposal: the one that it is shown from; None: it is what is published.
        others: further open proposals that concern the same answer or file.
        read: the answers of that version.
    """

    path: str
    text: str | None
    proposal: Proposal | None
    others: tuple[Proposal, ...]
    read: Read

    @property
    def base(self) -> str:
        """The version that whoever edits it begins with."""
        return self.read.version


def open_file(parts: Parts, me: Person, path: str, asked: str = "") -> Opened:
    """A file as somebody asked for it.

    Who has an open proposal about the answer goes on with it, unless they ask for another or for
    what is published.

    Args:
        parts: what the pages work with.
        me: who asks.
        path: of the file.
        asked: the id of a proposal, ``NEW``, or nothing.

    Raises:
        NotThereError: there is no such open proposal.
    """
    subject = folder_of(path) or path
    concerning = [one for one in parts.versions.proposals() if subject in one.subjects]
    proposal = None
    if asked not in ("", NEW):
        proposal = parts.versions.proposal(asked)
        if proposal is None or not proposal.state.is_open:
            raise NotThereError
    elif not asked:
        proposal = next((one for one in concerning if wrote(me, one)), None)
    read = parts.checks.published() if proposal is None else parts.checks.of(proposal.tip)
    if read is None:
        raise NotThereError
    others = tuple(one for one in concerning if proposal is None or one.id != proposal.id)
    return Opened(path, read.text(path), proposal, others, read)


def as_begun(parts: Parts, path: str, base: str, proposal: str) -> Opened:
    """A file as it was when somebody began to edit it.

    A proposal that was closed meanwhile is left aside: what they save becomes a new one.

    Args:
        parts: what the pages work with.
        path: of the file.
        base: the version that they began with.
        proposal: the id of their proposal; empty if they began with what is published.
    """
    subject = folder_of(path) or path
    concerning = [one for one in parts.versions.proposals() if subject in one.subjects]
    found = parts.versions.proposal(proposal) if proposal else None
    if found is not None and not found.state.is_open:
        found = None
    read = parts.checks.of(base) or parts.checks.published()
    others = tuple(one for one in concerning if found is None or one.id != found.id)
    return Opened(path, read.text(path), found, others, read)
