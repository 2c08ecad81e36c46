"""What a turn tells of people as a whole, for ``store/insight.py``; pure, nothing personal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue import acts
from bot.dialogue.events import AnswerChosen, Rated
from bot.dialogue.outcome import Verdict
from bot.dialogue.reading import OTHER_LANGUAGE
from bot.store import insight
from bot.store.sessions import to_keep

if TYPE_CHECKING:
    from bot.answers.model import Library
    from bot.dialogue.events import Event
    from bot.dialogue.outcome import Outcome
    from bot.dialogue.session import Session
    from bot.handoff.case import Case
    from bot.store.insight import Sum


def of_turn(
    before: Session, event: Event, outcome: Outcome, library: Library, hour: int
) -> tuple[Sum, ...]:
    """What a turn with the bot counts.

    Args:
        before: what was remembered before it.
        event: what happened.
        outcome: what came of it.
        library: has the answers that there are: a forged button may name others.
        hour: of the day in Kazakhstan.
    """
    step = outcome.step
    if isinstance(event, Rated):
        if event.intent not in library.answers:
            return ()
        locale = outcome.locale.value
        return (insight.Rated(helpful=event.helpful, intent=event.intent, locale=locale),)
    way = _way(event, outcome)
    if way is None:
        return ()
    verdict, locale = step.verdict.value, tongue(outcome)
    subject = step.subject or ""
    known = step.session or before
    return _question(way, verdict, subject, locale, hour, known.city, known.place)


def of_person(before: Session, after: Session | None, *, is_new: bool) -> tuple[Sum, ...]:
    """Whether a turn is somebody's first, and whether it settles their language.

    Args:
        before: what was remembered before it.
        after: what is remembered from now on; None if they had everything erased.
        is_new: nothing was kept before it.
    """
    if after is None:
        return ()
    place, locale = after.place or "", after.locale.value if after.locale else ""
    found: list[Sum] = []
    if is_new and to_keep(after):  # a session with nothing in it is not kept: not new only once
        found.append(insight.Newcomer(place, locale))
    if after.locale_confirmed and not before.locale_confirmed:
        found.append(insight.ChoseLanguage(place, locale))
    return tuple(found)


def of_case(case: Case, place: str | None, hour: int) -> tuple[Sum, ...]:
    """What it counts that a case is opened, or opened again.

    Args:
        case: it.
        place: the outreach code of who opened it, if it is known.
        hour: of the day in Kazakhstan.
    """
    verdict, subject = Verdict.HANDED_OVER.value, case.subject or ""
    return _question(insight.PERSON, verdict, subject, case.locale.value, hour, case.city, place)


def tongue(outcome: Outcome) -> str:
    """The language a text was taken for; ``other`` for one that the bot does not speak."""
    foreign = any(isinstance(act, acts.OtherLanguage) for act in outcome.step.acts)
    return OTHER_LANGUAGE if foreign else outcome.locale.value


def _way(event: Event, outcome: Outcome) -> str | None:
    """How a question came; None for what is no question, such as a menu or a thumb."""
    if isinstance(event, AnswerChosen):
        return insight.TAP if outcome.step.subject is not None else None
    question = outcome.question
    return insight.TEXT if question is not None and not question.wordless else None


def _question(  # noqa: PLR0913, PLR0917 - the features of one question, each counted by itself
    way: str,
    verdict: str,
    subject: str,
    locale: str,
    hour: int,
    city: str | None,
    place: str | None,
) -> tuple[Sum, ...]:
    found: list[Sum] = [
        insight.Asked(way, verdict, subject, locale),
        insight.AtHour(way, verdict, hour),
    ]
    if city is not None:
        found.append(insight.InCity(way, verdict, city, locale))
    if place is not None:
        found.append(insight.FromPlace(way, verdict, place, locale))
    return tuple(found)
