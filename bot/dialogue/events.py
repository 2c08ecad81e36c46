"""What can happen in a conversation, already read: no text of a message reaches the core."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from bot.answers.model import Citizenship, DangerKind
from bot.language.tags import Locale


class Command(StrEnum):
    """What works as a /command and as a plain word, in every language."""

    MENU = "menu"
    LANGUAGE = "language"
    HELP = "help"
    PRIVACY = "privacy"
    FORGET = "forget"
    HUMAN = "human"


class MediaKind(StrEnum):
    """Kinds of message that carry no text the helpline could read."""

    PHOTO = "photo"
    VOICE = "voice"
    VIDEO = "video"
    DOCUMENT = "document"
    STICKER = "sticker"
    CONTACT = "contact"
    OTHER = "other"


class Fault(StrEnum):
    """What a person found wrong with an answer, as the four buttons say it."""

    NOT_MY_QUESTION = "question"
    UNCLEAR = "unclear"
    NOT_TRUE = "untrue"
    NO_LONGER_SO = "outdated"


class Lead(StrEnum):
    """What led to the wish for a living person; the same names as ``handoff.case.Opening``."""

    ASKED = "asked"
    LOST = "lost"
    DANGER = "danger"
    ANSWER = "answer"


class Helped(StrEnum):
    """Whether a centre helped that the staff had named."""

    YES = "yes"
    NO = "no"
    NO_ANSWER = "dead"
    """Nobody answers at its number."""


class Guess(msgspec.Struct, frozen=True):
    """A name with how sure the classifier is of it, 0 to 1."""

    name: str
    confidence: float


class Reading(msgspec.Struct, frozen=True):
    """What the classifier made of a text.

    Attributes:
        intents: best first; the names of the taxonomy, and ``out_of_scope``.
        languages: best first; names are locales, or ``other`` for a language we do not speak.
        urgency: 0 to 1, independent of the intent.
    """

    intents: tuple[Guess, ...]
    languages: tuple[Guess, ...] = ()
    urgency: float = 0.0


class Unread(StrEnum):
    """Why there is no reading."""

    DOWN = "down"
    SLOW = "slow"


class Started(msgspec.Struct, frozen=True):
    """/start, perhaps with a deep link's payload and the language of the person's app."""

    place: str | None = None
    locale: Locale | None = None
    app_locale: Locale | None = None


class CommandGiven(msgspec.Struct, frozen=True):
    """A command, typed, tapped in the command menu or on a button."""

    command: Command


class LocaleChosen(msgspec.Struct, frozen=True):
    """A language was picked, or the offer of one accepted."""

    locale: Locale


class LocaleDeclined(msgspec.Struct, frozen=True):
    """The offer to switch to a language was turned down."""

    locale: Locale


class TopicChosen(msgspec.Struct, frozen=True):
    """A topic of the menu was tapped."""

    topic: str


class AnswerChosen(msgspec.Struct, frozen=True):
    """A question was tapped: in a menu, under "did you mean", or under another answer."""

    intent: str


class NoneOfThese(msgspec.Struct, frozen=True):
    """None of the questions that were offered is the person's."""


class MoreWanted(msgspec.Struct, frozen=True):
    """The second page of an answer was asked for."""

    intent: str


class CitizenshipWanted(msgspec.Struct, frozen=True):
    """The person wants to set or correct the citizenship; then see ``intent`` again, if any."""

    intent: str | None = None


class CitizenshipChosen(msgspec.Struct, frozen=True):
    """A citizenship was picked; ``intent`` is the answer it was asked for, if any."""

    citizenship: Citizenship
    intent: str | None = None


class CityChosen(msgspec.Struct, frozen=True):
    """A city was tapped to see the centres there."""

    city: str


class CentresPaged(msgspec.Struct, frozen=True):
    """More centres of a city (or of the whole country) were asked for; ``offset`` from 0.

    Attributes:
        need: only those that serve it, if given.
    """

    city: str | None
    offset: int
    need: str | None = None


class NeedsWanted(msgspec.Struct, frozen=True):
    """The person wants to say what kind of help is needed."""


class NeedChosen(msgspec.Struct, frozen=True):
    """What kind of help is needed; None for any."""

    need: str | None = None


class WrongNumbersListed(msgspec.Struct, frozen=True):
    """A number on a list is wrong: which one? ``marks`` name the centres that stood on it."""

    marks: tuple[str, ...]


class WrongNumberNamed(msgspec.Struct, frozen=True):
    """The number of this centre is wrong."""

    mark: str


class QuietWanted(msgspec.Struct, frozen=True):
    """Others may look at this phone: what to do? ``messages`` are to be hidden with the advice."""

    messages: tuple[int, ...] = ()


class HideWanted(msgspec.Struct, frozen=True):
    """Hide the message that bore the button, and with it these others, by their ids."""

    messages: tuple[int, ...] = ()


class TextReceived(msgspec.Struct, frozen=True):
    """A text (or a caption), read by the lexicon, the gazetteer and the classifier.

    Attributes:
        reading: what it means, or why that is not known.
        danger: kinds the lexicon found, gravest first.
        command: the text is just the plain word of a command.
        citizenship: named in the text.
        destination: ISO 3166 code of a country the person asks about, if named.
        city: key of the gazetteer, if named.
        bare_city: the text is nothing but the name of a city.
        wordless: no letters at all (emoji, digits, punctuation).
        script_locale: a locale that the letters alone give away, for when there is no reading.
        app_locale: the language of the person's Telegram app, if it is one of ours.
    """

    reading: Reading | Unread
    danger: tuple[DangerKind, ...] = ()
    command: Command | None = None
    citizenship: Citizenship | None = None
    destination: str | None = None
    city: str | None = None
    bare_city: bool = False
    wordless: bool = False
    script_locale: Locale | None = None
    app_locale: Locale | None = None


class LocationReceived(msgspec.Struct, frozen=True):
    """A shared location or venue; degrees."""

    latitude: float
    longitude: float


class MediaReceived(msgspec.Struct, frozen=True):
    """A message of a kind the helpline cannot read."""

    kind: MediaKind


class Rated(msgspec.Struct, frozen=True):
    """Thumb up or down under an answer."""

    intent: str
    helpful: bool


class FaultNamed(msgspec.Struct, frozen=True):
    """What was wrong with an answer."""

    intent: str
    fault: Fault


class PersonWanted(msgspec.Struct, frozen=True):
    """A living person is wanted, by a button that knows what stood above it.

    Attributes:
        lead: what that was.
        subject: the danger kind or the intent, if there was one.
    """

    lead: Lead
    subject: str | None = None


class CaseCancelled(msgspec.Struct, frozen=True):
    """The person takes a case back."""

    case: int


class BotPreferred(msgspec.Struct, frozen=True):
    """The message that opened a case again was meant for the bot."""

    case: int


class ContactOffered(msgspec.Struct, frozen=True):
    """The person wants to show name and number to the staff; they still have to be sent."""

    case: int


class CaseRated(msgspec.Struct, frozen=True):
    """The help in a case was rated, 1 (bad) to 3 (good)."""

    case: int
    stars: int


class WordWanted(msgspec.Struct, frozen=True):
    """The person wants to say something about the help in a case."""

    case: int


class ReferralJudged(msgspec.Struct, frozen=True):
    """Whether the centre that the staff named helped; ``mark`` names it, if it is known."""

    case: int
    helped: Helped
    mark: str | None = None


class StaleButton(msgspec.Struct, frozen=True):
    """A button that this release does not know: an old message, or forged data."""


Event = (
    Started
    | CommandGiven
    | LocaleChosen
    | LocaleDeclined
    | TopicChosen
    | AnswerChosen
    | NoneOfThese
    | MoreWanted
    | CitizenshipWanted
    | CitizenshipChosen
    | CityChosen
    | CentresPaged
    | NeedsWanted
    | NeedChosen
    | WrongNumbersListed
    | WrongNumberNamed
    | QuietWanted
    | HideWanted
    | TextReceived
    | LocationReceived
    | MediaReceived
    | Rated
    | FaultNamed
    | PersonWanted
    | CaseCancelled
    | BotPreferred
    | ContactOffered
    | CaseRated
    | WordWanted
    | ReferralJudged
    | StaleButton
)

CaseEvent = CaseCancelled | BotPreferred | ContactOffered | CaseRated | WordWanted | ReferralJudged
"""Buttons of a case; what they do depends on the case, which the dialogue does not know."""
