"""Turning an intent into what is said about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from bot.answers.model import Part
from bot.dialogue import acts, needs, places
from bot.dialogue.events import Lead
from bot.dialogue.outcome import Step, Verdict, say

if TYPE_CHECKING:
    from bot.answers.model import Library
    from bot.dialogue.acts import Act
    from bot.dialogue.session import Session


def answer(session: Session, intent: str, library: Library) -> Step:
    """The answer to an intent that the library has, or the question it needs answered first.

    Some intents are better done than told: choosing a language, reaching a person, finding a
    centre. An answer whose law differs by citizenship asks for it once.
    """
    if intent == "talk_to_human":
        return human(session, library)
    if intent == "change_language":
        return say(session, Verdict.ASKED, acts.AskLocale(), subject=intent)
    if library.answers[intent].depends_on_citizenship and session.citizenship is None:
        waiting = replace(session, awaiting_citizenship=intent)
        return say(waiting, Verdict.ASKED, acts.AskCitizenship(intent), subject=intent)
    session = replace(session, awaiting_citizenship=None, misses=0, need=None)
    if intent == "find_centre" and session.city is not None:
        return needs.show(session, library)
    said: tuple[Act, ...] = (show(session, intent, library),)
    if intent == "find_centre":
        said += (acts.AskPlace(),)
    return Step(session, said, Verdict.ANSWERED, intent)


def resume(session: Session, intent: str, library: Library) -> Step:
    """What waited for the citizenship, now that it is known."""
    if intent == needs.SUBJECT and session.need is not None:
        return needs.show(session, library)
    return answer(session, intent, library)


def show(
    session: Session, intent: str, library: Library, page: acts.Page = acts.Page.MAIN
) -> acts.ShowAnswer:
    """The act that shows an answer to this person: their audience's part, their country's."""
    found = library.answers[intent]
    audience = None
    if found.depends_on_citizenship and session.citizenship is not None:
        audience = session.citizenship.audience
    abroad = session.destination == "RU" and any(
        Part.RUSSIA in text.parts for text in found.texts.values()
    )
    return acts.ShowAnswer(intent, audience, page, abroad)


def human(
    session: Session, library: Library, lead: Lead = Lead.ASKED, about: str | None = None
) -> Step:
    """How to reach a living person; ``about``: the danger kind or the intent that led to it."""
    said = acts.ShowHuman(places.hotlines(library), lead, about)
    return say(replace(session, misses=0), Verdict.ANSWERED, said, subject="talk_to_human")
