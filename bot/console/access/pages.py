"""Signing in with a link from the bot, signing out, choosing the language."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import structlog
from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from redis.exceptions import RedisError

from bot.console.access.guard import Me, Sent, ThePages, TheParts, access_of
from bot.console.access.sessions import COOKIE, LIFETIME
from bot.console.web import limits
from bot.console.web.forms import fields, fields_of, is_same_site
from bot.console.web.languages import Language
from bot.console.web.pages import LANGUAGE_COOKIE
from bot.store.keys import DAY

if TYPE_CHECKING:
    from bot.console.parts import Parts

router = APIRouter(tags=["access"], default_response_class=HTMLResponse)

_log = structlog.get_logger()


@router.get("/sign-in")
async def how_to_sign_in(request: Request, pages: ThePages) -> Response:
    """Says how one gets in."""
    return pages.page(request, "access/sign_in.html")


@router.get("/sign-in/{secret}")
async def link(secret: str, request: Request, pages: ThePages, parts: TheParts) -> Response:
    """Asks before it signs in: programs that look at links must not use it up."""
    try:
        member = await parts.store.console.offered(secret)
    except RedisError:
        return pages.page(request, "access/sign_in.html", status=503, away=True)
    if member is None:
        _count(request)
        return pages.page(request, "access/sign_in.html", status=410, used=True)
    return pages.page(request, "access/link.html", member=member, secret=secret)


@router.post("/sign-in/{secret}", openapi_extra=fields())
async def sign_in(secret: str, request: Request, pages: ThePages, parts: TheParts) -> Response:
    """Signs in, once."""
    if not is_same_site(request):
        return pages.page(request, "access/sign_in.html", status=403)
    try:
        member = await parts.store.console.accept(secret)
        if member is None:
            _count(request)
            return pages.page(request, "access/sign_in.html", status=410, used=True)
        cookie = await access_of(request).sessions.begin(member)
    except RedisError:
        return pages.page(request, "access/sign_in.html", status=503, away=True)
    _log.info("console_signed_in", staff=member.id)
    response = RedirectResponse("/", status_code=303)
    _set_cookie(parts, response, COOKIE, cookie, LIFETIME)
    return response


@router.post("/sign-out", openapi_extra=fields())
async def sign_out(request: Request, _me: Me, _form: Sent) -> Response:
    """Ends the session."""
    try:
        await access_of(request).sessions.end(request.cookies.get(COOKIE, ""))
    except RedisError as error:
        _log.warning("session_not_ended", error=type(error).__name__)
    response = RedirectResponse("/sign-in", status_code=303)
    response.delete_cookie(COOKIE)
    return response


@router.post("/language", openapi_extra=fields("language", "next"))
async def choose_language(request: Request, parts: TheParts) -> Response:
    """Changes the language of the console's words; for anybody, it changes nothing else."""
    form = await fields_of(request)
    response = RedirectResponse(_local(form.get("next")), status_code=303)
    language = form.get("language")
    if language in set(Language) and is_same_site(request):
        _set_cookie(parts, response, LANGUAGE_COOKIE, language, 365 * DAY)
    return response


def _count(request: Request) -> None:
    """Counts a link that is none, by who asks for it.

    A good one is never refused: behind a proxy all come from one address, and whoever guesses
    there would keep the whole staff out.

    Raises:
        TooManyError: too many of them.
    """
    address = request.client.host if request.client else ""
    access_of(request).limits.count(limits.SIGN_INS, address)


def _set_cookie(parts: Parts, response: Response, name: str, value: str, seconds: int) -> None:
    https = parts.settings.console_address.startswith("https://")
    # Lax, not Strict: the link in Telegram leads here from another site, and must find a session.
    response.set_cookie(name, value, seconds, httponly=True, samesite="lax", secure=https)


def _local(address: str) -> str:
    """A path on this site; anything else becomes the home page."""
    try:
        parts = urlsplit(address)
    except ValueError:  # //[ is no address at all
        return "/"
    ours = not parts.scheme and not parts.netloc and address.startswith("/")
    return address if ours and not address.startswith(("//", "/\\")) else "/"
