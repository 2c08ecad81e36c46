"""The rules of proposals: what may follow what, and who may publish. Pure."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bot.console.versions.model import EventKind, Refusal, State

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.answers.faults import Fault
    from bot.console.versions.model import Person

_ALLOWED = {
    EventKind.SAVED: (State.DRAFT, State.SUBMITTED, State.RETURNED),
    EventKind.SUBMITTED: (State.DRAFT, State.RETURNED),
    EventKind.RETURNED: (State.SUBMITTED,),
    EventKind.WITHDRAWN: (State.DRAFT, State.SUBMITTED, State.RETURNED),
    EventKind.APPROVED: (State.SUBMITTED,),
}

_STATE_AFTER = {
    EventKind.SAVED: State.DRAFT,  # also when it was submitted: it is not what was handed in
    EventKind.SUBMITTED: State.SUBMITTED,
    EventKind.RETURNED: State.RETURNED,
    EventKind.WITHDRAWN: State.WITHDRAWN,
    EventKind.APPROVED: State.APPROVED,
}


def is_allowed(event: EventKind, state: State) -> bool:
    """Whether this may happen to a proposal in this state."""
    return state in _ALLOWED[event]


def state_after(event: EventKind) -> State:
    """The state that an event brings a proposal into."""
    return _STATE_AFTER[event]


def against_publishing(
    state: State, authors: Iterable[Person], approver: Person, *, alone: bool = False
) -> Refusal | None:
    """Why somebody may not publish a proposal; None if they may.

    What migrants read was read by two people: nobody approves a text they wrote a part of.

    Args:
        state: of the proposal.
        authors: all who saved a version of it.
        approver: who wants to publish it.
        alone: there is nobody else, as in the sandbox; then anybody may.
    """
    if not is_allowed(EventKind.APPROVED, state):
        return Refusal.WRONG_STATE
    if not alone and any(author.id == approver.id for author in authors):
        return Refusal.OWN_WORK
    return None


def new_faults(before: Iterable[Fault], after: Iterable[Fault]) -> tuple[Fault, ...]:
    """The faults that a change brings in.

    Faults that were there already do not hinder, or two broken files could never be mended one
    after the other. A line that only moved is the same fault.
    """
    known = Counter((fault.file, fault.sentence) for fault in before)
    found = []
    for one in after:
        key = (one.file, one.sentence)
        if known[key]:
            known[key] -= 1
        else:
            found.append(one)
    return tuple(found)
