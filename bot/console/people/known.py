"""Who of the staff is known to the console, and what they may do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from bot.console.access.roles import GIVEN, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from bot.handoff.groups import Group
    from bot.store.console import Change, Member


class Known(msgspec.Struct, frozen=True):
    """Somebody of the staff.

    Attributes:
        id: Telegram's user id.
        name: as Telegram showed it last; empty if they never came here.
        by_file: what they may do by the staff file; nobody can take that here.
        given: what a coordinator lets them do.
        sessions: how often they are signed in.
    """

    id: int
    name: str
    by_file: frozenset[Role]
    given: frozenset[Role]
    sessions: int

    def may(self, role: Role) -> bool:
        """Whether they have a role, from wherever."""
        return role in self.by_file or role in self.given


def names(signed_in: Iterable[Member], changes: Iterable[Change]) -> dict[int, str]:
    """The newest name of each member, by user id.

    Args:
        signed_in: who is signed in now.
        changes: the audit log, oldest first.
    """
    found = {change.who.id: change.who.name for change in changes}
    return found | {member.id: member.name for member in signed_in}


def everybody(
    signed_in: Mapping[Member, int],
    given: Mapping[int, Iterable[str]],
    changes: Iterable[Change],
    groups: Iterable[Group],
    by_file: Callable[[int], frozenset[Role]],
) -> tuple[Known, ...]:
    """All who are signed in, were given a role, changed something, or stand in the staff file.

    Args:
        signed_in: with how often.
        given: the roles that coordinators gave, by user id.
        changes: the audit log, oldest first.
        groups: of the staff file.
        by_file: what somebody may do by the staff file.

    Returns:
        Those with a name first, in alphabetical order.
    """
    called = names(signed_in, changes)
    in_file = {user for group in groups for user in (*group.coordinators, *group.approvers)}
    sessions: dict[int, int] = {}
    for member, number in signed_in.items():
        sessions[member.id] = sessions.get(member.id, 0) + number
    found = [
        Known(
            user,
            called.get(user, ""),
            by_file(user) & frozenset(GIVEN),
            frozenset(role for role in GIVEN if role.value in given.get(user, ())),
            sessions.get(user, 0),
        )
        for user in {*called, *given, *in_file}
    ]
    return tuple(sorted(found, key=lambda one: (not one.name, one.name.casefold(), one.id)))


def leaves_no_coordinator(people: Iterable[Known], user: int, roles: Iterable[Role]) -> bool:
    """Whether giving somebody these roles, in place of theirs, would leave nobody to give any.

    Rule: a coordinator may give the role up only while there is another one.
    """
    if Role.COORDINATOR in roles:
        return False
    others = (one for one in people if one.id != user)
    mine = (one for one in people if one.id == user)
    kept = any(Role.COORDINATOR in one.by_file for one in mine)
    return not kept and not any(one.may(Role.COORDINATOR) for one in others)
