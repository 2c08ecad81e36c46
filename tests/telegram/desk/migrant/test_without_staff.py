"""Without a staff group everything is as it was: a person is somebody at a hotline."""

from __future__ import annotations

from datetime import date

from bot.dialogue.events import CaseCancelled, Command, CommandGiven, Lead, PersonWanted
from bot.dialogue.session import Session
from bot.dialogue.thresholds import Thresholds
from bot.language.tags import Locale
from bot.store.sessions import Stored
from bot.store.turns import Begun
from bot.telegram.conversation import Conversation, Pressed
from bot.telegram.effects import EditMessage, SendMessage
from bot.telegram.turn import Turn
from tests import factories
from tests.telegram.desk.house import CATALOGS, MIGRANT, words

LIBRARY = factories.library()
LINES = "Living people answer on these lines:"


def conversation() -> Conversation:
    cities: dict[Locale, dict[str, str]] = {locale: {} for locale in Locale}
    return Conversation(lambda: LIBRARY, CATALOGS, cities, Thresholds(), lambda: date(2026, 11, 23))


def turn() -> Turn:
    session = Session(locale=Locale.RU, locale_confirmed=True)
    return Turn(1, MIGRANT, Begun(Stored(session), 1), 0)


async def test_hotlines_are_shown_by_command_and_by_every_button() -> None:
    for event in (CommandGiven(Command.HUMAN), PersonWanted(Lead.DANGER, "violence")):
        current = turn()
        await conversation().respond(current, MIGRANT, event)
        (sent,) = current.effects
        assert isinstance(sent, SendMessage)
        assert words(LINES) in sent.text


async def test_a_button_of_a_case_no_longer_works() -> None:
    current = turn()
    await conversation().respond(current, MIGRANT, CaseCancelled(7), Pressed("query", 7))
    _, menu = current.effects
    assert isinstance(menu, SendMessage | EditMessage)
    assert words("Choose a topic, or write your question.") in menu.text


async def test_nothing_of_a_case_is_written() -> None:
    current = turn()
    await conversation().respond(current, MIGRANT, CommandGiven(Command.FORGET))
    result = current.result()
    assert (result.writes, result.forgets, result.session) == ((), (), None)
