"""What every route of Teach has: who asks, what they work with, and how pages are shown."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import Depends, Response

from bot.answers.model import Library
from bot.console.access import visit
from bot.console.teach import words, words_training
from bot.console.teach.choices import question_of
from bot.console.teach.judged import moved
from bot.console.teach.queue import ROWS, Row
from bot.console.web.errors import StaleFormError
from bot.console.web.forms import Form
from bot.language.tags import Locale

DONE = frozenset(
    {
        *("label", "out_of_scope", "new_question", "discard", "partly", "gone"),
        *("kept", "unchanged", "answered", "dropped"),
        *("forgotten", "forgotten_already"),
        *("started", "cancelled", "in_service", "back", "discarded"),
    }
)
"""What may be said above a page after a redirect; the sentences are in
``teach/done_words.html``."""


class Visit(visit.Visit):
    """A visit to Teach."""

    __slots__ = ()

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
        return self.page(
            f"teach/{template}",
            status=status,
            done=done if done in DONE else "",
            words=words,
            training_words=words_training,
            question_of=partial(question_of, self.w, library),
            locales=tuple(Locale),
            moved_questions=moved,
            **values,
        )


def public_numbers(library: Library) -> frozenset[str]:
    """Numbers that are nobody's, so that a phrase may have them."""
    return frozenset(phone for centre in library.centres for phone in centre.phones)


def rows_of(form: Form) -> tuple[Row, ...]:
    """The wordings of a card that was sent.

    Raises:
        StaleFormError: it is not whole; with what was sent.
    """
    ids, texts, locales = form.all("id"), form.all("text"), form.all("locale")
    if not len(ids) == len(texts) == len(locales) or len(ids) > ROWS:
        raise StaleFormError(form.fields)
    taken = set(form.all("take"))
    each = zip(ids, texts, locales, strict=True)
    return tuple(Row(name, text, locale, name in taken) for name, text, locale in each)


AVisit = Annotated[Visit, Depends(Visit.by_member)]
"""By any member of the staff. Name it before the form."""
OnlookersVisit = Annotated[Visit, Depends(Visit.by_itself)]
"""What an open page asks for by itself."""
ApproversVisit = Annotated[Visit, Depends(Visit.by_approver)]
"""By somebody who may train and put models into service."""
