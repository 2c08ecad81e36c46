"""The list of the centres, their map, and the numbers that people say are wrong."""

from __future__ import annotations

import asyncio
from typing import Annotated

import msgspec
import structlog
from fastapi import APIRouter, Path, Query, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, Field
from redis.exceptions import RedisError

from bot.console.access.guard import Sent
from bot.console.answers.pages_visit import AVisit, Visit
from bot.console.centres import words
from bot.console.centres.gazetteer import atlas_of, city_name, language_name
from bot.console.centres.listing import NATIONWIDE, Filters, Mark, Row, chosen, rows
from bot.console.centres.map_points import points
from bot.console.centres.opening import Opened, proposed, published
from bot.console.centres.pages_show import show
from bot.console.centres.reported import complaints
from bot.console.centres.shown import OWN_LANGUAGES
from bot.console.web.errors import NotThereError
from bot.console.web.forms import fields

router = APIRouter(tags=["centres"], default_response_class=HTMLResponse)

CentreId = Annotated[str, Path(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
"""A centre in an address."""

_Word = Annotated[str, Field(max_length=40)]

CALLED = ("works", "corrected", "gone")
"""What came of looking at a number that people called wrong."""

_log = structlog.get_logger()


class Asked(BaseModel):
    """The filters, as addresses name them."""

    q: Annotated[str, Field(max_length=200)] = ""
    city: _Word = ""
    kind: _Word = ""
    service: _Word = ""
    language: _Word = ""
    confidence: _Word = ""
    show: _Word = ""

    @property
    def filters(self) -> Filters:
        """As the list goes by them."""
        return Filters(
            self.q,
            self.city,
            self.kind,
            self.service,
            self.language,
            self.confidence,
            self.show,
        )


@router.get("/centres")
async def centres(visit: AVisit, asked: Annotated[Asked, Query()]) -> Response:
    """All of them, or those that fit."""
    filters = asked.filters
    reported = await _reported(visit)
    opened, listed, found = await asyncio.to_thread(_found, visit, filters, reported or {})
    choices = await asyncio.to_thread(_choices, visit, opened)
    return show(
        visit,
        "list.html",
        opened=opened,
        rows=found,
        everything=len(listed),
        filters=filters,
        choices=choices,
        store_away=reported is None,
        wrong=sum(1 for row in listed if row.reported),
        hidden=sum(1 for row in listed if Mark.HIDDEN in row.marks),
        on_map=sum(1 for row in found if row.draft.latitude),
    )


@router.get("/centres/map.json")
async def map_points(visit: AVisit, asked: Annotated[Asked, Query()]) -> Response:
    """The same for the map: points with names, and the cities around them."""
    filters = asked.filters
    reported = await _reported(visit) or {}

    def made() -> bytes:
        _, _, found = _found(visit, filters, reported)
        return msgspec.json.encode(
            points(visit.w, atlas_of(visit.parts), found, words.kinds(visit.w))
        )

    return Response(await asyncio.to_thread(made), media_type="application/json")


@router.get("/centres/wrong")
async def wrong(visit: AVisit) -> Response:
    """Whose number people say is wrong, the most often first."""
    try:
        reports = await visit.parts.store.reports.all()
    except RedisError as error:
        _log.warning("reports_not_read", error=type(error).__name__)
        return show(visit, "wrong.html", complaints=(), store_away=True, proposals={}, status=503)
    opened = await asyncio.to_thread(published, visit.parts)
    changing = await asyncio.to_thread(proposed, visit.parts)
    found = complaints(reports, opened.book)
    return show(visit, "wrong.html", complaints=found, store_away=False, proposals=changing)


@router.post("/centres/wrong/{name}", openapi_extra=fields("result"))
async def looked_at(name: CentreId, visit: AVisit, form: Sent) -> Response:
    """Takes one off the list: somebody called, or the number was corrected."""
    result = form.get("result")
    if result not in CALLED:
        raise NotThereError
    cleared = await visit.parts.store.reports.clear(name)
    if cleared:
        await visit.note(f"wrong_number_{result}", name)
    done = result if cleared else "unchanged"
    return RedirectResponse(f"/centres/wrong?done={done}", status_code=303)


async def _reported(visit: Visit) -> dict[str, int] | None:
    """How often each number was called wrong; None while the store is away."""
    try:
        return {one.centre: one.times for one in await visit.parts.store.reports.all()}
    except RedisError as error:
        _log.warning("reports_not_read", error=type(error).__name__)
        return None


def _found(
    visit: Visit, filters: Filters, reported: dict[str, int]
) -> tuple[Opened, tuple[Row, ...], tuple[Row, ...]]:
    """The file, everything in it, and what fits the filters."""
    opened = published(visit.parts)
    changing = {
        name: tuple(one.id for one in found) for name, found in proposed(visit.parts).items()
    }
    listed = rows(opened.book, reported, changing, visit.parts.clock.today())
    atlas = atlas_of(visit.parts)
    called: dict[str, tuple[str, ...]] = {
        key: (key, *city.names.values(), *city.also) for key, city in atlas.cities.items()
    }
    for wording in visit.parts.wordings.values():
        for key, name in words.services(wording, opened.book.services).items():
            called[key] = (*called.get(key, (key,)), name)
    return opened, listed, chosen(listed, filters, called)


def _choices(visit: Visit, opened: Opened) -> dict[str, list[tuple[str, str]]]:
    """What the filters offer: only what is there to be found."""
    w, atlas = visit.w, atlas_of(visit.parts)
    drafts = [entry.draft for entry in opened.book.entries]
    cities = {draft.city for draft in drafts if draft.city}
    named = sorted(((key, city_name(w, atlas, key)) for key in cities), key=lambda one: one[1])
    spoken = {code for draft in drafts for code in draft.languages}
    order = {code: index for index, code in enumerate(OWN_LANGUAGES)}
    used = {service for draft in drafts for service in draft.services}
    return {
        "city": [(NATIONWIDE, w.gettext("the whole country")), *named],
        "kind": list(words.kinds(w).items()),
        "service": [
            one for one in words.services(w, opened.book.services).items() if one[0] in used
        ],
        "language": [
            (code, language_name(w, code))
            for code in sorted(spoken, key=lambda code: (order.get(code, len(order)), code))
        ],
        "confidence": list(words.confidences(w).items()),
        "show": [
            ("shown", w.gettext("shown to people")),
            (Mark.HIDDEN.value, w.gettext("hidden")),
            (Mark.NO_PHONE.value, w.gettext("without a phone")),
            (Mark.OLD.value, w.gettext("older than a year")),
            (Mark.UNDATED.value, w.gettext("without a date")),
            (Mark.REPORTED.value, w.gettext("number said to be wrong")),
            (Mark.PROPOSED.value, w.gettext("in a proposal")),
            (Mark.FAULTY.value, w.gettext("with an error")),
        ],
    }
