"""Saves what a form sends as a version of a proposal, and says what came of it. Blocks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.answers.faults import Fault
from bot.console.answers.people import author
from bot.console.versions.merging import THEIRS_MARK, YOURS_MARK
from bot.console.versions.model import Conflict, Draft, Refusal, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.answers.edit_yaml import NotEditableError
    from bot.console.access.roles import Person
    from bot.console.parts import Parts
    from bot.console.web.forms import Form


class Step(StrEnum):
    """Which button of a form was pressed."""

    LOOK = "look"
    SAVE = "save"
    SUBMIT = "submit"


class Trouble(StrEnum):
    """What the versions do not know of."""

    MARKS = "marks"
    """The marks of a conflict were left in the text."""
    FIELDS = "fields"
    """A field of the form cannot be right."""
    ERRORS = "errors"
    """A check finds errors that were not there before."""
    NOT_EDITABLE = "not_editable"
    """The file is written in a way that only the whole of it can be edited."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why nothing was saved.

    Attributes:
        why: the cause.
        detail: the file or state that it is about.
        faults: of a file.
    """

    why: Refusal | Trouble
    detail: str = ""
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """What was done.

    Attributes:
        proposal: the id of the proposal; empty if there is none.
        word: for the page after it.
        what: for the log of changes; empty if nothing changed.
    """

    proposal: str
    word: str
    what: str

    def address(self, page: str) -> str:
        """Where to go on from here."""
        if self.word == Step.SUBMIT:
            return f"/answers/proposals/{self.proposal}?done=submitted"
        if not self.proposal:
            return f"{page}?done={self.word}"
        return f"{page}?proposal={self.proposal}&done={self.word}"


SAVED = ("base", "proposal", "reason", "action")
"""The fields of every form that saves a file."""


def step_of(form: Form) -> Step:
    """Which button was pressed; Enter in a field saves."""
    action = form.get("action")
    return Step(action) if action in set(Step) else Step.SAVE


def save(
    parts: Parts, me: Person, form: Form, files: Mapping[str, str], step: Step
) -> Done | Conflict | Problem:
    """Saves files in a proposal and, if that was asked for, hands it in.

    Args:
        parts: what the pages work with.
        me: who saves.
        form: with ``base``, ``proposal``, ``onto`` and ``reason``.
        files: new contents by path.
        step: whether it is handed in, too.
    """
    left = tuple(path for path, text in files.items() if has_marks(text))
    if left:
        return Problem(Trouble.MARKS, left[0])
    proposal = form.get("proposal") or None
    draft = Draft(files, form.get("base"), form.get("reason"), form.get("onto") or None)
    saved = parts.versions.save(draft, author(me), proposal)
    if isinstance(saved, Conflict):
        return saved
    changed = True
    if isinstance(saved, Refused):
        if saved.why is not Refusal.NO_CHANGE:
            return Problem(saved.why, saved.detail, saved.faults)
        changed = False
    else:
        proposal = saved.proposal.id
    if step is not Step.SUBMIT or proposal is None:
        word, what = ("saved", "answer_saved") if changed else ("unchanged", "")
        return Done(proposal or "", word, what)
    handed_in = parts.versions.submit(proposal, author(me))
    if isinstance(handed_in, Refused):
        return Problem(handed_in.why, handed_in.detail)
    return Done(proposal, Step.SUBMIT, "answer_submitted")


def not_editable(error: NotEditableError, path: str = "") -> Problem:
    """That a file cannot be changed field by field, and why.

    Args:
        error: what the attempt to change it says.
        path: of the file; empty if it is not known which of several it was.
    """
    return Problem(Trouble.NOT_EDITABLE, path, (Fault(path, 0, error.sentence),))


def has_marks(text: str) -> bool:
    """Whether the marks of a conflict were left in a text."""
    return any(line.startswith((THEIRS_MARK, YOURS_MARK)) for line in _lines(text))


def _lines(text: str) -> Iterable[str]:
    return text.split("\n")
