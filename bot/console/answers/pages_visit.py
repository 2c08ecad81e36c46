"""What every route of the answers has: who asks, what they work with, and how pages are shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request, Response

from bot.console.access.guard import Approver, Me, ThePages, TheParts, note_change
from bot.console.access.roles import Person
from bot.console.answers.places import ORDER, Sheet, address_of
from bot.console.parts import Parts
from bot.console.versions import diffs
from bot.console.versions.model import Conflict
from bot.console.web.forms import Form
from bot.console.web.languages import Wording
from bot.console.web.pages import Pages

DONE = frozenset(
    {
        *(
            "saved",
            "submitted",
            "published",
            "waiting",
            "held",
            "returned",
            "withdrawn",
            "restored",
        ),
        "unchanged",
    }
)
"""What may be said above a page after a redirect; the sentences are in ``answers/page.html``."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody asks for a page or sends a form.

    Attributes:
        request: theirs.
        me: who it is.
        parts: what the pages work with.
    """

    request: Request
    me: Person
    parts: Parts
    pages: Pages

    @property
    def w(self) -> Wording:
        """The words of the reader."""
        return self.pages.wording(self.request)

    def show(self, template: str, *, status: int = 200, **values: object) -> Response:
        """A page of the answers.

        Args:
            template: its name under ``templates/answers/``.
            status: of HTTP.
            values: for the template.
        """
        done = self.request.query_params.get("done", "")
        return self.pages.page(
            self.request,
            f"answers/{template}",
            self.me,
            status=status,
            done=done if done in DONE else "",
            order=ORDER,
            sheet_of=Sheet,
            file_address=address_of,
            diff_rows=diffs.rows,
            **values,
        )

    def show_conflict(self, conflict: Conflict, form: Form, back: str) -> Response:
        """The page on which two changes of one file are brought together; nothing was saved.

        Args:
            conflict: what the versions say.
            form: what was sent, for ``proposal`` and ``reason``.
            back: the page that they came from.
        """
        return self.show(
            "conflict.html",
            status=409,
            conflict=conflict,
            diff=lambda old, new: diffs.diff(old or "", new or ""),
            proposal=form.get("proposal"),
            reason=form.get("reason"),
            back=back,
            problem=None,
        )

    async def note(self, what: str, about: str = "", words: str = "") -> None:
        """Writes into the audit log what they changed."""
        await note_change(self.parts, self.me, what, about, words)


def _visit(request: Request, me: Me, pages: ThePages, parts: TheParts) -> Visit:
    return Visit(request, me, parts, pages)


def _approvers_visit(request: Request, me: Approver, pages: ThePages, parts: TheParts) -> Visit:
    return Visit(request, me, parts, pages)


AVisit = Annotated[Visit, Depends(_visit)]
"""By any member of the staff. Name it before the form."""
ApproversVisit = Annotated[Visit, Depends(_approvers_visit)]
"""By somebody who may approve and publish."""
