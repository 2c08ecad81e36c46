"""Who changed what, and who looked at what was masked; for coordinators."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from bot.console.access.visit import CoordinatorsVisit, Visit
from bot.console.people.known import names
from bot.console.people.log import changes_of, reveals_of
from bot.console.people.words import change_name, member_name, reveal_name
from bot.console.web.csv_file import as_csv, csv_response
from bot.console.web.languages import Wording
from bot.console.web.leaves import leaf
from bot.store.console import Change
from bot.store.keys import AUDIT_TTL, CONSOLE_CHANGES_TTL, DAY
from bot.store.staff import Reveal

router = APIRouter(tags=["people"], default_response_class=HTMLResponse)

PERIODS = (7, 30, 90, 365)
"""Days that the pages offer."""


class Filters(BaseModel):
    """What is shown of a log, as addresses name it.

    Attributes:
        days: of the last so many days.
        who: a member's user id; empty for everybody.
        what: a kind of change; empty for all.
        page: of the log, from 1.
    """

    days: Annotated[int, Field(ge=1, le=min(AUDIT_TTL, CONSOLE_CHANGES_TTL) // DAY)] = 30
    who: Annotated[str, Field(pattern=r"^[0-9]{0,16}$")] = ""
    what: Annotated[str, Field(pattern=r"^[a-z_]{0,60}$")] = ""
    page: Annotated[int, Field(ge=1, le=100_000)] = 1

    @property
    def user(self) -> int | None:
        """The member; None for everybody."""
        return int(self.who) if self.who else None


Asked = Annotated[Filters, Query()]


@router.get("/people/changes")
async def changes(visit: CoordinatorsVisit, asked: Asked) -> Response:
    """Who changed what in the console."""
    w, all_changes = visit.w, await _changes(visit)
    return visit.page(
        "people/changes.html",
        leaf=leaf(_chosen_changes(visit, all_changes, asked), asked.page),
        people=sorted(names((), all_changes).items(), key=lambda one: one[1].casefold()),
        kinds=sorted({change.what for change in all_changes}, key=lambda one: change_name(w, one)),
        change_name=change_name,
        member_name=member_name,
        periods=PERIODS,
        query={"days": asked.days, "who": asked.who, "what": asked.what},
    )


@router.get("/people/changes.csv")
async def changes_csv(visit: CoordinatorsVisit, asked: Asked) -> Response:
    """The same as a file."""
    found = _chosen_changes(visit, await _changes(visit), asked)
    w = visit.w
    header = [*_header(w), w.gettext("About"), w.gettext("Reason")]
    return csv_response("changes", as_csv(header, (_change(w, one) for one in found), w.language))


@router.get("/people/reveals")
async def reveals(visit: CoordinatorsVisit, asked: Asked) -> Response:
    """Who looked at what was masked."""
    all_reveals = await visit.parts.store.cases.reveals(visit.parts.clock.now())
    called = await _names(visit)
    staff = sorted({one.staff for one in all_reveals})
    found = reveals_of(all_reveals, _since(visit, asked), asked.user)
    return visit.page(
        "people/reveals.html",
        leaf=leaf(found, asked.page),
        names=called,
        people=[(user, called.get(user, "")) for user in staff],
        reveal_name=reveal_name,
        member_name=member_name,
        periods=PERIODS,
        query={"days": asked.days, "who": asked.who},
    )


@router.get("/people/reveals.csv")
async def reveals_csv(visit: CoordinatorsVisit, asked: Asked) -> Response:
    """The same as a file."""
    w, called = visit.w, await _names(visit)
    all_reveals = await visit.parts.store.cases.reveals(visit.parts.clock.now())
    found = reveals_of(all_reveals, _since(visit, asked), asked.user)
    rows = (_reveal(w, one, called) for one in found)
    return csv_response("reveals", as_csv([*_header(w), w.gettext("Case")], rows, w.language))


def _header(w: Wording) -> list[str]:
    """What both files begin with."""
    when, who = w.gettext("When"), w.gettext("Who")
    return [when, who, w.gettext("Telegram number"), w.gettext("What")]


def _change(w: Wording, one: Change) -> list[object]:
    what = change_name(w, one.what)
    return [w.time(one.at), one.who.name, one.who.id, what, one.about, one.note]


def _reveal(w: Wording, one: Reveal, called: dict[int, str]) -> list[object]:
    name = member_name(w, one.staff, called.get(one.staff, ""))
    return [w.time(one.at), name, one.staff, reveal_name(w, one.kind), one.case]


async def _changes(visit: Visit) -> tuple[Change, ...]:
    return await visit.parts.store.console.changes(visit.parts.clock.now())


def _chosen_changes(
    visit: Visit, all_changes: Iterable[Change], asked: Filters
) -> tuple[Change, ...]:
    return changes_of(all_changes, _since(visit, asked), asked.user, asked.what)


async def _names(visit: Visit) -> dict[int, str]:
    return names(await visit.parts.store.console.signed_in(), await _changes(visit))


def _since(visit: Visit, asked: Filters) -> float:
    return visit.parts.clock.now() - asked.days * DAY
