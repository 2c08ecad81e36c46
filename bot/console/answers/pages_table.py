"""The table of answers and languages."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import HTMLResponse

from bot.answers.findings import Finding, Kind
from bot.console.answers.pages_visit import AVisit
from bot.console.answers.table import Filters, Finder, Table, TopicName, Wanted, table, topics
from bot.console.parts import Parts
from bot.console.versions.model import State
from bot.console.web.languages import Language
from bot.language.tags import Locale

router = APIRouter(tags=["answers"], default_response_class=HTMLResponse)

Text = Annotated[str, Query(max_length=200)]

_finder = Finder()


@router.get("/answers")
async def answers(
    visit: AVisit,
    q: Text = "",
    topic: Text = "",
    state: Text = "",
    language: Text = "",
) -> Response:
    """All answers in all languages, with their states."""
    filters = Filters(
        q.strip(),
        topic,
        Wanted(state) if state in set(Wanted) else None,
        Locale(language) if language in {one.value for one in Locale} else None,
    )
    reader = visit.w.language
    found, names, waiting, faults = await asyncio.to_thread(_found, visit.parts, filters, reader)
    return visit.show(
        "table.html",
        table=found,
        topics=names,
        filters=filters,
        waiting=waiting,
        faults=faults,
    )


def _found(
    parts: Parts, filters: Filters, reader: Language
) -> tuple[Table, tuple[TopicName, ...], int, tuple[Finding, ...]]:
    read = parts.checks.published()
    report = parts.checks.report(read)
    proposals = parts.versions.proposals()
    locale = Locale.KK if reader is Language.KK else Locale.RU
    in_language = filters.locale or locale
    folders = _finder.folders(read.loaded, in_language, filters.words) if filters.words else None
    found = table(read.loaded, report, proposals, filters, folders)
    waiting = sum(one.state is State.SUBMITTED for one in proposals)
    links = (Kind.FAULT, Kind.DEAD_LINK)
    broken = {(fault.file, fault.line, fault.sentence) for fault in read.loaded.faults}
    faults = tuple(
        one
        for one in report.findings
        if one.kind is Kind.FAULT
        or (one.kind in links and (one.file, one.line, one.sentence) in broken)
    )
    return found, topics(read.loaded, locale), waiting, faults
