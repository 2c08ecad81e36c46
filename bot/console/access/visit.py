"""What every route of a page has: who asks, what they work with, and how pages are shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request, Response

from bot.console.access.guard import (
    Approver,
    Coordinator,
    Me,
    MyPage,
    ThePages,
    TheParts,
    note_change,
)
from bot.console.web.parts_of_pages import is_fragment

if TYPE_CHECKING:
    from typing import Self

    from bot.console.access.roles import Person
    from bot.console.parts import Parts
    from bot.console.web.languages import Wording
    from bot.console.web.pages import Pages


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody asks for a page or sends a form; rooms add how they show theirs.

    The methods ``by_…`` are dependencies of routes. Name a visit before the form.

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

    @classmethod
    def by_member(cls, request: Request, me: Me, pages: ThePages, parts: TheParts) -> Self:
        """By any member of the staff."""
        return cls(request, me, parts, pages)

    @classmethod
    def by_approver(cls, request: Request, me: Approver, pages: ThePages, parts: TheParts) -> Self:
        """By somebody who may approve, publish and train."""
        return cls(request, me, parts, pages)

    @classmethod
    def by_coordinator(
        cls, request: Request, me: Coordinator, pages: ThePages, parts: TheParts
    ) -> Self:
        """By somebody who may see the figures and the people."""
        return cls(request, me, parts, pages)

    @classmethod
    def by_itself(cls, request: Request, me: MyPage, pages: ThePages, parts: TheParts) -> Self:
        """By an open page: it keeps no session alive."""
        return cls(request, me, parts, pages)

    @property
    def w(self) -> Wording:
        """The words of the reader."""
        return self.pages.wording(self.request)

    @property
    def is_fragment(self) -> bool:
        """Whether a part of the page is asked for, to be put into the page that is there."""
        return is_fragment(self.request)

    def page(self, template: str, *, status: int = 200, **values: object) -> Response:
        """A page for the visitor, as ``Pages.page``."""
        return self.pages.page(self.request, template, self.me, status=status, **values)

    async def note(self, what: str, about: str = "", words: str = "") -> None:
        """Writes into the audit log what they changed: names and counts only."""
        await note_change(self.parts, self.me, what, about, words)


CoordinatorsVisit = Annotated[Visit, Depends(Visit.by_coordinator)]
