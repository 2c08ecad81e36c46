"""What is shown when something goes wrong: a page, or a message on the page that is there."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import structlog
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from redis.exceptions import RedisError
from starlette.exceptions import HTTPException

from bot.console.access.guard import access_of
from bot.console.access.sessions import COOKIE
from bot.console.versions.model import VersionsError
from bot.console.web.errors import (
    NotAllowedError,
    NotThereError,
    SignInNeededError,
    StaleFormError,
    TooManyError,
)
from bot.console.web.forms import sent_of
from bot.console.web.headers import NOT_KEPT
from bot.console.web.parts_of_pages import into_messages, is_fragment

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from fastapi import Request, Response

    from bot.console.access.roles import Person

_MESSAGE = "errors/message.html"

_PASSES = ("too_many", "redis_away", "versions_away", "broken")
"""What may be better when the same is sent once more."""

_log = structlog.get_logger()


async def _sign_in_needed(request: Request, error: Exception) -> Response:
    assert isinstance(error, SignInNeededError)  # noqa: S101 - registered for it
    pages = access_of(request).pages
    if error.by_itself:
        return pages.page(request, "errors/signed_out_fragment.html", status=401)
    if is_fragment(request):
        return into_messages(pages.page(request, _MESSAGE, status=401, kind="signed_out"))
    if request.method == "POST":
        return pages.page(
            request, "errors/stale_form.html", status=401, draft=error.draft, signed_out=True
        )
    return RedirectResponse("/sign-in", status_code=303)


async def _stale_form(request: Request, error: Exception) -> Response:
    assert isinstance(error, StaleFormError)  # noqa: S101 - registered for it
    _log.warning("console_form_refused", path=request.url.path)
    access = access_of(request)
    person = await _person(request)
    if is_fragment(request):
        kind = "stale" if person else "signed_out"
        return into_messages(access.pages.page(request, _MESSAGE, person, status=403, kind=kind))
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
    response = await _error(request, 500, "broken", number=number)
    # Starlette answers what nobody caught outside of all middleware.
    response.headers.update({**request.app.state.headers, **NOT_KEPT})
    return response


async def _error(
    request: Request, status: int, kind: str, seconds: int = 0, number: str = ""
) -> Response:
    is_part = is_fragment(request)
    response = access_of(request).pages.page(
        request,
        _MESSAGE if is_part else "errors/error.html",
        await _person(request),
        status=status,
        kind=kind,
        seconds=seconds,
        number=number,
        draft=sent_of(request) if kind in _PASSES else (),
    )
    return into_messages(response) if is_part else response


async def _person(request: Request) -> Person | None:
    try:
        sessions, cookie = access_of(request).sessions, request.cookies.get(COOKIE, "")
        return await sessions.person(cookie, is_active=False)
    except RedisError:
        return None


HANDLERS: tuple[tuple[type[Exception], Callable[[Request, Exception], Awaitable[Response]]], ...]
HANDLERS = (
    (SignInNeededError, _sign_in_needed),
    (StaleFormError, _stale_form),
    (NotAllowedError, _not_allowed),
    (NotThereError, _not_there),
    (TooManyError, _too_many),
    (RequestValidationError, _not_there),
    (HTTPException, _http_error),
    (RedisError, _redis_away),
    (VersionsError, _versions_away),
    (Exception, _broken),
)
"""Which error is shown by what; the nearest of its classes counts."""
