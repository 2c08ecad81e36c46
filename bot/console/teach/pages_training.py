"""Train and compare: in the background, with progress."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from bot.console.access.guard import Sent
from bot.console.teach import sight
from bot.console.teach.pages_visit import ApproversVisit, AVisit, OnlookersVisit, Visit
from bot.console.training import jobs
from bot.console.training.job_state import State
from bot.console.training.progress import Stage
from bot.console.training.trouble import Cause, Trouble
from bot.console.web.forms import fields

router = APIRouter(tags=["teach"], default_response_class=HTMLResponse)


@router.get("/teach/training")
async def training(visit: AVisit) -> Response:
    """How the last training went, old against new, and the models that there are."""
    return await show_training(visit)


@router.get("/teach/training/job")
async def job(visit: OnlookersVisit) -> Response:
    """The last training alone; asked for by the page while it runs."""
    found = await asyncio.to_thread(jobs.last, visit.parts.teaching.folders)
    if found is not None and found.state is State.RUNNING:  # asked for again and again: no more
        return await visit.show("job.html", sight=None, job=found, stages=tuple(Stage))
    return await visit.show("job.html", **await _values(visit))


@router.post("/teach/training/start", openapi_extra=fields())
async def start(visit: ApproversVisit, _form: Sent) -> Response:
    """Trains a candidate of all phrases and compares it with the model in service."""
    begun = await jobs.start(visit.parts.teaching.folders, visit.parts.settings)
    if isinstance(begun, Trouble):
        return await show_training(visit, begun)
    await visit.note("training_started", begun.id)
    return RedirectResponse("/teach/training?done=started#job", status_code=303)


@router.post("/teach/training/cancel", openapi_extra=fields())
async def cancel(visit: ApproversVisit, _form: Sent) -> Response:
    """Ends the training that runs."""
    folders = visit.parts.teaching.folders
    before = await asyncio.to_thread(jobs.last, folders)
    ended = await jobs.cancel(folders)
    was_running = before is not None and before.state is State.RUNNING
    if not was_running or ended is None or ended.state is not State.CANCELLED:
        return RedirectResponse("/teach/training#job", status_code=303)
    await visit.note("training_cancelled", ended.id)
    return RedirectResponse("/teach/training?done=cancelled#job", status_code=303)


async def show_training(visit: Visit, trouble: Trouble | None = None) -> Response:
    """The page; with 409 if something could not be done."""
    status = 409 if trouble else 200
    return await visit.show("training.html", status=status, trouble=trouble, **await _values(visit))


async def _values(visit: Visit) -> dict[str, Any]:
    known = await sight.look(visit.parts)
    return {
        "sight": known,
        "job": known.job,
        "stages": tuple(Stage),
        "no_environment": Cause.NO_ENVIRONMENT,
    }
