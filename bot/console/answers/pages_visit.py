"""What every route of the answers has: who asks, what they work with, and how pages are shown."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Response

from bot.console.access import visit
from bot.console.answers.places import ORDER, Sheet, address_of
from bot.console.versions import diffs
from bot.console.versions.model import Conflict
from bot.console.web.forms import Form

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


class Visit(visit.Visit):
    """A visit to the answers."""

    __slots__ = ()

    def show(self, template: str, *, status: int = 200, **values: object) -> Response:
        """A page of the answers.

        Args:
            template: its name under ``templates/answers/``.
            status: of HTTP.
            values: for the template.
        """
        done = self.request.query_params.get("done", "")
        return self.page(
            f"answers/{template}",
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


AVisit = Annotated[Visit, Depends(Visit.by_member)]
"""By any member of the staff. Name it before the form."""
ApproversVisit = Annotated[Visit, Depends(Visit.by_approver)]
"""By somebody who may approve and publish."""
