"""The list of new questions: what people ask and the bot has no answer to."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

import structlog
from fastapi import APIRouter, Path, Query, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, Field
from redis.exceptions import RedisError

from bot.console.access.guard import Sent
from bot.console.teach.choices import shelves
from bot.console.teach.new_questions import (
    NOTE_LENGTH,
    TITLE_LENGTH,
    Decision,
    NewCard,
    Outcome,
    Step,
    carry_out,
    new_card_of,
    newest_first,
)
from bot.console.teach.pages_visit import AVisit, Visit, public_numbers, rows_of
from bot.console.teach.queue import CARDS, Card
from bot.console.web.errors import NotThereError
from bot.console.web.forms import Form, fields
from bot.console.web.leaves import leaf
from bot.store.new_questions import About

router = APIRouter(tags=["teach"], default_response_class=HTMLResponse)

NOTED = {
    Step.KEEP: "new_question_noted",
    Step.ANSWERED: "new_question_answered",
    Step.DROP: "new_question_dropped",
}
"""What the log of changes calls it."""

DONE = {Step.KEEP: "kept", Step.ANSWERED: "answered", Step.DROP: "dropped"}

Name = Annotated[str, Path(pattern=r"^[0-9a-z]{1,40}$")]

_log = structlog.get_logger()


class Shown(BaseModel):
    """What is shown of the list, as addresses name it."""

    first: Literal["", "newest"] = ""
    page: Annotated[int, Field(ge=1, le=100_000)] = 1

    def address(self, **more: str) -> str:
        """The page of it."""
        chosen = {"first": self.first, "page": self.page, **more}
        query = urlencode({name: value for name, value in chosen.items() if value not in ("", 1)})
        return f"/teach/new?{query}" if query else "/teach/new"


@router.get("/teach/new")
async def new_questions(visit: AVisit, shown: Annotated[Shown, Query()]) -> Response:
    """All new questions with how they are asked, a page at a time."""
    try:
        found = await visit.parts.store.new_questions.all(visit.parts.clock.now())
    except RedisError as error:
        _log.warning("new_questions_not_read", error=type(error).__name__)
        return await visit.show("away.html", status=503, card=None)
    if shown.first:
        found = newest_first(found)
    cards = leaf([new_card_of(one) for one in found], shown.page, CARDS)
    return await visit.show("new.html", leaf=cards, **await _values(visit, shown))


@router.post(
    "/teach/new/{name}",
    openapi_extra=fields(
        *("do", "title", "note", "intent", "calm", "id", "text", "locale", "take"),
        *("show_first", "show_page"),
    ),
)
async def decide(name: Name, visit: AVisit, form: Sent) -> Response:
    """Does with a new question what a counsellor decided."""
    try:
        step = Step(form.get("do"))
    except ValueError:
        raise NotThereError from None
    sent, shown = _card(name, form), _shown(form)
    teaching, new = visit.parts.teaching, visit.parts.store.new_questions
    decision = Decision(
        card=sent,
        step=step,
        now=visit.parts.clock.now(),
        intents=await teaching.intents(),
        public=public_numbers(await visit.library()),
    )
    try:
        outcome = await carry_out(teaching.folders, new, decision)
    except RedisError as error:
        _log.error("new_questions_not_written", error=type(error).__name__)
        return await _card_again(visit, sent, shown, status=503)
    if outcome.settled:
        about = sent.card.intent if step is Step.ANSWERED else ""
        await visit.note(NOTED[step], about, f"× {outcome.settled}")
    elif outcome.saved:
        await visit.note(NOTED[Step.KEEP])
    if outcome.left is not None:
        return await _card_again(visit, outcome.left, shown, status=422, result=outcome)
    return await _done(visit, name, step, outcome, shown)


async def _done(visit: Visit, name: str, step: Step, outcome: Outcome, shown: Shown) -> Response:
    """What is shown after a decision that could be carried out."""
    if outcome.gone:
        done = "partly" if outcome.settled or outcome.saved else "gone"
    elif step is Step.KEEP and not outcome.saved:
        done = "unchanged"
    else:
        done = DONE[step]
    if not visit.is_fragment:
        anchor = f"#group-{name}" if step is Step.KEEP else ""
        return RedirectResponse(f"{shown.address(done=done)}{anchor}", status_code=303)
    found = await visit.parts.store.new_questions.find(name, visit.parts.clock.now())
    if found is None:
        return await visit.show("done.html", word=done, key=name, address=shown.address())
    values = await _values(visit, shown)
    return await visit.show("new_card.html", new=new_card_of(found), word=done, **values)


async def _card_again(
    visit: Visit, sent: NewCard, shown: Shown, *, status: int, result: Outcome | None = None
) -> Response:
    """The card with what was sent in its fields."""
    return await visit.show(
        "new_card.html" if visit.is_fragment else "new_again.html",
        status=status,
        new=sent,
        result=result,
        away=status == 503,
        address=shown.address(),
        **await _values(visit, shown),
    )


async def _values(visit: Visit, shown: Shown) -> dict[str, Any]:
    intents = await visit.parts.teaching.intents()
    return {
        "shown": shown,
        "query": {"first": shown.first},
        "shelves": shelves(visit.w, await visit.library(), intents),
        "day_of": date.fromisoformat,
    }


def _card(name: str, form: Form) -> NewCard:
    """The card that was sent."""
    calm = bool(form.get("calm"))
    about = About(form.get("title")[:TITLE_LENGTH], form.get("note")[:NOTE_LENGTH])
    return NewCard(Card(name, rows_of(form), intent=form.get("intent"), calm=calm), about)


def _shown(form: Form) -> Shown:
    """Where the form stood; the first page if it does not say so in our words."""
    try:
        return Shown.model_validate(
            {"first": form.get("show_first"), "page": form.get("show_page", "1")}
        )
    except ValueError:
        return Shown()
