"""The editor of a file of an answer, and the live panel beside it."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from bot.answers.edit_yaml import NotEditableError
from bot.console.access.guard import Live as LiveForm
from bot.console.access.guard import Me, Sent
from bot.console.answers.editing import FIELDS, Editing, Wish, editing, sent_details, sent_text
from bot.console.answers.live import Live, live, view_of
from bot.console.answers.opened import as_begun, open_file
from bot.console.answers.pages_visit import AVisit, Visit
from bot.console.answers.places import Name, Place, Sheet, ThePlace
from bot.console.answers.saving import Done, Problem, Step, Trouble, not_editable, save, step_of
from bot.console.versions.model import Conflict
from bot.console.web.forms import Form, fields

router = APIRouter(tags=["answers"], default_response_class=HTMLResponse)

Asked = Annotated[str, Query(max_length=90)]


@router.get("/answers/{topic}/{intent}")
async def answer(topic: Name, intent: Name, _me: Me) -> Response:
    """An answer: its Russian text comes first."""
    return RedirectResponse(Place(topic, intent).address, status_code=303)


@router.get("/answers/{topic}/{intent}/{sheet}")
async def edit(
    place: ThePlace,
    visit: AVisit,
    proposal: Asked = "",
    whole: Annotated[str, Query(max_length=9)] = "",
) -> Response:
    """A file of an answer, to be read and edited."""

    def found() -> Editing:
        opened = open_file(visit.parts, visit.me, place.path, proposal)
        return editing(visit.parts, place, opened, opened.text, Wish(bool(whole)))

    shown = await asyncio.to_thread(found)
    return visit.show("edit.html", e=shown, reason="", problem=None)


@router.post("/answers/{topic}/{intent}/{sheet}", openapi_extra=fields(*FIELDS))
async def send(
    place: ThePlace,
    visit: AVisit,
    form: Sent,
) -> Response:
    """Saves a version in a proposal, or only looks at the words."""
    step = step_of(form)
    result: Done | Conflict | Problem | None = None
    if step is not Step.LOOK:
        result = await asyncio.to_thread(_save, visit, place, form, step)
    if isinstance(result, Done):
        if result.what:
            await visit.note(result.what, place.path, form.get("reason"))
        return RedirectResponse(result.address(place.address), status_code=303)
    if isinstance(result, Conflict):
        return visit.show_conflict(result, form, place.address)
    shown = await asyncio.to_thread(_drafted, visit, place, form)
    return visit.show(
        "edit.html",
        status=422 if result else 200,
        e=shown,
        reason=form.get("reason"),
        problem=result,
    )


@router.post("/answers/{topic}/{intent}/{sheet}/live", openapi_extra=fields(*FIELDS))
async def look(
    place: ThePlace,
    visit: AVisit,
    form: LiveForm,
) -> Response:
    """What the words would look like, and what a check says of them; saves nothing."""

    def panel() -> Live:
        opened = as_begun(visit.parts, place.path, form.get("base"), form.get("proposal"))
        try:
            text: str | None = sent_text(place, opened, form)
        except NotEditableError:
            text = opened.text
        return live(visit.parts, opened.read, place, text, view_of(form))

    shown = await asyncio.to_thread(panel)
    return visit.show("live.html", live=shown, place=place)


def _save(visit: Visit, place: Place, form: Form, step: Step) -> Done | Conflict | Problem:
    details = sent_details(form, visit.w.gettext) if place.sheet is Sheet.DETAILS else None
    if details is not None and not details.is_sound:
        return Problem(Trouble.FIELDS, place.path)
    opened = as_begun(visit.parts, place.path, form.get("base"), form.get("proposal"))
    try:
        text = sent_text(place, opened, form)
    except NotEditableError as error:
        return not_editable(error, place.path)
    return save(visit.parts, visit.me, form, {place.path: text}, step)


def _drafted(visit: Visit, place: Place, form: Form) -> Editing:
    """The page with what was sent in its fields."""
    opened = as_begun(visit.parts, place.path, form.get("base"), form.get("proposal"))
    details = sent_details(form, visit.w.gettext) if place.sheet is Sheet.DETAILS else None
    try:
        text: str | None = sent_text(place, opened, form)
    except NotEditableError:
        text = opened.text
    return editing(
        visit.parts,
        place,
        opened,
        text,
        Wish(form.get("mode") == "whole", view_of(form), details),
    )
