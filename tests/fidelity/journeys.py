"""What migrants do, on every screen of the helpline; the same on every ground.

Screens are named after the acts of ``bot/dialogue/acts.py``.
"""

from __future__ import annotations

import ast
import asyncio
from collections.abc import Callable, Coroutine, Iterable
from typing import Any

from tests.fidelity.person import Person
from tests.fidelity.processes import ROOT

Journey = Callable[[Person], Coroutine[Any, Any, None]]
Made = dict[str, asyncio.Task[None]]

PLACE = {"latitude": 43.24, "longitude": 76.91}


def all_screens() -> set[str]:
    """The names of all acts, read from the source: the helpline is not installed here."""
    tree = ast.parse((ROOT / "bot" / "dialogue" / "acts.py").read_text())
    union = next(
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "Act"
    )
    return {node.id for node in ast.walk(union) if isinstance(node, ast.Name)}


def start(journeys: Iterable[Journey], person: Callable[[], Person]) -> Made:
    """Lets each journey be made by somebody else, all at the same time.

    One after the other they would take minutes: a chat gets one message a second.
    """
    return {journey.__name__: asyncio.create_task(journey(person())) for journey in journeys}


async def end(made: Made) -> None:
    """Ends the journeys that nobody waits for any more."""
    for journey in made.values():
        journey.cancel()
    await asyncio.gather(*made.values(), return_exceptions=True)


async def begins(person: Person) -> None:
    """/start and the choice of Russian."""
    await person.writes("/start")
    await person.sees("AskLocale", button="l:ru")
    await person.presses("l:ru")
    await person.sees("Greeting", button="t:")


async def asks_by_buttons(person: Person) -> None:
    """Topics, a question, the citizenship it depends on, the answer and its second page."""
    await begins(person)
    await person.presses("t:work_permit")
    await person.sees("TopicMenu", button="a:permit_need")
    await person.presses("a:permit_need")
    await person.sees("AskCitizenship", button="c:UZ")
    await person.presses("c:UZ")
    await person.sees("ShowAnswer", button="r:1:permit_need")
    await person.presses("cw:permit_need")
    await person.sees("AskCitizenship", button="c:KG")
    await person.presses("c:KG")
    await person.sees("ShowAnswer", button="r:1:permit_need")
    await person.presses("m:permit_need")
    await person.sees("ShowAnswer", button="r:1:permit_need")


async def says_whence_they_come(person: Person) -> None:
    """A citizenship without a question."""
    await begins(person)
    await person.presses("cw:")
    await person.sees("AskCitizenship", button="c:TJ")
    await person.presses("c:TJ")
    await person.sees("CitizenshipSet", words="Таджикистан")
    await person.sees("Menu", button="t:")


async def rates(person: Person) -> None:
    """Thumbs up; thumbs down, and why."""
    await begins(person)
    await person.presses("a:hotline")
    await person.sees("ShowAnswer", button="r:1:hotline")
    await person.presses("r:1:hotline")
    await person.sees("FeedbackThanks")
    await person.presses("r:0:hotline")
    await person.sees("AskFault", button="f:unclear:hotline")
    await person.presses("f:unclear")
    await person.sees("FeedbackThanks")


async def is_in_danger(person: Person) -> None:
    """The lexicon needs no classifier."""
    await begins(person)
    await person.writes("нас заперли в цехе и не выпускают, заставляют работать")
    await person.sees("ShowDanger", words="116", button="pw:danger")
    await person.presses("pw:danger")
    await person.sees("ShowHuman", button="a:find_centre")


async def looks_for_help_nearby(person: Person) -> None:
    """By question, by city, by location, and page by page."""
    await begins(person)
    await person.presses("a:find_centre")
    await person.sees("AskPlace", keys=True)
    await person.writes("Шымкент")
    await person.sees("ShowCentres", words="Шымкент", button="do:human")
    await person.sends(location=PLACE)
    await person.sees("ShowCentres", words="км", button="do:menu")
    await person.presses("p:almaty:1")
    await person.sees("ShowCentres", words="Алматы")
    await person.presses("city:astana")
    await person.sees("ShowCentres", words="Астана")


async def says_what_help_is_needed(person: Person) -> None:
    """A need without a place and with one; one that consulates serve; a number that is wrong."""
    await begins(person)
    await person.presses("nw")
    await person.sees("AskNeed", button="n:shelter")
    await person.presses("n:shelter")
    await person.sees("ShowCentres", words="111", button="pn:shelter")
    await person.sees("AskPlace", keys=True)
    await person.writes("Алматы")
    await person.sees("ShowCentres", words="Алматы", button="nw")
    await person.presses("n:documents")
    await person.sees("AskCitizenship", button="c:UZ:find_centre")
    await person.presses("c:UZ:find_centre")
    await person.sees("ShowCentres", words="Узбекистан", button="w:")
    await person.presses("w:")
    await person.sees("AskWrongNumber", button="wn:")
    await person.presses("wn:")
    await person.sees("WrongNumberThanks", words="Спасибо", button="do:menu")


async def hides_what_was_said(person: Person) -> None:
    """Advice for a phone that others see; then the card, the advice and the words are gone."""
    await begins(person)
    await person.writes("муж меня бьёт и угрожает убить")
    await person.sees("ShowDanger", words="112", button="q:")
    await person.presses("q:")
    await person.sees("QuietAdvice", words="/forget", button="h:")
    await person.presses("h:")
    await person.sees("Hidden", words="Чем помочь?", button="do:menu")


async def uses_every_command(person: Person) -> None:
    """What stands in the command menu."""
    await begins(person)
    await person.writes("/menu")
    await person.sees("Menu", button="t:")
    await person.writes("/human")
    await person.sees("ShowHuman", button="a:find_centre")
    await person.writes("/help")
    await person.sees("ShowAnswer", words="/menu")
    await person.writes("/privacy")
    await person.sees("ShowAnswer", words="/forget")
    await person.writes("/language")
    await person.sees("AskLocale", button="l:uz")
    await person.presses("l:tg")
    await person.sees("LocaleSet", button="do:language")


async def presses_what_is_gone(person: Person) -> None:
    """A button of an older release."""
    await begins(person)
    await person.presses("zz:gone")
    await person.sees("Stale")


async def sends_only_signs(person: Person) -> None:
    """Nothing to read."""
    await begins(person)
    await person.writes("🙏🙏🙏")
    await person.sees("Wordless", button="do:menu")


async def is_forgotten(person: Person) -> None:
    """/forget, and the next start is a first one."""
    await begins(person)
    await person.writes("/forget")
    await person.sees("Forgotten", words="Telegram")
    await person.writes("/start")
    await person.sees("AskLocale", button="l:kk")


async def finds_nobody_to_read(person: Person) -> None:
    """Without the classifier: said so, and what works without it."""
    await begins(person)
    await person.writes("сколько стоит патент на работу")
    await person.sees("NoReading", words="⏳")
    await person.sees("Menu", button="t:")


ANYWHERE = (
    asks_by_buttons,
    says_whence_they_come,
    rates,
    is_in_danger,
    looks_for_help_nearby,
    says_what_help_is_needed,
    hides_what_was_said,
    uses_every_command,
    presses_what_is_gone,
    sends_only_signs,
    is_forgotten,
)
"""Journeys that need neither the classifier nor anything but texts, buttons and a location."""


async def sends_what_cannot_be_read(person: Person) -> None:
    """No text at all."""
    await begins(person)
    await person.sends(sticker={})
    await person.sees("CannotRead", button="do:menu")


ON_THE_SANDBOX = (sends_what_cannot_be_read,)
"""Journeys that need a server that knows files."""


async def is_understood(person: Person) -> None:
    """A question in one's own words."""
    await begins(person)
    await person.writes("начальник третий месяц не отдаёт заработанные деньги, что делать")
    await person.sees("ShowAnswer", button="r:1:unpaid_wages")


async def is_asked_back(person: Person) -> None:
    """A vague question: which of these?"""
    await begins(person)
    await person.writes("документы")
    await person.sees("DidYouMean", button="a:")


async def is_not_understood(person: Person) -> None:
    """Words that mean nothing."""
    await begins(person)
    await person.writes("абракадабра бурум шурум")
    await person.sees("Lost", button="do:menu")


async def asks_something_else(person: Person) -> None:
    """None of our subjects."""
    await begins(person)
    await person.writes("какая завтра погода в Алматы и кто выиграл матч")
    await person.sees("OutOfScope", button="do:menu")


async def writes_another_language(person: Person) -> None:
    """One we do not speak, and another one that we do."""
    await begins(person)
    await person.writes("Çalışma izni almak istiyorum, ne yapmam gerekiyor?")
    await person.sees("OtherLanguage", words="I understand Kazakh", button="l:")
    await person.writes("xo‘jayin uch oydan beri oyligimni bermayapti, nima qilay")
    await person.sees("OfferLocale", button="ld:uz")
    await person.presses("ld:uz")
    await person.sees("LocaleSet", button="do:language")


WITH_CLASSIFIER = (
    is_understood,
    is_asked_back,
    is_not_understood,
    asks_something_else,
    writes_another_language,
)
