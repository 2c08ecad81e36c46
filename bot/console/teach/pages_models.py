"""Puts models into service, takes them back, throws candidates away."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from bot.console.access.guard import Sent
from bot.console.teach import sight
from bot.console.teach.pages_training import show_training
from bot.console.teach.pages_visit import ApproversVisit
from bot.console.training import service
from bot.console.training.trouble import Cause, Trouble
from bot.console.web.errors import NotThereError
from bot.console.web.forms import fields

router = APIRouter(tags=["teach"], default_response_class=HTMLResponse)

ModelName = Annotated[str, Path(pattern=r"^helpline-[0-9a-f]{12}\.tar\.gz$")]
"""A model in an address."""


@router.get("/teach/models/{name}/serve")
async def think_twice(name: ModelName, visit: ApproversVisit) -> Response:
    """Why somebody should think twice before a candidate is put into service."""
    known = await sight.look(visit.parts)
    if known.candidate is None or known.candidate.name != name:
        raise NotThereError
    return await visit.show("think_twice.html", sight=known)


@router.post("/teach/models/{name}/serve", openapi_extra=fields("sure"))
async def serve(name: ModelName, visit: ApproversVisit, form: Sent) -> Response:
    """Puts a model into service: the last candidate, or one that was there before."""
    known = await sight.look(visit.parts)
    is_candidate = known.candidate is not None and known.candidate.name == name
    if is_candidate and known.against and form.get("sure") != "yes":
        return RedirectResponse(f"/teach/models/{name}/serve", status_code=303)
    found = await service.put_into_service(
        visit.parts.teaching.folders, sight.classifier_of(visit.parts), name
    )
    if isinstance(found, Trouble):
        if found.cause is Cause.NOT_KEPT:  # it is in service now, but not for long
            await visit.note("model_in_service", name)
        return await show_training(visit, found)
    await visit.note("model_in_service" if is_candidate else "model_back", name)
    done = "in_service" if is_candidate else "back"
    return RedirectResponse(f"/teach/training?done={done}", status_code=303)


@router.post("/teach/models/{name}/discard", openapi_extra=fields())
async def discard(name: ModelName, visit: ApproversVisit, _form: Sent) -> Response:
    """Removes a model that nobody wants; what was taught stays taught."""
    found = await service.discard(visit.parts.teaching.folders, name)
    if isinstance(found, Trouble):
        return await show_training(visit, found)
    await visit.note("model_discarded", name)
    return RedirectResponse("/teach/training?done=discarded", status_code=303)
