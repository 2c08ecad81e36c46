"""Saves what somebody changed of a centre. Blocks: use a thread."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec.structs import replace

from bot.answers.centres_file import FILE
from bot.console.answers.people import author
from bot.console.centres.book import read_book
from bot.console.centres.editing import CannotEditError, with_entry, with_new_entry
from bot.console.centres.gazetteer import atlas_of
from bot.console.centres.merging import Merged, merge
from bot.console.centres.opening import to_change
from bot.console.centres.order import new_id
from bot.console.centres.problems import problems
from bot.console.centres.tidying import located, tidy
from bot.console.versions.model import Conflict, Refusal, Refused
from bot.console.versions.model import Draft as Changes

if TYPE_CHECKING:
    from bot.answers.faults import Fault
    from bot.console.access.roles import Person
    from bot.console.centres.book import Book
    from bot.console.centres.draft import Draft
    from bot.console.centres.problems import Problem
    from bot.console.parts import Parts
    from bot.console.versions.model import Version

_ATTEMPTS = 5
"""Somebody may save another centre of the file at the very moment; then it is tried again."""


class Trouble(StrEnum):
    """What the versions do not know of."""

    NOT_EDITABLE = "not_editable"
    """The file is written in a way that only the whole of it can be edited."""
    FIELDS = "fields"
    """A field is not right."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be saved.

    Attributes:
        draft: as it was sent; without an id for a new one that shall get one.
        is_new: there must be no such centre yet.
        base: the version that they began with.
        proposal: its id; empty for a new one.
        reason: why.
        hand_in: it is ready to be approved.
    """

    draft: Draft
    is_new: bool
    base: Version
    proposal: str = ""
    reason: str = ""
    hand_in: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """It was saved.

    Attributes:
        name: the id of the centre.
        proposal: the id of the proposal; empty if nothing changed.
        word: for the page after it.
        what: for the log of changes; empty if nothing changed.
    """

    name: str
    proposal: str
    word: str
    what: str


@dataclass(frozen=True, slots=True)
class Unsound:
    """Nothing was saved, for the reasons at the fields."""

    draft: Draft
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Clashed:
    """Nothing was saved: somebody else has changed the same centre meanwhile.

    Attributes:
        merged: both changes together, as far as they go.
        base: the version that this stands on now.
    """

    merged: Merged
    base: Version


@dataclass(frozen=True, slots=True)
class Failed:
    """Nothing was saved; shaped as what ``answers/problem.html`` says."""

    why: Refusal | Trouble
    detail: str = ""
    faults: tuple[Fault, ...] = ()


Result = Done | Unsound | Clashed | Failed


def save(parts: Parts, me: Person, wish: Wish) -> Result:
    """Saves a centre as a version of a proposal and, if that is wished, hands it in."""
    for _ in range(_ATTEMPTS):
        result = _save(parts, me, wish)
        if not isinstance(result, Conflict):
            return result
    return Failed(Refusal.NO_SUCH_VERSION)


def _save(parts: Parts, me: Person, wish: Wish) -> Result | Conflict:
    now = to_change(parts, wish.proposal)
    begun = parts.versions.at(FILE, wish.base)
    base = read_book(begun.text).find(wish.draft.id) if begun and not wish.is_new else None
    theirs = now.book.find(wish.draft.id)
    if not wish.is_new and (base is None or theirs is None):
        return Failed(Refusal.NO_SUCH_VERSION)
    before = base.draft if base else None
    draft = prepared(parts, wish.draft, before, now.book)
    found = problems(draft, now.book, atlas_of(parts).cities, before)
    if found:
        return Unsound(draft, found)
    if before is not None and theirs is not None and theirs.draft != before:
        return Clashed(merge(before, theirs.draft, draft), now.base)
    try:
        text = (with_new_entry if wish.is_new else with_entry)(now.text, draft)
    except CannotEditError:
        return Failed(Trouble.NOT_EDITABLE)
    name = now.proposal.id if now.proposal else ""
    changes = Changes({FILE: text}, now.base, wish.reason)
    saved = parts.versions.save(changes, author(me), name or None)
    if isinstance(saved, Conflict):
        return saved
    if not isinstance(saved, Refused):
        done = Done(draft.id, saved.proposal.id, "saved", "centre_saved")
    elif saved.why is Refusal.NO_CHANGE:
        done = Done(draft.id, name, "unchanged", "")
    else:
        return Failed(saved.why, saved.detail, saved.faults)
    return _handed_in(parts, me, done) if wish.hand_in and done.proposal else done


def _handed_in(parts: Parts, me: Person, done: Done) -> Done | Failed:
    found = parts.versions.submit(done.proposal, author(me))
    if isinstance(found, Refused):
        return Failed(found.why, found.detail)
    return Done(done.name, done.proposal, "submitted", "centre_submitted")


def prepared(parts: Parts, draft: Draft, before: Draft | None, book: Book) -> Draft:
    """What was sent, in the form of the file, with an id and where its coordinates come from."""
    tidied = tidy(draft)
    if before is None and not tidied.id:
        tidied = replace(tidied, id=new_id(tidied, book.ids))
    city = atlas_of(parts).cities.get(tidied.city)
    return located(tidied, before, city)
