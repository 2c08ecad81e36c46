"""Which function draws which act."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bot.dialogue import acts
from bot.telegram.render import answer, danger, menus, phrases, places, quiet, reports

if TYPE_CHECKING:
    from bot.dialogue.acts import Act
    from bot.telegram.render.context import Context
    from bot.telegram.render.screen import Screen


def draw(act: Act, context: Context) -> Screen:
    """The screen of an act."""
    match act:
        case acts.ShowAnswer():
            return answer.answer(context, act)
        case acts.AskFault(intent):
            return answer.ask_fault(context, intent)
        case acts.ShowDanger(kind):
            return danger.danger(context, kind)
        case acts.QuietAdvice(messages):
            return quiet.quiet_advice(context, messages)
        case acts.Hidden(messages):
            return quiet.hidden(context, messages)
        case (
            acts.ShowCentres()
            | acts.AskPlace()
            | acts.AskNeed()
            | acts.ShowHuman()
            | acts.AskWrongNumber()
            | acts.WrongNumberThanks()
        ):
            return _draw_place(act, context)
        case (
            acts.AskLocale()
            | acts.Greeting()
            | acts.Menu()
            | acts.TopicMenu()
            | acts.AskCitizenship()
            | acts.CitizenshipSet()
            | acts.DidYouMean()
            | acts.OfferLocale()
            | acts.LocaleSet()
        ):
            return _draw_menu(act, context)
        case _:
            return _draw_phrase(act, context)


_PlaceAct = (
    acts.ShowCentres
    | acts.AskPlace
    | acts.AskNeed
    | acts.ShowHuman
    | acts.AskWrongNumber
    | acts.WrongNumberThanks
)

_MenuAct = (
    acts.AskLocale
    | acts.Greeting
    | acts.Menu
    | acts.TopicMenu
    | acts.AskCitizenship
    | acts.CitizenshipSet
    | acts.DidYouMean
    | acts.OfferLocale
    | acts.LocaleSet
)

_PhraseAct = (
    acts.Lost
    | acts.OutOfScope
    | acts.OtherLanguage
    | acts.NoReading
    | acts.CannotRead
    | acts.Wordless
    | acts.FeedbackThanks
    | acts.Forgotten
    | acts.Stale
)


def _draw_place(act: _PlaceAct, context: Context) -> Screen:
    match act:
        case acts.ShowCentres():
            return places.centres(context, act)
        case acts.AskPlace():
            return places.ask_place(context)
        case acts.AskNeed():
            return menus.ask_need(context)
        case acts.ShowHuman(hotlines):
            return places.human(context, hotlines)
        case acts.AskWrongNumber(centres):
            return reports.ask_wrong_number(context, centres)
        case acts.WrongNumberThanks(centre):
            return reports.wrong_number_thanks(context, centre)
        case _:
            assert_never(act)


def _draw_menu(act: _MenuAct, context: Context) -> Screen:
    match act:
        case acts.AskLocale():
            return menus.ask_locale(context)
        case acts.Greeting():
            return menus.greeting(context)
        case acts.Menu():
            return menus.menu(context)
        case acts.TopicMenu(topic):
            return menus.topic_menu(context, topic)
        case acts.AskCitizenship(intent):
            return menus.ask_citizenship(context, intent)
        case acts.CitizenshipSet(citizenship):
            return menus.citizenship_set(context, citizenship)
        case acts.DidYouMean(intents):
            return menus.did_you_mean(context, intents)
        case acts.OfferLocale(locale):
            return menus.offer_locale(context, locale)
        case acts.LocaleSet(locale):
            return menus.locale_set(context, locale)
        case _:
            assert_never(act)


def _draw_phrase(act: _PhraseAct, context: Context) -> Screen:
    match act:
        case acts.Lost(again):
            return phrases.lost(context, again=again)
        case acts.OutOfScope(again):
            return phrases.out_of_scope(context, again=again)
        case acts.OtherLanguage():
            return phrases.other_language(context)
        case acts.NoReading(cause):
            return phrases.no_reading(context, cause)
        case acts.CannotRead(kind):
            return phrases.cannot_read(context, kind)
        case acts.Wordless():
            return phrases.wordless(context)
        case acts.FeedbackThanks():
            return phrases.feedback_thanks(context)
        case acts.Forgotten():
            return phrases.forgotten(context)
        case acts.Stale():
            return phrases.stale(context)
        case _:
            assert_never(act)
