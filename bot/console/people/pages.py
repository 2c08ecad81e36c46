"""Who may do what, and who is signed in; for coordinators."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from bot.console.access.guard import Coordinator, Sent, ThePages, TheParts, note_change
from bot.console.access.roles import GIVEN, Role
from bot.console.people.known import Known, everybody, leaves_no_coordinator
from bot.console.people.words import member_name, role_name
from bot.console.web.errors import NotThereError
from bot.console.web.forms import fields
from bot.telegram.desk.upkeep.members import Standing

if TYPE_CHECKING:
    from bot.console.access.roles import Person
    from bot.console.parts import Parts
    from bot.console.web.pages import Pages

router = APIRouter(tags=["people"], default_response_class=HTMLResponse)

STANDING_SECONDS = 3.0
"""How long the page waits for Telegram to say who is still in a group."""

MAX_USER = 2**52
"""Telegram's user ids have at most 52 significant bits (core.telegram.org/bots/api#user)."""

User = Annotated[int, Path(ge=1, lt=MAX_USER)]


@router.get("/people")
async def people(
    request: Request, me: Coordinator, pages: ThePages, parts: TheParts, done: str = ""
) -> Response:
    """Everybody who is known."""
    return await _page(request, me, pages, parts, done=done)


@router.post("/people/add", openapi_extra=fields("user", "role"))
async def add(
    request: Request, me: Coordinator, form: Sent, pages: ThePages, parts: TheParts
) -> Response:
    """Gives roles to somebody who is not in the list yet; who is there keeps theirs beside them."""
    written = form.get("user")
    number = int(written) if written.isascii() and written.isdigit() and len(written) < 17 else 0
    roles = _roles(form.all("role"))
    if not 0 < number < MAX_USER:
        fault = "number"
    elif not roles:
        fault = "role"
    else:
        fault = await _fault(parts, number, roles)
    if fault:
        draft = (written, roles)
        return await _page(request, me, pages, parts, status=422, add_fault=fault, draft=draft)
    there = await _everybody(parts)
    known = next((one.given for one in there if one.id == number), frozenset())
    return await _give(parts, me, number, roles | known)


@router.post("/people/{user}/roles", openapi_extra=fields("role", "was"))
async def give(  # noqa: PLR0913, PLR0917 - what a route is given
    user: User, request: Request, me: Coordinator, form: Sent, pages: ThePages, parts: TheParts
) -> Response:
    """Sets what somebody may do, if it is still what the page showed (``was``)."""
    roles = _roles(form.all("role"))
    there = await _everybody(parts)
    known = next((one for one in there if one.id == user), None)
    if known is None:
        raise NotThereError
    fault = ""
    if frozenset(form.all("was")) - {""} != {role.value for role in known.given}:
        fault = "meanwhile"
    elif leaves_no_coordinator(there, user, roles):
        fault = "last"
    elif roles - known.given:
        fault = await _fault(parts, user, roles)
    if fault:
        status = 409 if fault == "meanwhile" else 422
        return await _page(request, me, pages, parts, status=status, fault=(user, fault))
    return await _give(parts, me, user, roles)


@router.post("/people/{user}/sign-out", openapi_extra=fields())
async def sign_out(user: User, me: Coordinator, _form: Sent, parts: TheParts) -> Response:
    """Ends all sessions of somebody."""
    await parts.store.console.end_all(user)
    await note_change(parts, me, "sessions_ended", str(user))
    return RedirectResponse("/people?done=signed_out", status_code=303)


async def _give(parts: Parts, me: Person, user: int, roles: frozenset[Role]) -> Response:
    names = sorted(role.value for role in roles)
    await parts.store.console.give_roles(user, names)
    await note_change(parts, me, "roles_given", str(user), ", ".join(names))
    return RedirectResponse("/people?done=roles", status_code=303)


async def _fault(parts: Parts, user: int, roles: frozenset[Role]) -> str:
    """Why somebody cannot be given roles; empty if they can."""
    if not roles:
        return ""
    match await parts.members.standing(user):
        case Standing.STRANGER:
            return "stranger"
        case Standing.UNKNOWN:
            return "unknown"
        case Standing.MEMBER:
            return ""


def _roles(names: list[str]) -> frozenset[Role]:
    return frozenset(role for role in GIVEN if role.value in names)


async def _everybody(parts: Parts) -> tuple[Known, ...]:
    console = parts.store.console
    return everybody(
        await console.signed_in(),
        await console.all_roles(),
        await console.changes(parts.clock.now()),
        parts.groups,
        parts.members.roles_by_file,
    )


async def _standings(parts: Parts, people: tuple[Known, ...]) -> dict[int, Standing]:
    """What Telegram says of each within a few seconds; who is missing is not known."""
    asked = {one.id: asyncio.create_task(parts.members.standing(one.id)) for one in people}
    if not asked:
        return {}
    done, late = await asyncio.wait(asked.values(), timeout=STANDING_SECONDS)
    for task in late:
        task.cancel()
    return {user: task.result() for user, task in asked.items() if task in done}


async def _page(  # noqa: PLR0913 - what the page may show beside the list
    request: Request,
    me: Person,
    pages: Pages,
    parts: Parts,
    *,
    status: int = 200,
    done: str = "",
    fault: tuple[int, str] = (0, ""),
    add_fault: str = "",
    draft: tuple[str, frozenset[Role]] = ("", frozenset()),
) -> Response:
    there = await _everybody(parts)
    return pages.page(
        request,
        "people/people.html",
        me,
        status=status,
        people=there,
        standings=await _standings(parts, there),
        given=GIVEN,
        role_name=role_name,
        member_name=member_name,
        done=done,
        fault=fault,
        add_fault=add_fault,
        draft=draft,
    )
