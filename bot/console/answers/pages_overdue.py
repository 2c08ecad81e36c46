"""Answers to be checked again: the list, and "still true, checked today"."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from bot.answers.edit_answer import Field, with_fields
from bot.answers.edit_yaml import NotEditableError
from bot.console.access.guard import Sent
from bot.console.answers.facts import Rests, rests_on
from bot.console.answers.opened import NEW, Opened, as_begun, open_file
from bot.console.answers.overdue import (
    Due,
    SourceRow,
    due,
    next_check,
    question,
    rows_of,
    sent_rows,
    sources,
)
from bot.console.answers.pages_visit import AVisit, Visit
from bot.console.answers.places import Name, Place, Sheet, entry_of
from bot.console.answers.saving import Done, Problem, Step, Trouble, not_editable, save
from bot.console.versions.model import Conflict
from bot.console.web.errors import NotThereError
from bot.console.web.forms import Form, fields

router = APIRouter(tags=["answers"], default_response_class=HTMLResponse)


@dataclass(frozen=True, slots=True)
class _Checking:
    """The form that says an answer is still true."""

    place: Place
    opened: Opened
    question: str
    rests: Rests
    again: date
    rows: tuple[SourceRow, ...]


@router.get("/answers/overdue")
async def overdue(visit: AVisit) -> Response:
    """What is to be checked again now or soon."""

    def found() -> tuple[Due, ...]:
        checks = visit.parts.checks
        read, proposals = checks.published(), visit.parts.versions.proposals()
        return due(read.loaded, read.ground.facts, proposals, checks.today)

    return visit.show("overdue.html", due=await asyncio.to_thread(found))


@router.get("/answers/{topic}/{intent}/still-true")
async def ask(topic: Name, intent: Name, visit: AVisit) -> Response:
    """Asks for the sources that were read."""
    place = Place(topic, intent, Sheet.DETAILS)

    def found() -> _Checking:
        opened = open_file(visit.parts, visit.me, place.path, NEW)
        return _checking(visit, place, opened, None)

    return visit.show("still_true.html", c=await asyncio.to_thread(found), said="", problem=None)


@router.post(
    "/answers/{topic}/{intent}/still-true",
    openapi_extra=fields("base", "title", "url", "date", "reason"),
)
async def confirm(topic: Name, intent: Name, visit: AVisit, form: Sent) -> Response:
    """Hands in that the answer was checked today; somebody else approves it."""
    place = Place(topic, intent, Sheet.DETAILS)
    rows = sent_rows(form, visit.w.gettext)
    result = await asyncio.to_thread(_confirm, visit, place, form, rows)
    if isinstance(result, Done):
        await visit.note("answer_checked", place.folder, form.get("reason"))
        return RedirectResponse(result.address("/answers/overdue"), status_code=303)
    if isinstance(result, Conflict):
        return visit.show_conflict(result, form, f"/answers/{place.folder}/still-true")

    def found() -> _Checking:
        opened = as_begun(visit.parts, place.path, form.get("base"), "")
        return _checking(visit, place, opened, rows)

    shown = await asyncio.to_thread(found)
    said = form.get("reason")
    return visit.show("still_true.html", status=422, c=shown, said=said, problem=result)


def _confirm(
    visit: Visit, place: Place, form: Form, rows: list[SourceRow]
) -> Done | Conflict | Problem:
    opened = as_begun(visit.parts, place.path, form.get("base"), "")
    entry = entry_of(opened.read.loaded, place.folder)
    if entry is None or opened.text is None:
        raise NotThereError
    found = sources(rows)
    if any(row.faults for row in rows) or (entry.answer.sources and not found):
        return Problem(Trouble.FIELDS, place.path)
    today = visit.parts.checks.today
    again = next_check(entry.answer, opened.read.ground.facts, today)
    fields: dict[str, Field] = {"checked_on": today, "check_again_by": again, "sources": found}
    try:
        text = with_fields(opened.text, fields)
    except NotEditableError as error:
        return not_editable(error, place.path)
    return save(visit.parts, visit.me, form, {place.path: text}, Step.SUBMIT)


def _checking(
    visit: Visit, place: Place, opened: Opened, rows: list[SourceRow] | None
) -> _Checking:
    entry = entry_of(opened.read.loaded, place.folder)
    if entry is None or opened.text is None:
        raise NotThereError
    facts = opened.read.ground.facts
    return _Checking(
        place,
        opened,
        question(entry),
        rests_on(entry.answer, facts),
        next_check(entry.answer, facts, visit.parts.checks.today),
        tuple(rows_of(entry.answer.sources) if rows is None else rows),
    )
