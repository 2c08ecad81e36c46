"""Serves the page: plain files, no build step, nothing from elsewhere."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from aiohttp import web

STATIC = Path(str(files("bot.sandbox"))) / "static"
_TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self' blob: data:; media-src 'self' blob:; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


def _page_file(name: str) -> web.Response:
    if "\0" in name:
        raise web.HTTPNotFound
    path = (STATIC / name).resolve()
    kind = _TYPES.get(path.suffix)
    if kind is None or not path.is_relative_to(STATIC.resolve()) or not path.is_file():
        raise web.HTTPNotFound
    return web.Response(
        body=path.read_bytes(), content_type=kind, charset="utf-8", headers=_HEADERS
    )


async def show_page(request: web.Request) -> web.Response:  # noqa: ARG001
    """``GET /``."""
    return _page_file("index.html")


async def show_static(request: web.Request) -> web.Response:
    """``GET /static/<path>``: one folder with those below it, no way out of it."""
    return _page_file(request.match_info["path"])


def add_page(app: web.Application) -> None:
    """Add the page's addresses."""
    app.router.add_get("/", show_page)
    app.router.add_get("/static/{path:.+}", show_static)
