"""Who may do what with a proposal. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.console.access.roles import Role
from bot.console.versions.model import Person as Author
from bot.console.versions.model import State

if TYPE_CHECKING:
    from bot.console.access.roles import Person
    from bot.console.versions.model import Proposal


@dataclass(frozen=True, slots=True)
class Allowed:
    """What somebody may do with a proposal now.

    Attributes:
        edit: save another version of it.
        submit: hand it in.
        withdraw: give it up.
        give_back: return it to those who wrote it.
        publish: approve and publish it.
        own_work: they could, had they not written a part of it.
    """

    edit: bool
    submit: bool
    withdraw: bool
    give_back: bool
    publish: bool
    own_work: bool


def author(person: Person) -> Author:
    """Whoever is signed in, as the versions name them."""
    return Author(person.name, person.id)


def wrote(person: Person, proposal: Proposal) -> bool:
    """Whether somebody saved a version of a proposal."""
    return any(one.id == person.id for one in proposal.authors)


def allowed(person: Person, proposal: Proposal, *, alone: bool) -> Allowed:
    """What somebody may do with a proposal.

    Rule: what migrants read was read by two people. Nobody approves what they wrote a part of,
    unless they are alone, as in the sandbox.

    Args:
        person: who is signed in.
        proposal: as it stands.
        alone: there is nobody else.
    """
    state, own, approves = proposal.state, wrote(person, proposal), person.may(Role.APPROVER)
    submitted = state is State.SUBMITTED
    return Allowed(
        edit=state.is_open,
        submit=state in (State.DRAFT, State.RETURNED),
        withdraw=state.is_open and (own or approves),
        give_back=submitted and approves,
        publish=submitted and approves and (alone or not own),
        own_work=submitted and approves and own and not alone,
    )
