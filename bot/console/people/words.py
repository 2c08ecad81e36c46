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
    """A kind of change (``Change.what``); one of another version's by its own name."""
    return change_names(w).get(what) or what.replace("_", " ")


def change_names(w: Wording) -> dict[str, str]:
    """All kinds of changes that the pages write down."""
    return {
        "answer_saved": w.gettext("Answer: a version saved"),
        "answer_submitted": w.gettext("Answer: handed in for approval"),
        "answer_published": w.gettext("Answer: approved and published"),
        "answer_returned": w.gettext("Answer: given back to those who wrote it"),
        "answer_withdrawn": w.gettext("Answer: proposal withdrawn"),
        "answer_restored": w.gettext("Answer: an old version taken up again"),
        "answer_checked": w.gettext("Answer: checked, still true"),
        "centre_saved": w.gettext("Centre: a version saved"),
        "centre_submitted": w.gettext("Centre: handed in for approval"),
        "wrong_number_works": w.gettext("Number called wrong: it works"),
        "wrong_number_corrected": w.gettext("Number called wrong: corrected"),
        "wrong_number_gone": w.gettext("Number called wrong: taken off the list"),
        "question_labelled": w.gettext("Questions labelled and taught"),
        "question_out_of_scope": w.gettext("Questions marked as out of scope"),
        "question_new": w.gettext("Questions put on the list of new ones"),
        "question_discarded": w.gettext("Questions discarded"),
        "new_question_noted": w.gettext("New question: title, note or texts saved"),
        "new_question_answered": w.gettext("New question: it has an answer, texts taught"),
        "new_question_dropped": w.gettext("New question: texts dropped"),
        "phrase_forgotten": w.gettext("Taught phrase taken back"),
        "training_started": w.gettext("Training begun"),
        "training_cancelled": w.gettext("Training ended before it was done"),
        "model_in_service": w.gettext("New model put into service"),
        "model_back": w.gettext("Went back to another model"),
        "model_discarded": w.gettext("Model discarded"),
        "roles_given": w.gettext("Roles set"),
        "sessions_ended": w.gettext("Sessions ended"),
    }


def reveal_name(w: Wording, kind: str) -> str:
    """What of a case was looked at (``Reveal.kind``)."""
    return w.gettext("a message as it was written") if kind == "message" else kind
