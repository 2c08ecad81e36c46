"""What to say to a text: danger first, then sure, unsure, lost.

The rules are principles 2 to 4 of the design: never a confident wrong answer, danger first, the
migrant's own language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from bot.dialogue import acts, answering, danger, places
from bot.dialogue.events import Guess, Reading, TextReceived, Unread
from bot.dialogue.outcome import Step, Verdict, say
from bot.dialogue.session import Session
from bot.language.tags import Locale

if TYPE_CHECKING:
    from bot.answers.model import DangerKind, Library
    from bot.dialogue.acts import Act
    from bot.dialogue.thresholds import Thresholds

OUT_OF_SCOPE = "out_of_scope"
OTHER_LANGUAGE = "other"
TALK_TO_HUMAN = "talk_to_human"
MAX_OFFERED = 3

_SMALL_TALK = frozenset({"greet", "thanks", "goodbye"})


class Heard(msgspec.Struct, frozen=True):
    """In which language to reply to this text, and whether to offer a lasting switch."""

    session: Session
    reply_locale: Locale | None = None
    offer: Locale | None = None


def hear_language(session: Session, event: TextReceived, thresholds: Thresholds) -> Heard:
    """Decides the language of the reply.

    A confident recognition decides for this one message. A conversation whose language was only
    guessed follows at once; one whose language was chosen keeps it and is offered the switch, once
    per language. When unsure, the conversation's language stays.
    """
    recognised = _recognised(event, thresholds)
    if recognised is None or recognised == session.locale:
        return Heard(session, session.locale)
    if not session.locale_confirmed:
        return Heard(replace(session, locale=recognised), recognised)
    offer = recognised if recognised != session.declined_locale else None
    return Heard(session, recognised, offer)


def decide(session: Session, event: TextReceived, library: Library, thresholds: Thresholds) -> Step:
    """What to say to a text, given what it was read as."""
    session = _with_profile(session, event)
    kinds = danger.dangers(event, thresholds, library)
    if kinds:
        return _danger(session, event, kinds, library, thresholds)
    if event.wordless:
        return say(session, Verdict.LOST, acts.Wordless())
    if event.bare_city:
        found = places.known(library, session)
        return say(replace(session, misses=0), Verdict.ANSWERED, found, subject="find_centre")
    if isinstance(event.reading, Unread):
        return _unread(session, event.reading, event, library)
    if _in_other_language(event.reading, thresholds):
        return _other_language(session, event.reading, library, thresholds)
    return _by_intent(session, event, event.reading, library, thresholds)


def _recognised(event: TextReceived, thresholds: Thresholds) -> Locale | None:
    if not isinstance(event.reading, Reading):
        return None
    best = event.reading.languages[0] if event.reading.languages else None
    if best is None or best.confidence < thresholds.language_sure or best.name == OTHER_LANGUAGE:
        return None
    return Locale(best.name)


def _with_profile(session: Session, event: TextReceived) -> Session:
    """What a text says of the person in passing is remembered, and corrected the same way."""
    return replace(
        session,
        citizenship=event.citizenship or session.citizenship,
        destination=event.destination or session.destination,
        city=event.city or session.city,
    )


def _danger(
    session: Session,
    event: TextReceived,
    kinds: tuple[DangerKind, ...],
    library: Library,
    thresholds: Thresholds,
) -> Step:
    """The cards; below them the answer, if the message surely asked something else as well."""
    cards: tuple[Act, ...] = tuple(acts.ShowDanger(kind) for kind in kinds)
    session = replace(session, misses=0)
    if isinstance(event.reading, Reading):
        intent = _sure_intent(event.reading, thresholds)
        if (
            intent in library.answers
            and intent not in _SMALL_TALK
            and intent not in danger.NAMES
            and intent != TALK_TO_HUMAN
        ):
            also = answering.answer(session, intent, library)
            return Step(also.session, cards + also.acts, Verdict.DANGER, kinds[0].value)
    return Step(session, cards, Verdict.DANGER, kinds[0].value)


def _unread(session: Session, cause: Unread, event: TextReceived, library: Library) -> Step:
    """The classifier is away: what the gazetteer understood still works, and so does the menu."""
    followed_up = _citizenship_answer(session, event, library)
    if followed_up is not None:
        return followed_up
    if event.city is not None:
        found = places.known(library, session)
        return say(session, Verdict.UNREAD, acts.NoReading(cause), found)
    return say(session, Verdict.UNREAD, acts.NoReading(cause), acts.Menu())


def _in_other_language(reading: Reading, thresholds: Thresholds) -> bool:
    best = reading.languages[0] if reading.languages else None
    return (
        best is not None
        and best.name == OTHER_LANGUAGE
        and best.confidence >= thresholds.language_sure
    )


def _other_language(
    session: Session, reading: Reading, library: Library, thresholds: Thresholds
) -> Step:
    """A language we do not speak: said so; answered in one that we do if the subject is sure."""
    intent = _sure_intent(reading, thresholds)
    said: tuple[Act, ...] = (acts.OtherLanguage(),)
    if intent in library.answers and intent not in _SMALL_TALK:
        answered = answering.answer(session, intent, library)
        return Step(answered.session, said + answered.acts, answered.verdict, intent)
    return say(session, Verdict.LOST, *said)


def _by_intent(
    session: Session,
    event: TextReceived,
    reading: Reading,
    library: Library,
    thresholds: Thresholds,
) -> Step:
    intent = _sure_intent(reading, thresholds)
    if intent in library.answers:
        answered = answering.answer(session, intent, library)
        if intent == "greet":
            return say(
                replace(session, misses=0),
                Verdict.ANSWERED,
                *answered.acts,
                acts.Menu(),
                subject=intent,
            )
        return answered
    followed_up = _citizenship_answer(session, event, library)
    if followed_up is not None:
        return followed_up
    again = session.misses >= 1
    missed = replace(session, misses=session.misses + 1)
    if intent == OUT_OF_SCOPE:
        return say(missed, Verdict.OUT_OF_SCOPE, acts.OutOfScope(again))
    offered = _likely(reading, library, thresholds)
    if offered:
        return say(session, Verdict.OFFERED, acts.DidYouMean(offered), subject=offered[0])
    return say(missed, Verdict.LOST, acts.Lost(again))


def _citizenship_answer(session: Session, event: TextReceived, library: Library) -> Step | None:
    """A text that (as far as we understood) says only the citizenship answers our question."""
    if event.citizenship is None:
        return None
    waiting = session.awaiting_citizenship
    if waiting is not None and waiting in library.answers:
        return answering.resume(session, waiting, library)
    said = acts.CitizenshipSet(event.citizenship)
    return say(replace(session, misses=0), Verdict.NAVIGATED, said, acts.Menu())


def _sure_intent(reading: Reading, thresholds: Thresholds) -> str:
    """The intent to answer at once, or "" when not sure enough of any."""
    first, second = (*reading.intents, _NOTHING, _NOTHING)[:2]
    if first.confidence < thresholds.sure:
        return ""
    return first.name if first.confidence - second.confidence >= thresholds.margin else ""


def is_small_talk(event: TextReceived, thresholds: Thresholds) -> bool:
    """Whether a text only closes a conversation: thanks, a goodbye, nothing but emoji."""
    if event.wordless:
        return True
    if not isinstance(event.reading, Reading):
        return False
    return _sure_intent(event.reading, thresholds) in _CLOSING_WORDS


def asks_for_a_person(event: TextReceived, thresholds: Thresholds) -> bool:
    """Whether a text surely asks for a human being, whatever else it says."""
    if not isinstance(event.reading, Reading):
        return False
    return _sure_intent(event.reading, thresholds) == TALK_TO_HUMAN


_CLOSING_WORDS = frozenset({"thanks", "goodbye"})
_NOTHING = Guess("", 0.0)


def _likely(reading: Reading, library: Library, thresholds: Thresholds) -> tuple[str, ...]:
    """Two or three questions to offer, or none if even the best guess is unlikely."""
    known = [g for g in reading.intents if g.name in library.answers and g.name not in _SMALL_TALK]
    likely = [g for g in known if g.confidence >= thresholds.likely]
    if not likely:
        return ()
    return tuple(g.name for g in known[: max(2, min(len(likely), MAX_OFFERED))])
