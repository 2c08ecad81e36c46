"""One turn of a conversation: (session, event) in, new session and acts out. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from bot.dialogue import acts, answering, marks, needs, reading
from bot.dialogue.events import (
    AnswerChosen,
    CentresPaged,
    CitizenshipChosen,
    CitizenshipWanted,
    CityChosen,
    Command,
    CommandGiven,
    Event,
    FaultNamed,
    HideWanted,
    LocaleChosen,
    LocaleDeclined,
    LocationReceived,
    MediaReceived,
    MoreWanted,
    NeedChosen,
    NeedsWanted,
    NoneOfThese,
    PersonWanted,
    QuietWanted,
    Rated,
    Started,
    TextReceived,
    TopicChosen,
    WrongNumberNamed,
    WrongNumbersListed,
)
from bot.dialogue.outcome import Outcome, Step, Verdict, say
from bot.language.tags import Locale

if TYPE_CHECKING:
    from bot.answers.model import Library
    from bot.dialogue.session import Session
    from bot.dialogue.thresholds import Thresholds

FALLBACK_LOCALE = Locale.RU
"""Where nothing is known: the language most migrants in Kazakhstan can at least partly read."""

QUIET_PHONE = "quiet_phone"
"""The answer for those whose phone is watched; it stands under the danger cards."""


def turn(session: Session, event: Event, library: Library, thresholds: Thresholds) -> Outcome:
    """Decides what to say to an event.

    Args:
        session: what is remembered of the conversation; an empty one for a new person.
        event: what happened, already read by the edges.
        library: the curated answers and centres.
        thresholds: how sure the classifier must be.
    """
    if isinstance(event, TextReceived):
        return _text(session, event, library, thresholds)
    step = _step(session, event, library)
    return Outcome(step, _locale(step.session or session))


def _text(
    session: Session, event: TextReceived, library: Library, thresholds: Thresholds
) -> Outcome:
    """A command's plain word is obeyed; any other text is read, unless it is danger."""
    if session.locale is None:
        session = replace(session, locale=event.script_locale or event.app_locale)
    if event.command is not None and not event.danger:
        return Outcome(_command(session, event.command, library), _locale(session))
    heard = reading.hear_language(session, event, thresholds)
    step = reading.decide(heard.session, event, library, thresholds)
    if heard.offer is not None:
        step = replace(step, acts=(*step.acts, acts.OfferLocale(heard.offer)))
    return Outcome(step, heard.reply_locale or _locale(heard.session), event)


def _step(session: Session, event: Event, library: Library) -> Step:
    match event:
        case Started():
            return _started(session, event)
        case CommandGiven():
            return _command(session, event.command, library)
        case LocaleChosen() | LocaleDeclined():
            return _locale_event(session, event)
        case CitizenshipWanted() | CitizenshipChosen():
            return _citizenship_event(session, event, library)
        case Rated() | FaultNamed():
            return _feedback(session, event)
        case WrongNumbersListed() | WrongNumberNamed():
            return _wrong_number(session, event, library)
        case QuietWanted() | HideWanted():
            return _quiet(session, event, library)
        case NoneOfThese():
            return _menu(session, Verdict.NONE_OF_THESE)
        case PersonWanted():
            return answering.human(session, library, event.lead, event.subject)
        case _:
            return _navigation(session, event, library)


def _started(session: Session, event: Started) -> Step:
    session = replace(session, place=event.place or session.place, misses=0)
    if event.locale is not None:
        session = replace(session, locale=event.locale, locale_confirmed=True)
    if session.locale_confirmed:
        return say(session, Verdict.NAVIGATED, acts.Greeting())
    session = replace(session, locale=session.locale or event.app_locale)
    return say(session, Verdict.ASKED, acts.AskLocale())


def _command(session: Session, command: Command, library: Library) -> Step:
    match command:
        case Command.FORGET:
            return Step(None, (acts.Forgotten(),), Verdict.FORGOTTEN)
        case Command.HUMAN:
            return answering.human(session, library)
        case Command.LANGUAGE:
            return say(session, Verdict.ASKED, acts.AskLocale())
        case Command.MENU:
            return _menu(session, Verdict.NAVIGATED)
    intent = "bot_help" if command is Command.HELP else "privacy"
    if intent not in library.answers:
        return say(session, Verdict.NAVIGATED, acts.Menu())
    return answering.answer(session, intent, library)


def _menu(session: Session, verdict: Verdict) -> Step:
    """The topics; whatever was looked for is over."""
    return say(replace(session, misses=0, need=None), verdict, acts.Menu())


def _locale_event(session: Session, event: LocaleChosen | LocaleDeclined) -> Step:
    if isinstance(event, LocaleDeclined):
        kept = replace(session, declined_locale=event.locale)
        return say(kept, Verdict.NAVIGATED, acts.LocaleSet(_locale(kept)))
    first_time = not session.locale_confirmed
    session = replace(session, locale=event.locale, locale_confirmed=True, declined_locale=None)
    if first_time:
        return say(session, Verdict.NAVIGATED, acts.Greeting())
    return say(session, Verdict.NAVIGATED, acts.LocaleSet(event.locale), acts.Menu())


def _citizenship_event(
    session: Session, event: CitizenshipWanted | CitizenshipChosen, library: Library
) -> Step:
    if isinstance(event, CitizenshipWanted):
        waiting = replace(session, awaiting_citizenship=event.intent)
        return say(waiting, Verdict.ASKED, acts.AskCitizenship(event.intent))
    waiting_intent = event.intent or session.awaiting_citizenship
    known = replace(session, citizenship=event.citizenship, awaiting_citizenship=None)
    if waiting_intent is not None and waiting_intent in library.answers:
        return answering.resume(known, waiting_intent, library)
    said = acts.CitizenshipSet(event.citizenship)
    return say(known, Verdict.NAVIGATED, said, acts.Menu())


def _feedback(session: Session, event: Rated | FaultNamed) -> Step:
    if isinstance(event, FaultNamed):
        return say(session, Verdict.FAULT, acts.FeedbackThanks(), subject=event.intent)
    if event.helpful:
        return say(session, Verdict.RATED_UP, acts.FeedbackThanks(), subject=event.intent)
    return say(session, Verdict.RATED_DOWN, acts.AskFault(event.intent), subject=event.intent)


def _navigation(session: Session, event: Event, library: Library) -> Step:
    """Menus and places. What names something this release does not have is a stale button."""
    match event:
        case TopicChosen() if any(topic.name == event.topic for topic in library.topics):
            step = say(session, Verdict.NAVIGATED, acts.TopicMenu(event.topic))
        case AnswerChosen() if event.intent in library.answers:
            step = answering.answer(session, event.intent, library)
        case MoreWanted() if event.intent in library.answers:
            more = answering.show(session, event.intent, library, page=acts.Page.MORE)
            step = say(session, Verdict.ANSWERED, more, subject=event.intent)
        case MediaReceived():
            step = say(session, Verdict.LOST, acts.CannotRead(event.kind))
        case CityChosen() | CentresPaged() | LocationReceived():
            step = needs.located(session, event, library)
        case NeedsWanted():
            step = needs.choose(session, library)
        case NeedChosen() if event.need in {None, *(need.name for need in library.needs)}:
            step = needs.chosen(session, event, library)
        case _:
            step = _stale(session)
    return step


def _wrong_number(
    session: Session, event: WrongNumbersListed | WrongNumberNamed, library: Library
) -> Step:
    """Which number is wrong, then thanks; the verdict carries the centre to where it is counted."""
    asked = event.marks if isinstance(event, WrongNumbersListed) else (event.mark,)
    found = marks.marked(library, asked)
    if not found:
        return _stale(session)
    if isinstance(event, WrongNumbersListed):
        return say(session, Verdict.NAVIGATED, acts.AskWrongNumber(found))
    thanks = acts.WrongNumberThanks(found[0])
    return say(session, Verdict.WRONG_NUMBER, thanks, subject=found[0].id)


def _quiet(session: Session, event: QuietWanted | HideWanted, library: Library) -> Step:
    """What to do when others may look at this phone; or something out of their sight."""
    if isinstance(event, HideWanted):
        return say(session, Verdict.NAVIGATED, acts.Hidden(event.messages))
    if QUIET_PHONE not in library.answers:
        return _stale(session)
    advice = acts.QuietAdvice(event.messages)
    return say(session, Verdict.ANSWERED, advice, subject=QUIET_PHONE)


def _stale(session: Session) -> Step:
    return say(session, Verdict.NAVIGATED, acts.Stale(), acts.Menu())


def _locale(session: Session) -> Locale:
    return session.locale or FALLBACK_LOCALE
