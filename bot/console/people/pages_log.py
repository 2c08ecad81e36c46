"""Who changed what, and who looked at what was masked; for coordinators."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse

from bot.console.access.guard import Coordinator, ThePages, TheParts
from bot.console.parts import Parts
from bot.console.people.known import names
from bot.console.people.log import changes_of, leaf, reveals_of
from bot.console.people.words import change_name, member_name, reveal_name
from bot.console.web.csv_file import as_csv, csv_response
from bot.console.web.languages import Wording
from bot.store.console import Change
from bot.store.keys import AUDIT_TTL, CONSOLE_CHANGES_TTL, DAY
from bot.store.staff import Reveal

router = APIRouter(tags=["people"], default_response_class=HTMLResponse)

PERIODS = (7, 30, 90, 365)
"""Days that the pages offer."""

Days = Annotated[int, Query(ge=1, le=min(AUDIT_TTL, CONSOLE_CHANGES_TTL) // DAY)]
Who = Annotated[str, Query(pattern=r"^[0-9]{0,16}$")]
What = Annotated[str, Query(pattern=r"^[a-z_]{0,60}$")]
Leaf = Annotated[int, Query(ge=1, le=100_000)]


@router.get("/people/changes")
async def changes(  # noqa: PLR0913, PLR0917 - the filters
    request: Request,
    me: Coordinator,
    pages: ThePages,
    parts: TheParts,
    days: Days = 30,
    who: Who = "",
    what: What = "",
    page: Leaf = 1,
) -> Response:
    """Who changed what in the console."""
    all_changes = await parts.store.console.changes(parts.clock.now())
    found = changes_of(all_changes, _since(parts, days), _number(who), what)
    w = pages.wording(request)
    return pages.page(
        request,
        "people/changes.html",
        me,
        leaf=leaf(found, page),
        people=sorted(names((), all_changes).items(), key=lambda one: one[1].casefold()),
        kinds=sorted({change.what for change in all_changes}, key=lambda one: change_name(w, one)),
        change_name=change_name,
        member_name=member_name,
        periods=PERIODS,
        query={"days": days, "who": who, "what": what},
    )


@router.get("/people/changes.csv")
async def changes_csv(  # noqa: PLR0913, PLR0917 - the filters
    request: Request,
    _me: Coordinator,
    pages: ThePages,
    parts: TheParts,
    days: Days = 30,
    who: Who = "",
    what: What = "",
) -> Response:
    """The same as a file."""
    w = pages.wording(request)
    all_changes = await parts.store.console.changes(parts.clock.now())
    found = changes_of(all_changes, _since(parts, days), _number(who), what)
    header = [
        *(w.gettext("When"), w.gettext("Who"), w.gettext("Telegram number"), w.gettext("What")),
        *(w.gettext("About"), w.gettext("Reason")),
    ]
    return csv_response("changes", as_csv(header, (_change(w, one) for one in found), w.language))


@router.get("/people/reveals")
async def reveals(  # noqa: PLR0913, PLR0917 - the filters
    request: Request,
    me: Coordinator,
    pages: ThePages,
    parts: TheParts,
    days: Days = 30,
    who: Who = "",
    page: Leaf = 1,
) -> Response:
    """Who looked at what was masked."""
    now = parts.clock.now()
    all_reveals = await parts.store.cases.reveals(now)
    called = await _names(parts)
    staff = sorted({one.staff for one in all_reveals})
    return pages.page(
        request,
        "people/reveals.html",
        me,
        leaf=leaf(reveals_of(all_reveals, _since(parts, days), _number(who)), page),
        names=called,
        people=[(user, called.get(user, "")) for user in staff],
        reveal_name=reveal_name,
        member_name=member_name,
        periods=PERIODS,
        query={"days": days, "who": who},
    )


@router.get("/people/reveals.csv")
async def reveals_csv(
    request: Request,
    _me: Coordinator,
    pages: ThePages,
    parts: TheParts,
    days: Days = 30,
    who: Who = "",
) -> Response:
    """The same as a file."""
    w, called = pages.wording(request), await _names(parts)
    all_reveals = await parts.store.cases.reveals(parts.clock.now())
    found = reveals_of(all_reveals, _since(parts, days), _number(who))
    header = [
        *(w.gettext("When"), w.gettext("Who"), w.gettext("Telegram number"), w.gettext("What")),
        w.gettext("Case"),
    ]
    rows = (_reveal(w, one, called) for one in found)
    return csv_response("reveals", as_csv(header, rows, w.language))


def _change(w: Wording, one: Change) -> list[object]:
    what = change_name(w, one.what)
    return [w.time(one.at), one.who.name, one.who.id, what, one.about, one.note]


def _reveal(w: Wording, one: Reveal, called: dict[int, str]) -> list[object]:
    name = member_name(w, one.staff, called.get(one.staff, ""))
    return [w.time(one.at), name, one.staff, reveal_name(w, one.kind), one.case]


async def _names(parts: Parts) -> dict[int, str]:
    console = parts.store.console
    return names(await console.signed_in(), await console.changes(parts.clock.now()))


def _since(parts: Parts, days: int) -> float:
    return parts.clock.now() - days * DAY


def _number(who: str) -> int | None:
    return int(who) if who else None
