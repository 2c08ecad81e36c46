"""What every route of Teach has: who asks, what they work with, and how pages are shown."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Annotated

from fastapi import Depends, Request, Response

from bot.answers.model import Library
from bot.console.access.guard import Approver, Me, MyPage, ThePages, TheParts, note_change
from bot.console.access.roles import Person
from bot.console.parts import Parts
from bot.console.teach import words, words_training
from bot.console.teach.choices import question_of
from bot.console.teach.judged import moved
from bot.console.web.languages import Wording
from bot.console.web.pages import Pages
from bot.language.tags import Locale

DONE = frozenset(
    {
        *("label", "out_of_scope", "new_question", "discard", "partly", "gone"),
        *("forgotten", "forgotten_already"),
        *("started", "cancelled", "in_service", "back", "discarded"),
    }
)
"""What may be said above a page after a redirect; the sentences are in ``teach/page.html``."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody asks for a page or sends a form.

    Attributes:
        request: theirs.
        me: who it is.
        parts: what the pages work with.
        pages: renders.
    """

    request: Request
    me: Person
    parts: Parts
    pages: Pages

    @property
    def w(self) -> Wording:
        """The words of the reader."""
        return self.pages.wording(self.request)

    @property
    def is_fragment(self) -> bool:
        """Whether a part of the page is asked for, to be put into the page that is there."""
        return bool(self.request.headers.get("hx-request"))

    async def library(self) -> Library:
        """The answers as they are now, as far as they can be read."""
        return (await self.parts.folder.loaded()).library

    async def show(self, template: str, *, status: int = 200, **values: object) -> Response:
        """A page of Teach.

        Args:
            template: its name under ``templates/teach/``.
            status: of HTTP.
            values: for the template.
        """
        done = self.request.query_params.get("done", "")
        library = await self.library()
        return self.pages.page(
            self.request,
            f"teach/{template}",
            self.me,
            status=status,
            done=done if done in DONE else "",
            words=words,
            training_words=words_training,
            question_of=partial(question_of, self.w, library),
            locales=tuple(Locale),
            moved_questions=moved,
            **values,
        )

    async def note(self, what: str, about: str = "", words: str = "") -> None:
        """Writes into the audit log what they changed: names and counts only."""
        await note_change(self.parts, self.me, what, about, words)


def _visit(request: Request, me: Me, pages: ThePages, parts: TheParts) -> Visit:
    return Visit(request, me, parts, pages)


def _onlookers_visit(request: Request, me: MyPage, pages: ThePages, parts: TheParts) -> Visit:
    return Visit(request, me, parts, pages)


def _approvers_visit(request: Request, me: Approver, pages: ThePages, parts: TheParts) -> Visit:
    return Visit(request, me, parts, pages)


AVisit = Annotated[Visit, Depends(_visit)]
"""By any member of the staff. Name it before the form."""
OnlookersVisit = Annotated[Visit, Depends(_onlookers_visit)]
"""What an open page asks for by itself."""
ApproversVisit = Annotated[Visit, Depends(_approvers_visit)]
"""By somebody who may train and put models into service."""
