"""The settings that matter to the staff, to look at."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from redis.exceptions import RedisError

from bot.console.access.guard import Me, ThePages, TheParts
from bot.console.people.facts import group_facts, keeping, periods, thresholds
from bot.console.people.known import names
from bot.console.people.words import member_name
from bot.handoff.rules import Rules

router = APIRouter(tags=["people"], default_response_class=HTMLResponse)


@router.get("/people/settings")
async def settings(request: Request, me: Me, pages: ThePages, parts: TheParts) -> Response:
    """Groups, languages, hours, thresholds, periods; for everybody on the staff."""
    w = pages.wording(request)
    try:
        console = parts.store.console
        called = names(await console.signed_in(), await console.changes(parts.clock.now()))
    except RedisError:
        called = {}
    return pages.page(
        request,
        "people/settings.html",
        me,
        groups=group_facts(w, parts.groups, parts.clock.today().isoformat()),
        thresholds=thresholds(w, parts.settings),
        periods=periods(w, Rules()),
        keeping=keeping(w, parts.settings),
        names=called,
        member_name=member_name,
    )
