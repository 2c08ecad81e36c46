"""The queue of questions that the bot did not know, and what counsellors decide of them."""

from __future__ import annotations

from collections import Counter
from typing import Annotated
from urllib.parse import urlencode

import structlog
from fastapi import APIRouter, Query, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, Field
from redis.exceptions import RedisError

from bot.console.access.guard import Sent
from bot.console.teach import words
from bot.console.teach.choices import shelves
from bot.console.teach.labelling import Action, Order, Places, Result, carry_out
from bot.console.teach.new_questions import name_of_question
from bot.console.teach.pages_visit import AVisit, OnlookersVisit, Visit, public_numbers, rows_of
from bot.console.teach.queue import (
    Card,
    Filters,
    asked_of,
    key_of,
    leaf_of,
    with_questions,
)
from bot.console.web.errors import NotThereError
from bot.console.web.forms import Form, fields
from bot.store.insight import period_of
from bot.store.new_questions import NewQuestion
from bot.store.review import Waiting, Why

router = APIRouter(tags=["teach"], default_response_class=HTMLResponse)

NOTED = {
    Action.LABEL: "question_labelled",
    Action.OUT_OF_SCOPE: "question_out_of_scope",
    Action.NEW_QUESTION: "question_new",
    Action.DISCARD: "question_discarded",
}
"""What the log of changes calls it."""

_log = structlog.get_logger()


class Shown(BaseModel):
    """What is shown of the queue, as addresses name it."""

    locale: Annotated[str, Field(pattern=r"^[A-Za-z_]{0,10}$")] = ""
    why: Annotated[str, Field(pattern=r"^[a-z_]{0,20}$")] = ""
    page: Annotated[int, Field(ge=1, le=100_000)] = 1

    @property
    def filters(self) -> Filters:
        """As the queue goes by them."""
        return Filters(self.locale, self.why)

    def address(self, **more: str | int) -> str:
        """The page of it."""
        chosen = {"locale": self.locale, "why": self.why, "page": self.page, **more}
        query = urlencode({name: value for name, value in chosen.items() if value not in ("", 1)})
        return f"/teach?{query}" if query else "/teach"


@router.get("/teach")
async def queue(visit: AVisit, shown: Annotated[Shown, Query()]) -> Response:
    """What is to be taught: groups of like questions, the most frequent first."""
    try:
        waiting = await _waiting(visit)
    except RedisError as error:
        _log.warning("review_queue_not_read", error=type(error).__name__)
        return await visit.show("away.html", status=503, card=None)
    teaching = visit.parts.teaching
    grouped = await teaching.grouping.groups(asked_of(waiting))
    intents = await teaching.intents()
    return await visit.show(
        "queue.html",
        leaf=leaf_of(waiting, grouped, shown.filters, shown.page, set(intents)),
        everything=len(waiting),
        grouped=grouped,
        choices=_choices(visit, waiting),
        shelves=shelves(visit.w, await visit.library(), intents),
        open=await _open(visit),
        name_of_question=name_of_question,
        back=shown,
    )


@router.get("/teach/grouping")
async def grouping(visit: OnlookersVisit) -> Response:
    """Whether the groups are made by now; asked for by the page while they are not."""
    return await visit.show("grouping.html", working=visit.parts.teaching.grouping.is_working())


@router.post(
    "/teach/label",
    openapi_extra=fields(
        *("do", "intent", "calm", "joins", "id", "text", "locale", "take"),
        *("show_locale", "show_why", "show_page"),
    ),
)
async def label(visit: AVisit, form: Sent) -> Response:
    """Does with a group what a counsellor decided."""
    try:
        action = Action(form.get("do"))
    except ValueError:
        raise NotThereError from None
    card, shown = _card(form), _shown(form)
    library = await visit.library()
    order = Order(
        card=card,
        action=action,
        today=period_of(visit.parts.clock.today()),
        now=visit.parts.clock.now(),
        intents=await visit.parts.teaching.intents(),
        public=public_numbers(library),
    )
    store = visit.parts.store
    places = Places(visit.parts.teaching.folders, store.cases, store.new_questions)
    try:
        result = await carry_out(places, order)
    except RedisError as error:
        _log.error("review_queue_not_written", error=type(error).__name__)
        return await _card_again(visit, "away.html", card, shown, status=503)
    if result.settled:
        about = card.intent if action is Action.LABEL else ""
        await visit.note(NOTED[action], about, f"× {result.settled}")
    done = _done(result, action)
    if result.left is not None:
        left = with_questions(result.left, {one.id: one for one in await _waiting(visit)})
        return await _card_again(visit, "again.html", left, shown, status=422, result=result)
    if visit.is_fragment:
        return await visit.show("done.html", word=done, key=card.key, address=shown.address())
    return RedirectResponse(shown.address(done=done), status_code=303)


async def _card_again(  # noqa: PLR0913 - what the template shows
    visit: Visit,
    template: str,
    card: Card,
    shown: Shown,
    *,
    status: int,
    result: Result | None = None,
) -> Response:
    """The card with what was sent in its fields."""
    intents = await visit.parts.teaching.intents()
    return await visit.show(
        "card.html" if visit.is_fragment else template,
        status=status,
        card=card,
        result=result,
        away=status == 503,
        back=shown,
        shelves=shelves(visit.w, await visit.library(), intents),
        open=await _open(visit),
        name_of_question=name_of_question,
    )


async def _open(visit: Visit) -> tuple[NewQuestion, ...]:
    """The new questions that others can be put with; none while the store is away."""
    try:
        return await visit.parts.store.new_questions.all(visit.parts.clock.now())
    except RedisError:
        return ()


async def _waiting(visit: Visit) -> tuple[Waiting, ...]:
    return await visit.parts.store.cases.review(visit.parts.clock.now())


def _card(form: Form) -> Card:
    """The card that was sent."""
    rows = rows_of(form)
    return Card(
        key_of(rows),
        rows,
        intent=form.get("intent"),
        calm=bool(form.get("calm")),
        joins=form.get("joins"),
    )


def _shown(form: Form) -> Shown:
    """Where the form stood; the first page if it does not say so in our words."""
    try:
        return Shown.model_validate(
            {
                "locale": form.get("show_locale"),
                "why": form.get("show_why"),
                "page": form.get("show_page", "1"),
            }
        )
    except ValueError:
        return Shown()


def _done(result: Result, action: Action) -> str:
    if not result.settled:
        return "gone"
    return "partly" if result.gone else action.value


def _choices(visit: Visit, waiting: tuple[Waiting, ...]) -> dict[str, list[tuple[str, str, int]]]:
    """What the filters offer: what is there, with how many questions."""
    w = visit.w
    locales = Counter(one.question.locale for one in waiting)
    whys = Counter(one.question.why for one in waiting)
    return {
        "locale": sorted((key, words.locale_name(w, key), n) for key, n in locales.items()),
        "why": [(why.value, words.why_name(w, why), whys[why]) for why in Why if whys[why]],
    }
