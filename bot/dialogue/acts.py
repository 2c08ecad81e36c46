"""What the helpline says, before it is put into words: one type per thing said.

``telegram/render`` turns each into text and buttons of a locale.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from bot.answers.model import Centre, Citizenship, DangerKind, Part
from bot.dialogue.events import Lead, MediaKind, Unread
from bot.language.tags import Locale


class Page(StrEnum):
    """Which page of an answer."""

    MAIN = "main"
    MORE = "more"


class AskLocale(msgspec.Struct, frozen=True):
    """Choose a language."""


class Greeting(msgspec.Struct, frozen=True):
    """Two lines: who we are, what to do; with the topics of the menu."""


class Menu(msgspec.Struct, frozen=True):
    """The topics."""


class TopicMenu(msgspec.Struct, frozen=True):
    """The questions of a topic."""

    topic: str


class ShowAnswer(msgspec.Struct, frozen=True):
    """A curated answer; ``audience`` is None where the law does not differ or is not known."""

    intent: str
    audience: Part | None = None
    page: Page = Page.MAIN
    abroad: bool = False


class AskCitizenship(msgspec.Struct, frozen=True):
    """Of which country are you a citizen? ``intent`` is the answer that waits for it."""

    intent: str | None = None


class CitizenshipSet(msgspec.Struct, frozen=True):
    """We will answer for this citizenship; it can be corrected."""

    citizenship: Citizenship


class DidYouMean(msgspec.Struct, frozen=True):
    """Two or three likely questions, as buttons."""

    intents: tuple[str, ...]


class Lost(msgspec.Struct, frozen=True):
    """Not understood; ``again`` when twice in a row: menu, hotline, a person."""

    again: bool


class OutOfScope(msgspec.Struct, frozen=True):
    """Understood as none of our subjects; ``again`` as in Lost."""

    again: bool


class OtherLanguage(msgspec.Struct, frozen=True):
    """Written in a language we do not speak: said in English too, with the six to choose."""


class NoReading(msgspec.Struct, frozen=True):
    """The classifier is down or slow: one line, then what works without it."""

    cause: Unread


class ShowDanger(msgspec.Struct, frozen=True):
    """The danger card: whom to call, in two taps."""

    kind: DangerKind


class OfferLocale(msgspec.Struct, frozen=True):
    """The message was in another language than the conversation: switch?"""

    locale: Locale


class LocaleSet(msgspec.Struct, frozen=True):
    """Replies come in this language from now on."""

    locale: Locale


class CentreAway(msgspec.Struct, frozen=True):
    """A centre with its distance in kilometres, None if not asked by location."""

    centre: Centre
    kilometres: float | None = None


class ShowCentres(msgspec.Struct, frozen=True):
    """Centres near a place.

    Attributes:
        city: key of the gazetteer; None after a shared location, or for the whole country.
        entries: one page of them.
        total: how many there are on all pages.
        nationwide: whom one can call from everywhere.
        next_offset: where the next page begins, if there is one.
        need: what was looked for; None for any help.
    """

    city: str | None
    entries: tuple[CentreAway, ...]
    total: int
    nationwide: tuple[Centre, ...] = ()
    next_offset: int | None = None
    need: str | None = None


class AskPlace(msgspec.Struct, frozen=True):
    """Share the location or write a city."""


class AskNeed(msgspec.Struct, frozen=True):
    """What kind of help is needed?"""


class AskWrongNumber(msgspec.Struct, frozen=True):
    """Which number of these is wrong?"""

    centres: tuple[Centre, ...]


class WrongNumberThanks(msgspec.Struct, frozen=True):
    """Thanks for telling that a number is wrong."""

    centre: Centre


class QuietAdvice(msgspec.Struct, frozen=True):
    """What to do when others may look at this phone; hides ``messages`` with itself if asked."""

    messages: tuple[int, ...] = ()


class Hidden(msgspec.Struct, frozen=True):
    """A neutral line in place of the message that bore the button; ``messages`` vanish as well."""

    messages: tuple[int, ...] = ()


class ShowHuman(msgspec.Struct, frozen=True):
    """A living person is wanted: the staff, where there is a desk, or the hotlines.

    Attributes:
        hotlines: serve the whole country.
        lead: what led to it.
        subject: the danger kind or the intent that it is about, if any.
    """

    hotlines: tuple[Centre, ...]
    lead: Lead = Lead.ASKED
    subject: str | None = None


class CannotRead(msgspec.Struct, frozen=True):
    """A photo, voice message, file ...: said what we cannot do with it and what to do instead."""

    kind: MediaKind


class Wordless(msgspec.Struct, frozen=True):
    """Only emoji or signs came."""


class AskFault(msgspec.Struct, frozen=True):
    """What was wrong with the answer?"""

    intent: str


class FeedbackThanks(msgspec.Struct, frozen=True):
    """Thanks for a rating."""


class Forgotten(msgspec.Struct, frozen=True):
    """All that was kept about the person is erased."""


class Stale(msgspec.Struct, frozen=True):
    """This button no longer works; here is the menu."""


Act = (
    AskLocale
    | Greeting
    | Menu
    | TopicMenu
    | ShowAnswer
    | AskCitizenship
    | CitizenshipSet
    | DidYouMean
    | Lost
    | OutOfScope
    | OtherLanguage
    | NoReading
    | ShowDanger
    | OfferLocale
    | LocaleSet
    | ShowCentres
    | AskPlace
    | AskNeed
    | AskWrongNumber
    | WrongNumberThanks
    | QuietAdvice
    | Hidden
    | ShowHuman
    | CannotRead
    | Wordless
    | AskFault
    | FeedbackThanks
    | Forgotten
    | Stale
)
