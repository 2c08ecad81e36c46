"""What was taught here, and taking it back."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, Field

from bot.console.access.guard import Sent
from bot.console.teach import words
from bot.console.teach.pages_visit import AVisit, Visit
from bot.console.training import phrases
from bot.console.training.learnt import mark
from bot.console.training.phrases import AllTaught, Refused
from bot.console.web.forms import fields
from bot.console.web.leaves import leaf

router = APIRouter(tags=["teach"], default_response_class=HTMLResponse)


class Asked(BaseModel):
    """What is shown of the phrases, as addresses name it."""

    intent: Annotated[str, Field(pattern=r"^[a-z0-9_]{0,60}$")] = ""
    locale: Annotated[str, Field(pattern=r"^[A-Za-z_]{0,10}$")] = ""
    page: Annotated[int, Field(ge=1, le=100_000)] = 1


@router.get("/teach/phrases")
async def all_phrases(visit: AVisit, asked: Annotated[Asked, Query()]) -> Response:
    """All that was taught in the console, the newest of a language first."""
    return await _page(visit, asked)


@router.post("/teach/phrases/forget", openapi_extra=fields("phrase", "show_intent", "show_locale"))
async def forget(visit: AVisit, form: Sent) -> Response:
    """Takes a phrase back; the next training goes without it."""
    folders = visit.parts.teaching.folders
    known = await asyncio.to_thread(phrases.taught, folders)
    wanted = [one for one in known.lessons if mark(one) == form.get("phrase")]
    result = await asyncio.to_thread(phrases.forget, folders, wanted)
    asked = _asked(form.get("show_intent"), form.get("show_locale"))
    if result.refused:
        return await _page(visit, asked, result.refused)
    for one in result.lessons:
        await visit.note("phrase_forgotten", one.intent, one.locale.tag)
    done = "forgotten" if result.lessons else "forgotten_already"
    query = f"intent={asked.intent}&locale={asked.locale}&done={done}"
    return RedirectResponse(f"/teach/phrases?{query}", status_code=303)


async def _page(visit: Visit, asked: Asked, refused: tuple[Refused, ...] = ()) -> Response:
    known = await asyncio.to_thread(phrases.taught, visit.parts.teaching.folders)
    found = [
        one
        for one in reversed(known.lessons)
        if asked.intent in ("", one.intent) and asked.locale in ("", one.locale.value)
    ]
    return await visit.show(
        "phrases.html",
        status=409 if refused else 200,
        leaf=leaf(found, asked.page),
        all_taught=known,
        refused=refused,
        choices=_choices(visit, known),
        mark=mark,
        query={"intent": asked.intent, "locale": asked.locale},
    )


def _asked(intent: str, locale: str) -> Asked:
    try:
        return Asked(intent=intent, locale=locale)
    except ValueError:
        return Asked()


def _choices(visit: Visit, known: AllTaught) -> dict[str, list[str] | list[tuple[str, str]]]:
    """What the filters offer: what is there."""
    locales = {one.locale for one in known.lessons}
    return {
        "intent": sorted({one.intent for one in known.lessons}),
        "locale": sorted((one.value, words.locale_name(visit.w, one.value)) for one in locales),
    }
