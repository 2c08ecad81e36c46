"""What an answer, a topic and a centre are: plain data that the other rooms read."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec

from bot.language.tags import Locale


class Citizenship(StrEnum):
    """The citizenships whose law differs, as a person can pick them with one button."""

    UZBEKISTAN = "UZ"
    TAJIKISTAN = "TJ"
    KYRGYZSTAN = "KG"
    RUSSIA = "RU"
    OTHER_EAEU = "EAEU"
    OTHER = "OTHER"

    @property
    def audience(self) -> Part:
        """The part of an answer that speaks to this citizenship.

        Source: EAEU Treaty, section XXVI (members work without a permit); the visa-free list of
        Kazakhstan's labour-immigrant permit names Uzbekistan and Tajikistan.
        """
        if self in (Citizenship.KYRGYZSTAN, Citizenship.RUSSIA, Citizenship.OTHER_EAEU):
            return Part.EAEU
        if self in (Citizenship.UZBEKISTAN, Citizenship.TAJIKISTAN):
            return Part.VISA_FREE
        return Part.OTHER


class Part(StrEnum):
    """A headed part of an answer's Markdown file; the value is the heading."""

    EVERYONE = "everyone"
    EAEU = "eaeu"
    VISA_FREE = "visa-free"
    OTHER = "other"
    MORE = "more"
    RUSSIA = "russia"


AUDIENCES = (Part.EAEU, Part.VISA_FREE, Part.OTHER)


class Status(StrEnum):
    """Whether a person has approved the text."""

    DRAFT = "draft"
    APPROVED = "approved"


class Handoff(StrEnum):
    """How strongly an answer points to a living person."""

    NONE = "none"
    OFFER = "offer"
    URGE = "urge"


class DangerKind(StrEnum):
    """What the danger lexicon looks for; each has a card. The value names folder and key."""

    MEDICAL_EMERGENCY = "medical_emergency"
    SELF_HARM = "self_harm"
    CHILD_MISSING = "child_missing"
    TRAFFICKING = "trafficking"
    VIOLENCE = "violence"
    DETAINED = "detained"
    PASSPORT_WITHHELD = "passport_withheld"


class Source(msgspec.Struct, frozen=True):
    """Where an answer's statements come from.

    Attributes:
        date: as precise as known (YYYY[-MM[-DD]]); empty if the page bears none.
    """

    title: str
    url: str
    date: str


class AnswerText(msgspec.Struct, frozen=True):
    """One language of an answer.

    Attributes:
        question: the question as a migrant would ask it.
        short: the label of a menu button.
        parts: Markdown by part.
        translates: for a translation, the hash of each Russian part it was made from.
    """

    question: str
    short: str
    parts: dict[Part, str]
    translates: dict[Part, str] = {}


class Answer(msgspec.Struct, frozen=True):
    """A curated answer in all its languages, with where it comes from and how fresh it is.

    Attributes:
        sources: the most important first; of what is said about Kazakhstan.
        sources_russia: of the part about Russia.
    """

    intent: str
    topic: str
    status: Status
    checked_on: date
    check_again_by: date
    handoff: Handoff
    texts: dict[Locale, AnswerText]
    approved_by: str | None = None
    facts: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    sources_russia: tuple[Source, ...] = ()
    related: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()

    @property
    def depends_on_citizenship(self) -> bool:
        """Whether the law, and so the text, differs by citizenship."""
        return any(part in text.parts for text in self.texts.values() for part in AUDIENCES)


class Topic(msgspec.Struct, frozen=True):
    """A topic of the menu: its emoji, its short name per language, its questions in order."""

    name: str
    emoji: str
    titles: dict[Locale, str]
    intents: tuple[str, ...]


class Centre(msgspec.Struct, frozen=True):
    """A centre, consulate, state office or hotline.

    Attributes:
        id: stable name, referred to by ``phones`` of an answer.
        names: by locale; always has Russian.
        kind: ``hotline``, ``ngo``, ``government``, ``embassy``, ``iom``, ``red_crescent``.
        city: key of the place in the gazetteer, or None when it serves the whole country.
        phones: E.164 or short numbers to dial: its own, or, where none is known, ``ask_at``'s.
        ask_at: id of the centre whose phone that is: call it and ask about this one.
        hours: as ``hours.parse_hours`` reads them.
        citizenships: ISO 3166 codes of those it serves, or ``any``.
        source_date: as precise as known; None if the source bears no date.
        latitude: degrees north, None if unknown.
        longitude: degrees east, None if unknown.
        approximate: the coordinates are the city's, not the house's.
        note: for counsellors, not shown.
        hours_note: what ``hours`` cannot say; for counsellors, not shown.
    """

    id: str
    names: dict[Locale, str]
    kind: str
    city: str | None
    address: str | None
    phones: tuple[str, ...]
    hours: str | None
    languages: tuple[str, ...]
    services: tuple[str, ...]
    citizenships: tuple[str, ...]
    source: str
    source_date: str | None
    confidence: str
    latitude: float | None = None
    longitude: float | None = None
    coordinates_source: str | None = None
    approximate: bool = False
    site: str | None = None
    email: str | None = None
    ask_at: str | None = None
    note: str | None = None
    hours_note: str | None = None


class Need(msgspec.Struct, frozen=True):
    """What a person looks for a centre for.

    Attributes:
        services: of the centres that serve it, what fits best first.
    """

    name: str
    emoji: str
    titles: dict[Locale, str]
    services: tuple[str, ...]


class Library(msgspec.Struct, frozen=True):
    """All curated content, loaded and checked, with the version (content hash) it has."""

    version: str
    answers: dict[str, Answer]
    cards: dict[DangerKind, Answer]
    topics: tuple[Topic, ...]
    centres: tuple[Centre, ...]
    needs: tuple[Need, ...] = ()
