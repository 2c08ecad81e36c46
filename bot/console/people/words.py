"""What roles, changes and looks are called in the console."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.console.access.roles import Role

if TYPE_CHECKING:
    from bot.console.web.languages import Wording


def role_name(w: Wording, role: Role) -> str:
    """What somebody may do."""
    match role:
        case Role.COUNSELLOR:
            return w.gettext("Counsellor")
        case Role.APPROVER:
            return w.gettext("Approver")
        case Role.COORDINATOR:
            return w.gettext("Coordinator")


def member_name(w: Wording, user: int, name: str = "") -> str:
    """A member of the staff; by number if the name is not known."""
    return name or w.gettext("Member {number}").format(number=user)


def change_name(w: Wording, what: str) -> str:
    """A kind of change (``Change.what``); one that is not named here by its own name."""
    match what:
        case "roles_given":
            return w.gettext("Roles set")
        case "sessions_ended":
            return w.gettext("Sessions ended")
        case _:
            return what.replace("_", " ")


def reveal_name(w: Wording, kind: str) -> str:
    """What of a case was looked at (``Reveal.kind``)."""
    return w.gettext("a message as it was written") if kind == "message" else kind
