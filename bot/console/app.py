"""The web application: routes, headers, and pages for what goes wrong."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING
from urllib.parse import quote

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from fastapi.staticfiles import StaticFiles
from redis.exceptions import RedisError
from starlette.exceptions import HTTPException

from bot.console.access import pages as access_pages
from bot.console.access.guard import Access, access_of
from bot.console.access.sessions import COOKIE
from bot.console.answers import pages as answers_pages
from bot.console.centres import pages as centres_pages
from bot.console.home import pages as home_pages
from bot.console.insight import pages as insight_pages
from bot.console.people import pages as people_pages
from bot.console.people import pages_log, pages_settings
from bot.console.teach import pages as teach_pages
from bot.console.versions.model import VersionsError
from bot.console.web.errors import (
    NotAllowedError,
    NotThereError,
    SignInNeededError,
    StaleFormError,
    TooManyError,
)
from bot.console.web.headers import Headers, headers
from bot.console.web.pages import STATIC

if TYPE_CHECKING:
    from bot.console.access.roles import Person
    from bot.console.parts import Parts

_log = structlog.get_logger()

ROUTERS = (
    *(access_pages.router, home_pages.router, answers_pages.router),
    centres_pages.router,
    *(people_pages.router, pages_log.router, pages_settings.router),
    teach_pages.router,
    insight_pages.router,
)


def make_app(parts: Parts) -> FastAPI:
    """The application.

    Args:
        parts: what the pages work with.
    """
    # The description of the routes (``app.openapi()``) is for the tests; it is served to nobody.
    app = FastAPI(title="Helpline console", openapi_url=None, docs_url=None, redoc_url=None)
    app.state.access = Access(parts)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for router in ROUTERS:
        app.include_router(router)
    settings = parts.settings
    https = settings.console_address.startswith("https://")
    app.add_middleware(Headers, added=headers(settings.console_tiles_url, https=https))
    app.add_exception_handler(SignInNeededError, _sign_in_needed)
    app.add_exception_handler(StaleFormError, _stale_form)
    app.add_exception_handler(NotAllowedError, _not_allowed)
    app.add_exception_handler(NotThereError, _not_there)
    app.add_exception_handler(TooManyError, _too_many)
    app.add_exception_handler(RequestValidationError, _not_there)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(RedisError, _redis_away)
    app.add_exception_handler(VersionsError, _versions_away)
    app.add_exception_handler(Exception, _broken)
    return app


async def _sign_in_needed(request: Request, error: Exception) -> Response:
    assert isinstance(error, SignInNeededError)  # noqa: S101 - registered for it
    access = access_of(request)
    if request.headers.get("hx-request"):
        response = access.pages.page(request, "errors/signed_out_fragment.html", status=401)
    elif request.method == "POST":
        response = access.pages.page(
            request, "errors/stale_form.html", status=401, draft=error.draft, signed_out=True
        )
    else:
        return RedirectResponse(f"/sign-in?next={quote(request.url.path)}", status_code=303)
    return response


async def _stale_form(request: Request, error: Exception) -> Response:
    assert isinstance(error, StaleFormError)  # noqa: S101 - registered for it
    _log.warning("console_form_refused", path=request.url.path)
    access = access_of(request)
    person = await _person(request)
    return access.pages.page(
        request,
        "errors/stale_form.html",
        person,
        status=403,
        draft=error.draft,
        signed_out=person is None,
    )


async def _not_allowed(request: Request, _: Exception) -> Response:
    return await _error(request, 403, "not_allowed")


async def _not_there(request: Request, _: Exception) -> Response:
    return await _error(request, 404, "not_there")


async def _too_many(request: Request, error: Exception) -> Response:
    assert isinstance(error, TooManyError)  # noqa: S101 - registered for it
    response = await _error(request, 429, "too_many", error.seconds)
    response.headers["retry-after"] = str(error.seconds)
    return response


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for it
    kind = "not_there" if error.status_code in (404, 405) else "not_understood"
    response = await _error(request, error.status_code, kind)
    for name, value in (error.headers or {}).items():
        response.headers[name] = value
    return response


async def _redis_away(request: Request, error: Exception) -> Response:
    _log.error("console_redis_away", path=request.url.path, error=type(error).__name__)
    return await _error(request, 503, "redis_away")


async def _versions_away(request: Request, error: Exception) -> Response:
    _log.error("console_versions_away", path=request.url.path, fault=str(error))
    return await _error(request, 503, "versions_away")


async def _broken(request: Request, error: Exception) -> Response:
    number = secrets.token_hex(4)
    _log.error("console_broken", path=request.url.path, number=number, exc_info=error)
    return await _error(request, 500, "broken", number=number)


async def _error(
    request: Request, status: int, kind: str, seconds: int = 0, number: str = ""
) -> Response:
    return access_of(request).pages.page(
        request,
        "errors/error.html",
        await _person(request),
        status=status,
        kind=kind,
        seconds=seconds,
        number=number,
    )


async def _person(request: Request) -> Person | None:
    try:
        sessions, cookie = access_of(request).sessions, request.cookies.get(COOKIE, "")
        return await sessions.person(cookie, is_active=False)
    except RedisError:
        return None
