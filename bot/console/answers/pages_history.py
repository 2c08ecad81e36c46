"""The history of a file: versions, differences, who wrote which line, and going back."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from bot.console.access.guard import Sent
from bot.console.answers.pages_visit import AVisit, Visit
from bot.console.answers.people import author
from bot.console.answers.places import VERSION, Place, ThePlace
from bot.console.answers.saving import Problem
from bot.console.versions.model import Refused
from bot.console.web.errors import NotThereError
from bot.console.web.forms import fields

router = APIRouter(tags=["answers"], default_response_class=HTMLResponse)

SHOWN = 200
"""Versions of one file; more than that is found with git."""

AVersion = Annotated[str, Query(pattern=VERSION)]


@router.get("/answers/{topic}/{intent}/{sheet}/history")
async def history(place: ThePlace, visit: AVisit) -> Response:
    """Who changed a file, when and why; the newest first."""
    return await _history(visit, place, None)


@router.get("/answers/{topic}/{intent}/{sheet}/diff")
async def diff(place: ThePlace, visit: AVisit, old: AVersion, new: AVersion) -> Response:
    """What changed in a file from one version to another."""
    versions = visit.parts.versions
    changes = await asyncio.to_thread(versions.history, place.path, SHOWN)
    known = {change.version: change for change in changes}
    if not {old, new} <= known.keys():
        raise NotThereError
    hunks = await asyncio.to_thread(versions.diff, old, new, place.path)
    return visit.show("diff.html", place=place, old=known[old], new=known[new], hunks=hunks)


@router.get("/answers/{topic}/{intent}/{sheet}/blame")
async def blame(place: ThePlace, visit: AVisit) -> Response:
    """Who wrote which line of a published file, and when."""
    lines = await asyncio.to_thread(visit.parts.versions.blame, place.path)
    if not lines:
        raise NotThereError
    return visit.show("blame.html", place=place, lines=lines)


@router.post("/answers/{topic}/{intent}/{sheet}/restore", openapi_extra=fields("version", "reason"))
async def restore(place: ThePlace, visit: AVisit, form: Sent) -> Response:
    """Makes an old version a proposal."""
    result = await asyncio.to_thread(
        visit.parts.versions.restore,
        place.path,
        form.get("version"),
        author(visit.me),
        form.get("reason"),
    )
    if isinstance(result, Refused):
        problem = Problem(result.why, result.detail, result.faults)
        return await _history(visit, place, problem)
    await visit.note("answer_restored", place.path, form.get("version")[:10])
    address = f"/answers/proposals/{result.proposal.id}?done=restored"
    return RedirectResponse(address, status_code=303)


async def _history(visit: Visit, place: Place, problem: Problem | None) -> Response:
    changes = await asyncio.to_thread(visit.parts.versions.history, place.path, SHOWN)
    if not changes:
        raise NotThereError
    status = 422 if problem else 200
    return visit.show("history.html", status=status, place=place, changes=changes, problem=problem)
