"""Keeps web pages from elsewhere out: any page that a browser shows can send to this machine."""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec
from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

# What a link from elsewhere may open: the page itself, which does nothing by being opened.
_GUARDED = ("/sandbox/", "/bot", "/file/")
# https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header
_FROM_ELSEWHERE = frozenset({"cross-site", "same-site"})


@web.middleware
async def refuse_strangers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer 403 to what another web page sends, whether it could read the answer or not."""
    problem = _problem(request)
    if not problem:
        return await handler(request)
    # In the form of both sides: the JSON API's and the Bot API's.
    told = {"error": problem, "ok": False, "error_code": 403, "description": problem}
    return web.Response(body=msgspec.json.encode(told), status=403, content_type="application/json")


def _problem(request: web.Request) -> str:
    # A page can let its own name point to this machine, and is then of the same origin.
    if not _is_local_name(request.host):
        return "the sandbox is to be called by an address of its machine, not by a public name"
    if not request.path.startswith(_GUARDED):
        return ""
    origin = request.headers.get("Origin")
    foreign = origin is not None and urlsplit(origin).netloc != request.host
    if foreign or request.headers.get("Sec-Fetch-Site") in _FROM_ELSEWHERE:
        return "requests from other web pages are refused"
    return ""


def _is_local_name(host: str) -> bool:
    """Say whether a ``Host`` is an IP address, or a name that no public server has: without dot."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
        ip_address(name)
    except ValueError:
        return "." not in host
    return True
