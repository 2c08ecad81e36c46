"""Renders templates; every value is escaped unless it is ``Markup``."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse
from starlette.routing import Match

from bot.console.web.forms import FIELD, HEADER
from bot.console.web.languages import Language, chosen

if TYPE_CHECKING:
    from starlette.requests import Request

    from bot.console.access.roles import Person
    from bot.console.parts import Parts
    from bot.console.web.forms import Tokens
    from bot.console.web.languages import Wording

HERE = Path(__file__).resolve().parent.parent
STATIC = HERE / "static"
LANGUAGE_COOKIE = "console-language"


class Pages:
    """Makes HTML responses.

    Args:
        parts: what the pages work with.
        tokens: makes the tokens of forms.
    """

    def __init__(self, parts: Parts, tokens: Tokens) -> None:
        self._parts = parts
        self._tokens = tokens

    def wording(self, request: Request) -> Wording:
        """The words of the request's reader."""
        cookie = request.cookies.get(LANGUAGE_COOKIE)
        return self._parts.wordings[chosen(cookie, request.headers.get("accept-language", ""))]

    def page(
        self,
        request: Request,
        template: str,
        me: Person | None = None,
        *,
        status: int = 200,
        **values: object,
    ) -> HTMLResponse:
        """A page, or a fragment of one.

        Args:
            request: of the reader.
            template: its path under ``templates/``.
            me: who reads it, if signed in.
            status: of HTTP.
            values: for the template. Beside them it has ``_``, ``ngettext``, ``w`` (``Wording``),
                ``me``, ``csrf``, ``csrf_field``, ``csrf_header``, ``here`` (the path),
                ``here_again`` (where a reader comes to who asks for the page once more) and
                ``draft_state`` (whether what is in its forms was sent, and not saved).
        """
        w = self.wording(request)
        common: dict[str, object] = {
            "_": w.gettext,
            "ngettext": w.ngettext,
            "w": w,
            "me": me,
            "here": request.url.path,
            "here_again": _to_be_asked_for(request),
            "draft_state": "unsaved" if request.method == "POST" else "",
            "csrf": self._tokens.of(me.session) if me else "",
            "csrf_field": FIELD,
            "csrf_header": HEADER,
            "settings": self._parts.settings,
        }
        html = _templates().get_template(template).render(common | values)
        return HTMLResponse(html, status)


def _to_be_asked_for(request: Request) -> str:
    """The address of a page; of what was made of a form, the nearest one that there is above it."""
    url = request.url
    if request.method != "POST":
        return f"{url.path}?{url.query}" if url.query else url.path
    path = url.path
    while path and not any(
        route.matches({"type": "http", "method": "GET", "path": path})[0] is Match.FULL
        for route in request.app.routes
    ):
        path = path.rpartition("/")[0]
    return path or "/"


@cache
def _templates() -> Environment:
    """One for the process: it compiles a template the first time it is asked for."""
    found = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals.update(static=static_url, languages=tuple(Language))
    return found


@cache
def static_url(name: str) -> str:
    """The address of a file under ``static/``, with its version, so that it may be kept for long.

    Args:
        name: its path under ``static/``.
    """
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={digest}"
