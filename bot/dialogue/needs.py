"""Looking for a centre: of which kind, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from bot.dialogue import acts, places
from bot.dialogue.events import CentresPaged, CityChosen, LocationReceived, NeedChosen
from bot.dialogue.outcome import Step, Verdict, say

if TYPE_CHECKING:
    from bot.answers.model import Library
    from bot.dialogue.session import Session

SUBJECT = "find_centre"
"""The intent under which all this is counted, and which waits for a citizenship."""


def choose(session: Session, library: Library) -> Step:
    """Asks what kind of help is needed."""
    if not library.needs:
        return show(session, library)
    return say(session, Verdict.NAVIGATED, acts.AskNeed(), subject=SUBJECT)


def chosen(session: Session, event: NeedChosen, library: Library) -> Step:
    """The centres for a need; first the citizenship, if consulates serve it.

    A consulate serves its own citizens only, so without the citizenship there is none to name.
    """
    session = replace(session, need=event.need, misses=0)
    need = places.need_of(library, session)
    if need is not None and session.citizenship is None and places.by_consulates(library, need):
        waiting = replace(session, awaiting_citizenship=SUBJECT)
        return say(waiting, Verdict.ASKED, acts.AskCitizenship(SUBJECT), subject=SUBJECT)
    return show(session, library)


def show(session: Session, library: Library) -> Step:
    """The centres for what the session looks for: in its city, or anywhere and by which place?"""
    session = replace(session, awaiting_citizenship=None, misses=0)
    if session.city is None:
        found = places.everywhere(library, places.need_of(library, session))
        return say(session, Verdict.ANSWERED, found, acts.AskPlace(), subject=SUBJECT)
    return say(session, Verdict.ANSWERED, places.known(library, session), subject=SUBJECT)


def located(
    session: Session, event: CityChosen | CentresPaged | LocationReceived, library: Library
) -> Step:
    """The centres of a place that was tapped or shared."""
    match event:
        case CityChosen():
            session = replace(session, city=event.city, misses=0)
            found = places.known(library, session)
        case CentresPaged():
            need = places.named(library, event.need)
            found = places.in_city(
                library, event.city, session.citizenship, event.offset, need=need
            )
        case LocationReceived():
            point = (event.latitude, event.longitude)
            session = replace(session, misses=0, city=places.city_around(library, *point))
            need = places.need_of(library, session)
            found = places.near(library, *point, session.citizenship, need=need)
    return say(session, Verdict.ANSWERED, found, subject=SUBJECT)
