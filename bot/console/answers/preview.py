"""An answer as Telegram shows it, drawn by what draws it for the bot. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from bot.answers.loaded import CONVERSATION, DANGER
from bot.answers.model import Citizenship, DangerKind, Part
from bot.answers.pick import SOURCE_LOCALE, text_for
from bot.console.answers.bubble import Piece, pieces
from bot.dialogue.acts import Page, QuietAdvice, ShowAnswer, ShowDanger
from bot.telegram.render import Context, draw

if TYPE_CHECKING:
    from datetime import date

    from bot.answers.model import Answer, Library
    from bot.catalogs import Catalogs
    from bot.language.tags import Locale
    from bot.telegram.render import Screen

QUIET_PHONE = "quiet_phone"
"""The advice for a phone that others look at, which has buttons of its own."""

MAX_MESSAGE = 4096
"""Characters that Telegram takes in one message; source: Bot API, ``sendMessage``."""


class Whom(StrEnum):
    """Who is thought to ask; one citizenship stands for each part of an answer."""

    UNKNOWN = "unknown"
    EAEU = "eaeu"
    VISA_FREE = "visa-free"
    OTHER = "other"


class What(StrEnum):
    """Which page is looked at."""

    MAIN = "main"
    MORE = "more"
    RUSSIA = "russia"


_CITIZENSHIPS = {
    Whom.EAEU: Citizenship.KYRGYZSTAN,
    Whom.VISA_FREE: Citizenship.UZBEKISTAN,
    Whom.OTHER: Citizenship.OTHER,
}


@dataclass(frozen=True, slots=True)
class Press:
    """A button under the message; ``copies``: it copies its number."""

    text: str
    copies: bool


@dataclass(frozen=True, slots=True)
class Bubble:
    """The message.

    Attributes:
        pieces: its words.
        rows: of buttons.
        length: characters, as Telegram counts them.
        too_long: Telegram would cut it into several messages.
        locale: the language it is in, which may be the next best one.
    """

    pieces: tuple[Piece, ...]
    rows: tuple[tuple[Press, ...], ...]
    length: int
    too_long: bool
    locale: Locale


@dataclass(frozen=True, slots=True)
class Choices:
    """Which previews an answer has."""

    whom: tuple[Whom, ...]
    what: tuple[What, ...]


def choices(answer: Answer | None) -> Choices:
    """Who and which pages can be looked at; an answer that differs by citizenship asks for it."""
    if answer is None or answer.topic == DANGER:
        return Choices((Whom.UNKNOWN,), (What.MAIN,))
    parts = {part for text in answer.texts.values() for part in text.parts}
    whom = (Whom.VISA_FREE, Whom.EAEU, Whom.OTHER)
    pages = {What.MORE: Part.MORE, What.RUSSIA: Part.RUSSIA}
    return Choices(
        whom if answer.depends_on_citizenship else (Whom.UNKNOWN,),
        (What.MAIN, *(what for what, part in pages.items() if part in parts)),
    )


def preview(
    library: Library,
    answer: Answer,
    view: tuple[Locale, Whom, What],
    catalogs: Catalogs,
    today: date,
) -> Bubble | None:
    """The message that a person would get; None if not even the Russian text can be shown.

    Args:
        library: with the answer in it.
        answer: which.
        view: in which language, who asks, and which page.
        catalogs: the words of the bot.
        today: the day.
    """
    locale, whom, what = view
    try:
        shown = text_for(answer, locale).locale
    except KeyError:
        return None
    citizenship = _CITIZENSHIPS.get(whom)
    # What cannot be served at all (another file is broken) is not there to lead to.
    whole = {name: one for name, one in library.answers.items() if SOURCE_LOCALE in one.texts}
    library = msgspec.structs.replace(library, answers=whole)
    context = Context(catalogs[locale], catalogs, library, {}, today, citizenship)
    return _bubble(_screen(context, answer, citizenship, what), shown)


def _screen(
    context: Context, answer: Answer, citizenship: Citizenship | None, what: What
) -> Screen:
    if answer.topic == DANGER:
        return draw(ShowDanger(DangerKind(answer.intent)), context)
    if (answer.topic, answer.intent) == (CONVERSATION, QUIET_PHONE):
        return draw(QuietAdvice(()), context)
    audience = citizenship.audience if citizenship else None
    page = Page.MORE if what is What.MORE else Page.MAIN
    abroad = what is What.RUSSIA
    return draw(ShowAnswer(answer.intent, audience, page, abroad=abroad), context)


def _bubble(screen: Screen, locale: Locale) -> Bubble:
    found = pieces(screen.html)
    # Telegram counts UTF-16 code units.
    length = sum(len(piece.text.encode("utf-16-le")) // 2 for piece in found)
    rows = tuple(tuple(Press(b.text, b.copy_text is not None) for b in row) for row in screen.rows)
    return Bubble(found, rows, length, length > MAX_MESSAGE, locale)
