"""What people need: tables with their charts and files."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

import fastapi
from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from bot.console.access.visit import CoordinatorsVisit, Visit
from bot.console.insight import sheets, sheets_people, sheets_waits
from bot.console.insight.charts import drawn
from bot.console.insight.hidden import FEWEST
from bot.console.insight.names import language_name
from bot.console.insight.period import Month
from bot.console.insight.reader import WAITS_DAYS
from bot.console.insight.sheet import Kind, Sheet
from bot.console.insight.told import cell_in_file, cell_on_page
from bot.console.parts import Parts
from bot.console.web.csv_file import as_csv, csv_response
from bot.console.web.errors import NotThereError
from bot.console.web.languages import Wording
from bot.language.tags import Locale

router = APIRouter(tags=["insight"], default_response_class=HTMLResponse)


class Filters(BaseModel):
    """What is shown of the figures, as addresses name it.

    Attributes:
        month: as ``2026-11``; empty for the last one that is over.
        language: a ``Locale``'s value; empty for all.
    """

    month: Annotated[str, Field(pattern=r"^([0-9]{4}-[0-9]{2})?$")] = ""
    language: Literal["", "ru", "kk", "uz", "uz_Cyrl", "tg", "ky"] = ""


Query = Annotated[Filters, fastapi.Query()]


class Part(StrEnum):
    """A page of the figures; the value ends its path."""

    ASKED = ""
    WAITS = "waits"
    EQUITY = "equity"
    REACH = "reach"


class Name(StrEnum):
    """A table; the value names its chart and its file."""

    DAYS = "days"
    LANGUAGES = "languages"
    TOPICS = "topics"
    QUESTIONS = "questions"
    CITIES = "cities"
    CODES = "codes"
    HOURS = "hours"
    RATINGS = "ratings"
    WAITS = "waits"
    WAIT_GROUPS = "wait-groups"
    WAIT_HOURS = "wait-hours"
    EQUITY = "equity"
    EQUITY_TOPICS = "equity-topics"
    PEOPLE = "people"
    NEW_LANGUAGES = "new-languages"
    NEW_CODES = "new-codes"
    NEW_CITIES = "new-cities"


PART_OF = {
    **dict.fromkeys((Name.WAITS, Name.WAIT_GROUPS, Name.WAIT_HOURS), Part.WAITS),
    **dict.fromkeys((Name.EQUITY, Name.EQUITY_TOPICS), Part.EQUITY),
    **dict.fromkeys((Name.PEOPLE, Name.NEW_LANGUAGES, Name.NEW_CODES, Name.NEW_CITIES), Part.REACH),
}
"""The page of each table; of the others it is ``Part.ASKED``."""


@router.get("/insight")
async def asked(visit: CoordinatorsVisit, query: Query) -> Response:
    """What is asked, and how it ended."""
    return await _page(visit, Part.ASKED, query)


@router.get("/insight/waits")
async def waits(visit: CoordinatorsVisit) -> Response:
    """How long people wait for the staff."""
    return await _page(visit, Part.WAITS, Filters())


@router.get("/insight/equity")
async def equity(visit: CoordinatorsVisit, query: Query) -> Response:
    """What is asked in a language but not well understood there."""
    return await _page(visit, Part.EQUITY, query)


@router.get("/insight/reach")
async def reach(visit: CoordinatorsVisit, query: Query) -> Response:
    """Who is not reached."""
    return await _page(visit, Part.REACH, query)


@router.get("/insight/charts/{name}.svg")
async def chart(name: Name, visit: CoordinatorsVisit, query: Query) -> Response:
    """The chart of a table."""
    sheet = await _sheet(visit, name, query)
    if not sheet.is_drawn:
        raise NotThereError
    return Response(drawn(sheet, visit.w), media_type="image/svg+xml")


@router.get("/insight/{name}.csv")
async def file(name: Name, visit: CoordinatorsVisit, query: Query) -> Response:
    """A table as a file."""
    w, sheet = visit.w, await _sheet(visit, name, query)
    header = [sheet.head, *(_file_title(w, one.title, one.kind) for one in sheet.columns)]
    kinds = [column.kind for column in sheet.columns]
    rows: list[list[object]] = [
        [
            row.label,
            *(cell_in_file(w, cell, kind) for cell, kind in zip(row.cells, kinds, strict=True)),
        ]
        for row in sheet.rows
    ]
    if sheet.has_flags:
        header.append(w.gettext("Remark"))
        rows = [[*cells, row.flag] for cells, row in zip(rows, sheet.rows, strict=True)]
    return csv_response(f"helpline-{name.value}", as_csv(header, rows, w.language))


async def _page(visit: Visit, part: Part, query: Filters) -> Response:
    w, parts, month = visit.w, visit.parts, _month(visit.parts, query.month)
    found = await _sheets(parts, w, part, month, query.language)
    running = parts.insight.months()[0].next
    return visit.page(
        "insight/insight.html",
        part=part.value,
        sheets=found,
        is_empty=all(sheet.is_empty for sheet in found),
        cell_on_page=cell_on_page,
        months=[(str(one), w.month(one.first)) for one in parts.insight.months()],
        running=w.month(running.first),
        comes=w.date(running.next.first),
        waits_days=WAITS_DAYS,
        tongues=[(locale.value, language_name(w, locale.value)) for locale in Locale],
        query={"month": str(month), "language": query.language},
        fewest=FEWEST,
    )


async def _sheet(visit: Visit, name: Name, query: Filters) -> Sheet:
    part, month = PART_OF.get(name, Part.ASKED), _month(visit.parts, query.month)
    for sheet in await _sheets(visit.parts, visit.w, part, month, query.language):
        if sheet.name == name.value:
            return sheet
    raise NotThereError


def _month(parts: Parts, asked_for: str) -> Month:
    """The month that is asked for, if it is offered."""
    offered = parts.insight.months()
    for month in offered:
        if asked_for in ("", str(month)):
            return month
    raise NotThereError


async def _sheets(
    parts: Parts, w: Wording, part: Part, month: Month, language: str
) -> tuple[Sheet, ...]:
    reader = parts.insight
    match part:
        case Part.WAITS:
            return sheets_waits.waits(w, *await reader.waits())
        case Part.EQUITY:
            figures, called = await reader.figures(month), await reader.called()
            return sheets_people.equity(w, figures, called, language)
        case Part.REACH:
            found, weeks = await reader.reach(month), await reader.weeks()
            return sheets_people.reached(w, month, found, weeks, await reader.called(), language)
        case Part.ASKED:
            figures, called = await reader.figures(month), await reader.called()
            return sheets.asked(w, figures, called, language)


def _file_title(w: Wording, title: str, kind: Kind) -> str:
    match kind:
        case Kind.SHARE:
            return w.gettext("{title}, %").format(title=title)
        case Kind.SECONDS:
            return w.gettext("{title}, minutes").format(title=title)
        case _:
            return title
