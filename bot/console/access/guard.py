"""What a route depends on: who is signed in, what they may do, a form that is theirs."""

from __future__ import annotations

from typing import Annotated

import structlog
from fastapi import Depends, Request
from redis.exceptions import RedisError

from bot.console.access.roles import Person, Role
from bot.console.access.sessions import COOKIE, Sessions
from bot.console.parts import Parts
from bot.console.web import forms, limits
from bot.console.web.errors import NotAllowedError, SignInNeededError
from bot.console.web.forms import Form, Tokens
from bot.console.web.limits import Limits
from bot.console.web.pages import Pages
from bot.store.console import Change, Member

_log = structlog.get_logger()


class Access:
    """What the whole application shares; in ``app.state.access``.

    Attributes:
        parts: what the pages work with.
        tokens: of forms.
        pages: renders.
        sessions: knows people again.
        limits: counts requests.
    """

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.tokens = Tokens(parts.secret)
        self.pages = Pages(parts, self.tokens)
        self.sessions = Sessions(parts.secret, parts.store.console, parts.members)
        self.limits = Limits()


def access_of(request: Request) -> Access:
    """The application's."""
    found: Access = request.app.state.access
    return found


def parts_of(request: Request) -> Parts:
    """What the pages work with."""
    return access_of(request).parts


def pages_of(request: Request) -> Pages:
    """Renders."""
    return access_of(request).pages


async def signed_in(request: Request) -> Person:
    """Who is signed in.

    Raises:
        SignInNeededError: nobody; with what was sent, so that it is not lost.
        TooManyError: they ask too often.
    """
    return await _signed_in(request, is_active=True)


async def looking_on(request: Request) -> Person:
    """The same for what a page asks for by itself: it keeps no session alive.

    Raises:
        SignInNeededError: nobody is signed in any more.
        TooManyError: they ask too often.
    """
    return await _signed_in(request, is_active=False)


async def _signed_in(request: Request, *, is_active: bool) -> Person:
    access = access_of(request)
    cookie = request.cookies.get(COOKIE, "")
    person = await access.sessions.person(cookie, is_active=is_active)
    if person is None:
        sent = await forms.fields_of(request) if request.method == "POST" else None
        raise SignInNeededError(sent.fields if sent else (), by_itself=not is_active)
    access.limits.count(limits.PAGES, person.session)
    return person


async def sent_form(request: Request, me: Me) -> Form:
    """The form of a change.

    Raises:
        StaleFormError: it was not given out in this session; with what was sent.
        TooManyError: too many changes.
    """
    access = access_of(request)
    form = await forms.read(request, access.tokens, me.session)
    access.limits.count(limits.CHANGES, str(me.id))
    return form


async def live_form(request: Request, me: Me) -> Form:
    """The form of a preview or a live check: changes nothing, and comes often.

    Raises:
        StaleFormError: it was not given out in this session.
    """
    return await forms.read(request, access_of(request).tokens, me.session)


def _approver(me: Me) -> Person:
    return _with(me, Role.APPROVER)


def _coordinator(me: Me) -> Person:
    return _with(me, Role.COORDINATOR)


def _with(me: Person, role: Role) -> Person:
    if not me.may(role):
        raise NotAllowedError
    return me


Me = Annotated[Person, Depends(signed_in)]
"""Any member of the staff."""
MyPage = Annotated[Person, Depends(looking_on)]
"""The same, for routes that an open page asks for from time to time (``hx-trigger="every …"``)."""
Approver = Annotated[Person, Depends(_approver)]
Coordinator = Annotated[Person, Depends(_coordinator)]
Sent = Annotated[Form, Depends(sent_form)]
"""A change. Name it after ``Me``, ``Approver`` or ``Coordinator`` in the route."""
Live = Annotated[Form, Depends(live_form)]
ThePages = Annotated[Pages, Depends(pages_of)]
TheParts = Annotated[Parts, Depends(parts_of)]


async def note_change(parts: Parts, me: Person, what: str, about: str = "", note: str = "") -> None:
    """Writes into the audit log who changed what; while Redis is away only into the log."""
    change = Change(parts.clock.now(), Member(me.id, me.name), what, about, note)
    _log.info("console_change", what=what, about=about, staff=me.id)
    try:
        await parts.store.console.changed(change)
    except RedisError as error:
        _log.error("console_change_not_kept", what=what, error=type(error).__name__)
