"""The page of a centre: read, edit, look at, take off the list; and a new one."""

from __future__ import annotations

import asyncio
from dataclasses import replace as with_fields
from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from msgspec.structs import replace

from bot.answers.centres_file import FILE
from bot.answers.loaded import Loaded
from bot.console.access.guard import Live as LiveForm
from bot.console.access.guard import Sent
from bot.console.answers.pages_visit import AVisit, Visit
from bot.console.centres.book import read_book
from bot.console.centres.draft import Draft
from bot.console.centres.form import FIELDS, sent
from bot.console.centres.opening import Opened, opened_for, published, to_change
from bot.console.centres.pages_list import CentreId
from bot.console.centres.pages_show import show
from bot.console.centres.past import history
from bot.console.centres.saving import Clashed, Done, Failed, Result, Unsound, Wish, save
from bot.console.centres.shown import Editing, View, editing, live
from bot.console.centres.tidying import closed
from bot.console.web.errors import NotThereError
from bot.console.web.forms import Form, fields
from bot.language.tags import Locale

router = APIRouter(tags=["centres"], default_response_class=HTMLResponse)

_Asked = Annotated[str, Query(max_length=90)]
_VersionId = Annotated[str, Query(pattern=r"^([0-9a-f]{40})?$")]
NEW = Draft(kind="", citizenships=("any",))


@router.get("/centres/new")
async def new(visit: AVisit) -> Response:
    """An empty form."""
    view = await _view(visit, None)

    def found() -> Editing:
        return editing(visit.parts, view, published(visit.parts), NEW, "")

    return _page(visit, await asyncio.to_thread(found))


@router.post("/centres/new", openapi_extra=fields(*FIELDS))
async def add(visit: AVisit, form: Sent) -> Response:
    """Saves a new one."""
    return await _sent(visit, form, "")


@router.post("/centres/preview", openapi_extra=fields(*FIELDS))
async def look(visit: AVisit, form: LiveForm) -> Response:
    """What the card would look like, and what is wrong in the fields; saves nothing."""
    view = await _view(visit, form)

    def panel() -> object:
        opened = to_change(visit.parts, form.get("proposal"))
        name = form.get("known")
        draft = replace(sent(form), id=name or form.get("id"))
        return live(visit.parts, view, draft, opened, name)

    return show(visit, "live.html", live=await asyncio.to_thread(panel))


@router.get("/centres/{name}")
async def centre(
    name: CentreId, visit: AVisit, proposal: _Asked = "", version: _VersionId = ""
) -> Response:
    """A centre, to be read and edited; with ``version``, as it was then."""
    view = await _view(visit, None)

    def found() -> Editing:
        opened = opened_for(visit.parts, visit.me, name, proposal)
        draft = _draft_of(opened, name)
        if version:
            then = visit.parts.versions.at(FILE, version)
            entry = read_book(then.text).find(name) if then else None
            if entry is None:
                raise NotThereError
            draft = entry.draft
        return editing(visit.parts, view, opened, draft, name)

    return _page(visit, await asyncio.to_thread(found), is_restored=bool(version))


@router.post("/centres/{name}", openapi_extra=fields(*FIELDS))
async def change(name: CentreId, visit: AVisit, form: Sent) -> Response:
    """Saves a version of it in a proposal, or only looks at what was typed."""
    return await _sent(visit, form, name)


@router.post("/centres/{name}/close", openapi_extra=fields("base", "proposal", "gone_reason"))
async def close(name: CentreId, visit: AVisit, form: Sent) -> Response:
    """It no longer exists: nobody is shown it any more, once this is approved."""
    day = visit.parts.clock.today().isoformat()

    def done() -> tuple[Result, Draft]:
        opened = to_change(visit.parts, form.get("proposal"))
        draft = closed(_draft_of(opened, name), day, form.get("gone_reason"))
        reason = form.get("gone_reason") or visit.w.gettext("No longer exists")
        proposal = opened.proposal.id if opened.proposal else ""
        wish = Wish(draft, False, form.get("base"), proposal, reason, hand_in=True)
        return save(visit.parts, visit.me, wish), draft

    result, draft = await asyncio.to_thread(done)
    return await _answer(visit, form, name, result, draft)


@router.get("/centres/{name}/history")
async def past(name: CentreId, visit: AVisit) -> Response:
    """Who changed what of it, and when."""

    def found() -> tuple[Opened, object]:
        return published(visit.parts), history(visit.parts, name)

    opened, steps = await asyncio.to_thread(found)
    entry = opened.book.find(name)
    if entry is None and not steps:
        raise NotThereError
    draft = entry.draft if entry else None
    return show(visit, "history.html", name=name, draft=draft, steps=steps)


async def _sent(visit: Visit, form: Form, name: str) -> Response:
    draft = replace(sent(form), id=name or form.get("id"))
    action = form.get("action")
    if action == "look":
        return await _shown_again(visit, form, name, draft, None)
    wish = Wish(
        draft,
        is_new=not name,
        base=form.get("base"),
        proposal=form.get("proposal"),
        reason=form.get("reason"),
        hand_in=action == "submit",
    )
    result = await asyncio.to_thread(save, visit.parts, visit.me, wish)
    return await _answer(visit, form, name, result, draft)


async def _answer(visit: Visit, form: Form, name: str, result: Result, draft: Draft) -> Response:
    """Where to go on after a save, or the page again with what was sent."""
    if isinstance(result, Done):
        if result.what:
            reason = form.get("reason") or form.get("gone_reason")
            await visit.note(result.what, f"{FILE}: {result.name}", reason)
        if result.word == "submitted":
            address = f"/answers/proposals/{result.proposal}?done=submitted"
        else:
            asked = f"proposal={result.proposal}&" if result.proposal else ""
            address = f"/centres/{result.name}?{asked}done={result.word}"
        return RedirectResponse(address, status_code=303)
    return await _shown_again(visit, form, name, draft, result)


async def _shown_again(
    visit: Visit,
    form: Form,
    name: str,
    draft: Draft,
    result: Unsound | Clashed | Failed | None,
) -> Response:
    """The page with what was sent in its fields, and a sentence where it is wrong."""
    view = await _view(visit, form)
    merged = result.merged if isinstance(result, Clashed) else None

    def found() -> Editing:
        opened = to_change(visit.parts, form.get("proposal"))
        if name and opened.book.find(name) is None:
            raise NotThereError
        made = editing(visit.parts, view, opened, merged.draft if merged else draft, name)
        base = result.base if isinstance(result, Clashed) else form.get("base")
        return with_fields(made, base=base, merged=merged, is_complaining=True)

    made = await asyncio.to_thread(found)
    status = 200 if result is None else 409 if merged else 422
    problem = result if isinstance(result, Failed) else None
    return _page(visit, made, status=status, problem=problem, reason=form.get("reason"))


def _page(visit: Visit, made: Editing, *, status: int = 200, **said: object) -> Response:
    usual: dict[str, object] = {"problem": None, "reason": "", "is_restored": False}
    locales = tuple(Locale)
    return show(visit, "edit.html", status=status, e=made, locales=locales, **(usual | said))


async def _view(visit: Visit, form: Form | None) -> View:
    wanted = form.get("locale") if form else ""
    locale = Locale(wanted) if wanted in set(Locale) else Locale.RU
    loaded: Loaded = await visit.parts.folder.loaded()
    return View(visit.w, locale, loaded)


def _draft_of(opened: Opened, name: str) -> Draft:
    entry = opened.book.find(name)
    if entry is None:
        raise NotThereError
    return entry.draft
