"""The first page: what is to be done today."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from bot.console.access.guard import Me, MyPage, ThePages, TheParts
from bot.console.home.banners import health
from bot.console.home.today import today

router = APIRouter(tags=["home"], default_response_class=HTMLResponse)


@router.get("/")
async def home(request: Request, me: Me, pages: ThePages, parts: TheParts) -> Response:
    """What is to be done today."""
    day = parts.clock.today()
    return pages.page(request, "home/home.html", me, day=day, today=await today(parts, me))


@router.get("/banners")
async def banners(request: Request, me: MyPage, pages: ThePages, parts: TheParts) -> Response:
    """What is away at the moment; asked for by every page from time to time."""
    return pages.page(request, "home/banners.html", me, health=await health(parts))


@router.get("/healthz")
async def healthz() -> Response:
    """The process runs; for whoever restarts it."""
    return Response("ok", media_type="text/plain")
