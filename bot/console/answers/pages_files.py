"""The files that all answers share, edited as a whole: facts, glossary, menu."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from bot.answers.findings import Finding
from bot.console.access.guard import Sent
from bot.console.answers.edited import folder_of
from bot.console.answers.opened import Opened, as_begun, open_file
from bot.console.answers.pages_visit import AVisit, Visit
from bot.console.answers.places import address_of
from bot.console.answers.saving import SAVED, Done, Problem, Step, save, step_of
from bot.console.versions import paths
from bot.console.versions.model import Conflict
from bot.console.web.errors import NotThereError
from bot.console.web.forms import Form, fields

router = APIRouter(tags=["answers"], default_response_class=HTMLResponse)

FilePath = Annotated[str, Path(max_length=200)]
Asked = Annotated[str, Query(max_length=90)]


@dataclass(frozen=True, slots=True)
class _Whole:
    """A file that is edited as one text."""

    path: str
    address: str
    opened: Opened
    text: str
    findings: tuple[Finding, ...]


@router.get("/answers/files")
async def files(visit: AVisit) -> Response:
    """Which files there are beside the answers."""
    there = await asyncio.to_thread(visit.parts.versions.files)
    shared = [path for path in there if folder_of(path) is None and paths.is_known(path)]
    return visit.show("files.html", files=shared)


@router.get("/answers/files/{path:path}")
async def file(path: FilePath, visit: AVisit, proposal: Asked = "") -> Response:
    """A file as a whole; one of an answer has a page of its own."""
    if not paths.is_known(path):
        raise NotThereError
    address = address_of(path)
    if not address.startswith("/answers/files/"):
        return RedirectResponse(address, status_code=303)

    def found() -> _Whole:
        opened = open_file(visit.parts, visit.me, path, proposal)
        if opened.text is None:
            raise NotThereError
        return _whole(visit, path, opened, opened.text)

    shown = await asyncio.to_thread(found)
    return visit.show("file.html", f=shown, reason="", problem=None)


@router.post("/answers/files/{path:path}", openapi_extra=fields(*SAVED, "content"))
async def send(path: FilePath, visit: AVisit, form: Sent) -> Response:
    """Saves a version of a file in a proposal, or only checks it."""
    if not paths.is_known(path) or folder_of(path) is not None:
        raise NotThereError
    step, text = step_of(form), _content(form)
    address = address_of(path)
    result: Done | Conflict | Problem | None = None
    if step is not Step.LOOK:
        result = await asyncio.to_thread(save, visit.parts, visit.me, form, {path: text}, step)
    if isinstance(result, Done):
        if result.what:
            await visit.note(result.what, path, form.get("reason"))
        return RedirectResponse(result.address(address), status_code=303)
    if isinstance(result, Conflict):
        return visit.show_conflict(result, form, address)

    def found() -> _Whole:
        opened = as_begun(visit.parts, path, form.get("base"), form.get("proposal"))
        return _whole(visit, path, opened, text)

    shown = await asyncio.to_thread(found)
    status = 422 if result else 200
    reason = form.get("reason")
    return visit.show("file.html", status=status, f=shown, reason=reason, problem=result)


def _content(form: Form) -> str:
    text = form.text("content")
    return text if text.endswith("\n") else f"{text}\n"


def _whole(visit: Visit, path: str, opened: Opened, text: str) -> _Whole:
    looked = visit.parts.checks.look(opened.read, path, {path: text})
    return _Whole(path, address_of(path), opened, text, looked.findings)
