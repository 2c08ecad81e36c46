"""The web application: its routes and headers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from bot.console.access import pages as access_pages
from bot.console.access.guard import Access
from bot.console.answers import pages as answers_pages
from bot.console.centres import pages as centres_pages
from bot.console.home import pages as home_pages
from bot.console.insight import pages as insight_pages
from bot.console.mishaps import HANDLERS
from bot.console.people import pages as people_pages
from bot.console.people import pages_log, pages_settings
from bot.console.teach import pages as teach_pages
from bot.console.web.body import BodyLimit
from bot.console.web.headers import Headers, headers
from bot.console.web.pages import STATIC

if TYPE_CHECKING:
    from bot.console.parts import Parts

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
    app.state.headers = headers(settings.console_tiles_url, https=https)
    app.add_middleware(BodyLimit)
    app.add_middleware(Headers, added=app.state.headers)
    for kind, handler in HANDLERS:
        app.add_exception_handler(kind, handler)
    return app
