"""What a member of the staff may do in the console."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Role(StrEnum):
    """What somebody may do; every member of a staff group is a counsellor."""

    COUNSELLOR = "counsellor"
    """Edit answers and centres, label questions."""
    APPROVER = "approver"
    """Approve and publish what others wrote; train the classifier and put it into service."""
    COORDINATOR = "coordinator"
    """People, settings, figures."""


GIVEN = (Role.APPROVER, Role.COORDINATOR)
"""What a coordinator can give; the other comes with the group."""


class Person(msgspec.Struct, frozen=True):
    """Who is signed in.

    Attributes:
        id: Telegram's user id.
        name: as Telegram shows it.
        roles: what they may do.
        session: the secret of their session; never shown, never logged.
    """

    id: int
    name: str
    roles: frozenset[Role]
    session: str

    def may(self, role: Role) -> bool:
        """Whether they have a role."""
        return role in self.roles
