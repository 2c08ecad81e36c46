"""What versions and proposals are: plain data for the pages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.answers.faults import Fault

Version = str
"""The id of a commit, 40 hexadecimal digits."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the staff; two are the same person if their ids are."""

    name: str
    id: int


OUTSIDE = Person("Outside the console", 0)
"""Whoever changed the folder by hand, or pulled."""


class State(StrEnum):
    """Where a proposal stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"

    @property
    def is_open(self) -> bool:
        """Something can still be done with it."""
        return self not in (State.APPROVED, State.WITHDRAWN)


class EventKind(StrEnum):
    """What can happen to a proposal, and to the folder."""

    SAVED = "saved"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    APPROVED = "approved"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a proposal.

    Attributes:
        words: the reason of a version, or what was said on returning it; may be empty.
        version: the proposal as it was then.
    """

    kind: EventKind
    by: Person
    at: datetime
    words: str
    version: Version


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change that somebody proposes.

    Attributes:
        id: short and readable, e.g. ``permit_need-2``; never given twice.
        state: where it stands.
        files: the files in which it differs from what it stands on, by path.
        events: all that happened to it, the oldest first.
        base: the published version that it stands on.
        tip: its newest version; of an approved one, the published version it became.
    """

    id: str
    state: State
    files: tuple[str, ...]
    events: tuple[Event, ...]
    base: Version
    tip: Version

    @property
    def authors(self) -> tuple[Person, ...]:
        """Who saved versions, the first one first; each once, by the newest name."""
        found = {e.by.id: e.by for e in self.events if e.kind is EventKind.SAVED}
        return tuple(found.values())

    @property
    def words(self) -> str:
        """What was said last: why it was returned, or the reason of the last version."""
        return next((e.words for e in reversed(self.events) if e.words), "")

    @property
    def changed_at(self) -> datetime:
        """When something last happened to it."""
        return self.events[-1].at

    @property
    def subjects(self) -> tuple[str, ...]:
        """What it is about: folders of answers as ``topic/intent``, other files by path."""
        found = (p.rpartition("/")[0] if p.count("/") == 2 else p for p in self.files)
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class FileVersion:
    """A file as it is in a version.

    Attributes:
        text: its content; what is not UTF-8 is shown as U+FFFD.
        version: to be handed back as ``base`` on saving.
        is_text: it could be read as UTF-8.
    """

    path: str
    text: str
    version: Version
    is_text: bool = True


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody hands in to be saved.

    Attributes:
        files: new contents by path; None deletes a file. Line ends become those of the file.
        base: the version that they began with (``FileVersion.version``).
        reason: why, in their words; may be empty.
        onto: after a conflict on publishing, its ``onto``: the proposal takes in what was
            published since it began, and stands on that from now on.
    """

    files: Mapping[str, str | None]
    base: Version
    reason: str = ""
    onto: Version | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """A version was saved."""

    proposal: Proposal
    version: Version


@dataclass(frozen=True, slots=True)
class FileConflict:
    """Two people changed one file. None stands for "there is no such file".

    Attributes:
        base: what both began with.
        theirs: what the other made of it, and what is in force.
        yours: what is now to be saved or published.
        merged: both changes together; where they meet, both stand between marks (``<<<<<<<``).
        is_clean: the changes do not meet, ``merged`` has no marks.
    """

    path: str
    base: str | None
    theirs: str | None
    yours: str | None
    merged: str | None
    is_clean: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """Nothing was saved or published, as somebody else has changed the same file.

    Attributes:
        files: those that both changed.
        version: to be handed as ``base`` when the mended files are saved.
        onto: to be handed as ``onto`` with them; None if it was a conflict within a proposal.
    """

    files: tuple[FileConflict, ...]
    version: Version
    onto: Version | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """The folder holds the proposal now.

    Attributes:
        version: what is published now.
        files: those that changed in the folder.
    """

    proposal: Proposal
    version: Version
    files: tuple[str, ...]


class Refusal(StrEnum):
    """Why something was not done."""

    NO_SUCH_PROPOSAL = "no_such_proposal"
    NO_SUCH_VERSION = "no_such_version"
    WRONG_STATE = "wrong_state"
    OWN_WORK = "own_work"
    NOT_AS_SEEN = "not_as_seen"
    NO_WORDS = "no_words"
    NO_CHANGE = "no_change"
    BAD_FILE = "bad_file"
    BROKEN = "broken"
    NOT_WRITABLE = "not_writable"


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was done.

    Attributes:
        why: the cause.
        detail: the file, or the state, that it is about; for the log and the page.
        faults: with BROKEN and BAD_FILE, what is wrong.
    """

    why: Refusal
    detail: str = ""
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One change of what is published.

    Attributes:
        author: who wrote it; ``OUTSIDE`` for changes by hand.
        approver: who published it; None for changes by hand.
        words: the reasons that the author gave.
        proposal: its id; None for changes by hand.
    """

    version: Version
    at: datetime
    author: Person
    approver: Person | None
    words: str
    proposal: str | None


@dataclass(frozen=True, slots=True)
class BlameLine:
    """A line of a published file, and who wrote it last. ``number`` counts from 1."""

    number: int
    text: str
    author: Person
    at: datetime
    version: Version


class VersionsError(Exception):
    """The versions cannot be used; the text says what to do."""


class HalfWrittenError(VersionsError):
    """A publication took effect, but a file could not be written: the next call tries again."""


class BusyError(VersionsError):
    """Another process holds the versions for too long."""
